/** One transaction: what a group of payloads changes. Nothing here is durable, or answered, before the caller's commit. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { payloadId, type Receipt } from '../../agent/wire/envelope.ts';
import type { RequestReport } from '../../agent/wire/request.ts';
import type { WireSignals } from '../../agent/wire/schema.ts';
import { type AgentRow, agentKey, lockAgents, upsertAgents } from '../store/agent-store.ts';
import type { Db, Engine } from '../store/database.ts';
import { noteReport } from '../store/inspection-request-store.ts';
import { insertQuarantine, type QuarantineRow } from '../store/quarantine-store.ts';
import { claimReceipts, findReceipts, type ReceiptRow, receiptKey } from '../store/receipt-store.ts';
import type { Sample } from '../store/rollup-buckets.ts';
import { foldSamples } from '../store/rollup-store.ts';
import { insertSignalPayloads, type SignalPayloadRow } from '../store/signal-payload-store.ts';
import { insertSnapshots } from '../store/snapshot-store.ts';
import type { Row } from '../store/tables.ts';
import { AgentStates } from './agent-states.ts';
import { applyFindings, type JudgedInspection } from './apply-findings.ts';
import type { Decoded } from './decode.ts';
import { retireLostNodes } from './lost-nodes.ts';

/** Which cluster a credential writes for. */
export interface ClusterIdentity {
  readonly clusterId: string;
  readonly customerId: string;
}
/** Where signals came from, times in milliseconds. */
export interface Origin extends ClusterIdentity {
  readonly agent: string;
  readonly boot: string;
  readonly seq: number;
  readonly role: AgentRow['role'];
  readonly node: string | null;
  readonly epoch: number;
  readonly keptAt: number;
  readonly receivedAt: number;
  /** Agent's clock minus ours; null before it could be estimated. */
  readonly skewMs: number | null;
  /** When it was carried away from the site, for what came by hand: it is as fresh as it was then. */
  readonly asOf?: number | undefined;
  /** A leader that has been replaced says so: history only, never a page. */
  readonly fenced: boolean;
}
export type OnSignals = (db: Db, origin: Origin, batch: WireSignals) => Promise<void>;

/** One payload on its way into the store. */
export interface Item {
  readonly cluster: ClusterIdentity;
  readonly decoded: Exclude<Decoded, { readonly kind: 'refused' }>;
  /** Milliseconds. */
  readonly receivedAt: number;
  /** Agent's clock minus ours, as its freshest payload of the request shows it; unknown of payloads that were kept for long. */
  readonly skewMs: number | undefined;
  /** Milliseconds; see {@link Origin.asOf}. */
  readonly asOf?: number | undefined;
  /** Another collector forwarded it: it goes no further from here. */
  readonly isRelayed?: boolean | undefined;
}
/** In the transaction that takes payloads: what else has to happen with them. */
export type OnTaken = (db: Db, items: readonly Item[]) => Promise<void>;

/** @returns one receipt an item, in their order */
export async function applyItems(db: Db, engine: Engine, items: readonly Item[], onSignals: OnSignals, onTaken?: OnTaken): Promise<readonly Receipt[]> {
  const wanted = new Map<string, ReceiptRow>();
  for (const item of items) {
    const row = receiptRow(item);
    if (!wanted.has(receiptKey(row))) wanted.set(receiptKey(row), row);
  }
  const claimed = await claimReceipts(db, engine, [...wanted.values()]);
  const earlier =
    claimed.size === wanted.size
      ? new Map<string, ReceiptRow>()
      : await findReceipts(
          db,
          engine,
          [...wanted].filter(([key]) => !claimed.has(key)).map(([, row]) => row),
        );
  const answered = new Set<string>();
  const fresh: Item[] = [];
  const receipts = items.map((item): Receipt => {
    const mine = receiptRow(item);
    const key = receiptKey(mine);
    const isFirst = claimed.has(key) && !answered.has(key);
    answered.add(key);
    if (isFirst) fresh.push(item);
    return answer(item, isFirst ? mine : (earlier.get(key) ?? wanted.get(key) ?? mine), isFirst);
  });
  await applyFresh(db, engine, fresh, onSignals);
  await onTaken?.(db, fresh);
  return receipts;
}

