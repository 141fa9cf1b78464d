import { toCount, toNumber } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { hostGatherer } from '../../gatherer.ts';

type CommandLine = Sections['kernelCommandLine'];

/** Switches that each turn off a mitigation (kernel documentation, admin-guide/hw-vuln). */
const MITIGATIONS_OFF = [
  'mitigations=off',
  'nopti',
  'pti=off',
  'nospectre_v1',
  'nospectre_v2',
  'spectre_v2=off',
  'spec_store_bypass_disable=off',
  'mds=off',
  'l1tf=off',
  'tsx_async_abort=off',
  'retbleed=off',
  'mmio_stale_data=off',
];
const OFF = /^(0|off|no|n|false)$/;
const ON = /^(1|on|yes|y|true)$/;
const MOST_WORDS = 500;

/** Chosen switches; where one is given twice the last counts, as in the kernel. */
export function parseCommandLine(text: string): CommandLine {
  const words = text.slice(0, 16_384).trim().split(/\s+/, MOST_WORDS);
  const has = (...switches: readonly string[]): boolean => switches.some((one) => words.includes(one));
  const value = (key: string): string | undefined => words.findLast((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const isOff = (key: string): boolean => OFF.test(value(key) ?? '');
  const isOn = (key: string): boolean => ON.test(value(key) ?? '');
  const crashKernel = value('crashkernel');
  const hugePages = words.filter((word) => word.startsWith('hugepages=')).map((word) => toCount(word.slice('hugepages='.length)) ?? 0);
  const thp = value('transparent_hugepage');
  return {
    mitigationsOff: has(...MITIGATIONS_OFF),
    addressRandomisationOff: has('nokaslr'),
    selinuxOff: isOff('selinux'),
    auditOff: isOff('audit'),
    crashKernelReserved: crashKernel !== undefined && crashKernel !== '' && crashKernel !== '0' && crashKernel !== '0M',
    memoryCgroupOff: words.some((word) => word.startsWith('cgroup_disable=') && word.slice('cgroup_disable='.length).split(',').includes('memory')),
    cgroupV1Forced: isOff('systemd.unified_cgroup_hierarchy'),
    cgroupV2Forced: isOn('systemd.unified_cgroup_hierarchy') || value('cgroup_no_v1') === 'all',
    pressureOff: isOff('psi'),
    ipv6Off: isOn('ipv6.disable'),
    numaOff: isOff('numa'),
    multithreadingOff: has('nosmt') || value('nosmt') === 'force',
    watchdogOff: has('nowatchdog', 'nosoftlockup') || isOff('watchdog'),
    isolatedProcessors: value('isolcpus') !== undefined,
    transparentHugePages: thp === 'always' || thp === 'madvise' || thp === 'never' ? thp : undefined,
    hugePages: hugePages.length === 0 ? undefined : hugePages.reduce((sum, one) => sum + one, 0),
    panicSeconds: toNumber(value('panic')),
  };
}

export const kernelCommandLine = hostGatherer({
  section: 'kernelCommandLine',
  needs: [{ mount: '/proc' }],
  deadlineMs: 5_000,

  async gather(host) {
    return parseCommandLine(await host.read('/proc/cmdline', { maxBytes: 16_384, cut: true }));
  },
});
