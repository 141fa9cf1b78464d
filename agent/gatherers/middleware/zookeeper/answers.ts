/** ZooKeeper's srvr, mntr and conf, reduced to typed fields. Pure; foreign text is never trusted to have a shape. */
import type { Sections } from '../../../wire/section-values.ts';
import type { Role } from '../../../wire/sections/middleware/products.ts';
import { toVersion } from '../../../wire/version.ts';

type MemberRow = Sections['middlewareZookeeper']['members'][number];
export type Pairs = ReadonlyMap<string, string>;
const MOST_LINES = 2_000;

export function isRefused(answer: string): boolean {
  return /is not executed because it is not in the whitelist/.test(answer.slice(0, 200));
}
export function isNotServing(answer: string): boolean {
  return /not currently serving requests/.test(answer.slice(0, 200));
}
/** `key<tab>value` of mntr, `key=value` of conf, `Key: value` of srvr. */
export function pairsOf(answer: string): Pairs {
  return new Map(
    answer.split('\n', MOST_LINES).flatMap((line) => {
      const [, key = '', value = ''] = /^([A-Za-z_ /]{1,100}?)(?:\t|=|: )\s*(.{0,200})$/.exec(line.trimEnd()) ?? [];
      return key === '' ? [] : [[key, value] as const];
    }),
  );
}
export function numberIn(pairs: Pairs | undefined, key: string): number | undefined {
  const text = pairs?.get(key);
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) && number >= 0 && number <= Number.MAX_SAFE_INTEGER ? number : undefined;
}
function wholeIn(pairs: Pairs | undefined, key: string): number | undefined {
  const number = numberIn(pairs, key);
  return number === undefined ? undefined : Math.floor(number);
}

export function versionOf(srvr: Pairs): string | undefined {
  return toVersion(/^\d+\.\d+\.\d+/.exec(srvr.get('Zookeeper version') ?? '')?.[0]);
}
export function roleOf(srvr: Pairs): Role {
  const mode = srvr.get('Mode');
  return mode === 'leader' || mode === 'follower' || mode === 'observer' ? mode : mode === 'standalone' ? 'node' : 'unknown';
}

export function memberFields(srvr: Pairs, mntr: Pairs | undefined, conf: Pairs | undefined): Partial<MemberRow> {
  const latency = /^[\d.]+\/([\d.]+)\/[\d.]+$/.exec(srvr.get('Latency min/avg/max') ?? '')?.[1];
  const descriptors = numberIn(mntr, 'zk_open_file_descriptor_count');
  const most = numberIn(mntr, 'zk_max_file_descriptor_count');
  const data = numberIn(conf, 'dataDirSize');
  const logs = numberIn(conf, 'dataLogSize');
  const clients = numberIn(conf, 'maxClientCnxns');
  return {
    serving: true,
    version: versionOf(srvr),
    outstanding: wholeIn(srvr, 'Outstanding'),
    latencyMs: latency === undefined ? undefined : Number(latency),
    connections: wholeIn(srvr, 'Connections'),
    znodes: wholeIn(srvr, 'Node count'),
    followers: wholeIn(mntr, 'zk_followers') ?? wholeIn(mntr, 'zk_learners'),
    syncedFollowers: wholeIn(mntr, 'zk_synced_followers'),
    descriptorsPercent: descriptors === undefined || !most ? undefined : (descriptors / most) * 100,
    slowSyncs: wholeIn(mntr, 'zk_fsync_threshold_exceed_count'),
    rejectedConnections: wholeIn(mntr, 'zk_connection_rejected'),
    filesBytes: data === undefined && logs === undefined ? undefined : Math.max(data ?? 0, logs ?? 0), // one folder, as a rule
    clientsUnlimited: clients === undefined ? undefined : clients === 0,
  };
}
