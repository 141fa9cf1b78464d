/** Reads `/proc/diskstats` and derives what `iostat -x` shows. Pure. */
import { perSecond } from '../../../host/rate.ts';
import { linesOf } from '../../../host/statfs-paths.ts';
import type { Sections } from '../../../wire/section-values.ts';

export type DiskRow = Sections['disks']['devices'][number];
/** Counters since boot (Documentation/admin-guide/iostats.rst); sectors are of 512 bytes whatever the disk has. */
export interface DiskCounters {
  readonly reads: number;
  readonly readSectors: number;
  readonly readMs: number;
  readonly writes: number;
  readonly writeSectors: number;
  readonly writeMs: number;
  readonly busyMs: number;
  readonly weightedMs: number;
}

export const SECTOR_BYTES = 512;
const MAX_LINES = 20_000;
const TYPES: readonly (readonly [DiskRow['type'], RegExp])[] = [
  ['scsi', /^(sd[a-z]{1,3}|hd[a-z])$/],
  ['nvme', /^nvme\d{1,4}n\d{1,4}$/],
  ['virtio', /^vd[a-z]{1,3}$/],
  ['xen', /^xvd[a-z]{1,2}$/],
  ['mmc', /^mmcblk\d{1,3}$/],
  ['dasd', /^dasd[a-z]{1,3}$/],
  ['pmem', /^pmem\d{1,3}$/],
  ['network', /^(rbd|drbd|nbd)\d{1,4}$/],
];

/** Type of a whole disk; `undefined` for partitions, loop, RAM, optical and mapped devices. */
export function diskTypeOf(name: string): DiskRow['type'] | undefined {
  return TYPES.find(([, pattern]) => pattern.test(name))?.[0];
}

/** Counters of whole disks by name, and how many device-mapper devices there are. */
export function parseDiskstats(text: string): { readonly disks: ReadonlyMap<string, DiskCounters>; readonly mapped: number } {
  const disks = new Map<string, DiskCounters>();
  let mapped = 0;
  let seen = 0;
  for (const line of linesOf(text)) {
    seen += 1;
    if (seen > MAX_LINES) break;
    const match = /^\s*\d{1,10}\s+\d{1,10}\s+([\w!-]{1,64})\s+([\d ]{20,600})$/.exec(line);
    if (match?.[1] === undefined) continue;
    const [, name, rest = ''] = match;
    if (/^dm-\d/.test(name)) mapped += 1;
    if (diskTypeOf(name) === undefined) continue;
    const [reads = 0, , readSectors = 0, readMs = 0, writes = 0, , writeSectors = 0, writeMs = 0, , busyMs, weightedMs] = rest.trim().split(/ +/).map(Number);
    if (busyMs === undefined || weightedMs === undefined) continue;
    disks.set(name, { reads, readSectors, readMs, writes, writeSectors, writeMs, busyMs, weightedMs });
  }
  return { disks, mapped };
}

/** Rates between two readings. A direction without an operation has no latency. */
export function diskRates(first: DiskCounters, second: DiskCounters, seconds: number): Partial<DiskRow> {
  const rate = (counter: keyof DiskCounters): number => perSecond(first[counter], second[counter], seconds);
  const [reads, writes] = [rate('reads'), rate('writes')];
  return {
    utilisationPercent: Math.min(100, rate('busyMs') / 10), // ms per s → %
    ...(reads > 0 && { readLatencyMs: rate('readMs') / reads }),
    ...(writes > 0 && { writeLatencyMs: rate('writeMs') / writes }),
    readsPerSecond: reads,
    writesPerSecond: writes,
    readBytesPerSecond: rate('readSectors') * SECTOR_BYTES,
    writeBytesPerSecond: rate('writeSectors') * SECTOR_BYTES,
    averageQueue: rate('weightedMs') / 1_000,
  };
}
