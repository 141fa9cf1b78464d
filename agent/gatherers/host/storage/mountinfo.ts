/** Reads the kernel's tables of mounts and keeps what is a file system of the host: one entry per device. Pure. */
import { decodeOctal, linesOf, mustIsolate } from '../../../host/statfs-paths.ts';
import { FILESYSTEM_TYPES, type FilesystemType, type MountOption, type MountRole } from '../../../wire/sections/host/storage.ts';

/** One mount, options still as the kernel writes them. */
export interface MountLine {
  /** `major:minor`; the older tables do not tell it. */
  readonly device?: string | undefined;
  readonly mountPoint: string;
  readonly type: string;
  /** Options of this mount, and of the file system behind it; the older tables have only the first. */
  readonly mountOptions: string;
  readonly superOptions: string;
  /** What tells file systems apart: the device, else source and type. */
  readonly key: string;
}
export interface MountTable {
  readonly lines: readonly MountLine[];
  /** Directory of the container runtime, from the first container's layers. */
  readonly runtimeDirectory?: string | undefined;
  /** Every mount point outside pods, pseudo file systems too. */
  readonly mountPoints: ReadonlySet<string>;
  /** Real mounts beyond the cap. */
  readonly dropped: number;
}

/** Bind mounts of volumes included; a node has some thousands at most. */
const MAX_LINES = 20_000;
/** Longer lines are no mount: overlay's list of layers is cut by the kernel at a page or two. */
const LONGEST_LINE = 65_536;
const PSEUDO = new Set(
  (
    'proc sysfs devtmpfs devpts cgroup cgroup2 cpuset securityfs debugfs tracefs configfs pstore bpf mqueue hugetlbfs autofs binfmt_misc fusectl rpc_pipefs nsfs selinuxfs smackfs ' +
    'efivarfs ramfs rootfs nfsd sockfs pipefs bdev xenfs aufs none fuse.lxcfs fuse.gvfsd-fuse fuse.portal fuse.snapfuse fuse.fuse-overlayfs'
  ).split(' '),
);
const IMAGES = new Set(['squashfs', 'erofs', 'iso9660', 'udf', 'cramfs', 'romfs']);
/** Memory file systems of the host itself; all others belong to pods and sessions. */
const HOST_TMPFS = new Set(['/', '/run', '/tmp', '/var/tmp', '/dev/shm', '/var/log']);
const POD_VOLUME = /\/(pods\/[0-9a-f-]{32,36}\/|plugins\/kubernetes\.io\/)/;
const NETWORK = new Set([
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  'smbfs',
  'ceph',
  'glusterfs',
  'lustre',
  'gpfs',
  'beegfs',
  '9p',
  'afs',
  'coda',
  'ncpfs',
  'orangefs',
  'pvfs2',
  'fuse.glusterfs',
  'fuse.ceph',
  'fuse.ceph-fuse',
  'fuse.s3fs',
  'fuse.ossfs',
  'fuse.cosfs',
  'fuse.obsfs',
  'fuse.juicefs',
  'fuse.sshfs',
  'fuse.rclone',
  'fuse.goofys',
  'fuse.geesefs',
  'fuse.curlftpfs',
  'fuse.moosefs',
  'fuse.mfs',
  'fuse.alluxio-fuse',
]);

/** Lines of `/proc/<pid>/mountinfo` that are no pseudo file systems. */
export function parseMountinfo(text: string): MountTable {
  return collect(text, (parts) => {
    const dash = parts.indexOf('-', 6);
    const [, , device = '', , mountPoint = '', mountOptions = ''] = parts;
    if (dash === -1 || !mountPoint.startsWith('/') || !/^\d{1,10}:\d{1,10}$/.test(device)) return undefined;
    return { device, key: device, mountPoint: decodeOctal(mountPoint), type: parts[dash + 1] ?? '', mountOptions, superOptions: parts[dash + 3] ?? '' };
  });
}

/** Lines of `/proc/<pid>/mounts`, which tells no device numbers. */
export function parseMounts(text: string): MountTable {
  return collect(text, ([source = '', mountPoint = '', type = '', mountOptions = '']) => {
    if (!mountPoint.startsWith('/') || type === '') return undefined;
    return { key: `${type} ${type === 'tmpfs' ? mountPoint : source}`, mountPoint: decodeOctal(mountPoint), type, mountOptions, superOptions: '' };
  });
}

function collect(text: string, parse: (parts: readonly string[]) => MountLine | undefined): MountTable {
  const lines: MountLine[] = [];
  const mountPoints = new Set<string>();
  let dropped = 0;
  let runtimeDirectory: string | undefined;
  for (const line of linesOf(text)) {
    const mount = line.length > LONGEST_LINE ? undefined : parse(line.split(' '));
    if (mount === undefined) continue;
    if (mountPoints.size < MAX_LINES && !isPodVolume(mount)) mountPoints.add(mount.mountPoint);
    if (mount.type === 'overlay') runtimeDirectory ??= upperDirectory(`${mount.mountOptions},${mount.superOptions}`);
    if (isOfHost(mount) && lines.push(mount) > MAX_LINES) {
      lines.pop();
      dropped += 1;
    }
  }
  return { lines, mountPoints, dropped, ...(runtimeDirectory !== undefined && { runtimeDirectory }) };
}

