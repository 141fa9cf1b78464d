import { describe, expect, it } from 'vitest';
import { inServingTemplates, inTemplates } from '../../../agent/checks/workload-rows.ts';
import type { Sections } from '../../../agent/wire/section-values.ts';
import { HEALTHY } from '../../fixtures/healthy/index.ts';
import { workloadRow } from '../../fixtures/workload-rows.ts';

type Loose = Sections['pods']['templates'][number];
function loose(change: Partial<Loose> = {}): Loose {
  const { kind: _kind, name: _name, createdAt: _createdAt, missing: _missing, ...row } = workloadRow();
  return { ...row, pod: 'debug', ownerKind: 'none', ends: false, ...change };
}
function sections(templates: readonly Loose[], templatesDropped = 0): Pick<Sections, 'workloads' | 'pods'> {
  const { workloads, pods } = HEALTHY;
  if (!workloads || !pods) throw new Error('the healthy cluster has both');
  return { workloads: { ...workloads, rows: [] }, pods: { ...pods, templates, templatesDropped } };
}
const privileged = ({ privileged: count }: { readonly privileged: number }): number => count;

describe('faults in templates', () => {
  it.each([
    [{}, { kind: 'Pod', namespace: 'shop', name: 'debug' }],
    [{ ownerKind: 'other', owner: 'events' } as const, { kind: 'Pod', namespace: 'shop', name: 'debug' }],
    [{ ownerKind: 'ReplicaSet', owner: 'web' } as const, { kind: 'ReplicaSet', namespace: 'shop', name: 'web' }],
    [{ ownerKind: 'Job', owner: 'import' } as const, { kind: 'Job', namespace: 'shop', name: 'import' }],
  ])('of a pod that is %j are a finding about it', (change, scope) => {
    expect(inTemplates(sections([loose({ ...change, privileged: 2 })]), privileged)).toEqual([{ scope, observed: 2 }]);
  });
  it('pass in namespaces of the platform', () => expect(inTemplates(sections([loose({ privileged: 1, system: true })]), privileged)).toEqual([]));
  it('of probes are not looked for in what is meant to end', () => {
    const count = ({ noReadinessProbe }: { readonly noReadinessProbe: number }): number => noReadinessProbe;
    expect(inServingTemplates(sections([loose({ noReadinessProbe: 1, ends: true })]), count)).toEqual([]);
    expect(inServingTemplates(sections([loose({ noReadinessProbe: 1 })]), count)).toHaveLength(1);
  });
  it('are unknown, not absent, when pods were left out', () => {
    expect(inTemplates(sections([loose()], 3), privileged)).toEqual({ verdict: 'unknown', reason: 'truncated' });
    expect(inTemplates(sections([loose({ privileged: 1 })], 3), privileged)).toHaveLength(1);
  });
});
