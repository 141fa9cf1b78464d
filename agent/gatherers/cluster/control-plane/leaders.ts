import { type Json, nameOf, numberAt, textAt, timeAt } from '../../../kube/read.ts';
import { LEASES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { LEADER_COMPONENTS } from '../../../wire/sections/cluster/control-plane-api.ts';
import { AbsentError, clusterGatherer } from '../../gatherer.ts';

type Lease = Sections['leaders']['leases'][number];

/** An API server renews its identity every 10 s; the object outlives it by an hour. */
const ALIVE_SECONDS = 60;

/** The lease of a control loop, or `undefined` for any other lease. */
export function parseLease(lease: Json): Lease | undefined {
  const component = LEADER_COMPONENTS.find((name) => name === nameOf(lease));
  if (component === undefined) return undefined;
  return {
    component,
    held: (textAt(lease, 'spec', 'holderIdentity') ?? '') !== '',
    renewedAt: timeAt(lease, 'spec', 'renewTime'),
    acquiredAt: timeAt(lease, 'spec', 'acquireTime'),
    createdAt: timeAt(lease, 'metadata', 'creationTimestamp'),
    transitions: Math.max(0, numberAt(lease, 'spec', 'leaseTransitions') ?? 0),
    durationSeconds: numberAt(lease, 'spec', 'leaseDurationSeconds'),
  };
}

export const leaders = clusterGatherer({
  section: 'leaders',
  needs: [{ api: 'leases', group: 'coordination.k8s.io', verbs: ['list'] }],
  deadlineMs: 30_000,

  async gather(cluster, signal) {
    const leases: Lease[] = [];
    let apiServers = 0;
    for await (const item of cluster.list(LEASES, signal, { namespace: 'kube-system' })) {
      const lease = parseLease(item);
      if (lease) leases.push(lease);
      else if (
        textAt(item, 'metadata', 'labels', 'apiserver.kubernetes.io/identity') === 'kube-apiserver' &&
        cluster.now() - (timeAt(item, 'spec', 'renewTime') ?? 0) <= ALIVE_SECONDS
      )
        apiServers += 1;
    }
    if (leases.length === 0 && apiServers === 0) throw new AbsentError('not-present'); // managed, or one process without election
    return { takenAt: Math.floor(cluster.now()), apiServers: apiServers === 0 ? undefined : apiServers, leases };
  },
});