function receiptRow({ cluster, decoded, receivedAt }: Item): ReceiptRow {
  const { agent, boot, seq, kind, sha256 } = decoded.header;
  const status = decoded.kind !== 'quarantined' ? 'accepted' : decoded.reason === 'contract' ? 'refused' : 'quarantined';
  return { cluster_id: cluster.clusterId, agent, boot, seq, kind, sha256, status, received_at: receivedAt, reason: status === 'refused' ? 'contract' : null };
}
/** The first delivery's receipt, whatever comes later under its id. */
function answer({ decoded }: Item, stored: ReceiptRow, isFirst: boolean): Receipt {
  const { header } = decoded;
  const id = payloadId(header);
  if (stored.sha256 !== header.sha256) return { id, sha256: header.sha256, status: 'refused', reason: 'digest' };
  if (stored.status === 'refused') return { id, sha256: header.sha256, status: 'refused', reason: 'contract' };
  if (stored.status === 'quarantined') return { id, sha256: header.sha256, status: 'quarantined' };
  return { id, sha256: header.sha256, status: isFirst ? 'accepted' : 'duplicate' };
}

/** Payloads whose ids this transaction has claimed. */
export async function applyFresh(db: Db, engine: Engine, items: readonly Item[], onSignals: OnSignals): Promise<void> {
  const { quarantine, told, readable } = sortOut(items);
  await insertQuarantine(db, quarantine);
  for (const [origin, batch] of told) await onSignals(db, origin, batch);
  if (readable.length === 0) return;
  const clusters = [...new Set(readable.filter(({ decoded }) => decoded.sender.role === 'cluster').map(({ cluster }) => cluster.clusterId))].sort();
  const keys = readable.map(({ cluster, decoded }) => ({ cluster_id: cluster.clusterId, agent: decoded.header.agent }));
  const states = new AgentStates(await lockAgents(db, engine, [...new Map(keys.map((key) => [agentKey(key), key])).values()], clusters));
  const snapshots: Row<'snapshots'>[] = [];
  const samples: Sample[] = [];
  const judged: JudgedInspection[] = [];
  const signals: [Origin, WireSignals][] = [];
  const batches: SignalPayloadRow[] = [];
  const reports: [clusterId: string, agent: string, report: RequestReport, at: number][] = [];
  for (const item of readable) {
    const { cluster, decoded, receivedAt } = item;
    const { header, sender } = decoded;
    const { row, isCurrent, isFenced } = states.see(item, decoded);
    if (decoded.kind === 'inspection') {
      // A clock that runs ahead must not make its inspection the newest for ever.
      const at = Math.min(decoded.facts.takenAt * 1_000, receivedAt);
      snapshots.push(snapshotRow(item, decoded, at));
      samples.push(...samplesOf(cluster.clusterId, sender, header.agent, decoded.facts.series, at));
      judged.push({ clusterId: cluster.clusterId, agent: header.agent, owner: sender.role === 'cluster' ? 'cluster' : header.agent, at, isCurrent, facts: decoded.facts });
    } else if (decoded.kind === 'signals') {
      signals.push([originOf(item, decoded, row, isFenced), decoded.payload]);
      batches.push(signalRow(item, decoded));
    } else if (decoded.payload.request && !isFenced && item.isRelayed !== true) reports.push([cluster.clusterId, header.agent, decoded.payload.request, receivedAt]);
  }
  await upsertAgents(db, engine, states.changed());
  await insertSnapshots(db, snapshots);
  await insertSignalPayloads(db, batches);
  await applyFindings(db, engine, judged);
  await foldSamples(db, engine, samples);
  for (const inspection of judged) await retireLostNodes(db, engine, inspection);
  for (const [clusterId, agent, report, at] of reports) await noteReport(db, clusterId, agent, report, at);
  for (const [origin, batch] of signals) await onSignals(db, origin, batch);
}

