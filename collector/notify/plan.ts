/** From a change of an incident to messages in the outbox: who is told what, when, in which language. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Db } from '../store/database.ts';
import { type Draft, enqueue, newestTopic, subscribersOf } from '../store/notification-store.ts';
import { type LiveRoute, liveRoutes } from '../store/route-store.ts';
import type { Audience } from '../support/clock.ts';
import type { IncidentChange, Person } from './change.ts';
import type { Message, Voice } from './message.ts';
import { INTERNAL, type Occurrence, occurrencesOf } from './occurrence.ts';
import { type OnCall, onCallAt } from './rota.ts';
import { isOnRequest, matchRoute, sendableAt } from './route.ts';
import { isTargetKind, settingsOf, TARGETS } from './targets/registry.ts';

/** Told about what should not happen. */
export interface PlanObserver {
  /** Nobody of a rota's layers was on call. */
  readonly onRotaGap?: (because: 'fallback' | 'nobody') => void;
  /** No route led anywhere. */
  readonly onUnrouted?: () => void;
}

const FLAP_EVERY_MS = 6 * 3_600_000;
/** What a flapping signal makes happen over and over. */
const NOISY: ReadonlySet<string> = new Set(['update', 'resolved', 'reopened']);

/**
 * Must run in the transaction of the change. Repeating it changes nothing.
 * @returns messages that are new in the outbox
 */
export async function plan(db: Db, change: IncidentChange, now: number, observer: PlanObserver = {}): Promise<number> {
  const routes = await liveRoutes(db, change.incident.customerId);
  const usual = occurrencesOf(change).filter((one) => !isNoise(one, change));
  const signalled = change.newEvents.some(({ body }) => body.kind === 'signal');
  if (usual.length === 0 && !signalled) return 0;
  const subscribers = usual.length > 0 ? await subscribersOf(db, change.incident.id) : [];
  const drafts: Draft[] = [];
  for (const occurrence of usual) {
    const found = routes.flatMap((live) => draftsOf(live, change, occurrence, { now, observer, subscribers }));
    if (found.length === 0) observer.onUnrouted?.();
    drafts.push(...found);
  }
  if (signalled) for (const live of routes) drafts.push(...(await flapDrafts(db, live, change, now, observer)));
  return await enqueue(db, uniqueDrafts(drafts), now);
}

/** What the flapping signal does is told by the flapping messages; what people do is told as ever. */
function isNoise({ topic, version }: Occurrence, { incident, newEvents }: IncidentChange): boolean {
  if (incident.flappingSince === undefined || !NOISY.has(topic)) return false;
  return newEvents.some((event) => event.version === version && event.actor.kind !== 'user');
}

/** Start, every six hours, and the end. */
async function flapDrafts(db: Db, live: LiveRoute, change: IncidentChange, now: number, observer: PlanObserver): Promise<readonly Draft[]> {
  const { incident, newEvents } = change;
  const base = { version: incident.version, at: now, audiences: ['customer', 'support'] as const };
  if (incident.flappingSince !== undefined) {
    const turn = Math.max(0, Math.floor((now - incident.flappingSince) / FLAP_EVERY_MS));
    return draftsOf(live, change, { ...base, topic: 'flapping', key: `flap:${incident.flappingSince}:${turn}` }, { now, observer, subscribers: [] });
  }
  const isQuiet = newEvents.some(({ body }) => body.kind === 'signal' && !body.flapping);
  if (!isQuiet || (await newestTopic(db, incident.id, live.target.id, ['flapping', 'settled'])) !== 'flapping') return [];
  return draftsOf(live, change, { ...base, topic: 'settled', key: `v${incident.version}` }, { now, observer, subscribers: [] });
}

interface Circumstances {
  readonly now: number;
  readonly observer: PlanObserver;
  readonly subscribers: readonly string[];
}

