import type { Host } from '../../../host/host.ts';
import { hasAny, isKubernetesNode } from '../../../host/kubernetes-node.ts';
import { parseKeyed } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { hostGatherer } from '../../gatherer.ts';

type Machine = Sections['machine'];
type Architecture = Machine['architecture'];
type Hypervisor = NonNullable<Machine['hypervisor']>;

/** `uname -m` words, also the last part of kernel releases of the RPM family and of Debian. */
const ARCHITECTURE_BY_WORD: ReadonlyMap<string, Architecture> = new Map(
  Object.entries<Architecture>({
    x86_64: 'amd64',
    amd64: 'amd64',
    i386: '386',
    i586: '386',
    i686: '386',
    aarch64: 'arm64',
    arm64: 'arm64',
    armv7l: 'arm',
    armv7hl: 'arm',
    loongarch64: 'loong64',
    loong64: 'loong64',
    mips64: 'mips64',
    mips64el: 'mips64',
    ppc64le: 'ppc64le',
    ppc64el: 'ppc64le',
    riscv64: 'riscv64',
    s390x: 's390x',
    sw_64: 'sw64',
    sw64: 'sw64',
  }),
);
/** What `/proc/cpuinfo` of an architecture looks like, for kernels whose name does not tell. */
const ARCHITECTURE_BY_CPUINFO: readonly (readonly [RegExp, Architecture])[] = [
  [/^flags\s*:.* lm( |$)/m, 'amd64'],
  [/^CPU architecture\s*: (8|AArch64)/m, 'arm64'],
  [/^CPU architecture\s*: [4-7]/m, 'arm'],
  [/loongson-64|loongarch/i, 'loong64'],
  [/^isa\s*: rv64/m, 'riscv64'],
  [/^vendor_id\s*: IBM\/S390/m, 's390x'],
  [/^cpu\s*: POWER/m, 'ppc64le'],
  [/^flags\s*:/m, '386'],
];
/** DMI vendor and product words of virtual machines, as systemd-detect-virt knows them, with those of Chinese clouds. */
const HYPERVISOR_BY_DMI: readonly (readonly [RegExp, Hypervisor])[] = [
  [/VMware|VMW/, 'vmware'],
  [/innotek GmbH|VirtualBox/, 'virtualbox'],
  [/\bXen\b|HVM domU/, 'xen'],
  [/Parallels/, 'parallels'],
  [/BHYVE/, 'bhyve'],
  [/Microsoft Corporation Virtual Machine/, 'hyper-v'],
  [
    /\bKVM\b|QEMU|Bochs|OpenStack|KubeVirt|oVirt|RHEV|Amazon EC2|Google Compute Engine|Alibaba Cloud|Tencent Cloud|Huawei Cloud|Nutanix AHV|ZStack|Sangfor|SmartX|DigitalOcean|CloudOS|H3C CAS/i,
    'kvm',
  ],
];
const API_SERVER_FILES = [
  '/etc/kubernetes/manifests/kube-apiserver.yaml',
  '/etc/kubernetes/manifests/kube-apiserver.manifest',
  '/var/lib/rancher/rke2/agent/pod-manifests/kube-apiserver.yaml',
  '/etc/kubernetes/pki/apiserver.crt', // all that an agent with little access sees
] as const;

/** First name in a file like `/etc/hostname`: comments and blank lines skipped; `undefined` for anything that is no host name. */
export function parseHostName(text: string | undefined): string | undefined {
  const line = (text ?? '')
    .split('\n', 20)
    .map((one) => one.trim())
    .find((one) => one !== '' && !one.startsWith('#'));
  return line !== undefined && /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$/.test(line) ? line.toLowerCase() : undefined;
}

/** @param kernel the running kernel's release @param cpuInfo the head of `/proc/cpuinfo` */
export function parseArchitecture(kernel: string, cpuInfo: string, kernelArchitecture = ''): Architecture {
  const word = /(?:^|[.-])(x86_64|sw_64|[a-z0-9]{3,12})$/.exec(kernel.trim())?.[1] ?? '';
  return (
    ARCHITECTURE_BY_WORD.get(kernelArchitecture.trim()) ?? ARCHITECTURE_BY_WORD.get(word) ?? ARCHITECTURE_BY_CPUINFO.find(([pattern]) => pattern.test(cpuInfo))?.[1] ?? 'other'
  );
}

/**
 * The hypervisor by the firmware's words and the processor's `hypervisor` flag; `undefined` when neither can be read.
 * Clouds give their bare-metal machines the same vendor, so on x86 the flag decides whether there is a hypervisor at all.
 */
