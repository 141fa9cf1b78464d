import { describe, expect, it } from 'vitest';
import { parseHex } from '../../../../agent/gatherers/host/storage/disks.ts';
import { diskRates, diskTypeOf, parseDiskstats } from '../../../../agent/gatherers/host/storage/diskstats.ts';
import { parseBtrfsErrors } from '../../../../agent/gatherers/host/storage/filesystem-errors.ts';
import { sizesOf } from '../../../../agent/gatherers/host/storage/filesystems.ts';
import { HOST_STORAGE_GATHERERS } from '../../../../agent/gatherers/host/storage/index.ts';
import { parseMdstat } from '../../../../agent/gatherers/host/storage/raid.ts';
import { type Gathered, runGatherers } from '../../../../agent/gatherers/run.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

async function gather(files: Files, section: string): Promise<Gathered & { status: string | undefined }> {
  const gatherers = HOST_STORAGE_GATHERERS.filter((one) => one.section === section);
  const out = await runGatherers(gatherers, { host: await hostOf(files) }, { signal: AbortSignal.timeout(30_000), concurrency: 1, clock: () => performance.now() });
  const [report] = out.reports;
  return { ...out, status: report?.reason ?? report?.status };
}
const BINARY = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256);

const MOUNTINFO = `26 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/root rw
30 26 8:1 / /boot rw,relatime - ext4 /dev/sda1 rw
31 26 8:17 / /var/lib/containerd rw,relatime - ext4 /dev/sdb1 ro,errors=remount-ro
32 26 0:44 / /nfs rw,relatime - nfs4 srv:/x rw,soft
35 26 0:24 / /run rw - tmpfs tmpfs rw
`;