function draftsOf({ route, target, rota }: LiveRoute, change: IncidentChange, occurrence: Occurrence, { now, observer, subscribers }: Circumstances): readonly Draft[] {
  const { incident } = change;
  const kind = isTargetKind(target.kind) ? TARGETS[target.kind] : undefined;
  const audiences = matchRoute(route.rules, occurrence, incident.level, target.customerId !== null);
  if (!kind?.accepts(occurrence.topic) || audiences.length === 0) return [];
  const customerSide = audiences.filter((one) => !INTERNAL.has(one));
  const onRequest = isOnRequest(route.rules, occurrence);
  // A group robot of the customer cannot subscribe: only a route that names the topic asks for it.
  if (!kind.perRecipient && onRequest && customerSide.length === audiences.length && kind.reader === 'people') return [];
  const onCall = rota === undefined ? undefined : onCallAt(rota, now);
  if (onCall && (onCall.because === 'fallback' || onCall.because === 'nobody')) observer.onRotaGap?.(onCall.because);
  const settings = settingsOf(target.config);
  const voice: Voice = customerSide.length === audiences.length ? 'customer' : 'support';
  const make = (to: Recipient | undefined): Draft => {
    const locale = route.rules.locale ?? to?.locale ?? settings.locale ?? incident.customerLocale;
    const message: Message = {
      v: 1,
      topic: occurrence.topic,
      voice: to?.voice ?? voice,
      locale,
      at: occurrence.at,
      mentions: kind.perRecipient ? [] : [...(onCall?.people ?? [])],
      incident,
      ...(occurrence.detail && { detail: occurrence.detail }),
      ...(to && { recipient: to.email }),
    };
    const lane = `${target.id}|${incident.id}|${to?.email ?? ''}`;
    return {
      dedup: `${lane}|${occurrence.topic}|${occurrence.key}`,
      targetId: target.id,
      incidentId: incident.id,
      version: occurrence.version,
      lane,
      message,
      sendAt: sendableAt(route.rules, incident.level, now),
    };
  };
  if (!kind.perRecipient) return [make(undefined)];
  return recipientsOf({ change, audiences, fixed: settings.to ?? [], onCall, voice, onRequest, subscribers }).map(make);
}

interface Recipient {
  readonly email: string;
  readonly voice: Voice;
  readonly locale?: Locale | undefined;
}
interface Circle {
  readonly change: IncidentChange;
  readonly audiences: readonly Audience[];
  readonly fixed: readonly string[];
  readonly onCall: OnCall | undefined;
  readonly voice: Voice;
  readonly onRequest: boolean;
  readonly subscribers: readonly string[];
}
function recipientsOf({ change, audiences, fixed, onCall, voice, onRequest, subscribers }: Circle): readonly Recipient[] {
  const found = new Map<string, Recipient>();
  const add = (email: string | undefined, whose: Voice, locale: Locale | undefined): void => {
    const key = email?.toLowerCase();
    if (email !== undefined && key !== undefined && !found.has(key)) found.set(key, { email, voice: whose, locale });
  };
  const isInside = audiences.some((one) => INTERNAL.has(one));
  if (isInside || !onRequest) for (const one of fixed) add(one, voice, undefined);
  if (isInside) for (const { email, locale } of onCall?.people ?? []) add(email, 'support', locale);
  const told = audiences.filter((one) => INTERNAL.has(one) || !onRequest);
  for (const audience of told) for (const { email, locale } of change.people?.[audience] ?? []) add(email, INTERNAL.has(audience) ? 'support' : 'customer', locale);
  if (onRequest && audiences.includes('customer')) for (const email of subscribers) add(email, 'customer', localeOf(change, email));
  return [...found.values()];
}
function localeOf({ people }: IncidentChange, email: string): Locale | undefined {
  const all: readonly Person[] = Object.values(people ?? {}).flat();
  return all.find((one) => one.email?.toLowerCase() === email.toLowerCase())?.locale;
}

/** Two routes to one target say a thing once; the first route decides how. */
function uniqueDrafts(drafts: readonly Draft[]): readonly Draft[] {
  return [...new Map(drafts.toReversed().map((draft) => [draft.dedup, draft])).values()].toReversed();
}