function upperDirectory(options: string): string | undefined {
  const upper = /(?:^|,)upperdir=(\/[^,]{1,4096})/.exec(options)?.[1];
  return upper !== undefined && /\/(containerd|docker|containers|crio|k3s)\//.test(upper) ? decodeOctal(upper) : undefined;
}

function isOfHost({ type, mountPoint }: MountLine): boolean {
  if (PSEUDO.has(type) || mountPoint.endsWith('//deleted')) return false;
  if (type === 'tmpfs') return HOST_TMPFS.has(mountPoint);
  if (type === 'overlay' || IMAGES.has(type)) return mountPoint === '/';
  return true;
}

/** One mount per file system, the one with the shortest path; host's before those of pods. */
export function chooseMounts(lines: readonly MountLine[], cap: number): { readonly chosen: readonly MountLine[]; readonly dropped: number } {
  const byKey = new Map<string, MountLine>();
  for (const line of lines) {
    const known = byKey.get(line.key);
    if (known === undefined || line.mountPoint.length < known.mountPoint.length || line.mountPoint === known.mountPoint) byKey.set(line.key, line);
  }
  const all = [...byKey.values()].sort((a, b) => Number(isPodVolume(a)) - Number(isPodVolume(b)));
  return { chosen: all.slice(0, cap), dropped: Math.max(0, all.length - cap) };
}

function isPodVolume({ mountPoint }: MountLine): boolean {
  return POD_VOLUME.test(mountPoint);
}

/** The mount that a path of the host lies on: the longest mount point above it, the latest of equal ones. */
export function mountOf(lines: readonly MountLine[], path: string): MountLine | undefined {
  let best: MountLine | undefined;
  for (const line of lines) {
    const isAbove = line.mountPoint === '/' || path === line.mountPoint || path.startsWith(`${line.mountPoint}/`);
    if (isAbove && line.mountPoint.length >= (best?.mountPoint.length ?? 0)) best = line;
  }
  return best;
}

/** The registry's word for a kernel type. */
export function typeOf({ type }: Pick<MountLine, 'type'>): FilesystemType {
  const known = FILESYSTEM_TYPES.find((one) => one === type);
  if (known !== undefined) return known;
  if (type === 'nfs4') return 'nfs';
  if (type === 'smb3' || type === 'smbfs') return 'cifs';
  if (type === 'fuse.glusterfs') return 'glusterfs';
  if (type === 'fuse.ceph' || type === 'fuse.ceph-fuse') return 'ceph';
  if (type === 'fuseblk' || type === 'ntfs3') return 'ntfs';
  return type.startsWith('fuse.') ? 'fuse' : 'other';
}

export function isNetwork({ type }: Pick<MountLine, 'type'>): boolean {
  return NETWORK.has(type);
}

/** Whether asking this mount may hang: by its own type, or by one that lies above it. */
export function isIsolated(mount: MountLine, chosen: readonly MountLine[]): boolean {
  return mustIsolate(mount.type) || chosen.some((other) => other !== mount && mustIsolate(other.type) && mount.mountPoint.startsWith(`${other.mountPoint}/`));
}

export function roleOf(mount: MountLine): MountRole {
  if (isPodVolume(mount)) return 'pod-volume';
  if (mount.mountPoint === '/boot' || mount.mountPoint === '/efi' || mount.mountPoint.startsWith('/boot/')) return 'boot';
  if (mount.type === 'tmpfs') return 'memory';
  return IMAGES.has(mount.type) ? 'image' : 'host';
}

/** Writable mount over a read-only file system: the kernel took writing away after an error. */
export function accessOf({ mountOptions, superOptions }: MountLine): 'read-write' | 'read-only' | 'forced-read-only' {
  if (hasOption(superOptions, 'emergency_ro') || (hasOption(superOptions, 'ro') && hasOption(mountOptions, 'rw'))) return 'forced-read-only';
  return hasOption(mountOptions, 'ro') || hasOption(superOptions, 'ro') ? 'read-only' : 'read-write';
}

/** Options that checks ask for. */
export function optionsOf(mount: MountLine): readonly MountOption[] {
  const has = (option: string): boolean => hasOption(mount.mountOptions, option) || hasOption(mount.superOptions, option);
  const found: MountOption[] = [];
  if (isNetwork(mount) && has('soft')) found.push('soft');
  if (has('nobarrier') || has('barrier=0')) found.push('barrier-off');
  return found;
}

/** Whether a list of options like `rw,relatime,errors=remount-ro` has one. */
export function hasOption(options: string, option: string): boolean {
  return `,${options},`.includes(`,${option},`);
}
