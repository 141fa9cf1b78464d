import { describe, expect, it } from 'vitest';
import { SECTIONS } from '../../../agent/wire/registry.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { assemble, type InspectionRecord } from '../../../collector/inspections/assemble.ts';
import { renderHtml } from '../../../reports/renderers/html.ts';
import { FIXTURE_NOW, HEALTHY } from '../../fixtures/healthy/index.ts';
import { CHECK_TEXTS } from '../../reports/fixtures/checks.ts';
import { EMPTY, FINDINGS, judged } from '../../reports/fixtures/models.ts';

const gatherers = Object.values(SECTIONS).map(({ id, domain }) => ({ section: id, domain, status: 'ok' as const, durationMs: 1, dropped: 0 }));
const record: InspectionRecord = {
  takenAt: FIXTURE_NOW,
  host: 'node-1',
  sections: HEALTHY,
  gatherers,
  ...judged(FINDINGS),
  accepted: [],
  expired: [],
  checkTexts: CHECK_TEXTS,
  clusterName: 'prod',
  snapshotSha256: 'ab'.repeat(32),
  version: '0.1.0',
};

describe('a full record', () => {
  it('gives a model with the facts of its sections', () => {
    const model = assemble(record);
    expect(model.subject).toEqual({ customer: undefined, cluster: 'prod', host: 'node-1', domains: ['host', 'cluster'] });
    expect(model.period).toEqual({ asOf: FIXTURE_NOW, zoneMinutes: 480 });
    expect(model.hosts[0]?.cpu).toMatchObject({ value: { cores: HEALTHY.cpu?.cores } });
    expect(model.product.checks).toBe(CHECK_TEXTS.length);
  });
  it.each(['zh', 'en'] as const)('can be rendered (%s)', async (locale) => expect(await renderHtml(assemble(record), locale)).not.toMatch(/undefined|NaN/));
});

describe('what is missing', () => {
  const failed = gatherers.map((report) => ({ ...report, status: 'failed' as const, reason: 'forbidden' as const }));
  it('says why, by the gatherer’s reason', () => {
    const model = assemble({ ...record, sections: {}, gatherers: failed });
    expect(model.hosts[0]?.memory).toEqual({ missing: 'forbidden' });
    for (const fact of Object.values(model.cluster ?? {})) expect(fact).toEqual({ missing: 'forbidden' });
  });
  it('leaves a domain out that was not asked for', () => {
    const host = assemble({ ...record, gatherers: gatherers.filter(({ domain }) => domain === 'host') });
    expect([host.subject.domains, host.subject.cluster, host.cluster]).toEqual([['host'], undefined, undefined]);
    const cluster = assemble({ ...record, gatherers: gatherers.filter(({ domain }) => domain === 'cluster') });
    expect([cluster.subject.host, cluster.hosts]).toEqual([undefined, []]);
    expect(assemble({ ...record, ...EMPTY, gatherers: [], sections: {} }).subject.domains).toEqual([]);
  });
});

describe('nodes', () => {
  const node = {
    name: 'w-1',
    role: 'worker',
    createdAt: 1,
    ready: 'unknown',
    pressures: [],
    problems: [],
    otherProblems: 0,
    staleConditions: 0,
    unschedulable: true,
    unreachable: true,
    uninitialized: false,
    dedicated: false,
    taints: 0,
    noExecuteTaints: 0,
    kubelet: '1.33.4',
    os: 'openeuler',
    osVersion: '22.03',
    runtime: 'containerd',
    runtimeVersion: '1.7.27',
    architecture: 'amd64',
    cpuCapacityMillicores: 4_000,
    cpuAllocatableMillicores: 4_000,
    memoryCapacityBytes: 8_000,
    memoryAllocatableBytes: 8_000,
    podsAllocatable: 110,
    podCidr: true,
    images: 0,
    volumesAttached: 0,
  } as const;
  const pods = {
    total: 1,
    dropped: 0,
    byPhase: { Running: 1 },
    byWaiting: {},
    notReady: 0,
    unscheduled: 0,
    restarts: 4,
    leftover: 0,
    finished: 0,
    abnormal: [],
    byNode: [{ node: 'w-1', pods: 9, cpuRequestsMillicores: 3_000, memoryRequestsBytes: 10_000, cpuLimitsMillicores: 0, memoryLimitsBytes: 0 }],
    nodesDropped: 0,
    byNamespace: [],
    namespacesDropped: 0,
    naked: [],
    nakedDropped: 0,
    templates: [],
    templatesDropped: 0,
    colocated: [],
    ownersDropped: 0,
  } as unknown as NonNullable<SomeSections['pods']>; // the section grows; the facts read only these fields
  it('carry state, capacity and what is requested on them', () => {
    const sections: SomeSections = { nodes: { takenAt: 1, total: 1, controlPlanes: 0, zones: 0, dropped: 0, rows: [node] }, pods };
    const { cluster } = assemble({ ...record, sections });
    expect(cluster?.nodes).toMatchObject({
      value: { total: 1, rows: [{ ready: false, schedulable: false, os: 'openEuler 22.03', pods: 9, cpuRequestPercent: 75, memoryRequestPercent: 125, controlPlane: false }] },
    });
  });
  it('have unknown load, not none, when the pods were not read', () => {
    const { cluster } = assemble({ ...record, sections: { nodes: { takenAt: 1, total: 1, controlPlanes: 0, zones: 0, dropped: 0, rows: [node] } } });
    expect(cluster && 'value' in cluster.nodes && cluster.nodes.value.rows[0]?.pods).toBeUndefined();
  });
});

describe('changes since the last inspection', () => {
  const [first, second, third] = FINDINGS;
  if (!first || !second || !third) throw new Error('the fixture has findings');
  const previous = { takenAt: FIXTURE_NOW - 86_400, score: 70, findings: [first, second] };
  it('are told by identity, whatever the values', () => {
    const { changes } = assemble({ ...record, ...judged([{ ...first, observed: 1 }, third]), previous });
    expect(changes).toEqual({ value: { previousAsOf: previous.takenAt, previousScore: 70, added: [third], solved: [second], open: 1 } });
  });
  it('do not call solved what was not checked', () => {
    const { changes } = assemble({ ...record, findings: [], verdicts: [], previous });
    expect(changes).toMatchObject({ value: { solved: [], open: 2 } });
  });
  it('are missing without an earlier inspection', () => expect(assemble(record).changes).toEqual({ missing: 'no-history' }));
});