export function parseHypervisor({ dmi, cpuInfo, xen }: { readonly dmi: string; readonly cpuInfo: string; readonly xen: string }): Machine['hypervisor'] {
  const flags = /^flags\s*:(.{0,4000})/m.exec(cpuInfo)?.[1];
  const flagged = flags === undefined ? undefined : / hypervisor\b/.test(flags);
  if (xen.trim() === 'xen') return 'xen';
  if (/PowerVM|^machine\s*: CHRP IBM/m.test(cpuInfo)) return 'powervm';
  const named = HYPERVISOR_BY_DMI.find(([pattern]) => pattern.test(dmi))?.[1];
  if (flagged === false) return named === 'xen' || named === 'parallels' ? named : 'none';
  if (named !== undefined) return named;
  if (flagged === true) return 'other';
  return dmi.trim() === '' ? undefined : 'none';
}

/** Members of a kernel list like `0-3,8,10-11`. */
export function countListed(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d/.test(text)) return undefined;
  let count = 0;
  for (const part of text.trim().split(',', 1_000)) {
    const [, from, to] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(part) ?? [];
    if (from !== undefined) count += Math.max(0, Number(to ?? from) - Number(from) + 1);
  }
  return count > 0 ? count : undefined;
}

/** Sockets from the first processor's `siblings` line (x86 only). */
export function countSockets(cpuInfo: string, cores: number | undefined): number | undefined {
  const siblings = Number(/^siblings\s*: (\d{1,6})$/m.exec(cpuInfo)?.[1]);
  return cores !== undefined && siblings > 0 ? Math.max(1, Math.round(cores / siblings)) : undefined;
}

/** The word of `/run/systemd/container`, or what the marker files of runtimes say. */
export function parseContainer(
  systemd: string | undefined,
  { docker, podman, wsl }: { readonly docker: boolean; readonly podman: boolean; readonly wsl: boolean },
): Machine['container'] {
  const word = systemd?.trim().toLowerCase() ?? '';
  if (word === 'docker' || docker) return 'docker';
  if (word === 'podman' || podman) return 'podman';
  if (word.startsWith('lxc')) return 'lxc';
  if (word === 'systemd-nspawn' || word === 'kubernetes') return word;
  if (word === 'wsl' || wsl) return 'wsl';
  return word === '' ? 'none' : 'other';
}

async function dmiOf(host: Host): Promise<string> {
  const {
    sys_vendor = '',
    product_name = '',
    board_vendor = '',
    bios_vendor = '',
  } = await host.readSmall('/sys/class/dmi/id', ['sys_vendor', 'product_name', 'board_vendor', 'bios_vendor']);
  return [sys_vendor, product_name, board_vendor, bios_vendor].map((word) => word.trim()).join(' ');
}

/** The running name is that of the reader's UTS namespace: in a pod with a mounted root it is the pod's. */
async function nameOf(host: Host): Promise<string | undefined> {
  const configured = parseHostName(await host.readIfThere('/etc/hostname'));
  return configured ?? ((host.running && !host.live) || !host.sees('/etc/hostname') ? undefined : parseHostName(await host.readIfThere('/proc/sys/kernel/hostname')));
}

export const machine = hostGatherer({
  section: 'machine',
  needs: [{ mount: '/proc' }, { mount: '/sys' }, { mount: '/etc', optional: true }, { mount: '/run', optional: true }, { mount: '/var/lib', optional: true }],
  deadlineMs: 5_000,

  async gather(host) {
    // The head of cpuinfo: one processor says all that is asked here, and the kernel makes the text as it is read.
    const [cpuInfo = '', kernel = '', kernelArchitecture, online, nodes, memInfo, xen = '', dmi] = await Promise.all([
      host.readIfThere('/proc/cpuinfo', { maxBytes: 8_192, cut: true }),
      host.readIfThere('/proc/sys/kernel/osrelease'),
      host.readIfThere('/proc/sys/kernel/arch'),
      host.readIfThere('/sys/devices/system/cpu/online'),
      host.readIfThere('/sys/devices/system/node/online'),
      host.readIfThere('/proc/meminfo'),
      host.readIfThere('/sys/hypervisor/type'),
      dmiOf(host),
    ]);
    const cores = countListed(online);
    const memoryKb = memInfo === undefined ? undefined : parseKeyed(memInfo).get('MemTotal');
    return {
      name: await nameOf(host),
      architecture: parseArchitecture(kernel, cpuInfo, kernelArchitecture),
      hypervisor: parseHypervisor({ dmi, cpuInfo, xen }),
      container: parseContainer(await host.readIfThere('/run/systemd/container'), {
        docker: await host.exists('/.dockerenv'),
        podman: await host.exists('/run/.containerenv'),
        wsl: /microsoft/i.test(kernel),
      }),
      cores,
      sockets: countSockets(cpuInfo, cores),
      numaNodes: countListed(nodes),
      memoryBytes: memoryKb === undefined ? undefined : memoryKb * 1_024,
      kubernetesNode: await isKubernetesNode(host),
      controlPlane: await hasAny(host, API_SERVER_FILES),
    };
  },
});
