import { parseKeyed, share } from '../../../host/parse.ts';
import { perSecond, sampleOnceOrTwice } from '../../../host/rate.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';

type Memory = Sections['memory'];
type Levels = Omit<Memory, 'majorFaultsPerSecond' | 'swapPagesPerSecond' | 'oomKills' | 'oomKillsInSample' | 'sampleSeconds'>;

/** Levels from `/proc/meminfo`. @throws UnreadableError `malformed` without a total */
export function parseMemory(memInfo: string): Levels {
  const keyed = parseKeyed(memInfo);
  const bytes = (key: string): number | undefined => {
    const kilobytes = keyed.get(key);
    return kilobytes === undefined ? undefined : kilobytes * 1_024;
  };
  const totalBytes = bytes('MemTotal');
  if (totalBytes === undefined || totalBytes === 0) throw new UnreadableError('malformed');
  // Kernels before 3.14 have no MemAvailable; free plus caches is what they offer.
  const availableBytes = Math.min(totalBytes, bytes('MemAvailable') ?? (bytes('MemFree') ?? 0) + (bytes('Buffers') ?? 0) + (bytes('Cached') ?? 0));
  const dirty = bytes('Dirty');
  return {
    totalBytes,
    availableBytes,
    usedPercent: share(totalBytes - availableBytes, totalBytes),
    swapTotalBytes: bytes('SwapTotal') ?? 0,
    swapFreeBytes: Math.min(bytes('SwapFree') ?? 0, bytes('SwapTotal') ?? 0),
    dirtyBytes: dirty === undefined ? undefined : dirty + (bytes('Writeback') ?? 0),
    slabBytes: bytes('Slab'),
    slabUnreclaimableBytes: bytes('SUnreclaim'),
    pageTableBytes: bytes('PageTables'),
    committedBytes: bytes('Committed_AS'),
    commitLimitBytes: bytes('CommitLimit'),
    hugePages: keyed.get('HugePages_Total'),
    hugePagesFree: keyed.get('HugePages_Free'),
    hugePageBytes: bytes('Hugepagesize'),
    corruptedBytes: bytes('HardwareCorrupted'),
  };
}

/** Rates and counts from two readings of `/proc/vmstat`; `oom_kill` exists since Linux 4.13. */
export function memoryRates(
  first: string,
  second: string | undefined,
  seconds: number,
): Pick<Memory, 'majorFaultsPerSecond' | 'swapPagesPerSecond' | 'oomKills' | 'oomKillsInSample' | 'sampleSeconds'> {
  const before = parseKeyed(first);
  if (second === undefined || seconds <= 0) return { oomKills: before.get('oom_kill') };
  const after = parseKeyed(second);
  const rate = (key: string): number | undefined => {
    const [from, to] = [before.get(key), after.get(key)];
    return from === undefined || to === undefined ? undefined : perSecond(from, to, seconds);
  };
  const [swapIn, swapOut] = [rate('pswpin'), rate('pswpout')];
  const kills = after.get('oom_kill');
  return {
    majorFaultsPerSecond: rate('pgmajfault'),
    swapPagesPerSecond: swapIn === undefined || swapOut === undefined ? undefined : swapIn + swapOut,
    oomKills: kills,
    oomKillsInSample: kills === undefined ? undefined : Math.max(0, kills - (before.get('oom_kill') ?? kills)),
    sampleSeconds: seconds,
  };
}

export const memory = hostGatherer({
  section: 'memory',
  needs: [{ mount: '/proc' }],
  deadlineMs: 15_000,

  async gather(host, signal) {
    const levels = parseMemory(await host.read('/proc/meminfo'));
    const { first, second, seconds } = await sampleOnceOrTwice(host, signal, async (at) => (await at.readIfThere('/proc/vmstat')) ?? '');
    return { ...levels, ...memoryRates(first, second, seconds) };
  },
});
