import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import config from '../faults.config.ts';
import { FAULTS, SUITES } from './list.ts';

const WANTED = [1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16, 17, 18, 21, 22, 25, 26];

it('every fault has a suite that is there and is run, and every suite of this folder belongs to a fault', () => {
  expect(Object.keys(FAULTS).map(Number)).toEqual(WANTED);
  const included = new Set((config.test?.include ?? []).flatMap((pattern) => globSync(pattern)));
  for (const suite of SUITES) {
    expect(included).toContain(suite);
    expect(readFileSync(suite, 'utf8')).toMatch(/\bit(\.each)?\(/);
  }
  expect(globSync('test/faults/*.test.ts').filter((file) => file !== 'test/faults/list.test.ts' && !SUITES.includes(file))).toEqual([]);
});
