/** From events and duties to what is told whom: pure. Internal matters never have a customer's audience. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { EventBody, IncidentEvent } from '../incidents/event.ts';
import type { Audience, Duty } from '../support/clock.ts';
import type { IncidentChange } from './change.ts';
import type { Topic } from './topic.ts';

export interface Occurrence {
  readonly topic: Topic;
  /** With target and incident the identity of the message: said once. */
  readonly key: string;
  readonly version: number;
  readonly at: number;
  readonly audiences: readonly Audience[];
  /** What the event itself says, e.g. the text of a note. */
  readonly detail?: Detail | undefined;
}
/** The part of an event that messages quote. */
export interface Detail {
  readonly text?: string | undefined;
  readonly clock?: string | undefined;
  readonly percent?: number | undefined;
  readonly dueAt?: number | undefined;
  readonly late?: boolean | undefined;
  readonly fromLevel?: number | undefined;
  readonly reason?: string | undefined;
  readonly to?: string | undefined;
  readonly rule?: string | undefined;
  readonly actor?: string | undefined;
}

const EVERYBODY: readonly Audience[] = ['customer', 'support'];
const INSIDE: readonly Audience[] = ['support', 'assignee'];
const ALL_CONCERNED: readonly Audience[] = ['customer', 'support', 'assignee'];
const LEVEL_1: readonly Audience[] = ['customer', 'customer-representative', 'support', 'assignee', 'duty-manager'];

/** Audiences that belong to the support centre; the representative is the vendor's, named for the customer. */
export const INTERNAL: ReadonlySet<Audience> = new Set(['customer-representative', 'support', 'assignee', 'duty-manager']);

/** Opening, resolution and end are told to whom the contract names; without a contract's word to the customer and to support. */
function audiencesOf(body: EventBody, usual: readonly Audience[], notices: IncidentChange['notices']): readonly Audience[] {
  return body.kind === 'opened' || body.kind === 'resolved' || body.kind === 'closed' ? (notices?.[body.kind] ?? usual) : usual;
}

export function occurrencesOf({ incident, newEvents, duty, notices }: IncidentChange): readonly Occurrence[] {
  const found: Occurrence[] = [];
  for (const event of newEvents) {
    const said = occurrenceOf(event);
    if (!said) continue;
    const isDuty = duty?.body !== undefined && duty.body.kind === event.body.kind;
    found.push(
      isDuty
        ? { ...said, topic: topicOfDuty(duty), audiences: duty.tell, detail: { ...said.detail, rule: duty.rule } }
        : { ...said, audiences: audiencesOf(event.body, said.audiences, notices) },
    );
  }
  const isTold = duty === undefined || found.some((one) => one.detail?.rule === duty.rule);
  if (!isTold && duty !== undefined) {
    const clock = duty.body?.kind === 'clock' ? duty.body : undefined;
    found.push({
      topic: topicOfDuty(duty),
      key: `duty:${duty.key}`,
      version: incident.version,
      at: duty.dueAt,
      audiences: duty.tell,
      detail: { rule: duty.rule, ...(clock && { clock: clock.clock, percent: clock.percent, dueAt: clock.dueAt, late: clock.late }) },
    });
  }
  return found.filter(({ audiences }) => audiences.length > 0);
}

function topicOfDuty({ body, rule }: Duty): Topic {
  if (body?.kind === 'clock') return body.clock === 'update' && body.percent >= 100 ? 'status' : topicOfClock(body.percent);
  if (body !== undefined) return told(body)?.[0] ?? 'reminder';
  // Of the duties that append nothing, only those of hourly status have a topic of their own (support/duties.ts).
  return rule.startsWith('status.') ? 'status' : 'reminder';
}
function topicOfClock(percent: number): Topic {
  return percent >= 100 ? 'clock-breach' : 'clock-warning';
}

function occurrenceOf({ body, version, at, actor }: IncidentEvent): Occurrence | undefined {
  const said = told(body);
  if (!said) return undefined;
  const [topic, audiences, detail] = said;
  return { topic, key: `v${version}`, version, at, audiences, detail: { ...detail, ...(actor.kind === 'user' && actor.name !== undefined && { actor: actor.name }) } };
}

type Told = readonly [topic: Topic, audiences: readonly Audience[], detail?: Detail];

/** `undefined`: nobody is told by the event alone. */
function told(body: EventBody): Told | undefined {
  switch (body.kind) {
    case 'opened':
      return ['opened', EVERYBODY, { text: body.description }];
    case 'acknowledged':
      return ['acknowledged', EVERYBODY];
    case 'assigned':
      return ['assigned', ALL_CONCERNED, { to: body.name }];
    case 'started':
    case 'resumed':
    case 'recovering':
    case 'relapsed':
      return ['update', EVERYBODY, { reason: body.kind }];
    case 'held':
      return body.reason === 'customer' ? ['waiting', EVERYBODY, { reason: body.awaits }] : ['update', EVERYBODY, { reason: `held-${body.reason}` }];
    case 'resolved':
      return ['resolved', EVERYBODY, { reason: body.code }];
    case 'reopened':
      return ['reopened', ALL_CONCERNED];
    case 'closed':
      return ['closed', EVERYBODY, { reason: body.closure }];
    case 'cancelled':
      return ['cancelled', body.reason === 'member-of-group' ? ['support'] : EVERYBODY, { reason: body.reason }];
    case 'suppressed':
    case 'unsuppressed':
      return ['update', INSIDE, { reason: body.kind }];
    case 'releveled':
      return ['level-changed', body.to === 1 ? LEVEL_1 : ALL_CONCERNED, { fromLevel: body.from, reason: body.reason }];
    case 'escalated':
      return ['escalation', ['duty-manager', 'support'], { to: body.to }];
    case 'contact':
      return toldOfContact(body.contact);
    case 'note':
      return body.visibility === 'customer' ? ['update', EVERYBODY, { text: body.text }] : ['note', INSIDE, { text: body.text }];
    case 'clock':
      return [topicOfClock(body.percent), INSIDE, { clock: body.clock, percent: body.percent, dueAt: body.dueAt, late: body.late }];
    case 'signal': // the incident's own state says it; flapping has its own rule
    case 'grew':
    case 'member-joined': // a storm is one message, its hourly status counts the members
    case 'member-left':
      return undefined;
    default:
      return body satisfies never;
  }
}

function toldOfContact(contact: Extract<EventBody, { kind: 'contact' }>['contact']): Told | undefined {
  switch (contact) {
    case 'status-update':
      return ['status', EVERYBODY];
    case 'information-requested':
      return ['waiting', EVERYBODY, { reason: 'information' }];
    case 'solution-offered':
      return ['solution', EVERYBODY];
    case 'notified': // that is this very message
      return undefined;
    default:
      return ['update', EVERYBODY, { reason: contact }];
  }
}

/** For tests and documents: the audiences by name. */
export const AUDIENCE_TITLES: Readonly<Record<Audience, Text>> = {
  customer: { zh: '客户', en: 'customer' },
  'customer-representative': { zh: '客户服务代表', en: 'customer representative' },
  support: { zh: '支持工程师', en: 'support' },
  assignee: { zh: '处理人', en: 'assignee' },
  'duty-manager': { zh: '当班主管', en: 'duty manager' },
};
