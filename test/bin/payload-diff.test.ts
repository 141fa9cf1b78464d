import { describe, expect, it } from 'vitest';
import { differences } from '../../bin/payload-diff.ts';

const disk = { check: 'disk-space-low', observed: 91, unit: 'percent', scope: { kind: 'Mount', name: 'mount~a', node: 'node~1' } };
const load = { check: 'host-load-high', observed: 2, unit: 'ratio', scope: { kind: 'Node', name: 'node~1' } };
const told = (before: unknown, after: unknown): string[] => [...differences(before, after)];

describe('what is different between two payloads', () => {
  it('is what changed of a thing, not where it stands in its list', () => {
    expect(told({ findings: [disk, load] }, { findings: [load, { ...disk, observed: 93 }] })).toEqual([
      '~ findings[disk-space-low percent Mount node~1 mount~a].observed = 91 → 93',
    ]);
    expect(told({ findings: [disk] }, { findings: [load, disk] }).every((line) => line.startsWith('+ findings[host-load-high ratio Node node~1].'))).toBe(true);
    expect(told({ optOut: ['a', 'b'] }, { optOut: ['b', 'c'] })).toEqual(['+ optOut[c] = "c"', '- optOut[a] = "a"']);
  });

  it('tells rows apart that are about the same, or about nothing that is known', () => {
    expect(told({ rows: [disk, disk] }, { rows: [disk, { ...disk, observed: 1 }] })).toEqual(['~ rows[disk-space-low percent Mount node~1 mount~a #2].observed = 91 → 1']);
    expect(told({ rows: [{ a: 1 }, { a: 2 }], counts: [1, 2] }, { rows: [{ a: 1 }, { a: 3 }], counts: [1, 3] })).toEqual(['~ rows[1].a = 2 → 3', '~ counts[1] = 2 → 3']);
  });
});
