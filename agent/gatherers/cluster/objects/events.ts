import { type Json, numberAt, textAt, timeAt } from '../../../kube/read.ts';
import { EVENTS, listing } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { EVENT_KINDS, EVENT_REASONS, type EventReason } from '../../../wire/sections/cluster/objects-addons.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { createdAtOf, memberOf } from './api-object.ts';

type Row = Sections['events']['reasons'][number];
type Kind = (typeof EVENT_KINDS)[number];

const HOUR = 3_600;
const MOST_OBJECTS = 500;

/** When and how often an event happened; the same for the old shape (`count`) and the new one (`series`). */
export interface Occurrences {
  readonly count: number;
  readonly firstAt: number;
  readonly lastAt: number;
}
export function occurrencesOf(event: unknown): Occurrences {
  const created = createdAtOf(event);
  const at = timeAt(event, 'eventTime') ?? created;
  const count = numberAt(event, 'series', 'count') ?? numberAt(event, 'count') ?? numberAt(event, 'deprecatedCount') ?? 1;
  const firstAt = timeAt(event, 'firstTimestamp') ?? timeAt(event, 'deprecatedFirstTimestamp') ?? at;
  const lastAt = timeAt(event, 'series', 'lastObservedTime') ?? timeAt(event, 'lastTimestamp') ?? timeAt(event, 'deprecatedLastTimestamp') ?? at;
  return { count: Math.max(1, Math.round(count)), firstAt: Math.min(firstAt, lastAt), lastAt };
}
/** Occurrences of the last hour, when they were spread evenly between the first and the last. */
export function inLastHour({ count, firstAt, lastAt }: Occurrences, now: number): number {
  const from = now - HOUR;
  if (lastAt < from) return 0;
  if (firstAt >= from) return count;
  return Math.max(1, Math.round((count * (lastAt - from)) / (lastAt - firstAt)));
}

/** Sums of one reason. */
class Tally {
  #occurrences = 0;
  #lastHour = 0;
  #lastHourSystem = 0;
  #firstAt = Number.POSITIVE_INFINITY;
  #lastAt = 0;
  /** Identities, up to a cap: what is counted is "how many objects", roughly. */
  readonly #objects = new Set<string>();

  add({ count, firstAt, lastAt }: Occurrences, lastHour: number, system: boolean, object: string): void {
    this.#occurrences += count;
    this.#lastHour += lastHour;
    if (system) this.#lastHourSystem += lastHour;
    this.#firstAt = Math.min(this.#firstAt, firstAt);
    this.#lastAt = Math.max(this.#lastAt, lastAt);
    if (this.#objects.size < MOST_OBJECTS) this.#objects.add(object);
  }
  toRow(reason: EventReason): Row {
    return {
      reason,
      occurrences: this.#occurrences,
      lastHour: this.#lastHour,
      lastHourSystem: this.#lastHourSystem,
      objects: this.#objects.size,
      ...(this.#lastAt > 0 && { firstAt: this.#firstAt, lastAt: this.#lastAt }),
    };
  }
}

/** Adds up warning events without keeping any. */
export class EventCounts {
  readonly #tallies = new Map<EventReason, Tally>();
  readonly #byKind: Partial<Record<Kind, number>> = {};
  readonly #now: number;
  #total = 0;
  #lastHour = 0;

  constructor(now: number) {
    this.#now = now;
  }
  add(event: Json): void {
    if (textAt(event, 'type') !== 'Warning') return;
    const reason = memberOf(EVENT_REASONS, textAt(event, 'reason'), 'other');
    const kind = memberOf(EVENT_KINDS, textAt(event, 'involvedObject', 'kind'), 'other');
    const namespace = textAt(event, 'involvedObject', 'namespace') ?? '';
    const name = textAt(event, 'involvedObject', 'name') ?? '';
    const occurrences = occurrencesOf(event);
    const lastHour = inLastHour(occurrences, this.#now);
    this.#total += 1;
    this.#lastHour += lastHour;
    this.#byKind[kind] = (this.#byKind[kind] ?? 0) + lastHour;
    const tally = this.#tallies.get(reason) ?? new Tally();
    this.#tallies.set(reason, tally);
    tally.add(occurrences, lastHour, namespace === '' || isSystemNamespace(namespace), `${kind}/${namespace}/${name}`.slice(0, 300));
  }
  get section(): Sections['events'] {
    return { total: this.#total, lastHour: this.#lastHour, byKind: this.#byKind, reasons: [...this.#tallies].map(([reason, tally]) => tally.toRow(reason)) };
  }
}

export const events = clusterGatherer({
  section: 'events',
  needs: [listing(EVENTS)],
  deadlineMs: 180_000,

  async gather(cluster, signal) {
    const counts = new EventCounts(cluster.now());
    for await (const item of cluster.list(EVENTS, signal, { fieldSelector: 'type=Warning' })) counts.add(item);
    return counts.section;
  },
});