type Readable = Exclude<Item['decoded'], { readonly kind: 'quarantined' }>;

/** `told`: what a site's collector says of its people's incidents. No agent stands behind it, and no agent may say it. */
function sortOut(items: readonly Item[]) {
  const quarantine: QuarantineRow[] = [];
  const told: [Origin, WireSignals][] = [];
  const readable: (Item & { readonly decoded: Readable })[] = [];
  for (const item of items) {
    const { decoded } = item;
    if (decoded.kind === 'quarantined') quarantine.push(quarantineRow(item, decoded.reason, decoded.body));
    else if (!isOfPeople(decoded)) readable.push({ ...item, decoded });
    else if (item.isRelayed === true) told.push([fromCollector(item, decoded), decoded.payload]);
  }
  return { quarantine, told, readable };
}
export function isOfPeople(decoded: Readable): decoded is Extract<Readable, { readonly kind: 'signals' }> {
  return decoded.kind === 'signals' && decoded.payload.incidents !== undefined;
}

function originOf({ cluster, receivedAt, asOf }: Item, { header, sender }: Readable, row: AgentRow, fenced: boolean): Origin {
  const { agent, boot, seq, keptAt } = header;
  return { ...cluster, agent, boot, seq, role: sender.role, node: sender.node ?? null, epoch: sender.epoch, keptAt: keptAt * 1_000, receivedAt, skewMs: row.skew_ms, asOf, fenced };
}

function fromCollector({ cluster, receivedAt, asOf }: Item, { header }: Readable): Origin {
  const { agent, boot, seq, keptAt } = header;
  return { ...cluster, agent, boot, seq, role: 'cluster', node: null, epoch: 0, keptAt: keptAt * 1_000, receivedAt, skewMs: null, asOf, fenced: false };
}

function snapshotRow({ cluster, receivedAt }: Item, decoded: Extract<Readable, { kind: 'inspection' }>, takenAt: number): Row<'snapshots'> {
  const { header, sender, facts, bytes, body } = decoded;
  return {
    id: randomUUID(),
    cluster_id: cluster.clusterId,
    agent: header.agent,
    role: sender.role,
    taken_at: takenAt,
    received_at: receivedAt,
    epoch: sender.epoch,
    sha256: header.sha256,
    score: facts.score,
    coverage: facts.coverage,
    bytes,
    body,
  };
}

function signalRow({ cluster, receivedAt }: Item, { header, payload }: Extract<Readable, { kind: 'signals' }>): SignalPayloadRow {
  const { agent, boot, seq, sha256, keptAt } = header;
  return { cluster_id: cluster.clusterId, agent, boot, seq, sha256, kept_at: keptAt, received_at: receivedAt, body: gzipSync(JSON.stringify(payload), { level: 1 }) };
}

/** Numbers of a machine carry its name; agents without one are told apart by their id. */
function samplesOf(clusterId: string, sender: Readable['sender'], agent: string, series: readonly (readonly [string, number])[], at: number): Sample[] {
  const machine = sender.role === 'cluster' ? '' : (sender.node ?? agent);
  return series.map(([name, value]) => ({ clusterId, machine, name, at, value }));
}

export function quarantineRow({ cluster, decoded, receivedAt }: Item, reason: string, body: Uint8Array): QuarantineRow {
  const { agent, boot, seq, kind } = decoded.header;
  return { id: randomUUID(), cluster_id: cluster.clusterId, agent, boot, seq, kind, reason, received_at: receivedAt, body };
}

/** A readable payload in the shape of one in quarantine: the store could not take it, whoever sends it again will not help. */
export function setAside(item: Item): Item {
  const { decoded } = item;
  if (decoded.kind === 'quarantined') return item;
  const body = decoded.kind === 'inspection' ? decoded.body : gzipSync(JSON.stringify(decoded.payload));
  return { ...item, decoded: { kind: 'quarantined', header: decoded.header, reason: 'failed', body } };
}
