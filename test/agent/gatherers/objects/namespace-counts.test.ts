import { expect, it } from 'vitest';
import { NamespaceCounts } from '../../../../agent/gatherers/cluster/objects/namespace-counts.ts';

it('counts by namespace up to a cap, and says what was left out', () => {
  const counts = new NamespaceCounts(2, ['up', 'down']);
  for (const namespace of ['a', 'b', 'a', 'c', 'c']) counts.add(namespace, namespace === 'b' ? 'down' : 'up');
  expect(counts.rows).toEqual([
    { namespace: 'a', up: 2, down: 0 },
    { namespace: 'b', up: 0, down: 1 },
  ]);
  expect(counts.dropped).toBe(2);
});
