import { type Json, listAt, textAt, timeAt } from '../../../kube/read.ts';
import { CERTIFICATE_SIGNING_REQUESTS, listing } from '../../../kube/resources.ts';
import { clusterGatherer } from '../../gatherer.ts';

export type RequestState = 'pending' | 'unsigned' | 'denied' | 'failed' | 'issued';

export function stateOf(request: Json): RequestState {
  const holds = (type: string): boolean =>
    listAt(request, 'status', 'conditions').some((condition) => textAt(condition, 'type') === type && textAt(condition, 'status') !== 'False');
  if (holds('Denied')) return 'denied';
  if (holds('Failed')) return 'failed';
  if ((textAt(request, 'status', 'certificate') ?? '') !== '') return 'issued';
  return holds('Approved') ? 'unsigned' : 'pending';
}

/** Signers that only kubelets ask. */
const KUBELET_SIGNERS = ['kubernetes.io/kube-apiserver-client-kubelet', 'kubernetes.io/kubelet-serving'];

export const certificateRequests = clusterGatherer({
  section: 'certificateRequests',
  needs: [listing(CERTIFICATE_SIGNING_REQUESTS)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const counts: Record<RequestState, number> = { pending: 0, unsigned: 0, denied: 0, failed: 0, issued: 0 };
    const oldest: Partial<Record<RequestState, number>> = {};
    let total = 0;
    let kubeletPending = 0;
    for await (const request of cluster.list(CERTIFICATE_SIGNING_REQUESTS, signal)) {
      const state = stateOf(request);
      const created = timeAt(request, 'metadata', 'creationTimestamp');
      total += 1;
      counts[state] += 1;
      if (created !== undefined) oldest[state] = Math.min(oldest[state] ?? created, created);
      if (state === 'pending' && KUBELET_SIGNERS.includes(textAt(request, 'spec', 'signerName') ?? '')) kubeletPending += 1;
    }
    return { total, ...counts, oldestPendingAt: oldest.pending, oldestUnsignedAt: oldest.unsigned, kubeletPending };
  },
});
