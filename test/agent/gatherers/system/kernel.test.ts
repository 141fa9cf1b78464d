import { describe, expect, it } from 'vitest';
import { cpuVulnerabilities, parseState } from '../../../../agent/gatherers/host/system/cpu-vulnerabilities.ts';
import { parseCommandLine } from '../../../../agent/gatherers/host/system/kernel-command-line.ts';
import { modules, parseBuiltin, parseFileSystems, parseModules } from '../../../../agent/gatherers/host/system/modules.ts';
import { countReservedNodePorts, parseParts, sysctls } from '../../../../agent/gatherers/host/system/sysctls.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const OPTIONS = { signal: AbortSignal.timeout(20_000), concurrency: 1, clock: () => 0 };

describe('the kernel command line', () => {
  const OPENEULER =
    'BOOT_IMAGE=/vmlinuz-5.10.0 root=UUID=1 ro rd.lvm.lv=openeuler/root cgroup_disable=files apparmor=0 crashkernel=512M panic=3 hugepages=4 hugepages=8 transparent_hugepage=never\n';
  it('tells chosen switches', () => {
    expect(parseCommandLine(OPENEULER)).toMatchObject({
      crashKernelReserved: true,
      panicSeconds: 3,
      hugePages: 12,
      transparentHugePages: 'never',
      mitigationsOff: false,
      memoryCgroupOff: false,
      selinuxOff: false,
    });
    expect(
      parseCommandLine(
        'mitigations=off selinux=0 audit=off nokaslr cgroup_disable=memory,cpu systemd.unified_cgroup_hierarchy=0 psi=0 ipv6.disable=1 numa=off nosmt nowatchdog isolcpus=2-3',
      ),
    ).toMatchObject({
      mitigationsOff: true,
      selinuxOff: true,
      auditOff: true,
      addressRandomisationOff: true,
      memoryCgroupOff: true,
      cgroupV1Forced: true,
      pressureOff: true,
      ipv6Off: true,
      numaOff: true,
      multithreadingOff: true,
      watchdogOff: true,
      isolatedProcessors: true,
      crashKernelReserved: false,
    });
  });
  it('takes the last of two', () => {
    expect(parseCommandLine('selinux=0 selinux=1 systemd.unified_cgroup_hierarchy=0 systemd.unified_cgroup_hierarchy=1')).toMatchObject({
      selinuxOff: false,
      cgroupV1Forced: false,
      cgroupV2Forced: true,
    });
  });
  it('survives noise', () => {
    for (const bad of ['', '\0\0\0', 'panic=soon hugepages=-1 crashkernel=', 'x'.repeat(100_000), ' ='.repeat(10_000)]) {
      expect(parseCommandLine(bad)).toMatchObject({ crashKernelReserved: false, mitigationsOff: false });
    }
  });
});

describe('modules', () => {
  it('reads the lists of the kernel', () => {
    expect(parseModules('br_netfilter 32768 0 - Live 0x0000000000000000\noverlay 151552 12 - Live 0x0\n\nbroken')).toEqual(['br_netfilter', 'overlay']);
    expect(parseBuiltin('kernel/fs/overlayfs/overlay.ko\nkernel/net/netfilter/nf_conntrack.ko.xz\nkernel/crypto/crc32c-generic.ko\n')).toEqual([
      'overlay',
      'nf_conntrack',
      'crc32c_generic',
    ]);
    expect(parseFileSystems('nodev\tsysfs\nnodev\toverlay\n\text4\n')).toEqual(['sysfs', 'overlay', 'ext4']);
  });
  async function gather(files: Files) {
    const { sections, reports } = await runGatherers([modules], { host: await hostOf(files) }, OPTIONS);
    return sections.modules ?? reports[0];
  }
  const LOADED = { '/proc/modules': 'br_netfilter 32768 0 - Live 0x0\nacme_secret 1 0 - Live 0x0\n', '/proc/sys/kernel/osrelease': '5.10.0\n' };
  it('joins loaded and built-in modules', async () => {
    expect(await gather({ ...LOADED, '/lib/modules/5.10.0/modules.builtin': 'kernel/fs/overlayfs/overlay.ko\n' })).toEqual({
      available: ['br_netfilter', 'overlay'],
      complete: true,
      loaded: 2,
    });
  });
  it('does not claim to know all without the built-in list, but believes evidence', async () => {
    expect(await gather({ ...LOADED, '/proc/sys/net/netfilter/nf_conntrack_max': '1\n' })).toEqual({ available: ['br_netfilter', 'nf_conntrack'], complete: false, loaded: 2 });
  });
  it('cannot tell from nothing', async () => {
    expect(await gather({ '/proc/.keep': '' })).toMatchObject({ status: 'failed', reason: 'not-visible' });
  });
  it('does not follow a kernel name out of its folder', async () => {
    expect(await gather({ '/proc/modules': '', '/proc/sys/kernel/osrelease': '../../etc\n' })).toMatchObject({ complete: false });
  });
});

