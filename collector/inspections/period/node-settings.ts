/** Which settings are compared between machines, and how each is read from what an agent sent. Titles and units are the wire registry's. */
import type { Field } from '../../../agent/wire/fields.ts';
import { SECTIONS } from '../../../agent/wire/registry.ts';
import type { SectionName, SomeSections } from '../../../agent/wire/section-values.ts';
import type { Text, Unit } from '../../../agent/wire/vocabulary.ts';
import { systemName } from '../host-facts.ts';

export interface Setting {
  readonly id: string;
  readonly title: Text;
  readonly unit: Unit;
  /** Compared among machines of one role alone: a control-plane machine may well have another. */
  readonly byRole: boolean;
  /** `undefined` where the agent does not tell. */
  readonly read: (sections: SomeSections) => string | number | boolean | undefined;
}

/** What the kubelet does, is no setting. */
const KUBELET_STATE: ReadonlySet<string> = new Set(['running', 'health', 'startedAt', 'configSource', 'configChangedAt']);
/** They follow the size of the machine or what it does at the moment, and differ where nothing is wrong. */
const SIZED_PARAMETERS: ReadonlySet<string> = new Set([
  'fs.aio-nr',
  'fs.file-max',
  'kernel.pid_max',
  'kernel.random.entropy_avail',
  'kernel.threads-max',
  'net.ipv4.tcp_max_orphans',
  'net.ipv4.tcp_max_syn_backlog',
  'net.ipv4.tcp_max_tw_buckets',
  'net.netfilter.nf_conntrack_buckets',
  'net.netfilter.nf_conntrack_max',
  'user.max_user_namespaces',
  'vm.min_free_kbytes',
]);

/** Settings of fixed name: those that people look for first lead. */
const SETTINGS: readonly Setting[] = [
  ...fieldsOf('os', ['timeZone']),
  {
    id: 'os.release',
    title: { zh: '操作系统', en: 'Operating system' },
    unit: 'value',
    byRole: false,
    read: ({ os }) => os && systemName(os.distribution, os.release ?? os.versionId),
  },
  ...fieldsOf('os', ['kernel', 'cgroup', 'transparentHugePages']),
  ...fieldsOf('hostSecurity', ['selinux']),
  ...fieldsOf('timeSync', ['service']),
  ...fieldsOf('runtime', ['kind', 'version']),
  { id: 'interfaces.mtu', title: { zh: '在用网卡的 MTU', en: 'MTU of the interfaces in use' }, unit: 'value', byRole: false, read: (sections) => mtuOf(sections, false) },
  { id: 'interfaces.tunnelMtu', title: { zh: '隧道的 MTU', en: 'MTU of tunnels' }, unit: 'value', byRole: false, read: (sections) => mtuOf(sections, true) },
  ...fieldsOf('kernelCommandLine', ['mitigationsOff', 'selinuxOff', 'auditOff', 'ipv6Off', 'cgroupV1Forced', 'numaOff', 'multithreadingOff', 'hugePages']),
  ...fieldsOf('runtime', ['cgroupDriver', 'storageDriver', 'insecureRegistryCount', 'sandboxImageSet', 'logRotationSet', 'liveRestore'], true),
  ...fieldsOf(
    'kubelet',
    Object.keys(SECTIONS.kubelet.fields).filter((name) => !KUBELET_STATE.has(name)),
    true,
  ),
];

/** @param sections of every machine: which kernel parameters there are */
export function settingsOf(sections: readonly SomeSections[]): readonly Setting[] {
  const keys = new Set(sections.flatMap(({ sysctls }) => Object.keys(sysctls?.values ?? {})));
  const parameters = [...keys].filter((key) => !SIZED_PARAMETERS.has(key)).toSorted();
  return [...SETTINGS, ...parameters.map(parameter)];
}

function fieldsOf(section: SectionName, names: readonly string[], byRole = false): readonly Setting[] {
  const fields: Readonly<Record<string, Field>> = SECTIONS[section].fields;
  return names.map((name) => {
    const field = fields[name];
    if (field === undefined) throw new Error(`${section} has no field ${name}`);
    const unit = 'unit' in field ? field.unit : 'value';
    return {
      id: `${section}.${name}`,
      title: field.purpose,
      unit,
      byRole,
      read: (sections) => scalar((sections[section] as Readonly<Record<string, unknown>> | undefined)?.[name]),
    };
  });
}
function parameter(key: string): Setting {
  return { id: key, title: { zh: key, en: key }, unit: 'value', byRole: true, read: ({ sysctls }) => sysctls?.values[key as keyof typeof sysctls.values] };
}
function scalar(value: unknown): string | number | boolean | undefined {
  if (Array.isArray(value)) return value.map(String).toSorted().join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}
/** Interfaces that carry traffic; members of a bond have its MTU. */
function mtuOf({ interfaces }: SomeSections, isTunnel: boolean): string | undefined {
  const own = interfaces?.interfaces.filter(({ type, carrier, bondSlave }) =>
    isTunnel ? type === 'tunnel' : (type === 'physical' || type === 'paravirtual' || type === 'bond') && carrier === true && bondSlave !== true,
  );
  const sizes = [...new Set(own?.flatMap(({ mtu }) => mtu ?? []))].toSorted((one, other) => one - other);
  return sizes.length === 0 ? undefined : sizes.join(', ');
}
