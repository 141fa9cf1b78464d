import { expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';

const shares = CHECKS.filter(({ area, unit }) => area === 'capacity' && unit === 'percent').map(({ id, title }) => [id, title] as const);
/** Two shares of one report have different bases (workers, all nodes, what is left after a failure): the title of each says its own. */
it.each(shares)('%s says of what it is a share', (_id, { zh, en }) => {
  expect(zh).toMatch(/节点|配额|规模/);
  expect(en).toMatch(/\bnodes?\b|\bquotas?\b|\bscale\b/i);
});
