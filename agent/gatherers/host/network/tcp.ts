import type { Host } from '../../../host/host.ts';
import { parseKeyed, share, toCount } from '../../../host/parse.ts';
import { perSecond, sampleOnceOrTwice } from '../../../host/rate.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { busiestDestination, parsePortRange } from './ports.ts';
import { parsePairs, parseSockstat } from './snmp.ts';

type Tcp = Sections['tcp'];
type Counters = ReadonlyMap<string, number>;

const IPV4 = '/proc/sys/net/ipv4';
const SMALL = { maxBytes: 256, cut: true } as const;
const COUNTERS = { maxBytes: 128 * 1024, cut: true } as const;
/** About 50 000 connections; a longer table is not read to its end, and then says nothing. */
const MAX_TABLE_BYTES = 8 * 1024 * 1024;

/** Growth between two readings of the protocol counters. */
export function tcpRates(first: Counters, second: Counters, seconds: number): Partial<Tcp> {
  const rate = (...keys: readonly string[]): number | undefined => {
    const known = keys.filter((key) => first.has(key) && second.has(key));
    if (known.length === 0) return undefined;
    let sum = 0;
    for (const key of known) sum += perSecond(first.get(key) ?? 0, second.get(key) ?? 0, seconds);
    return sum;
  };
  const [sent, again] = [rate('Tcp.OutSegs'), rate('Tcp.RetransSegs')];
  return {
    segmentsPerSecond: sent,
    retransmitPercent: sent === undefined || again === undefined ? undefined : share(again, sent),
    listenOverflowsPerSecond: rate('TcpExt.ListenOverflows'),
    listenDropsPerSecond: rate('TcpExt.ListenDrops'),
    synCookiesPerSecond: rate('TcpExt.SyncookiesSent'),
    memoryAbortsPerSecond: rate('TcpExt.TCPAbortOnMemory'),
    udpReceiveErrorsPerSecond: rate('Udp.RcvbufErrors', 'Udp6RcvbufErrors'),
    udpSendErrorsPerSecond: rate('Udp.SndbufErrors', 'Udp6SndbufErrors'),
  };
}

async function readCounters(host: Host): Promise<Counters | undefined> {
  const [snmp, netstat, snmp6] = await Promise.all(['snmp', 'netstat', 'snmp6'].map(async (file) => await host.readIfThere(await host.netFile(file), COUNTERS)));
  if (snmp === undefined && netstat === undefined) return undefined;
  return new Map([...parsePairs(snmp ?? ''), ...parsePairs(netstat ?? ''), ...parseKeyed(snmp6 ?? '')]);
}

/** Levels against the limits; `/proc/sys/net` is only asked where it is the host's. */
async function readLevels(host: Host): Promise<Partial<Tcp>> {
  const sockets = parseSockstat((await host.readIfThere(await host.netFile('sockstat'), COUNTERS)) ?? '');
  const [timeWait, orphans, pages] = [sockets.get('TCP.tw'), sockets.get('TCP.orphan'), sockets.get('TCP.mem')];
  const limit = async (file: string): Promise<string | undefined> => await host.readIfThere(`${IPV4}/${file}`, SMALL).catch(() => undefined);
  const isOwn = await host.seesHostNetwork();
  const [buckets, maxOrphans, memory] = isOwn ? await Promise.all([limit('tcp_max_tw_buckets'), limit('tcp_max_orphans'), limit('tcp_mem')]) : [];
  const [maxTimeWait, orphanLimit, maxPages] = [toCount(buckets), toCount(maxOrphans), toCount(memory?.trim().split(/\s+/)[2])];
  return {
    socketsUsed: sockets.get('sockets.used'),
    timeWait,
    orphans,
    memoryPages: pages,
    ...(timeWait !== undefined && maxTimeWait && { timeWaitPercent: share(timeWait, maxTimeWait) }),
    ...(orphans !== undefined && orphanLimit && { orphansPercent: share(orphans, orphanLimit) }),
    ...(pages !== undefined && maxPages && { memoryPercent: share(pages, maxPages) }),
  };
}

async function readPorts(host: Host): Promise<Partial<Tcp>> {
  if (!(await host.seesHostNetwork())) return {};
  const range = parsePortRange(await host.readIfThere(`${IPV4}/ip_local_port_range`, SMALL).catch(() => undefined));
  if (range === undefined) return {};
  const tables: string[] = [];
  for (const file of ['tcp', 'tcp6']) {
    const table = await host.readIfThere(await host.netFile(file), { maxBytes: MAX_TABLE_BYTES, cut: true });
    if (table !== undefined && Buffer.byteLength(table) >= MAX_TABLE_BYTES) return {};
    if (table !== undefined) tables.push(table);
  }
  if (tables.length === 0) return {};
  const ephemeralPorts = busiestDestination(tables, range);
  return { ephemeralPorts, ephemeralPortsPercent: share(ephemeralPorts, range.last - range.first + 1) };
}

export const tcp = hostGatherer({
  section: 'tcp',
  needs: [{ mount: '/proc' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const { first, second, seconds } = await sampleOnceOrTwice(host, signal, readCounters);
    const levels = await readLevels(host);
    if (first === undefined && levels.socketsUsed === undefined) throw new UnreadableError('not-visible');
    return {
      ...levels,
      ...(await readPorts(host)),
      established: first?.get('Tcp.CurrEstab'),
      ...(first && second && seconds > 0 && { ...tcpRates(first, second, seconds), sampleSeconds: seconds }),
    };
  },
});
