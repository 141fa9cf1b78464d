import { factsOf } from '../../../host/facts.ts';
import { type Host, isMissing } from '../../../host/host.ts';
import { walk } from '../../../host/walk.ts';
import { AbsentError, hostGatherer } from '../../gatherer.ts';
import { etcdFlagsOf, readEtcd } from './etcd-flags.ts';
import { requireNodeOrEtcd } from './node.ts';

/** Where the usual tools and runbooks put snapshots: kubespray, kubekey, rke2, k3s, RKE, kubeasz, hand-written jobs. */
export const BACKUP_FOLDERS = [
  '/var/backups/etcd',
  '/var/backups/kube_etcd',
  '/var/lib/etcd-backup',
  '/var/lib/etcd_backup',
  '/var/lib/etcd/backup',
  '/backup/etcd',
  '/backups/etcd',
  '/data/backup/etcd',
  '/data/etcd-backup',
  '/data/etcd_backup',
  '/opt/etcd-backup',
  '/opt/etcd/backup',
  '/opt/backup/etcd',
  '/opt/rke/etcd-snapshots',
  '/home/etcd-backup',
  '/root/etcd-backup',
  '/var/lib/kubelet/etcd-backup',
  '/var/lib/rancher/rke2/server/db/snapshots',
  '/var/lib/rancher/k3s/server/db/snapshots',
] as const;
/** kubespray makes a folder a day here: `etcd-2026-11-21_03:00:00/snapshot.db`. */
const BACKUP_PARENT = '/var/backups';
const BACKUP_LIMITS = { depth: 3, entries: 5_000 };
const WAL_LIMITS = { depth: 1, entries: 5_000 };
const MAX_PARENTS = 200;
/** Bytes below which a file is no snapshot: an empty database has 20 KiB, an interrupted job leaves nothing. */
const SMALLEST_BACKUP_BYTES = 4_096;

/** Whether a path below a backup folder is an etcd snapshot by its name. */
export function isBackupName(path: string): boolean {
  const name = path.split('/').at(-1) ?? '';
  if (/\.(tmp|part|log|txt|sh|md5|sha256)$/i.test(name) || name.startsWith('.')) return false;
  return (
    /\.db(\.(gz|zip|zst|xz|tgz|tar\.gz))?$/i.test(name) ||
    /^(etcd[-_.]?)?snap(shot)?/i.test(name) ||
    /^etcd[-_.].{0,100}\.(gz|zip|tgz|zst|xz)$/i.test(name) ||
    /^on-demand-|^etcd-snapshot-/.test(name)
  );
}

export interface Backups {
  readonly newestAt?: number;
  readonly newestBytes?: number;
  readonly count: number;
  /** A folder may not be read: none found does not mean that there is none. */
  readonly denied: boolean;
}

/** Snapshot files in the usual folders, by time of change. */
export async function findBackups(host: Host, signal: AbortSignal): Promise<Backups> {
  const parents = (await host.list(BACKUP_PARENT).catch(() => ({ names: [] }))).names.filter((name) => /^(kube[-_]?)?etcd[-_.]/.test(name) && name !== 'kube_etcd');
  const folders = [
    ...BACKUP_FOLDERS,
    ...parents
      .sort()
      .slice(-MAX_PARENTS)
      .map((name) => `${BACKUP_PARENT}/${name}`),
  ];
  let newest: { at: number; bytes: number } | undefined;
  let count = 0;
  let denied = false;
  for (const folder of folders) {
    denied ||= await mayNotBeRead(host, folder);
    for await (const { path, kind, bytes, modifiedAt } of walk(host, folder, BACKUP_LIMITS, signal)) {
      if (kind !== 'file' || bytes < SMALLEST_BACKUP_BYTES || !isBackupName(path)) continue;
      count += 1;
      if (newest === undefined || modifiedAt > newest.at) newest = { at: modifiedAt, bytes };
    }
  }
  return { count, denied, ...(newest && { newestAt: newest.at, newestBytes: newest.bytes }) };
}

