/** Objects as an API server 1.35 sends them, for the gatherers of workloads. */

import type { Gatherer } from '../../../../agent/gatherers/gatherer.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { GathererReport } from '../../../../agent/wire/inspection.ts';
import { clusterOf, type Served } from '../../../support/api.ts';

/** 2026-11-22T00:00:00Z, as in the fixtures. */
export const NOW = 1_795_305_600;

/** RFC 3339 time so many seconds before now. */
export function ago(seconds: number): string {
  return new Date((NOW - seconds) * 1_000).toISOString().replace('.000Z', 'Z');
}

/** Nested plain objects, later ones over earlier ones. */
type Tree = { readonly [key: string]: unknown };
export function merge(base: Tree, change: Tree): Tree {
  const out: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(change)) {
    const before = out[key];
    out[key] = isTree(before) && isTree(value) ? merge(before, value) : value;
  }
  return out;
}
function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A running, ready pod of Deployment shop/web. */
export function pod(change: Tree = {}): Tree {
  return merge(
    {
      metadata: {
        name: 'web-5d4f8c7b9-x2x2x',
        namespace: 'shop',
        creationTimestamp: ago(86_400 * 5),
        labels: { app: 'web', 'pod-template-hash': '5d4f8c7b9' },
        annotations: { note: 'SECRET-ANNOTATION' },
        ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-5d4f8c7b9', controller: true }],
      },
      spec: {
        nodeName: 'node-4',
        containers: [{ name: 'app', image: 'registry.internal/web:1.2.3', resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '1', memory: '1Gi' } } }],
      },
      status: {
        phase: 'Running',
        qosClass: 'Burstable',
        startTime: ago(86_400 * 5),
        conditions: [condition('PodScheduled', 'True', 86_400 * 5), condition('Initialized', 'True', 86_400 * 5), condition('Ready', 'True', 86_400 * 5)],
        containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: { startedAt: ago(86_400 * 5) } }, lastState: {} }],
      },
    },
    change,
  );
}
export function condition(type: string, status: string, secondsAgo: number, more: Tree = {}): Tree {
  return { type, status, lastTransitionTime: ago(secondsAgo), ...more };
}

/** A sound Deployment shop/web. */
export function deployment(change: Tree = {}): Tree {
  return merge(
    {
      metadata: { name: 'web', namespace: 'shop', creationTimestamp: ago(86_400 * 90), generation: 4 },
      spec: {
        replicas: 3,
        revisionHistoryLimit: 10,
        strategy: { type: 'RollingUpdate' },
        template: { metadata: { labels: { app: 'web' } }, spec: { serviceAccountName: 'web', containers: [] } },
      },
      status: {
        observedGeneration: 4,
        replicas: 3,
        readyReplicas: 3,
        availableReplicas: 3,
        updatedReplicas: 3,
        conditions: [condition('Available', 'True', 86_400), condition('Progressing', 'True', 86_400, { reason: 'NewReplicaSetAvailable', lastUpdateTime: ago(3_600) })],
      },
    },
    change,
  );
}

/** Runs one gatherer as the agent does. */
export async function gather(gatherer: Gatherer, served: Served): Promise<{ value: Record<string, unknown>; report: GathererReport | undefined }> {
  const { sections, reports } = await runGatherers(
    [gatherer],
    { cluster: await clusterOf(served, NOW) },
    { signal: new AbortController().signal, concurrency: 1, clock: () => performance.now() },
  );
  const values: Readonly<Record<string, unknown>> = sections;
  return { value: (values[gatherer.section] ?? {}) as Record<string, unknown>, report: reports[0] };
}

/** Things that are no object of their kind, but that a broken or hostile server may send. */
export const HOSTILE: readonly object[] = [
  {},
  { metadata: null, spec: null, status: null },
  { metadata: [], spec: 'text', status: 7 },
  {
    metadata: { name: 7, namespace: {}, creationTimestamp: 'yesterday', ownerReferences: 'x', labels: [] },
    spec: { containers: {}, volumes: 'x', replicas: '3' },
    status: { conditions: 'x', containerStatuses: [null, 1] },
  },
  {
    metadata: { name: 'a', namespace: 'b', ownerReferences: [null] },
    spec: { containers: [null, 'x', []], initContainers: [7], replicas: -4, schedule: ['*'], template: { spec: { containers: [null], volumes: [null] } } },
    status: { phase: 'Dancing', conditions: [null, {}], active: 'x', failed: -3 },
  },
  {
    metadata: { name: 'x'.repeat(5_000), namespace: 'y'.repeat(5_000) },
    spec: { template: { spec: { containers: [{ image: ':@/:', env: [{}, { name: 1 }], securityContext: [], livenessProbe: 'x' }] } } },
  },
];
