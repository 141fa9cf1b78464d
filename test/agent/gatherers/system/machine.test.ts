import { describe, expect, it } from 'vitest';
import { countListed, countSockets, machine, parseArchitecture, parseContainer, parseHostName, parseHypervisor } from '../../../../agent/gatherers/host/system/machine.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const XEON =
  'processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: Intel(R) Xeon(R) Gold 6266C CPU @ 3.00GHz\nphysical id\t: 0\nsiblings\t: 4\nflags\t\t: fpu vme de lm constant_tsc hypervisor lahf_lm\n';
const KUNPENG = 'processor\t: 0\nBogoMIPS\t: 200.00\nFeatures\t: fp asimd evtstrm aes\nCPU implementer\t: 0x48\nCPU architecture: 8\nCPU variant\t: 0x1\nCPU part\t: 0xd01\n';

async function gather(files: Files) {
  const { sections, reports } = await runGatherers([machine], { host: await hostOf(files) }, { signal: AbortSignal.timeout(5_000), concurrency: 1, clock: () => 0 });
  return sections.machine ?? reports[0];
}

describe('host names', () => {
  it.each([
    ['Node-1\n', 'node-1'],
    ['# set by cloud-init\n\n web01.example.com \n', 'web01.example.com'],
    ['', undefined],
    ['(none)\n', undefined],
    ['-bad-\n', undefined],
    ['a b\n', undefined],
    [`${'x'.repeat(300)}\n`, undefined],
    [undefined, undefined],
  ])('reads %j', (text, wanted) => expect(parseHostName(text)).toBe(wanted));
});

describe('architecture', () => {
  it.each([
    ['5.10.0-216.0.0.115.oe2203sp4.x86_64', '', 'amd64'],
    ['4.19.90-52.22.v2207.ky10.aarch64', '', 'arm64'],
    ['6.1.0-18-amd64', '', 'amd64'],
    ['5.15.0-91-generic', XEON, 'amd64'],
    ['5.15.0-91-generic', KUNPENG, 'arm64'],
    ['5.15.0', 'processor\t: 0\nisa\t\t: rv64imafdc\n', 'riscv64'],
    ['4.19.0', 'system type\t\t: generic-loongson-machine\nmodel name\t\t: Loongson-3A5000\nisa: loongarch64\n', 'loong64'],
    ['', '', 'other'],
  ])('%s', (kernel, cpuInfo, wanted) => expect(parseArchitecture(kernel, cpuInfo)).toBe(wanted));
});

describe('hypervisor', () => {
  it.each([
    ['QEMU Standard PC (i440FX + PIIX, 1996)  SeaBIOS', XEON, 'kvm'],
    ['Huawei Cloud OpenStack Nova', XEON, 'kvm'],
    ['VMware, Inc. VMware7,1 Intel Corporation VMware, Inc.', XEON, 'vmware'],
    ['Microsoft Corporation Virtual Machine', XEON, 'hyper-v'],
    ['Alibaba Cloud Alibaba Cloud ECS', KUNPENG, 'kvm'],
    ['Alibaba Cloud Alibaba Cloud ECS', XEON.replace(' hypervisor', ''), 'none'],
    ['Huawei TaiShan 200 (Model 2280)', KUNPENG, 'none'],
    ['Dell Inc. PowerEdge R740', XEON.replace(' hypervisor', ''), 'none'],
    ['', XEON, 'other'],
    ['', KUNPENG, undefined],
  ])('%s', (dmi, cpuInfo, wanted) => expect(parseHypervisor({ dmi, cpuInfo, xen: '' })).toBe(wanted));
  it('believes the kernel about Xen', () => expect(parseHypervisor({ dmi: '', cpuInfo: XEON, xen: 'xen\n' })).toBe('xen'));
});

describe('counts', () => {
  it('reads lists of the kernel', () => {
    expect(countListed('0-7\n')).toBe(8);
    expect(countListed('0-3,8,10-11\n')).toBe(7);
    for (const bad of ['', '\n', 'none', '5-2', undefined, '-', '0-99999999999']) expect(countListed(bad)).toBeUndefined();
  });
  it('derives sockets from siblings', () => {
    expect(countSockets(XEON, 8)).toBe(2);
    expect(countSockets(KUNPENG, 8)).toBeUndefined();
    expect(countSockets(XEON, undefined)).toBeUndefined();
  });
});

describe('containers', () => {
  const none = { docker: false, podman: false, wsl: false };
  it('knows the words and the marker files', () => {
    expect(parseContainer('docker\n', none)).toBe('docker');
    expect(parseContainer('lxc-libvirt', none)).toBe('lxc');
    expect(parseContainer('acme-runtime', none)).toBe('other');
    expect(parseContainer(undefined, none)).toBe('none');
    expect(parseContainer(undefined, { ...none, wsl: true })).toBe('wsl');
  });
});

describe('the gatherer', () => {
  it('tells a Kubernetes control plane', async () => {
    const value = await gather({
      '/etc/hostname': 'node-1\n',
      '/proc/sys/kernel/hostname': 'pod-abc\n',
      '/proc/sys/kernel/osrelease': '5.10.0-216.0.0.115.oe2203sp4.x86_64\n',
      '/proc/cpuinfo': XEON.repeat(8),
      '/proc/meminfo': 'MemTotal:       32614152 kB\n',
      '/sys/devices/system/cpu/online': '0-7\n',
      '/sys/devices/system/node/online': '0\n',
      '/sys/class/dmi/id/sys_vendor': 'QEMU\n',
      '/var/lib/kubelet/config.yaml': '',
      '/etc/kubernetes/manifests/kube-apiserver.yaml': '',
    });
    expect(value).toEqual({
      name: 'node-1',
      architecture: 'amd64',
      hypervisor: 'kvm',
      container: 'none',
      cores: 8,
      sockets: 2,
      numaNodes: 1,
      memoryBytes: 32_614_152 * 1_024,
      kubernetesNode: true,
      controlPlane: true,
    });
  });
  it('knows a node by the cgroups of its pods, and an empty kubelet folder as no node', async () => {
    expect(await gather({ '/sys/fs/cgroup/kubepods.slice/cgroup.procs': '' })).toMatchObject({ kubernetesNode: true });
    expect(await gather({ '/var/lib/kubelet/.keep': '' })).toMatchObject({ kubernetesNode: false });
  });
  it('survives an empty and a hostile tree', async () => {
    expect(await gather({ '/proc/.keep': '' })).toEqual({ architecture: 'other', container: 'none', kubernetesNode: false, controlPlane: false });
    const noise = Buffer.alloc(200_000, 0xff);
    expect(await gather({ '/etc/hostname': noise, '/proc/cpuinfo': noise, '/sys/devices/system/cpu/online': noise, '/run/systemd/container': noise })).toMatchObject({
      architecture: 'other',
      container: 'other',
    });
  });
});
