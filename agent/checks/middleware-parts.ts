/** Judging what an instance has several of: listeners, data sources, applications, queues, patterns in its log. */
import type { Reach } from '../wire/sections/middleware/products.ts';
import type { Outcome } from './check.ts';
import { type Judgement, judgeInstances } from './middleware-rows.ts';

interface InstanceRow {
  readonly instance: string;
  readonly reach: Reach;
}

/**
 * The worst part of an instance counts. An instance without any part is judged by `withoutParts`: `silent` unless the row says that
 * it has none.
 */
export function judgeParts<R extends InstanceRow, P extends { readonly instance: string }>(
  rows: readonly R[],
  parts: readonly P[],
  judge: (part: P, row: R) => Judgement,
  withoutParts: (row: R) => Judgement = () => 'silent',
): Outcome {
  const own = Map.groupBy(parts, ({ instance }) => instance);
  const pairs = rows.flatMap((row): { instance: string; reach: Reach; row: R; part: P | undefined }[] => {
    const found = own.get(row.instance);
    return found ? found.map((part) => ({ instance: row.instance, reach: row.reach, row, part })) : [{ instance: row.instance, reach: row.reach, row, part: undefined }];
  });
  return judgeInstances(pairs, ({ row, part }) => (part === undefined ? withoutParts(row) : judge(part, row)));
}
