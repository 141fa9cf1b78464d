import type { Cluster } from '../../../kube/cluster.ts';
import { KubeError } from '../../../kube/errors.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';

/** An API server that needs longer for its version than this is of no use to anybody. */
const ANSWERS_WITHIN_MS = 12_000;

/** Whether anything behind the address answers as an API server does: a refusal is an answer, a gateway's 502 is not. */
export async function reachOf(cluster: Cluster, outer: AbortSignal, withinMs = ANSWERS_WITHIN_MS): Promise<Sections['apiReach']> {
  try {
    await cluster.get('/version', AbortSignal.any([outer, AbortSignal.timeout(withinMs)]));
    return { reachable: true };
  } catch (error) {
    if (outer.aborted || !(error instanceof KubeError)) throw error; // we were stopped: that says nothing about the server
    if (error.reason === 'timeout') return { reachable: false, failure: 'timeout' };
    if (error.reason === 'unreachable') return { reachable: false, failure: error.status === undefined ? 'no-connection' : 'server-error' };
    return { reachable: true };
  }
}

export const apiReach = clusterGatherer({
  section: 'apiReach',
  needs: [{ url: '/version' }],
  deadlineMs: 20_000,
  gather: (cluster, signal) => reachOf(cluster, signal),
});
