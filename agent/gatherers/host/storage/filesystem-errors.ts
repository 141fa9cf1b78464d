import type { Host } from '../../../host/host.ts';
import { toCount } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';

type Row = Sections['filesystemErrors']['devices'][number];

const EXT4 = '/sys/fs/ext4';
const BTRFS = '/sys/fs/btrfs';
const MAX_DEVICES = 64;
/** Kept in ext4's superblock until the next clean fsck. */
const EXT4_FILES = ['errors_count', 'last_error_time'] as const;

/** Sum of btrfs' `write_errs 0`, `read_errs 0` … lines; `undefined` when there is none. */
export function parseBtrfsErrors(text: string): number | undefined {
  const counts = [...text.slice(0, 4_096).matchAll(/^(?:write|read|flush|corruption|generation)_errs +(\d{1,15})$/gm)].map(([, count]) => Number(count));
  if (counts.length === 0) return undefined;
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

async function ext4Row(host: Host, device: string): Promise<readonly Row[]> {
  const [errors, lastErrorAt] = await Promise.all(EXT4_FILES.map(async (file) => toCount(await host.readIfThere(`${EXT4}/${device}/${file}`, { maxBytes: 64, cut: true }))));
  if (errors === undefined) return []; // `features` and other entries are no file systems
  return [{ name: device, type: 'ext4', errors, ...(lastErrorAt ? { lastErrorAt } : {}) }];
}

async function btrfsRows(host: Host, id: string): Promise<readonly Row[]> {
  const { names: devices } = await host.list(`${BTRFS}/${id}/devices`);
  const { names: numbers } = await host.list(`${BTRFS}/${id}/devinfo`);
  let errors: number | undefined;
  for (const number of numbers.slice(0, MAX_DEVICES)) {
    const text = await host.readIfThere(`${BTRFS}/${id}/devinfo/${number}/error_stats`, { maxBytes: 4_096, cut: true });
    const found = text === undefined ? undefined : parseBtrfsErrors(text);
    if (found !== undefined) errors = (errors ?? 0) + found;
  }
  const [device] = devices;
  return device === undefined || errors === undefined ? [] : [{ name: device, type: 'btrfs', errors }];
}

export const filesystemErrors = hostGatherer({
  section: 'filesystemErrors',
  needs: [{ mount: '/sys' }],
  deadlineMs: 5_000,

  async gather(host) {
    const [ext4, btrfs] = await Promise.all([host.list(EXT4), host.list(BTRFS)]);
    const rows: Row[] = [];
    for (const device of ext4.names.slice(0, MAX_DEVICES * 4)) rows.push(...(await ext4Row(host, device)));
    for (const id of btrfs.names.slice(0, MAX_DEVICES)) if (/^[0-9a-f-]{36}$/.test(id)) rows.push(...(await btrfsRows(host, id)));
    if (rows.length === 0) throw (await host.exists('/sys/fs')) ? new AbsentError('not-in-use') : new UnreadableError('not-visible');
    rows.sort((a, b) => b.errors - a.errors);
    return { devices: rows.slice(0, MAX_DEVICES), dropped: Math.max(0, rows.length - MAX_DEVICES) };
  },
});