describe('processor vulnerabilities', () => {
  it.each([
    ['Not affected\n', 'unaffected'],
    ['Mitigation: Retpolines; IBPB: conditional\n', 'mitigated'],
    ['Vulnerable: No microcode\n', 'vulnerable'],
    ['KVM: Mitigation: VMX disabled\n', 'mitigated'],
    ['Processor vulnerable\n', 'unaffected'],
    ['Unknown: No mitigations\n', 'undetermined'],
    ['', 'undetermined'],
  ])('%j', (text, wanted) => expect(parseState(text)).toBe(wanted));
  it('is absent before Linux 4.15', async () => {
    const { reports } = await runGatherers([cpuVulnerabilities], { host: await hostOf({ '/proc/.keep': '' }) }, OPTIONS);
    expect(reports[0]).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
  it('sorts them by state', async () => {
    const folder = '/sys/devices/system/cpu/vulnerabilities';
    const host = await hostOf({
      [`${folder}/mds`]: 'Vulnerable\n',
      [`${folder}/spectre_v2`]: 'Mitigation: IBRS\n',
      [`${folder}/l1tf`]: 'Not affected\n',
      [`${folder}/future_one`]: 'Vulnerable\n',
    });
    const { sections } = await runGatherers([cpuVulnerabilities], { host }, OPTIONS);
    expect(sections.cpuVulnerabilities).toEqual({ vulnerable: ['mds'], mitigated: ['spectre_v2'], undetermined: [] });
  });
});

describe('kernel parameters', () => {
  it('splits values with several parts', () => {
    const keys = ['net.ipv4.ip_local_port_range.low', 'net.ipv4.ip_local_port_range.high'] as const;
    expect(parseParts('32768\t60999\n', keys)).toEqual({ 'net.ipv4.ip_local_port_range.low': 32_768, 'net.ipv4.ip_local_port_range.high': 60_999 });
    expect(parseParts('32768\n', keys)).toEqual({ 'net.ipv4.ip_local_port_range.low': 32_768 });
    expect(parseParts('many words\n', keys)).toEqual({});
    expect(parseParts('-1\n', ['kernel.panic'])).toEqual({ 'kernel.panic': -1 });
  });
  it.each([
    ['30000-32767\n', 2_768],
    ['6443,30000-30009,30005\n', 10],
    ['\n', 0],
    ['1-65535\n', 2_768],
    ['32767-30000', 0],
    ['x,-,30000-,99999', 0],
  ])('counts reserved node ports in %j', (text, wanted) => expect(countReservedNodePorts(text)).toBe(wanted));

  const TREE: Files = {
    '/proc/sys/vm/swappiness': '10\n',
    '/proc/sys/kernel/panic': '-1\n',
    '/proc/sys/kernel/shmmax': '18446744073692774399\n',
    '/proc/sys/kernel/sem': '32000\t1024000000\t500\t32000\n',
    '/proc/sys/net/ipv4/ip_forward': '1\n',
    '/proc/sys/net/ipv4/ip_local_reserved_ports': '30000-32767\n',
    '/proc/sys/vm/max_map_count': 'broken\n',
  };
  it('reads what this kernel has', async () => {
    const { sections } = await runGatherers([sysctls], { host: await hostOf(TREE) }, OPTIONS);
    expect(sections.sysctls).toEqual({
      hostNetwork: true,
      values: {
        'vm.swappiness': 10,
        'kernel.panic': -1,
        'kernel.shmmax': Number.MAX_SAFE_INTEGER,
        'kernel.sem.semmsl': 32_000,
        'kernel.sem.semmns': 1_024_000_000,
        'kernel.sem.semopm': 500,
        'kernel.sem.semmni': 32_000,
        'net.ipv4.ip_forward': 1,
        'net.ipv4.ip_local_reserved_ports.node_ports': 2_768,
      },
    });
  });
  it('leaves out the network of another namespace', async () => {
    const host = await hostOf(TREE);
    Object.defineProperty(host, 'seesHostNetwork', { value: async () => false });
    const { sections } = await runGatherers([sysctls], { host }, OPTIONS);
    expect(sections.sysctls?.hostNetwork).toBe(false);
    expect(Object.keys(sections.sysctls?.values ?? {}).filter((key) => key.startsWith('net.'))).toEqual([]);
  });
  it('cannot tell from nothing', async () => {
    const { reports } = await runGatherers([sysctls], { host: await hostOf({ '/proc/.keep': '' }) }, OPTIONS);
    expect(reports[0]).toMatchObject({ status: 'failed', reason: 'not-visible' });
  });
});
