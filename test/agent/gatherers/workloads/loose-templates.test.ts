import { describe, expect, it } from 'vitest';
import { PodTally } from '../../../../agent/gatherers/cluster/workloads/pods.ts';
import { merge, NOW, pod } from './objects.ts';

const owned = (kind: string, name: string) => ({ metadata: { ownerReferences: [{ kind, name, controller: true }] } });
const named = (name: string, change: Parameters<typeof pod>[0] = {}) => pod(merge({ metadata: { name, ownerReferences: [] } }, change));
function templatesOf(...pods: readonly ReturnType<typeof pod>[]) {
  const tally = new PodTally(NOW);
  for (const one of pods) tally.add(one);
  const { templates, templatesDropped } = tally.section();
  return { templates, templatesDropped };
}
const PRIVILEGED = { spec: { containers: [{ name: 'app', image: 'app', securityContext: { privileged: true } }] } };

describe('templates of pods that no common workload owns', () => {
  it('are told for bare pods', () => {
    const { templates } = templatesOf(named('debug', PRIVILEGED));
    expect(templates).toMatchObject([{ namespace: 'shop', pod: 'debug', ownerKind: 'none', privileged: 1, imageUntagged: 1, ends: false, automountToken: false }]);
  });
  it.each([['Kafka'], ['Rollout'], ['RayCluster']])('are told once for an owner of kind %s', (kind) => {
    const { templates } = templatesOf(named('broker-0', owned(kind, 'events')), named('broker-1', owned(kind, 'events')));
    expect(templates).toMatchObject([{ pod: 'broker-0', ownerKind: 'other', owner: 'events' }]);
  });
  it('are told for ReplicaSets without a Deployment and for Jobs without a CronJob', () => {
    const { templates } = templatesOf(named('a-1', owned('ReplicaSet', 'a')), named('b-1', merge(owned('Job', 'b'), { spec: { restartPolicy: 'Never' } })));
    expect(templates).toMatchObject([
      { ownerKind: 'ReplicaSet', owner: 'a', ends: false },
      { ownerKind: 'Job', owner: 'b', ends: true },
    ]);
  });
  it.each([
    ['of a Deployment', pod()],
    ['of a StatefulSet', pod(owned('StatefulSet', 'db'))],
    ['of a DaemonSet', pod(owned('DaemonSet', 'agent'))],
    ['of a CronJob', pod(owned('Job', 'backup-29384756'))],
    ['of the node itself', pod(owned('Node', 'node-1'))],
    ['that have ended', named('done', { status: { phase: 'Succeeded' } })],
  ])('leave out pods %s: their template is looked at elsewhere, or nothing runs', (_title, one) => {
    expect(templatesOf(one).templates).toEqual([]);
  });
  it('tell whether the token is mounted from the mounts that admission made', () => {
    const mounts = { spec: { containers: [{ name: 'app', volumeMounts: [{ name: 't', mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }] }] } };
    expect(templatesOf(named('debug', mounts)).templates).toMatchObject([{ automountToken: true }]);
  });
  it('stay bounded: the dangerous ones are kept, the rest is counted', () => {
    const tally = new PodTally(NOW);
    for (let i = 0; i < 1_500; i += 1) tally.add(named(`p-${i}`));
    tally.add(named('danger', PRIVILEGED));
    const { templates, templatesDropped } = tally.section();
    expect([templates.length, templatesDropped, templates[0]?.pod]).toEqual([1_000, 501, 'danger']);
  });
});
