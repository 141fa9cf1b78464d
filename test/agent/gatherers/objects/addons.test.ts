import { describe, expect, it } from 'vitest';
import { cniOf, componentOf } from '../../../../agent/gatherers/cluster/objects/component-names.ts';
import { CERT_MANAGER_CERTIFICATES, CSI_NODES, DAEMON_SETS, DEPLOYMENTS, STATEFUL_SETS } from '../../../../agent/kube/resources.ts';
import { ago, gather, gathered, HOSTILE, LONG_AGO_SECONDS, meta, NOW } from './gathered.ts';

describe('the name of an add-on', () => {
  it.each([
    ['DaemonSet', 'kube-system', 'calico-node', 'cni-agent'],
    ['DaemonSet', 'kube-flannel', 'kube-flannel-ds', 'cni-agent'],
    ['DaemonSet', 'kube-system', 'cilium', 'cni-agent'],
    ['Deployment', 'kube-system', 'cilium-operator', 'cni-controller'],
    ['DaemonSet', 'kube-system', 'kube-proxy', 'kube-proxy'],
    ['DaemonSet', 'kube-system', 'nodelocaldns', 'node-local-dns'],
    ['DaemonSet', 'kube-system', 'node-local-dns', 'node-local-dns'],
    ['DaemonSet', 'metallb-system', 'speaker', 'load-balancer-speaker'],
    ['DaemonSet', 'shop', 'speaker', undefined],
    ['Deployment', 'metallb-system', 'controller', 'load-balancer-controller'],
    ['Deployment', 'ingress-nginx', 'ingress-nginx-controller', 'ingress-nginx'],
    ['DaemonSet', 'kube-system', 'rke2-ingress-nginx-controller', 'ingress-nginx'],
    ['Deployment', 'kube-system', 'traefik', 'ingress-controller'],
    ['Deployment', 'traefik', 'traefik', 'ingress-controller'],
    ['DaemonSet', 'projectcontour', 'envoy', 'ingress-controller'],
    ['Deployment', 'shop', 'envoy', undefined],
    ['Deployment', 'kube-system', 'metrics-server', 'metrics-server'],
    ['Deployment', 'insight-system', 'insight-agent-kube-state-metrics', 'kube-state-metrics'],
    ['DaemonSet', 'insight-system', 'insight-agent-prometheus-node-exporter', 'node-exporter'],
    ['DaemonSet', 'insight-system', 'insight-agent-fluent-bit', 'log-agent'],
    ['Deployment', 'insight-system', 'insight-agent-opentelemetry-operator', 'insight-agent'],
    ['StatefulSet', 'monitoring', 'prometheus-k8s', 'prometheus'],
    ['StatefulSet', 'monitoring', 'alertmanager-main', 'alertmanager'],
    ['StatefulSet', 'shop', 'elasticsearch', undefined],
    ['StatefulSet', 'mcamel-system', 'mcamel-common-es-cluster-es-data', 'log-store'],
    ['DaemonSet', 'rook-ceph', 'csi-rbdplugin', 'csi-node'],
    ['Deployment', 'rook-ceph', 'csi-rbdplugin-provisioner', 'csi-controller'],
    ['DaemonSet', 'kube-system', 'csi-nfs-node', 'csi-node'],
    ['DaemonSet', 'longhorn-system', 'longhorn-csi-plugin', 'csi-node'],
    ['Deployment', 'kube-system', 'snapshot-controller', 'snapshot-controller'],
    ['Deployment', 'cert-manager', 'cert-manager-webhook', 'cert-manager'],
    ['Deployment', 'velero', 'velero', 'velero'],
    ['DaemonSet', 'velero', 'node-agent', 'velero-node-agent'],
    ['Deployment', 'shop', 'cart', undefined],
    ['Deployment', 'shop', 'grafana', undefined],
    ['StatefulSet', 'argocd', 'argocd-application-controller', 'gitops'],
    ['Deployment', 'shop', '', undefined],
  ] as const)('%s %s/%s', (kind, namespace, name, component) => {
    expect(componentOf({ kind, namespace, name, product: undefined })).toBe(component);
  });
  it('may be hidden by a release prefix', () => {
    expect(componentOf({ kind: 'Deployment', namespace: 'x', name: 'prod-abc', product: 'metrics-server' })).toBe('metrics-server');
  });
  it('tells the network plugin', () => {
    expect(cniOf('DaemonSet', 'kube-ovn-cni')).toBe('kube-ovn');
    expect(cniOf('Deployment', 'cilium')).toBeUndefined();
  });
});

