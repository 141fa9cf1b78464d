import { describe, expect, it } from 'vitest';
import { CSI_NODES, DAEMON_SETS, DEPLOYMENTS, ENDPOINT_SLICES, PODS, SERVICES } from '../../../../agent/kube/resources.ts';
import { gather, gathered, HOSTILE, meta, type Objects } from './gathered.ts';

const LABELS = { labels: { 'k8s-app': 'kube-dns' } };
const SERVICE = { ...meta('kube-dns', 'kube-system', LABELS), spec: { clusterIP: '10.96.0.10' } };
const COREDNS = {
  ...meta('coredns', 'kube-system', LABELS),
  spec: { replicas: 2, template: { spec: { containers: [{ image: 'registry.example.com:5000/coredns/coredns:v1.12.4@sha256:0123' }] } } },
  status: { readyReplicas: 1, conditions: [{ type: 'Available', status: 'False', lastTransitionTime: '2026-01-01T00:00:00Z' }] },
};
function pod(node: string, ready: string): object {
  return { ...meta(`coredns-${node}`, 'kube-system', LABELS), spec: { nodeName: node }, status: { conditions: [{ type: 'Ready', status: ready }] } };
}
const SLICE = { ...meta('kube-dns-1', 'kube-system', { labels: { 'kubernetes.io/service-name': 'kube-dns' } }), addressType: 'IPv4', endpoints: [{ conditions: { ready: true } }] };

function cluster(more: { services?: readonly object[]; deployments?: readonly object[]; daemons?: readonly object[]; pods?: readonly object[] } = {}): Objects {
  return [
    [SERVICES, more.services ?? [meta('other', 'shop'), SERVICE]],
    [DEPLOYMENTS, more.deployments ?? [meta('web', 'shop'), COREDNS]],
    [DAEMON_SETS, more.daemons ?? []],
    [PODS, more.pods ?? [pod('node-1', 'True'), pod('node-2', 'False')]],
    [CSI_NODES, [meta('node-1'), meta('node-2'), meta('node-3')]],
    [ENDPOINT_SLICES, [SLICE]],
  ];
}

describe('the cluster DNS', () => {
  it('is found by its label', async () => {
    expect(await gathered('clusterDns', cluster())).toEqual({
      namespace: 'kube-system',
      workload: 'coredns',
      kind: 'Deployment',
      desired: 2,
      ready: 1,
      unreadySince: 1_767_225_600,
      version: 'v1.12.4',
      podNodes: 1,
      nodes: 3,
      service: true,
      clusterIP: true,
      endpoints: 1,
    });
  });
  it('is not the node-local cache that kubespray labels alike', async () => {
    const cache = { ...meta('nodelocaldns', 'kube-system', LABELS), status: { desiredNumberScheduled: 3, numberReady: 3 } };
    expect(await gathered('clusterDns', cluster({ deployments: [], daemons: [cache] }))).toMatchObject({ kind: 'none', desired: 0 });
    const dns = { ...meta('dns-default', 'kube-system', LABELS), status: { desiredNumberScheduled: 3, numberReady: 3 } };
    expect(await gathered('clusterDns', cluster({ deployments: [], daemons: [cache, dns] }))).toMatchObject({ kind: 'DaemonSet', workload: 'dns-default', ready: 3 });
  });
  it('may lack its service', async () => {
    expect(await gathered('clusterDns', cluster({ services: [] }))).toMatchObject({ service: false, clusterIP: false, endpoints: 0 });
  });
  it('is absent where neither service nor workload carries the label', async () => {
    expect((await gather('clusterDns', cluster({ services: HOSTILE, deployments: HOSTILE, daemons: HOSTILE, pods: HOSTILE }))).report).toMatchObject({
      status: 'absent',
      reason: 'not-present',
    });
  });
});
