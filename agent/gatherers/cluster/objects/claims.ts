import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, nameOf, namespaceOf, objectAt, quantity, textAt, timeAt } from '../../../kube/read.ts';
import { following, PERSISTENT_VOLUME_CLAIMS, STORAGE_CLASSES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { annotationOf, conditionOf, createdAtOf } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

export type ClaimRow = Sections['claims']['rows'][number];
/** Whether each class binds only when a pod is scheduled, by name; and whether there is a default. */
export interface ClassesByName {
  readonly waits: ReadonlyMap<string, boolean>;
  readonly hasDefault: boolean;
}
type Problem = Pick<ClaimRow, 'problem' | 'since'>;

const RESIZE_FAILED = /^(Controller|Node)Resize(Failed|Infeasible)$/;

/** The worst thing about a claim, or `undefined`. A phase that is not told counts as pending. */
export function problemOf(claim: unknown): Problem | undefined {
  const phase = textAt(claim, 'status', 'phase');
  if (phase === 'Lost') return { problem: 'lost' };
  const deleting = timeAt(claim, 'metadata', 'deletionTimestamp');
  if (deleting !== undefined) return { problem: 'deleting', since: deleting };
  if (phase !== 'Bound') return { problem: 'pending', since: createdAtOf(claim) };
  return resizeProblem(claim);
}
function resizeProblem(claim: unknown): Problem | undefined {
  const failed = conditionOf(claim, 'ControllerResizeError') ?? conditionOf(claim, 'NodeResizeError');
  const running = conditionOf(claim, 'Resizing') ?? conditionOf(claim, 'FileSystemResizePending');
  if (failed?.status === 'True' || RESIZE_FAILED.test(textAt(claim, 'status', 'allocatedResourceStatuses', 'storage') ?? ''))
    return { problem: 'resize-failed', since: failed?.since ?? running?.since };
  return running?.status === 'True' ? { problem: 'resize-pending', since: running.since } : undefined;
}

export function toClaimRow(claim: Json, { problem, since }: Problem, { waits, hasDefault }: ClassesByName): ClaimRow {
  const named = textAt(claim, 'spec', 'storageClassName') ?? annotationOf(claim, 'volume.beta.kubernetes.io/storage-class');
  const known = named === undefined ? hasDefault : waits.has(named);
  return {
    namespace: namespaceOf(claim),
    name: nameOf(claim),
    problem,
    class: named === '' ? 'static' : known ? 'present' : named === undefined ? 'no-default' : 'missing',
    waitsForConsumer: problem === 'pending' && waits.get(named ?? '') === true && annotationOf(claim, 'volume.kubernetes.io/selected-node') === undefined,
    ...(since !== undefined && { since }),
    createdAt: createdAtOf(claim),
  };
}

async function classesByName(cluster: Cluster, signal: AbortSignal): Promise<ClassesByName> {
  const waits = new Map<string, boolean>();
  let hasDefault = false;
  for await (const item of cluster.list(STORAGE_CLASSES, signal)) {
    waits.set(nameOf(item), textAt(item, 'volumeBindingMode') === 'WaitForFirstConsumer');
    hasDefault ||= isDefaultClass(item);
  }
  return { waits, hasDefault };
}
/** The annotation that makes a storage class the default, in its present and its first spelling. */
export function isDefaultClass(storageClass: unknown): boolean {
  return ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'].some((key) => annotationOf(storageClass, key) === 'true');
}

export const claims = clusterGatherer({
  section: 'claims',
  needs: [PERSISTENT_VOLUME_CLAIMS, STORAGE_CLASSES].map(following),
  deadlineMs: 180_000,

  async gather(cluster, signal) {
    const classes = await classesByName(cluster, signal);
    const rows = new NotableRows<ClaimRow>(2_000);
    let total = 0;
    let bound = 0;
    let requestedBytes = 0;
    for await (const item of cluster.list(PERSISTENT_VOLUME_CLAIMS, signal)) {
      total += 1;
      if (textAt(item, 'status', 'phase') === 'Bound') bound += 1;
      requestedBytes += quantity(objectAt(item, 'spec', 'resources', 'requests')['storage']) ?? 0;
      const problem = problemOf(item);
      if (problem) rows.add(toClaimRow(item, problem, classes), problem.problem !== 'resize-pending');
    }
    return { total, bound, requestedBytes, dropped: rows.dropped, rows: rows.rows };
  },
});
