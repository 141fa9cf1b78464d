/** What agents say becomes facts: clocks are corrected, foreign epochs refused, and what fell out of a complete list went out of sight. */
import type { Scope } from '../../agent/wire/inspection.ts';
import type { Signal, SignalBatch } from '../../agent/wire/signal.ts';
import type { Area } from '../../agent/wire/vocabulary.ts';
import type { Db } from '../store/database.ts';
import { lockSubject } from '../store/incident-store.ts';
import { listMembers } from '../store/member-store.ts';
import { activeSignalsOf, inhibitedBehind, type KnownSignal } from '../store/signal-store.ts';
import type { Fact } from './fact.ts';
import { dedupKey } from './identity.ts';
import { SYSTEM } from './ledger.ts';
import { kindOf } from './problem-kind.ts';
import type { Desk, IncidentFile } from './rules.ts';
import { type Taken, take } from './take.ts';

/** Who sent a batch, as its credential and envelope say. */
export interface SignalOrigin {
  readonly customerId: string;
  readonly clusterId: string;
  /** 32 hexadecimal digits. */
  readonly agent: string;
  readonly boot?: string | undefined;
  readonly seq?: number | undefined;
  /** Leader epoch; 0 for node and host agents. */
  readonly epoch: number;
  /** Agent's clock minus ours, milliseconds, as measured on its freshest payload; null before. */
  readonly skewMs?: number | null | undefined;
  /** When it left the site, for what came by hand, milliseconds: what was fresh then is no history. */
  readonly asOf?: number | undefined;
  /** The ingest knows a newer leader: what this one says is history. */
  readonly fenced?: boolean | undefined;
}

/** Clocks that differ less are left as they are: the network takes time as well. */
const SKEW_TOLERANCE_MS = 60_000;

/** Must run in the transaction that acknowledges the batch. */
export async function applySignals(desk: Desk, db: Db, origin: SignalOrigin, batch: SignalBatch, now: number): Promise<Taken> {
  const { customerId, clusterId, agent, epoch } = origin;
  if (origin.fenced) return { opened: 0, changed: 0, repeated: 0, late: 0, ignored: batch.signals.length };
  const { boot, seq, asOf } = origin;
  const sender = { customerId, clusterId, agent, boot, seq, epoch, asOf, actor: { kind: 'agent', id: agent } as const };
  const facts = batch.signals.map((signal) => factOf(origin, signal, now));
  if (!batch.complete) return await take(desk, db, sender, facts, now);
  await lockSubject(db, desk.engine, clusterId);
  const told = new Set(facts.map(({ key }) => key));
  // The silence of an agent is told by the collector, not by the agent.
  const unseen = (await activeSignalsOf(db, clusterId, { agent, epoch })).filter(({ key, rule }) => !told.has(key) && rule !== SILENCE_RULE);
  const taken = await take(desk, db, sender, facts, now);
  if (taken.ignored > 0) return taken;
  const at = corrected(origin, batch.at, now);
  // A late repetition of an old complete list knows nothing of what began after it.
  const stale = unseen.filter((known) => known.at <= at).map((known) => inferredFact(known, 'stale', now));
  const outOfSight = await take(desk, db, { ...sender, epoch: 0 }, stale, now);
  return { ...taken, changed: taken.changed + outOfSight.changed };
}

function corrected(origin: Pick<SignalOrigin, 'skewMs'>, seconds: number, now: number): number {
  const skewMs = origin.skewMs ?? 0;
  return Math.min(now, seconds * 1_000 - (Math.abs(skewMs) > SKEW_TOLERANCE_MS ? skewMs : 0));
}

function factOf(origin: SignalOrigin, signal: Signal, now: number): Fact {
  const { customerId, clusterId } = origin;
  const { check, area, severity, scope, observed, threshold, unit, state, flapping, maintenance, parent } = signal;
  const at = corrected(origin, signal.at, now);
  return {
    ...{ source: 'agent', rule: check, family: area, scope, severity, state, observed, threshold, unit, flapping, maintenance },
    key: dedupKey(customerId, clusterId, check, scope),
    incidentKind: kindOf(check, area, severity),
    at,
    since: Math.min(at, corrected(origin, signal.since, now)),
    seenAt: at,
    parentKey: state === 'inhibited' && parent ? dedupKey(customerId, clusterId, parent.check, parent.scope) : undefined,
  };
}

