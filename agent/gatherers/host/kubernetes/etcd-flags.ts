import type { Host } from '../../../host/host.ts';
import { parseAssignments } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { findFlags, type SourcedFlags } from './component-flags.ts';
import { type Flags, flagBool, flagCount, flagSet, flagWords } from './flags.ts';
import { requireNodeOrEtcd } from './node.ts';
import { asMap, MAX_YAML_BYTES, parseYamlMap } from './yaml.ts';

/** kubespray and kubekey; the package of RHEL and openEuler; that of Debian. */
const ENVIRONMENT_FILES = ['/etc/etcd.env', '/etc/etcd/etcd.conf', '/etc/default/etcd', '/etc/sysconfig/etcd'];
const CONFIG_FILES = [
  '/etc/etcd/etcd.conf.yml',
  '/etc/etcd/etcd.yaml',
  '/etc/etcd/etcd.config.yml',
  '/var/lib/rancher/rke2/server/db/etcd/config',
  '/var/lib/rancher/k3s/server/db/etcd/config',
];
/** etcd's default when no quota is set. */
const DEFAULT_QUOTA_BYTES = 2 * 1024 ** 3;

/** Flags that an environment file sets: `ETCD_LISTEN_CLIENT_URLS` is `--listen-client-urls`. */
export function parseEtcdEnvironment(text: string): Flags {
  const flags = new Map<string, string>();
  for (const [name, value] of parseAssignments(text)) if (name.startsWith('ETCD_')) flags.set(name.slice(5).toLowerCase().replaceAll('_', '-'), value);
  return flags;
}

/**
 * Flags that a configuration file sets; it replaces all others.
 * @throws UnreadableError `malformed`
 */
export async function parseEtcdConfig(text: string): Promise<Flags> {
  const flags = new Map<string, string>();
  const config = await parseYamlMap(text);
  const put = (prefix: string, from: Readonly<Record<string, unknown>>): void => {
    for (const [key, value] of Object.entries(from))
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') flags.set(prefix + key, String(value));
  };
  put('', config);
  put('', asMap(config['client-transport-security']));
  put('peer-', asMap(config['peer-transport-security']));
  return flags;
}

/** Facts of etcd's flags. Defaults: etcd's configuration reference, 3.4 to 3.6. */
export function etcdFlagsOf(flags: Flags, source: SourcedFlags['source']): Sections['etcdFlags'] {
  const quota = flagCount(flags, 'quota-backend-bytes') ?? 0;
  const members = flagWords(flags, 'initial-cluster')?.length;
  return {
    source,
    clientCertAuth: flagBool(flags, 'client-cert-auth') ?? false,
    peerClientCertAuth: flagBool(flags, 'peer-client-cert-auth') ?? false,
    autoTls: flagBool(flags, 'auto-tls') ?? false,
    peerAutoTls: flagBool(flags, 'peer-auto-tls') ?? false,
    plainClientUrl: hasPlainUrl(flags, 'listen-client-urls'),
    plainPeerUrl: hasPlainUrl(flags, 'listen-peer-urls'),
    quotaSet: quota > 0,
    quotaBytes: quota > 0 ? quota : DEFAULT_QUOTA_BYTES,
    autoCompactionSet: flagSet(flags, 'auto-compaction-retention') && !/^0[a-z]?$/.test(flags.get('auto-compaction-retention') ?? ''),
    snapshotCount: flagCount(flags, 'snapshot-count'),
    heartbeatMs: flagCount(flags, 'heartbeat-interval') ?? 100,
    electionMs: flagCount(flags, 'election-timeout') ?? 1_000,
    corruptCheck: flagBool(flags, 'experimental-initial-corrupt-check') ?? /InitialCorruptCheck=true/.test(flags.get('feature-gates') ?? ''),
    // kubeadm writes the list of the day a member joined; kubespray's environment file lists all
    initialMemberCount: source === 'manifest' ? undefined : members,
  };
}

function hasPlainUrl(flags: Flags, name: string): boolean {
  return (flagWords(flags, name) ?? []).some((url) => /^http:\/\//i.test(url) && !/^http:\/\/(127\.\d|localhost[:/]|\[::1\])/i.test(url));
}

/** The flags of this host's etcd and its data folder; `undefined` when it has none. */
export async function readEtcd(host: Host, signal: AbortSignal): Promise<(SourcedFlags & { readonly dataDir: string }) | undefined> {
  const own = await findFlags(host, 'etcd', signal);
  const found = own?.source === 'manifest' ? own : await withFiles(host, own);
  if (!found) return undefined;
  const dataDir = found.flags.get('data-dir');
  return { ...found, dataDir: dataDir?.startsWith('/') ? dataDir : '/var/lib/etcd' };
}

/** The environment applies where a flag is not set; a configuration file replaces both. */
async function withFiles(host: Host, own: SourcedFlags | undefined): Promise<SourcedFlags | undefined> {
  const flags = new Map([...(await readEnvironment(host)), ...(own?.flags ?? [])]);
  const named = flags.get('config-file');
  if (named === undefined && flags.size > 0) return { flags, source: own ? 'process' : 'file' };
  for (const file of named === undefined ? CONFIG_FILES : [named]) {
    const text = file.startsWith('/') ? await host.readIfThere(file, { maxBytes: MAX_YAML_BYTES }) : undefined;
    if (text !== undefined) return { flags: await parseEtcdConfig(text), source: 'file' };
  }
  if (named !== undefined) throw new UnreadableError('not-visible');
  return own;
}

async function readEnvironment(host: Host): Promise<Flags> {
  for (const file of ENVIRONMENT_FILES) {
    const flags = parseEtcdEnvironment((await host.readIfThere(file, { maxBytes: 64 * 1024, cut: true })) ?? '');
    if (flags.size > 0) return flags;
  }
  return new Map();
}

export const etcdFlags = hostGatherer({
  section: 'etcdFlags',
  needs: [{ mount: '/etc' }, { mount: '/var/lib/rancher' }, { mount: '/proc' }],
  deadlineMs: 15_000,

  async gather(host, signal) {
    await requireNodeOrEtcd(host);
    const etcd = await readEtcd(host, signal);
    if (!etcd) throw new AbsentError('not-present');
    return etcdFlagsOf(etcd.flags, etcd.source);
  },
});