const CALICO = {
  ...meta('calico-node', 'kube-system'),
  spec: { template: { spec: { containers: [{ image: 'quay.io/calico/node:v3.28.1' }] } } },
  status: { desiredNumberScheduled: 6, numberReady: 5 },
};
const GHIPPO = { ...meta('ghippo-apiserver', 'ghippo-system'), spec: { replicas: 2 }, status: { readyReplicas: 1 } };
const GHIPPO_DOWN = { ...meta('ghippo-ui', 'ghippo-system'), spec: {}, status: {} };
describe('add-ons', () => {
  it('are found among all workloads', async () => {
    const value = await gathered('addons', [
      [
        DEPLOYMENTS,
        [
          GHIPPO,
          GHIPPO_DOWN,
          meta('cart', 'shop'),
          { ...meta('metrics-server', 'kube-system'), spec: { replicas: 1 }, status: { conditions: [{ type: 'Available', status: 'False', lastTransitionTime: ago(60) }] } },
        ],
      ],
      [DAEMON_SETS, [CALICO]],
      [STATEFUL_SETS, []],
      [CSI_NODES, [meta('a'), meta('b')]],
    ]);
    expect(value).toMatchObject({
      cni: 'calico',
      nodes: 2,
      dropped: 0,
      platform: [{ namespace: 'ghippo-system', workloads: 2, notReady: 2, down: 1 }],
    });
    expect(value.components).toEqual([
      {
        component: 'metrics-server',
        kind: 'Deployment',
        namespace: 'kube-system',
        name: 'metrics-server',
        desired: 1,
        ready: 0,
        unreadySince: NOW - 60,
        createdAt: LONG_AGO_SECONDS,
      },
      { component: 'cni-agent', kind: 'DaemonSet', namespace: 'kube-system', name: 'calico-node', desired: 6, ready: 5, version: 'v3.28.1', createdAt: LONG_AGO_SECONDS },
    ]);
  });
  it('survive objects out of shape', async () => {
    const { report, value } = await gather('addons', [
      [DEPLOYMENTS, HOSTILE],
      [DAEMON_SETS, HOSTILE],
      [STATEFUL_SETS, HOSTILE],
      [CSI_NODES, HOSTILE],
    ]);
    expect(report.status).toBe('ok');
    expect(value).toMatchObject({ components: [], cni: 'none' });
  });
});

describe('certificates of cert-manager', () => {
  it('have a row when they are not ready or end soon', async () => {
    const ready = (status: string): object => ({ conditions: [{ type: 'Ready', status, lastTransitionTime: ago(1_200) }] });
    const { total, rows } = await gathered('certManager', [
      [
        CERT_MANAGER_CERTIFICATES,
        [
          { ...meta('fine', 'shop'), status: { ...ready('True'), notAfter: '2027-11-22T00:00:00Z' } },
          { ...meta('soon', 'shop'), status: { ...ready('True'), notAfter: '2026-12-01T00:00:00Z', renewalTime: '2026-11-25T00:00:00Z' } },
          { ...meta('bad', 'shop'), status: { ...ready('False'), failedIssuanceAttempts: 3 } },
          { ...meta('new', 'shop') },
        ],
      ],
    ]);
    expect(total).toBe(4);
    expect(rows.map(({ name, ready: is, failedAttempts }) => [name, is, failedAttempts])).toEqual([
      ['soon', true, undefined],
      ['bad', false, 3],
      ['new', false, undefined],
    ]);
    expect((await gather('certManager', [])).report).toMatchObject({ status: 'absent', reason: 'not-served' });
    expect((await gather('certManager', [[CERT_MANAGER_CERTIFICATES, HOSTILE]])).report.status).toBe('ok');
  });
});