describe('filesystems', () => {
  it('reads a captured node', async () => {
    const { sections } = await gather(
      {
        '/proc/1/mountinfo': MOUNTINFO,
        '/etc/fstab': '/dev/mapper/root / xfs defaults 0 0\n/dev/sdb1 /var/lib/containerd ext4 defaults 0 0\n/dev/sdd1 /backup xfs nofail 0 0\n',
        '/.statfs.json': JSON.stringify({ '/': { bsize: 4096, blocks: 1000, bfree: 300, bavail: 100, files: 1000, ffree: 40 }, '/nfs': { hung: true } }),
      },
      'filesystems',
    );
    expect(sections.filesystems).toMatchObject({ total: 4, dropped: 0, podVolumes: 0, fstabVisible: true, missing: [{ name: '/backup' }] });
    const rows = sections.filesystems?.mounts ?? [];
    expect(rows.map(({ name }) => name)).toEqual(['/var/lib/containerd', '/nfs', '/', '/boot']);
    expect(rows[2]).toMatchObject({
      holds: ['root'],
      readOnlyConfigured: false,
      measured: true,
      sizeBytes: 4_096_000,
      availableBytes: 409_600,
      availablePercent: 10,
      usedPercent: 87.5,
      inodesUsedPercent: 96,
    });
    expect(rows[0]).toMatchObject({ access: 'forced-read-only', holds: ['runtime'], measured: false, hung: false });
    expect(rows[1]).toMatchObject({ type: 'nfs', network: true, hung: true, options: ['soft'] });
    expect(rows[1]?.sizeBytes).toBeUndefined();
  });
  it('falls back to the older tables', async () => {
    const { sections } = await gather({ '/proc/mounts': '/dev/sda2 / ext4 rw,relatime 0 0\nproc /proc proc rw 0 0\n' }, 'filesystems');
    expect(sections.filesystems).toMatchObject({ total: 1, fstabVisible: false, mounts: [{ name: '/', type: 'ext4', measured: false }] });
  });
  it.each([
    ['nothing', {}, 'not-visible'],
    ['an empty table', { '/proc/1/mountinfo': '' }, 'malformed'],
    ['binary', { '/proc/1/mountinfo': BINARY, '/etc/fstab': BINARY }, 'malformed'],
    ['a broken record', { '/proc/1/mountinfo': MOUNTINFO, '/.statfs.json': '{"/": {' }, 'malformed'],
  ] as const)('fails in one word with %s', async (_name, files, reason) => {
    expect((await gather(files, 'filesystems')).status).toBe(reason);
  });
  it('ends on a table of a million lines, and says that it was cut', async () => {
    const pods = Array.from({ length: 1_000_000 }, (_, index) => `${index} 26 0:${index + 100} / /m/${index} rw - ext4 /dev/x${index} rw\n`).join('');
    const { sections, reports } = await gather({ '/proc/1/mountinfo': MOUNTINFO + pods }, 'filesystems');
    expect(sections.filesystems?.mounts).toHaveLength(200);
    expect(sections.filesystems?.dropped).toBeGreaterThan(100_000);
    expect(reports[0]?.durationMs).toBeLessThan(15_000);
  });
  it('leaves out what a file system does not count', () => {
    expect(sizesOf({ state: 'measured', numbers: { bsize: 4096, blocks: 0, bfree: 0, bavail: 0, files: 0, ffree: 0 } })).toEqual({ measured: true, hung: false });
    expect(sizesOf({ state: 'measured', numbers: { bsize: 1, blocks: 10, bfree: 50, bavail: 1e30, files: 5, ffree: 9 } })).toMatchObject({
      availablePercent: 100,
      usedPercent: 0,
      inodesUsedPercent: 0,
    });
    expect(sizesOf({ state: 'measured', numbers: { bsize: 1e9, blocks: 1e15, bfree: 0, bavail: 0, files: 0, ffree: 0 } }).sizeBytes).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('file system errors', () => {
  it('come from ext4 superblocks and btrfs devices', async () => {
    const { sections } = await gather(
      {
        '/sys/fs/ext4/sda1/errors_count': '3\n',
        '/sys/fs/ext4/sda1/last_error_time': '1795300000\n',
        '/sys/fs/ext4/dm-0/errors_count': '0\n',
        '/sys/fs/ext4/features/lazy_itable_init': 'supported\n',
        '/sys/fs/btrfs/5a1c3a52-8a0e-4a43-9f0e-3f6f3c1d2b10/devices/sdb': '',
        '/sys/fs/btrfs/5a1c3a52-8a0e-4a43-9f0e-3f6f3c1d2b10/devinfo/1/error_stats': 'write_errs 1\nread_errs 4\nflush_errs 0\ncorruption_errs 0\ngeneration_errs 0\n',
      },
      'filesystemErrors',
    );
    expect(sections.filesystemErrors?.devices).toEqual([
      { name: 'sdb', type: 'btrfs', errors: 5 },
      { name: 'sda1', type: 'ext4', errors: 3, lastErrorAt: 1_795_300_000 },
      { name: 'dm-0', type: 'ext4', errors: 0 },
    ]);
  });
  it('do not exist without such file systems', async () => {
    expect((await gather({ '/sys/fs/xfs/x': '' }, 'filesystemErrors')).status).toBe('not-in-use');
    expect((await gather({}, 'filesystemErrors')).status).toBe('not-visible');
    expect(parseBtrfsErrors('\0\0')).toBeUndefined();
  });
});

const STATS = `   8       0 sda 1000 10 80000 500 2000 20 160000 4000 0 3000 4500 0 0 0 0
   8       1 sda1 900 10 70000 400 1900 20 150000 3900 0 2900 4300 0 0 0 0
   7       0 loop0 1 2 3 4 5 6 7 8 9 10 11
 253       0 dm-0 1 2 3 4 5 6 7 8 9 10 11
 259       0 nvme0n1 5 0 40 1 5 0 40 1 0 2 2
  11       0 sr0 0 0 0 0 0 0 0 0 0 0 0
`;

describe('disks', () => {
  it('reads levels and rates of whole disks', async () => {
    const later = STATS.replace('1000 10 80000 500 2000 20 160000 4000 0 3000 4500', '1100 10 100480 2500 2000 20 160000 4000 0 7000 34500');
    const { sections } = await gather(
      {
        '/proc/diskstats': STATS,
        '/.later/proc/diskstats': later,
        '/.later/seconds': '10',
        '/sys/block/sda/queue/rotational': '1\n',
        '/sys/block/sda/size': '1953525168\n',
        '/sys/block/sda/ro': '0\n',
        '/sys/block/sda/device/state': 'running\n',
        '/sys/block/sda/device/ioerr_cnt': '0x20\n',
        '/sys/block/sda/device/iodone_cnt': '0x1000\n',
        '/sys/block/nvme0n1/device/hwmon3/temp1_input': '41850\n',
        '/sys/block/nvme0n1/device/state': 'live\n',
      },
      'disks',
    );
    expect(sections.disks).toMatchObject({ total: 2, mapped: 1, dropped: 0, sampleSeconds: 10 });
    expect(sections.disks?.devices[0]).toEqual({
      name: 'sda',
      type: 'scsi',
      rotational: true,
      sizeBytes: 1_000_204_886_016,
      readOnly: false,
      offline: false,
      utilisationPercent: 40,
      readLatencyMs: 20,
      readsPerSecond: 10,
      writesPerSecond: 0,
      readBytesPerSecond: 1_048_576,
      writeBytesPerSecond: 0,
      averageQueue: 3,
      failedCommands: 32,
      failedPercent: 0.781,
    });
    expect(sections.disks?.devices[1]).toMatchObject({ name: 'nvme0n1', type: 'nvme', temperatureCelsius: 41.85, offline: false });
  });
  it('leaves rates out with one sample', async () => {
    const { sections } = await gather({ '/proc/diskstats': STATS }, 'disks');
    expect(sections.disks?.devices[0]).toEqual({ name: 'sda', type: 'scsi' });
    expect(sections.disks?.sampleSeconds).toBeUndefined();
  });
  it('takes a counter that went back for no growth', () => {
    const counters = { reads: 9, readSectors: 9, readMs: 9, writes: 9, writeSectors: 9, writeMs: 9, busyMs: 9, weightedMs: 9 };
    expect(diskRates(counters, { ...counters, reads: 1, busyMs: 0 }, 3)).toMatchObject({ readsPerSecond: 0, utilisationPercent: 0 });
    expect(diskRates(counters, { ...counters, busyMs: 99_999 }, 3).utilisationPercent).toBe(100);
  });
  it.each([
    ['nothing', {}, 'not-visible'],
    ['an empty file', { '/proc/diskstats': '' }, 'not-present'],
    ['binary', { '/proc/diskstats': BINARY }, 'not-present'],
    ['truncated lines', { '/proc/diskstats': '   8       0 sda 1000 10 80000\n 8 0 sdb -1 -2 -3 -4 -5 -6 -7 -8 -9 -10 -11\n' }, 'not-present'],
  ] as const)('has no disks with %s', async (_name, files, reason) => {
    expect((await gather(files, 'disks')).status).toBe(reason);
  });
  it('survives hostile sysfs values', async () => {
    const { sections } = await gather(
      { '/proc/diskstats': STATS, '/sys/block/sda/size': 'many\n', '/sys/block/sda/device/ioerr_cnt': BINARY, '/sys/block/sda/device/hwmon/hwmon0/temp1_input': '-99999999\n' },
      'disks',
    );
    expect(sections.disks?.devices[0]).toEqual({ name: 'sda', type: 'scsi' });
  });
  it('survives a million lines', () => {
    const { disks } = parseDiskstats(' 8 0 sdzz 1 2 3 4 5 6 7 8 9 10 11\n'.repeat(1_000_000));
    expect(disks.size).toBe(1);
  });
  it('knows whole disks by name', () => {
    expect(['sda', 'sdaa', 'nvme0n1', 'vdb', 'xvda', 'rbd3', 'mmcblk0'].map(diskTypeOf)).toEqual(['scsi', 'scsi', 'nvme', 'virtio', 'xen', 'network', 'mmc']);
    expect(['sda1', 'nvme0n1p2', 'loop0', 'ram0', 'sr0', 'dm-0', 'nvme0c0n1', 'zram0'].map(diskTypeOf)).toEqual(Array(8).fill(undefined));
    expect([parseHex('0x1f\n'), parseHex('1f'), parseHex(undefined)]).toEqual([31, undefined, undefined]);
  });
});

const MDSTAT = `Personalities : [raid1] [raid6] [raid5] [raid4] [raid0]
md0 : active raid1 sdb1[1] sda1[0]
      1046528 blocks super 1.2 [2/2] [UU]
      bitmap: 0/1 pages [0KB], 65536KB chunk

md1 : active raid5 sdd1[3](F) sdc1[1] sdb2[0] sde1[4](S)
      2093056 blocks super 1.2 level 5, 512k chunk, algorithm 2 [3/2] [UU_]
      [===>.................]  recovery = 17.4% (182784/1046528) finish=0.3min speed=45696K/sec

md2 : active (auto-read-only) raid0 sdf[0] sdg[1]
      100 blocks super 1.2 512k chunks

md3 : active raid1 sdh[0] sdi[1]
      100 blocks super 1.2 [2/2] [UU]
      \tresync=DELAYED

md127 : inactive sdx[1](S) sdy[0](S)
      5552 blocks super external:imsm

md9 : inactive sdz[0](S)
      1048576 blocks super 1.2

unused devices: <none>
`;

describe('raid', () => {
  it('reads arrays, the unsound ones first', async () => {
    const { sections } = await gather({ '/proc/mdstat': MDSTAT }, 'raid');
    expect(sections.raid?.arrays).toEqual([
      { name: 'md1', level: 'raid5', active: true, requiredDisks: 3, activeDisks: 2, failedDisks: 1, spareDisks: 1, sync: 'recovery', syncPercent: 17.4 },
      { name: 'md9', level: 'other', active: false, failedDisks: 0, spareDisks: 1, sync: 'idle' },
      { name: 'md0', level: 'raid1', active: true, requiredDisks: 2, activeDisks: 2, failedDisks: 0, spareDisks: 0, sync: 'idle' },
      { name: 'md2', level: 'raid0', active: true, failedDisks: 0, spareDisks: 0, sync: 'idle' },
      { name: 'md3', level: 'raid1', active: true, requiredDisks: 2, activeDisks: 2, failedDisks: 0, spareDisks: 0, sync: 'resync' },
    ]);
  });
  it.each([
    ['no arrays', { '/proc/mdstat': 'Personalities : \nunused devices: <none>\n' }, 'not-in-use'],
    ['no md driver', { '/proc/stat': 'cpu 1\n' }, 'not-present'],
    ['no /proc', {}, 'not-visible'],
    ['binary', { '/proc/mdstat': BINARY }, 'not-in-use'],
  ] as const)('is absent with %s', async (_name, files, reason) => {
    expect((await gather(files, 'raid')).status).toBe(reason);
  });
  it('survives a million arrays', () => {
    expect(parseMdstat('md0 : active raid1 sda[0]\n'.repeat(1_000_000)).length).toBeLessThanOrEqual(5_000);
  });
});
