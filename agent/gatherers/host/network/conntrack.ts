import type { Host } from '../../../host/host.ts';
import { share, toCount } from '../../../host/parse.ts';
import { perSecond, sampleOnceOrTwice } from '../../../host/rate.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { parseStatTable } from './snmp.ts';

const NETFILTER = '/proc/sys/net/netfilter';
const SMALL = { maxBytes: 64, cut: true } as const;
/** A line per possible processor. */
const TABLE = { maxBytes: 2 * 1024 * 1024, cut: true } as const;

interface Reading {
  readonly table: ReadonlyMap<string, number>;
  readonly count: number | undefined;
}

/** Entries of the host's namespace: from the table, which `/proc/1/net` shows; the sysctl counts the reader's. */
async function readTable(host: Host): Promise<Reading> {
  const text = await host.readIfThere(await host.netFile('stat/nf_conntrack'), TABLE);
  const table = parseStatTable(text ?? '');
  const count = (await host.seesHostNetwork()) ? toCount(await host.readIfThere(`${NETFILTER}/nf_conntrack_count`, SMALL)) : undefined;
  return { table, count: count ?? table.get('entries') };
}

/** Growth of several columns together; `undefined` when the kernel has none of them. */
export function tableRate(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>, seconds: number, columns: readonly string[]): number | undefined {
  const known = columns.filter((column) => first.has(column) && second.has(column));
  if (known.length === 0 || !(seconds > 0)) return undefined;
  let sum = 0;
  for (const column of known) sum += perSecond(first.get(column) ?? 0, second.get(column) ?? 0, seconds);
  return sum;
}

export const conntrack = hostGatherer({
  section: 'conntrack',
  needs: [{ mount: '/proc' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    // Limits are one number for all namespaces, so any view of them is the host's.
    const [max, buckets] = await Promise.all(['nf_conntrack_max', 'nf_conntrack_buckets'].map(async (file) => toCount(await host.readIfThere(`${NETFILTER}/${file}`, SMALL))));
    const { first, second, seconds } = await sampleOnceOrTwice(host, signal, readTable);
    if (first.count === undefined && max === undefined) throw (await host.exists('/proc/stat')) ? new AbsentError('not-present') : new UnreadableError('not-visible');
    const entries = second?.count ?? first.count;
    return {
      entries,
      max,
      buckets,
      usedPercent: entries === undefined || !max ? undefined : share(entries, max),
      perBucket: entries === undefined || !buckets ? undefined : entries / buckets,
      ...(second && {
        dropsPerSecond: tableRate(first.table, second.table, seconds, ['drop', 'early_drop']),
        insertFailedPerSecond: tableRate(first.table, second.table, seconds, ['insert_failed']),
      }),
    };
  },
});
