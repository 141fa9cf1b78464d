/** Runs one gatherer of this bundle against a loopback API server, through the contract. */
import { CLUSTER_OBJECTS_GATHERERS } from '../../../../agent/gatherers/cluster/objects/index.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { Resource } from '../../../../agent/kube/resources.ts';
import type { GathererReport } from '../../../../agent/wire/inspection.ts';
import type { SectionName, Sections } from '../../../../agent/wire/section-values.ts';
import { clusterOf } from '../../../support/api.ts';

/** 2026-11-22T00:00:00Z. */
export const NOW = 1_795_305_600;
export const LONG_AGO = '2026-01-01T00:00:00Z';
export const LONG_AGO_SECONDS = 1_767_225_600;

/** RFC 3339 of a moment before now. */
export function ago(seconds: number): string {
  return new Date((NOW - seconds) * 1_000).toISOString();
}
export function meta(name: string, namespace = '', more: object = {}): object {
  return { metadata: { name, ...(namespace && { namespace }), creationTimestamp: LONG_AGO, ...more } };
}
/** What no API server sends, but a broken aggregated one might. */
export const HOSTILE: readonly object[] = [
  {},
  { metadata: null },
  { metadata: { name: 7, labels: 'x' }, spec: [], status: 'broken' },
  { metadata: { name: 'odd' }, spec: { ports: {}, subjects: 3, rules: [null] }, items: [] },
];

export type Objects = readonly (readonly [Resource, readonly object[]])[];
export interface Outcome<S extends SectionName> {
  /** `undefined` when the gatherer did not deliver. */
  readonly value: Sections[S] | undefined;
  readonly report: GathererReport;
}
export async function gather<S extends SectionName>(section: S, objects: Objects, versionIndex = 0): Promise<Outcome<S>> {
  const cluster = await clusterOf({ objects, versionIndex }, NOW);
  const gatherers = CLUSTER_OBJECTS_GATHERERS.filter((one) => one.section === section);
  const { sections, reports } = await runGatherers(gatherers, { cluster }, { signal: AbortSignal.timeout(20_000), concurrency: 1, clock: () => performance.now() });
  const [report] = reports;
  if (!report) throw new Error('no such gatherer');
  return { value: sections[section], report };
}
/** The value, for tests about what was delivered. */
export async function gathered<S extends SectionName>(section: S, objects: Objects, versionIndex = 0): Promise<Sections[S]> {
  const { value, report } = await gather(section, objects, versionIndex);
  if (!value) throw new Error(`${report.status} ${report.reason}`);
  return value;
}
