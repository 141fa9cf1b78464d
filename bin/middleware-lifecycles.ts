/** Until when the middleware in use is supported. What no table knows has a row all the same: a report that leaves its subject out says nothing of it. */
import { middlewareLifecycle } from '../agent/checks/lifecycle/middleware/index.ts';
import { type Release, releaseOf } from '../agent/checks/lifecycle/middleware/lifecycle.ts';
import type { InUse } from '../collector/inspections/knowledge.ts';
import { productTitle } from '../collector/inspections/middleware-facts.ts';
import type { LifecycleEntry } from '../reports/facts/period.ts';

/** @param endOf Unix seconds of the end of a day @param tablesAt day of the program's tables, for products without one */
export function middlewareEntries(
  instances: InUse['middleware'],
  days: { readonly endOf: (day: string) => number; readonly beginOf: (day: string) => number; readonly tablesAt: string },
): readonly LifecycleEntry[] {
  const groups = Map.groupBy(instances, ({ product, version = '', fork = '' }) => `${productTitle(product)} ${version} ${fork}`);
  return [...groups]
    .toSorted(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }))
    .flatMap(([, [first, ...more]]): LifecycleEntry[] => {
      if (!first) return [];
      const release = releaseOfInstance(first);
      const checked = release?.checked || middlewareLifecycle(first.product)?.asOf || days.tablesAt;
      return [
        {
          ...{ of: 'middleware', product: productTitle(first.product), version: first.version ?? '', inUse: more.length + 1 },
          ...(release && { endOfSupportAt: days.endOf(release.end) }),
          source: release?.source ?? '',
          sourceAt: days.beginOf(checked),
        },
      ];
    });
}
/** As the check of ended releases finds it: of a fork, and of what only calls itself so, no table is kept. */
function releaseOfInstance({ product, version, fork }: InUse['middleware'][number]): Release | undefined {
  const lifecycle = middlewareLifecycle(product);
  if (!lifecycle || version === undefined || fork !== undefined || lifecycle.isForeign?.(version)) return undefined;
  return releaseOf(lifecycle, version);
}
