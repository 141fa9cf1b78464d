import type { Host } from '../../../host/host.ts';
import { share } from '../../../host/parse.ts';
import { MAX_MOUNTINFO_BYTES, measureMounts } from '../../../host/statfs.ts';
import type { Measurement } from '../../../host/statfs-isolated.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { HeldData } from '../../../wire/sections/host/storage.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { reasonOf } from '../../run.ts';
import { type FstabEntry, parseFstab } from './fstab.ts';
import { accessOf, chooseMounts, isIsolated, isNetwork, type MountLine, type MountTable, mountOf, optionsOf, parseMountinfo, parseMounts, roleOf, typeOf } from './mountinfo.ts';

type Row = Sections['filesystems']['mounts'][number];

/** Most that are measured in one run. */
const MAX_MEASURED = 400;
const MAX_LISTED = 200;
/** HW: a mount that does not answer for longer than this hangs. */
const MOUNT_DEADLINE_MS = 5_000;
const DATA: readonly (readonly [HeldData, string])[] = [
  ['root', '/'],
  ['kubelet', '/var/lib/kubelet'],
  ['runtime', '/var/lib/containerd'],
  ['runtime', '/var/lib/docker'],
  ['runtime', '/var/lib/containers'],
  ['etcd', '/var/lib/etcd'],
  ['logs', '/var/log'],
];

/** The table of the host's first process; only then, and only where it is the same, that of this one. */
export async function readMountTable(host: Host): Promise<MountTable & { readonly cut: boolean }> {
  const ownIsHosts = host.live || !host.running;
  const tables = ['/proc/1/mountinfo', '/proc/1/mounts', ...(ownIsHosts ? ['/proc/self/mountinfo', '/proc/mounts'] : [])];
  let failure: unknown = new UnreadableError('not-visible');
  for (const path of tables) {
    try {
      const text = await host.readIfThere(path, { maxBytes: MAX_MOUNTINFO_BYTES, cut: true });
      if (text === undefined) continue;
      const table = path.endsWith('mountinfo') ? parseMountinfo(text) : parseMounts(text);
      if (table.lines.length > 0) return { ...table, cut: text.length >= MAX_MOUNTINFO_BYTES };
      failure = new UnreadableError('malformed');
    } catch (error) {
      failure = new UnreadableError(reasonOf(error));
    }
  }
  throw failure;
}

/** Which file system holds what of the node, by its key. */
async function findHeld(host: Host, { lines, runtimeDirectory }: MountTable): Promise<ReadonlyMap<string, readonly HeldData[]>> {
  const held = new Map<string, Set<HeldData>>();
  const add = (data: HeldData, path: string): void => {
    const key = mountOf(lines, path)?.key;
    if (key !== undefined) held.set(key, (held.get(key) ?? new Set()).add(data));
  };
  for (const [data, path] of DATA) {
    const isThere = path === '/' || lines.some(({ mountPoint }) => mountPoint === path || mountPoint.startsWith(`${path}/`)) || (await host.exists(path));
    if (isThere) add(data, path);
  }
  if (runtimeDirectory !== undefined) add('runtime', runtimeDirectory);
  return new Map([...held].map(([key, data]) => [key, [...data]]));
}

/** Numbers of one file system as the section has them; what the type does not count is left out. */
export function sizesOf(measurement: Measurement): Pick<Row, 'measured' | 'hung' | 'sizeBytes' | 'availableBytes' | 'availablePercent' | 'usedPercent' | 'inodesUsedPercent'> {
  const isHung = measurement.state === 'hung';
  if (measurement.state !== 'measured') return { measured: false, hung: isHung };
  const { bsize, blocks, bfree, bavail, files, ffree } = measurement.numbers;
  const available = Math.min(bavail, blocks);
  const used = Math.max(0, blocks - bfree);
  const bytes = (count: number): number => Math.min(count * bsize, Number.MAX_SAFE_INTEGER);
  return {
    measured: true,
    hung: false,
    ...(blocks > 0 && { sizeBytes: bytes(blocks), availableBytes: bytes(available), availablePercent: share(available, blocks), usedPercent: share(used, used + available) }),
    ...(files > 0 && { inodesUsedPercent: share(files - ffree, files) }),
  };
}

function toRow(mount: MountLine, measurement: Measurement, held: readonly HeldData[], fstab: readonly FstabEntry[]): Row {
  const configured = fstab.find(({ mountPoint }) => mountPoint === mount.mountPoint);
  return {
    name: mount.mountPoint,
    type: typeOf(mount),
    role: roleOf(mount),
    network: isNetwork(mount),
    access: accessOf(mount),
    options: optionsOf(mount),
    holds: held,
    ...(configured && { readOnlyConfigured: configured.readOnly }),
    ...sizesOf(measurement),
  };
}

/** Hung before full before the rest, so that a cap cuts what matters least. */
function weight({ role, hung, access, usedPercent = 0, inodesUsedPercent = 0 }: Row): number {
  return (role === 'pod-volume' ? 0 : 1_000) + (hung || access === 'forced-read-only' ? 500 : 0) + Math.max(usedPercent, inodesUsedPercent);
}

export const filesystems = hostGatherer({
  section: 'filesystems',
  needs: [{ mount: '/proc' }, { mount: '/etc', optional: true }],
  deadlineMs: 30_000,

  async gather(host, signal) {
    const table = await readMountTable(host);
    const { chosen, dropped } = chooseMounts(table.lines, MAX_MEASURED);
    const [held, fstabText] = await Promise.all([findHeld(host, table), host.readIfThere('/etc/fstab', { cut: true }).catch(() => undefined)]);
    const fstab = parseFstab(fstabText ?? '');
    const measurements = await measureMounts(
      host,
      chosen.map((mount) => ({ mountPoint: mount.mountPoint, device: mount.device, isolated: isIsolated(mount, chosen) })),
      { signal, deadlineMs: MOUNT_DEADLINE_MS },
    );
    const rows = chosen
      .map((mount, index) => toRow(mount, measurements[index] ?? { state: 'unmeasured' }, held.get(mount.key) ?? [], fstab))
      .filter(({ role, measured, hung }) => role !== 'memory' || measured || hung || host.paths !== undefined)
      .sort((a, b) => weight(b) - weight(a));
    return {
      total: rows.length + dropped + table.dropped,
      dropped: Math.max(0, rows.length - MAX_LISTED) + dropped + table.dropped + (table.cut ? 1 : 0),
      podVolumes: rows.filter(({ role }) => role === 'pod-volume').length,
      fstabVisible: fstabText !== undefined,
      missing: fstab.filter(({ atBoot, mountPoint }) => atBoot && !table.mountPoints.has(mountPoint)).map(({ mountPoint }) => ({ name: mountPoint })),
      mounts: rows.slice(0, MAX_LISTED),
    };
  },
});
