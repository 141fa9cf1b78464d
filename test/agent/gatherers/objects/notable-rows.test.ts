import { describe, expect, it } from 'vitest';
import { NotableRows } from '../../../../agent/gatherers/cluster/objects/notable-rows.ts';

describe('notable rows', () => {
  it('keep what matters and count the rest', () => {
    const rows = new NotableRows<string>(3);
    for (const word of ['a', 'b', 'c']) rows.add(word, false);
    rows.add('X', true);
    rows.add('d', false);
    expect(rows.rows).toEqual(['X', 'a', 'b']);
    expect(rows.dropped).toBe(2);
  });
  it('drop even what matters over the cap, and say so', () => {
    const rows = new NotableRows<number>(2);
    for (let i = 0; i < 10; i += 1) rows.add(i, true);
    expect(rows.rows).toEqual([0, 1]);
    expect(rows.dropped).toBe(8);
  });
});
