import { expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import { FAST_CHECKS } from '../../../agent/triggers/fast-checks.ts';
import { hides, parentRank } from '../../../agent/triggers/parents.ts';

const known = new Map(CHECKS.map((check) => [check.id, check]));

it('names checks that exist', () => {
  expect(Object.keys(FAST_CHECKS).filter((id) => !known.has(id))).toEqual([]);
});
it('holds no check that is only informative', () => {
  expect(Object.keys(FAST_CHECKS).filter((id) => known.get(id)?.severity === 'info')).toEqual([]);
});
it('parents are fast checks, and none hides itself or one above it', () => {
  const parents = Object.keys(FAST_CHECKS).filter((id) => parentRank(id) !== undefined);
  expect(parents.length).toBeGreaterThan(3);
  for (const check of parents) {
    const scope = { kind: 'Node', name: 'n' } as const;
    expect(hides({ check, scope }, { check, scope })).toBe(false);
    for (const other of parents) if ((parentRank(other) ?? 0) < (parentRank(check) ?? 0)) expect(hides({ check, scope }, { check: other, scope })).toBe(false);
  }
});