/**
 * The rotational flag of a disk by its device number; a partition's is that of its disk.
 * @returns `undefined` for virtual disks, which say 1 whatever they lie on, and where sysfs does not tell
 */
export async function isRotational(host: Host, major: number, minor: number): Promise<boolean | undefined> {
  const link = await host.linkTarget(`/sys/dev/block/${major}:${minor}`);
  if (link === undefined) return undefined;
  const isPartition = await host.exists(`/sys/dev/block/${major}:${minor}/partition`);
  const disk = `/sys/dev/block/${major}:${minor}${isPartition ? '/..' : ''}`;
  const name = link.split('/').at(isPartition ? -2 : -1) ?? '';
  if (/^(vd|xvd|nbd|rbd|zram|loop|dm-|md)/.test(name)) return undefined;
  const vendor = (await host.readIfThere(`${disk}/device/vendor`))?.trim() ?? '';
  if (/^(VMware|QEMU|Msft|Virtio|Google|Amazon|VBOX|XENSRC|Nutanix|ALIBABA)/i.test(vendor)) return undefined;
  const flag = (await host.readIfThere(`${disk}/queue/rotational`))?.trim();
  return flag === '1' ? true : flag === '0' ? false : undefined;
}

export const etcdHost = hostGatherer({
  section: 'etcdHost',
  needs: [
    { mount: '/etc' },
    { mount: '/proc' },
    { mount: '/sys' },
    { mount: '/var/lib/etcd' },
    { mount: '/var/lib/rancher' },
    ...['/var/backups', '/var/lib/etcd-backup', '/var/lib/etcd_backup', '/var/lib/kubelet', '/backup', '/backups', '/data', '/opt', '/home/etcd-backup', '/root/etcd-backup'].map(
      (mount) => ({ mount, optional: true }) as const,
    ),
  ],
  deadlineMs: 30_000,

  async gather(host, signal) {
    await requireNodeOrEtcd(host);
    const etcd = await readEtcd(host, signal);
    if (!etcd) throw new AbsentError('not-present');
    const { quotaBytes } = etcdFlagsOf(etcd.flags, etcd.source);
    const facts = await factsOf(host, etcd.dataDir).catch(ifDenied);
    const root = await factsOf(host, '/').catch(ifDenied);
    const dbBytes = (await factsOf(host, `${etcd.dataDir}/member/snap/db`).catch(ifDenied))?.size;
    const backups = await findBackups(host, signal);
    return {
      dbBytes,
      quotaPercent: dbBytes === undefined ? undefined : Math.min(1_000, (dbBytes / quotaBytes) * 100),
      walBytes: facts && (await walBytesOf(host, `${etcd.dataDir}/member/wal`, signal)),
      backupFound: backups.count === 0 && backups.denied ? undefined : backups.count > 0,
      newestBackupAt: backups.newestAt,
      newestBackupBytes: backups.newestBytes,
      backupCount: backups.count,
      ...(host.running && facts && root && { ownDevice: facts.device !== root.device, rotational: await isRotational(host, facts.major, facts.minor) }),
      dataDirOpen: facts && (facts.mode & 0o077) !== 0,
    };
  },
});

/** The data folder belongs to etcd: what may not be looked at is not told, and the rest of the section stands. */
function ifDenied(error: unknown): undefined {
  if (isMissing(error) || isDenied(error)) return undefined;
  throw error;
}

function isDenied(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EACCES' || error.code === 'EPERM');
}

/** Also when a parent may not be entered, as `/root` by anybody else: what lies below is not known to be missing. */
async function mayNotBeRead(host: Host, folder: string): Promise<boolean> {
  return await host.list(folder).then(() => false, isDenied);
}

async function walBytesOf(host: Host, folder: string, signal: AbortSignal): Promise<number | undefined> {
  let sum = 0;
  let files = 0;
  for await (const { path, kind, bytes } of walk(host, folder, WAL_LIMITS, signal)) {
    if (kind !== 'file' || !path.endsWith('.wal')) continue;
    sum += bytes;
    files += 1;
  }
  return files > 0 ? sum : undefined;
}
