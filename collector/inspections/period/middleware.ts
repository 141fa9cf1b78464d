/** Middleware instances as their inventory tells them. What checks found of them stands among the findings. Pure. */
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import type { Fact, Rows } from '../../../reports/facts/fact.ts';
import type { MiddlewareInstance } from '../../../reports/facts/middleware.ts';
import { compare } from './inspected.ts';

/** @param all sections of every inspection; instances that two agents see are one */
export function middlewareOf(all: readonly SomeSections[]): Fact<Rows<MiddlewareInstance>> {
  const asked = all.flatMap(({ middleware }) => middleware ?? []);
  if (asked.length === 0) return { missing: 'not-gathered' };
  const rows = new Map<string, MiddlewareInstance>();
  for (const { rows: own } of asked)
    for (const { instance, product, version, mode, place, node, namespace, answered } of own)
      rows.set(`${product} ${namespace ?? ''} ${node ?? ''} ${instance}`, {
        ...{ name: instance, product, vendor: product.startsWith('tong') ? 'tongtech' : 'other', mode, deployment: place === 'host' ? 'host' : 'container', items: [] },
        ...(version !== undefined && { version }),
        ...(node !== undefined && { node }),
        ...(namespace !== undefined && { namespace }),
        // One that did not answer may run all the same: only an answer is known.
        ...(answered > 0 && { running: true }),
      });
  const dropped = asked.reduce((sum, one) => sum + one.dropped, 0);
  return { value: { rows: [...rows.values()].toSorted((one, other) => compare(one.product, other.product) || compare(one.name, other.name)), total: rows.size + dropped } };
}
