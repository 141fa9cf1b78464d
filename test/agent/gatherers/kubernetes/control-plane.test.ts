import { describe, expect, it } from 'vitest';
import { apiserverFlags, controllerManagerFlags, schedulerFlags } from '../../../../agent/gatherers/host/kubernetes/component-flags.ts';
import { apiserverFlagsOf, schedulerFlagsOf } from '../../../../agent/gatherers/host/kubernetes/control-plane-flags.ts';
import { parseArguments } from '../../../../agent/gatherers/host/kubernetes/flags.ts';
import { parseManifest } from '../../../../agent/gatherers/host/kubernetes/manifest.ts';
import { staticPods } from '../../../../agent/gatherers/host/kubernetes/static-pods.ts';
import { hostOf } from '../../../support/tree.ts';
import { APISERVER_MANIFEST, gatherOn, KUBEADM_HOST, processFiles } from './kubeadm-host.ts';

describe('static pods', () => {
  it('lists what kubeadm wrote', async () => {
    const { report, value } = await gatherOn(staticPods, await hostOf(KUBEADM_HOST), 'staticPods');
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value?.pods.map(({ component, hasLivenessProbe, hasRequests }) => [component, hasLivenessProbe, hasRequests])).toEqual([
      ['etcd', true, true],
      ['kube-apiserver', true, true],
      ['kube-controller-manager', true, true],
      ['kube-scheduler', true, true],
    ]);
  });
  it('counts a manifest that cannot be read beside those that can', async () => {
    const { value } = await gatherOn(
      staticPods,
      await hostOf({
        '/etc/kubernetes/manifests/a.yaml': APISERVER_MANIFEST,
        '/etc/kubernetes/manifests/b.yaml': 'spec: [',
        '/etc/kubernetes/manifests/c.yaml': Buffer.alloc(300 * 1024, 0x20),
        '/etc/kubernetes/manifests/.swp': 'spec: [',
        '/etc/kubernetes/manifests/d.yaml': '',
        '/etc/kubernetes/manifests/e.yaml': 'kind: Pod\nspec: {containers: [{name: acme-app, image: x}]}\n',
      }),
      'staticPods',
    );
    expect(value).toMatchObject({ total: 4, dropped: 2 });
    expect(value?.pods.map(({ component }) => component)).toEqual(['kube-apiserver', 'other']);
  });
  it('knows load balancers by their container, and flags given through a shell', async () => {
    expect(await parseManifest('spec: {containers: [{name: kube-vip, args: [manager]}]}')).toMatchObject({ component: 'kube-vip', hasLivenessProbe: false, hasRequests: false });
    const shell = await parseManifest('spec: {containers: [{name: kube-scheduler, command: [/bin/sh, -c, "exec kube-scheduler --profiling=false --bind-address=127.0.0.1"]}]}');
    expect(shell?.component).toBe('kube-scheduler');
    expect(shell?.flags.get('profiling')).toBe('false');
    expect(await parseManifest('kind: List\n')).toBeUndefined();
  });
  it('is absent on workers', async () => {
    expect((await gatherOn(staticPods, await hostOf({ '/var/lib/kubelet/pods/x': '' }))).report).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
});

describe('flags of the control plane', () => {
  it('tells the chosen flags of the API server, not its addresses', async () => {
    const { report, value } = await gatherOn(apiserverFlags, await hostOf(KUBEADM_HOST), 'apiserverFlags');
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({
      source: 'manifest',
      anonymousAuth: true,
      profiling: false,
      auditLogSet: true,
      auditPolicySet: true,
      auditLogMaxAgeDays: 30,
      encryptionProviderSet: false,
      authorizationModes: ['Node', 'RBAC'],
      admissionEnabled: ['NodeRestriction'],
      insecurePort: 0,
      tlsMinVersion: 'default',
      etcdServerCount: 1,
      etcdClientCertSet: true,
      requestTimeoutSeconds: 90,
      maxRequestsInflight: 400,
      kubeletClientCertSet: true,
    });
    expect(JSON.stringify(value)).not.toMatch(/10\.20|customer|Acme|\/etc/);
  });
  it('fills in defaults, and tells nothing where a file decides', () => {
    expect(apiserverFlagsOf(new Map())).toMatchObject({
      anonymousAuth: true,
      profiling: true,
      authorizationModes: ['AlwaysAllow'],
      admissionEnabled: [],
      auditLogSet: false,
      serviceAccountLookup: true,
    });
    const byFile = apiserverFlagsOf(parseArguments(['--authentication-config=/a', '--authorization-config=/b']));
    expect([byFile.anonymousAuth, byFile.authorizationModes]).toEqual([undefined, undefined]);
    expect(schedulerFlagsOf(parseArguments(['--config=/etc/kubernetes/scheduler.yaml', '--profiling=false'])).profiling).toBeUndefined();
  });
  it('reads the other two', async () => {
    const host = await hostOf(KUBEADM_HOST);
    expect((await gatherOn(controllerManagerFlags, host)).value).toEqual({
      source: 'manifest',
      profiling: true,
      bindsLoopback: true,
      leaderElect: true,
      terminatedPodGcCount: 12_500,
      serviceAccountCredentials: true,
      rootCaSet: true,
    });
    expect((await gatherOn(schedulerFlags, host)).value).toEqual({ source: 'manifest', profiling: false, bindsLoopback: true, leaderElect: true });
  });
  it('reads a binary installation from its process', async () => {
    const files = {
      '/var/lib/kubelet/pods/x': '',
      ...processFiles(88, 'kube-apiserver', ['/usr/local/bin/kube-apiserver', '--insecure-port=8080', '--authorization-mode', 'RBAC']),
    };
    expect((await gatherOn(apiserverFlags, await hostOf(files))).value).toMatchObject({ source: 'process', insecurePort: 8_080, authorizationModes: ['RBAC'] });
  });
  it('leaves the API server of a hosted control plane in a pod alone', async () => {
    const files = { '/var/lib/kubelet/pods/x': '', ...processFiles(88, 'kube-apiserver', ['kube-apiserver'], { cgroup: '0::/kubepods.slice/cri-containerd-1.scope' }) };
    expect((await gatherOn(apiserverFlags, await hostOf(files))).report).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
  it('does not say "not here" when a manifest could not be read', async () => {
    expect((await gatherOn(apiserverFlags, await hostOf({ '/etc/kubernetes/manifests/x.yaml': 'spec: [' }))).report).toMatchObject({ status: 'failed', reason: 'malformed' });
  });
});
