import { describe, expect, it } from 'vitest';
import { runtime, runtimeOfEndpoint } from '../../../../agent/gatherers/host/kubernetes/runtime.ts';
import { countSkippedVerification, parseContainerdConfig, parseCrioConfig, parseDaemonJson } from '../../../../agent/gatherers/host/kubernetes/runtime-config.ts';
import { hostOf } from '../../../support/tree.ts';
import { gatherOn, KUBEADM_HOST, processFiles } from './kubeadm-host.ts';

describe('container runtime', () => {
  it('is what the kubelet is told to use', async () => {
    const { report, value } = await gatherOn(
      runtime,
      await hostOf({ ...KUBEADM_HOST, '/run/containerd/containerd.sock': '', '/var/run': '-> /run', '/run/docker.sock': '' }),
      'runtime',
    );
    expect(report).toMatchObject({ status: 'ok', dropped: 0 });
    expect(value).toMatchObject({ kind: 'containerd', socketPresent: true, cgroupDriver: 'systemd', sandboxImageSet: true, insecureRegistryCount: 0 });
    expect(JSON.stringify(value)).not.toMatch(/registry\./);
  });
  it('is Docker through the dockershim where its traces are', async () => {
    const files = {
      '/var/lib/kubelet/pods/x': '',
      '/var/lib/dockershim/sandbox/a': '',
      '/run/docker.sock': '',
      '/etc/docker/daemon.json':
        '{"exec-opts":["native.cgroupdriver=systemd"],"log-driver":"json-file","log-opts":{"max-size":"100m"},"storage-driver":"overlay2","insecure-registries":["10.0.0.1:5000","x"]}',
    };
    expect((await gatherOn(runtime, await hostOf(files))).value).toMatchObject({
      kind: 'docker',
      dockershim: true,
      cgroupDriver: 'systemd',
      logRotationSet: true,
      liveRestore: false,
      storageDriver: 'overlay2',
      insecureRegistryCount: 2,
    });
  });
  it("reads Docker's options from its process too, as kubespray gives them", async () => {
    const files = {
      '/var/lib/kubelet/pods/x': '',
      '/run/docker.sock': '',
      ...processFiles(3, 'dockerd', [
        '/usr/bin/dockerd',
        '--exec-opt',
        'native.cgroupdriver=systemd',
        '--log-opt',
        'max-size=50m',
        '--log-opt',
        'max-file=5',
        '--insecure-registry=a',
        '--storage-driver',
        'devicemapper',
        '--live-restore',
      ]),
    };
    expect((await gatherOn(runtime, await hostOf(files))).value).toMatchObject({
      kind: 'docker',
      cgroupDriver: 'systemd',
      logRotationSet: true,
      liveRestore: true,
      storageDriver: 'devicemapper',
      insecureRegistryCount: 1,
    });
  });
  it('fails closed on a daemon.json that is broken', async () => {
    const { report } = await gatherOn(runtime, await hostOf({ '/var/lib/kubelet/pods/x': '', '/run/docker.sock': '', '/etc/docker/daemon.json': '{"registry-mirrors": ["secret' }));
    expect(report).toMatchObject({ status: 'failed', reason: 'malformed' });
  });
  it('is absent when nothing of one is there', async () => {
    expect((await gatherOn(runtime, await hostOf({ '/var/lib/kubelet/pods/x': '' }))).report).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
  it.each([
    ['unix:///run/containerd/containerd.sock', undefined, 'containerd'],
    ['/var/run/crio/crio.sock', undefined, 'cri-o'],
    ['unix:///var/run/cri-dockerd.sock', undefined, 'docker'],
    ['unix:///var/run/isulad.sock', undefined, 'isulad'],
    ['unix:///opt/acme.sock', undefined, 'other'],
    ['tcp://1.2.3.4:1', undefined, undefined],
    ['', undefined, undefined],
    [undefined, 'docker', 'docker'],
  ])('endpoint %s', (endpoint, remote, kind) => {
    expect(runtimeOfEndpoint(endpoint, remote)?.kind).toBe(kind);
  });
});

describe('configuration of runtimes', () => {
  it('reads containerd 2 as well, and tells nothing when imports may decide', () => {
    const three =
      "version = 3\nimports = []\n[plugins.'io.containerd.cri.v1.images'.pinned_images]\n  sandbox = 'x/pause:3.10'\n[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]\n  SystemdCgroup = false # old\n";
    expect(parseContainerdConfig(three)).toEqual({ cgroupDriver: 'cgroupfs', sandboxImageSet: true, insecureRegistryCount: 0 });
    expect(parseContainerdConfig('imports = ["/etc/containerd/conf.d/*.toml"]\n')).toEqual({ insecureRegistryCount: 0 });
    expect(parseContainerdConfig('[plugins."io.containerd.grpc.v1.cri".registry.configs."10.0.0.1".tls]\n insecure_skip_verify = true\n')).toMatchObject({
      cgroupDriver: 'cgroupfs',
      insecureRegistryCount: 1,
    });
  });
  it('reads cri-o and hosts files', () => {
    expect(parseCrioConfig('[crio.runtime]\ncgroup_manager = "cgroupfs"\n[crio.image]\npause_image = "x"\n')).toMatchObject({ cgroupDriver: 'cgroupfs', sandboxImageSet: true });
    expect(parseCrioConfig('')).toMatchObject({ cgroupDriver: 'systemd', sandboxImageSet: false });
    expect(countSkippedVerification('[host."http://r"]\n  capabilities = ["pull"]\n  skip_verify = true\n')).toBe(1);
  });
  it('survives rubbish', () => {
    expect(parseContainerdConfig(`${'['.repeat(100_000)}\n${'a='.repeat(100_000)}`)).toMatchObject({ insecureRegistryCount: 0 });
    expect(parseDaemonJson('[]', '')).toMatchObject({ logRotationSet: false });
    expect(parseDaemonJson(undefined, '')).toMatchObject({ logRotationSet: false, liveRestore: false, insecureRegistryCount: 0 });
    expect(parseDaemonJson('{"log-driver":"local","storage-driver":"acme"}', '')).toMatchObject({ logRotationSet: true, storageDriver: 'other' });
  });
});