function inferredFact(known: KnownSignal, state: Fact['state'], now: number): Fact {
  const { key, rule, family, scope, severity, at, since, observed, threshold, unit, flapping, maintenance, parentKey } = known;
  return {
    ...{ source: 'agent', key, rule, family, scope, severity, state, at, since, observed, threshold, unit, flapping, maintenance, inferred: true },
    incidentKind: kindOf(rule, family as Area, severity),
    seenAt: now,
    parentKey: state === 'inhibited' ? parentKey : undefined,
  };
}

export interface AgentIdentity {
  readonly customerId: string;
  readonly clusterId: string;
  readonly agent: string;
  readonly role: string;
  /** Name of its machine; agents of a cluster have none. */
  readonly node?: string | null | undefined;
}
/** Rule of the incident that a silent agent is. */
export const SILENCE_RULE = 'agent-silent';

/** A pod that was replaced has lost its folder and so its name: for people it is the machine that is not looked at, one trouble however many pods it had. */
function silenceKey({ customerId, clusterId, agent, role, node }: AgentIdentity): string {
  return node
    ? dedupKey(customerId, clusterId, `${SILENCE_RULE}/${role}`, { kind: 'Node', name: node })
    : dedupKey(customerId, clusterId, SILENCE_RULE, { kind: 'Unit', name: agent });
}
function silenceFact(identity: AgentIdentity, state: 'firing' | 'clear', at: number, now: number): Fact {
  const { agent, node } = identity;
  const scope: Scope = node ? { kind: 'Node', name: node } : { kind: 'Unit', name: agent };
  return {
    ...{ source: 'agent-silent', rule: SILENCE_RULE, family: SILENCE_RULE, scope, state, since: at, at, seenAt: now },
    key: silenceKey(identity),
    ...{ incidentKind: 'incident', severity: 'warning', flapping: false, maintenance: false },
  };
}

/** No heartbeat for as long as the caller allows: an incident of its own, and what the agent had told is out of sight now. */
export async function agentSilent(desk: Desk, db: Db, identity: AgentIdentity, now: number): Promise<Taken> {
  const { customerId, clusterId, agent } = identity;
  await lockSubject(db, desk.engine, clusterId);
  const active = (await activeSignalsOf(db, clusterId, { agent, epoch: 0 })).filter(({ rule }) => rule !== SILENCE_RULE);
  const facts = [silenceFact(identity, 'firing', now, now), ...active.map((known) => inferredFact(known, 'stale', now))];
  return await take(desk, db, { customerId, clusterId, agent, epoch: 0, actor: SYSTEM }, facts, now);
}

/** It was heard again. What it had told stays out of sight until it tells it anew. */
export async function agentBack(desk: Desk, db: Db, identity: AgentIdentity, now: number): Promise<Taken> {
  const { customerId, clusterId, agent } = identity;
  return await take(desk, db, { customerId, clusterId, agent, epoch: 0, actor: SYSTEM }, [silenceFact(identity, 'clear', now, now)], now);
}

/** Looks again at what stood behind an incident that has ended: what is still inhibited holds by itself now. */
export async function releaseChildren(desk: Desk, db: Db, { filing, incident }: IncidentFile, now: number): Promise<void> {
  if (filing.clusterId === null || incident.cancellation?.reason === 'member-of-group') return;
  const parents = [filing.dedupKey];
  if (incident.source === 'group') {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page: readonly { readonly key: string }[] = await listMembers(db, filing.id, { after, limit: 1_000 });
      parents.push(...page.map(({ key }) => key));
      after = page.at(-1)?.key;
    }
  }
  const children = await inhibitedBehind(db, filing.clusterId, parents);
  const { customerId, clusterId } = filing;
  await take(
    ...([desk, db, { customerId, clusterId, agent: '', epoch: 0, actor: SYSTEM }] as const),
    children.map((known) => inferredFact(known, 'firing', now)),
    now,
  );
}
