/**
 * The demo's world: what inspections of a synthetic customer's clusters would have read at a moment. Everything is computed
 * from the moment and the distance to "now", so that the troubles stand where a newcomer sees them best. Nothing of it is
 * about a real site.
 */

import type { Fields } from '../../agent/wire/fields.ts';
import { SECTIONS } from '../../agent/wire/registry.ts';
import type { SectionName, Sections, SomeSections } from '../../agent/wire/section-values.ts';
import healthy from './healthy.json' with { type: 'json' };
import { TROUBLES } from './troubles.ts';

export interface DemoCluster {
  readonly name: string;
  readonly controlPlanes: number;
  readonly workers: number;
  /** Kubernetes release. */
  readonly version: `v1.${number}.${number}`;
  readonly troubled: boolean;
}
export const DEMO_CLUSTERS: readonly DemoCluster[] = [
  { name: 'demo-prod', controlPlanes: 3, workers: 4, version: 'v1.35.8', troubled: true },
  { name: 'demo-test', controlPlanes: 3, workers: 2, version: 'v1.33.4', troubled: false },
];

/** Sections while a trouble changes them; plain data of the right shapes. */
export type Draft = { -readonly [N in keyof Sections]?: Mutable<Sections[N]> };
type Mutable<T> = T extends readonly (infer R)[] ? Mutable<R>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;

/** A moment of the demo. Unix seconds. */
export interface Moment {
  readonly at: number;
  /** When the demo was started: troubles are placed before it. */
  readonly now: number;
}

export function nodeNames({ name, controlPlanes, workers }: DemoCluster): readonly string[] {
  return [...Array.from({ length: controlPlanes }, (_, index) => `${name}-master-${index + 1}`), ...Array.from({ length: workers }, (_, index) => `${name}-worker-${index + 1}`)];
}

/** What the node agent of a machine reads. */
export function hostSections(cluster: DemoCluster, node: string, moment: Moment): SomeSections {
  const draft = healthyAt(moment.at, 'host');
  const number = nodeNames(cluster).indexOf(node);
  const controlPlane = number < cluster.controlPlanes;
  if (draft.machine) Object.assign(draft.machine, { name: node, controlPlane });
  if (draft.cpu) Object.assign(draft.cpu, busy(moment.at, number));
  if (draft.memory) {
    const usedPercent = 38 + 5 * number + 4 * wave(moment.at, number + 3);
    Object.assign(draft.memory, { usedPercent, availableBytes: Math.round(draft.memory.totalBytes * (1 - usedPercent / 100)) });
  }
  if (!controlPlane) for (const section of ['etcdHost', 'etcdConfig', 'staticPods', 'controlPlaneFlags'] as const) delete draft[section as keyof Draft];
  if (cluster.troubled) for (const trouble of TROUBLES) trouble.host?.(draft, node, moment);
  return draft as SomeSections;
}

/** What the cluster agent reads. */
export function clusterSections(cluster: DemoCluster, moment: Moment): SomeSections {
  const draft = healthyAt(moment.at, 'cluster');
  const names = nodeNames(cluster);
  const [major = 1, minor = 0] = cluster.version.slice(1).split('.').map(Number);
  if (draft.apiServer) Object.assign(draft.apiServer, { version: cluster.version, major, minor });
  if (draft.nodes) {
    const [template] = draft.nodes.rows;
    if (template) {
      draft.nodes.rows = names.map((name, index) => ({
        ...template,
        name,
        role: index < cluster.controlPlanes ? ('control-plane' as const) : ('worker' as const),
        kubelet: cluster.version,
        kubeletMinor: minor,
        zone: (index % 3) + 1,
      }));
      Object.assign(draft.nodes, { total: names.length, controlPlanes: cluster.controlPlanes });
    }
  }
  if (draft.nodeUsage) {
    draft.nodeUsage.rows = names.map((node, index) => ({
      node,
      cpuMillicores: Math.round(1_600 + 700 * index + 300 * wave(moment.at, index)),
      memoryBytes: (9 + index) * 2 ** 30,
    }));
    draft.nodeUsage.total = names.length;
  }
  for (const [index, use] of (draft.workloadUsage?.rows ?? []).entries()) use.cpuMillicores = Math.round(use.cpuMillicores * (1 + 0.2 * wave(moment.at, index)));
  if (draft.pods) {
    const [template] = draft.pods.byNode;
    if (template) draft.pods.byNode = names.map((node) => ({ ...template, node }));
  }
  if (cluster.troubled) for (const trouble of TROUBLES) trouble.cluster?.(draft, moment);
  return draft as SomeSections;
}

/** Busier by day than by night, a little different on every machine. */
function busy(at: number, machine: number): { userPercent: number; systemPercent: number; busyPercent: number } {
  const userPercent = round(14 + 4 * machine + 8 * wave(at, machine));
  const systemPercent = round(4 + 1.5 * wave(at, machine + 1));
  return { userPercent, systemPercent, busyPercent: round(userPercent + systemPercent) };
}
/** -1 … 1 over a day in China, reproducible. */
function wave(at: number, phase: number): number {
  return Math.sin(((at / 3_600 + 8 + phase) / 24) * 2 * Math.PI);
}
function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** The healthy sections of a domain, every time in them moved to the moment. */
function healthyAt(at: number, domain: 'host' | 'cluster'): Draft {
  const shift = Math.floor(at) - healthy.takenAt;
  const moved: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(healthy.sections)) {
    const definition = SECTIONS[id as SectionName];
    if (definition.domain === domain) moved[id] = moveTimes(definition.fields, value as Record<string, unknown>, shift);
  }
  return moved as Draft; // shapes are those of the registry: a test seals every moment
}

function moveTimes(fields: Fields, row: Readonly<Record<string, unknown>>, shift: number): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) {
    const field = fields[key];
    if (field?.type === 'timestamp' && typeof value === 'number') out[key] = value + shift;
    else if (field?.type === 'list') out[key] = (value as Record<string, unknown>[]).map((inner) => moveTimes(field.row, inner, shift));
    else out[key] = structuredClone(value);
  }
  return out;
}
