import type { Host } from '../../../host/host.ts';
import { share, toCount } from '../../../host/parse.ts';
import { sampleOnceOrTwice } from '../../../host/rate.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { tableRate } from './conntrack.ts';
import { parseStatTable } from './snmp.ts';

const TABLE = { maxBytes: 2 * 1024 * 1024, cut: true } as const;
const SMALL = { maxBytes: 64, cut: true } as const;

interface Reading {
  readonly v4: ReadonlyMap<string, number>;
  readonly v6: ReadonlyMap<string, number>;
}

/** The tables are one for all namespaces; so are their limits, which only the host's namespace shows. */
async function readTables(host: Host): Promise<Reading> {
  const [v4, v6] = await Promise.all(['arp_cache', 'ndisc_cache'].map(async (file) => parseStatTable((await host.readIfThere(await host.netFile(`stat/${file}`), TABLE)) ?? '')));
  return { v4: v4 ?? new Map(), v6: v6 ?? new Map() };
}

async function limitOf(host: Host, family: 'ipv4' | 'ipv6'): Promise<number | undefined> {
  return toCount(await host.readIfThere(`/proc/sys/net/${family}/neigh/default/gc_thresh3`, SMALL).catch(() => undefined));
}

/** Neighbours in `/proc/net/arp`, heading not counted. */
export function countArpLines(text: string): number {
  return text.match(/^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\s/gm)?.length ?? 0;
}

export const neighbours = hostGatherer({
  section: 'neighbours',
  needs: [{ mount: '/proc' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const { first, second, seconds } = await sampleOnceOrTwice(host, signal, readTables);
    const [limit, limitV6] = await Promise.all([limitOf(host, 'ipv4'), limitOf(host, 'ipv6')]);
    const arp = first.v4.has('entries') ? undefined : await host.readIfThere(await host.netFile('arp'), { maxBytes: 4 * 1024 * 1024, cut: true });
    const entries = first.v4.get('entries') ?? (arp === undefined ? undefined : countArpLines(arp));
    if (entries === undefined) throw new UnreadableError('not-visible');
    const entriesV6 = first.v6.get('entries');
    const overflows = second && [tableRate(first.v4, second.v4, seconds, ['table_fulls']), tableRate(first.v6, second.v6, seconds, ['table_fulls'])];
    return {
      entries,
      limit,
      usedPercent: limit ? share(entries, limit) : undefined,
      usedPercentV6: limitV6 && entriesV6 !== undefined ? share(entriesV6, limitV6) : undefined,
      overflowsPerSecond: overflows?.[0] === undefined ? undefined : overflows[0] + (overflows[1] ?? 0),
    };
  },
});
