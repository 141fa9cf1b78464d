/** What any source says about one trouble, and in which order two such sayings stand. */
import type { Observed, Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { KnownSignal } from '../store/signal-store.ts';
import type { Actor, IncidentKind } from './event.ts';

export interface Fact {
  readonly source: 'agent' | 'agent-silent' | 'alertmanager';
  /** Identity. */
  readonly key: string;
  readonly rule: string;
  /** Check area or alert name. */
  readonly family: string;
  readonly scope: Scope;
  readonly incidentKind: IncidentKind;
  readonly severity: Severity;
  readonly state: 'firing' | 'clear' | 'stale' | 'inhibited';
  /** Milliseconds; facts of one identity are ordered by it. */
  readonly at: number;
  readonly since: number;
  /** How old the evidence is; for alerts, whose `at` is their beginning, when they were sent. */
  readonly seenAt: number;
  readonly observed?: Observed | undefined;
  readonly threshold?: Observed | undefined;
  readonly unit?: string | undefined;
  readonly flapping: boolean;
  readonly maintenance: boolean;
  readonly parentKey?: string | undefined;
  /** Concluded by the collector from silence: says nothing about order, and the sender stays who it was. */
  readonly inferred?: boolean | undefined;
}

export interface Sender {
  readonly customerId: string;
  readonly clusterId: string | null;
  readonly agent: string;
  /** Process and payload: order within one process whatever its clock does. */
  readonly boot?: string | undefined;
  readonly seq?: number | undefined;
  /** Leader epoch; 0 for senders that need no leader. */
  readonly epoch: number;
  /** When it left the site, if it came by hand. */
  readonly asOf?: number | undefined;
  readonly actor: Actor;
}

/** Changes between firing and clear that are remembered. */
const MOST_FLIPS = 8;

/** With equal times the one that says more wins, so that the outcome does not depend on the order of arrival. */
const RANK: Readonly<Record<Fact['state'], number>> = { stale: 0, firing: 1, inhibited: 2, clear: 3 };

export function orderOf(before: KnownSignal | undefined, fact: Fact, { agent, boot, seq }: Sender): 'new' | 'repeated' | 'late' {
  if (!before) return 'new';
  if (fact.inferred) return before.state === fact.state ? 'repeated' : 'new';
  if (boot !== undefined && seq !== undefined && before.agent === agent && before.boot === boot && before.seq !== undefined && before.seq !== seq)
    return seq > before.seq ? 'new' : 'late';
  if (fact.at !== before.at) return fact.at > before.at ? 'new' : 'late';
  if (fact.state === before.state) return 'repeated';
  return RANK[fact.state] > RANK[before.state] ? 'new' : 'late';
}

/** What is known after a fact that is new. */
export function remember(before: KnownSignal | undefined, fact: Fact, { agent, boot, seq, epoch }: Sender): KnownSignal {
  const sender = fact.inferred && before ? { agent: before.agent, boot: before.boot, seq: before.seq, epoch: before.epoch } : { agent, boot, seq, epoch };
  const { key, rule, family, scope, severity, state, at, since, observed, threshold, unit, flapping, maintenance, parentKey } = fact;
  const isFlip = (before?.state === 'firing' && state === 'clear') || (before?.state === 'clear' && state === 'firing');
  const flips = isFlip ? [...(before?.flips ?? []), at].slice(-MOST_FLIPS) : (before?.flips ?? []);
  return { ...sender, key, rule, family, scope, severity, state, at, since, observed, threshold, unit, flapping, maintenance, parentKey, flips };
}

const SEVERITY_RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, critical: 2 };
export function isWorse(one: Severity, other: Severity): boolean {
  return SEVERITY_RANK[one] > SEVERITY_RANK[other];
}
export function worstOf(severities: readonly Severity[]): Severity {
  return severities.reduce<Severity>((worst, one) => (isWorse(one, worst) ? one : worst), 'info');
}
