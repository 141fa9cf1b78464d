/**
 * Incident events from files: one JSON object a line, an event or a page of them as `GET /api/v1/incidents/{id}/events` answers, or
 * a folder of such files. Only what clocks look at is checked.
 */
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Locale, SEVERITIES } from '../agent/wire/vocabulary.ts';
import { AWAITED, CONTACTS, type EventKind, HOLD_REASONS, type IncidentEvent } from '../collector/incidents/event.ts';
import { fault, quoted } from './support-terms.ts';

const Level = z.number().int().min(1).max(5);
const PLAIN = [
  'acknowledged',
  'started',
  'resumed',
  'recovering',
  'relapsed',
  'reopened',
  'closed',
  'cancelled',
  'suppressed',
  'unsuppressed',
  'assigned',
  'signal',
  'note',
  'member-joined',
  'member-left',
  'grew',
] as const satisfies readonly EventKind[];
const Body = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('opened'),
    level: Level,
    severity: z.enum(SEVERITIES),
    rule: z.string().max(253),
    title: z.string().optional(),
    incidentKind: z.enum(['incident', 'problem']),
  }),
  z.looseObject({ kind: z.literal('held'), reason: z.enum(HOLD_REASONS), awaits: z.enum(AWAITED).optional() }),
  z.looseObject({ kind: z.literal('resolved'), by: z.enum(['observation', 'person']) }),
  z.looseObject({ kind: z.literal('releveled'), from: Level, to: Level }),
  z.looseObject({ kind: z.literal('escalated'), step: z.number(), to: z.string() }),
  z.looseObject({ kind: z.literal('contact'), contact: z.enum(CONTACTS) }),
  z.looseObject({ kind: z.literal('clock'), clock: z.string(), percent: z.number() }),
  z.looseObject({ kind: z.enum(PLAIN) }),
]);
const Event = z.looseObject({
  incidentId: z.string().min(1).max(200),
  version: z.number().int().positive(),
  at: z.number().finite().nonnegative(),
  eventTime: z.number().finite().optional(),
  policy: z.string().optional(),
  body: Body,
});

const Page = z.looseObject({ items: z.array(z.unknown()) });

/** More is no replay of a month but another file. */
const MAX_EVENTS = 1_000_000;

/** Events by incident, in the order the incidents appear. @throws UsageError naming file and line */
export async function readIncidentEvents(path: string, locale: Locale): Promise<ReadonlyMap<string, readonly IncidentEvent[]>> {
  const out = new Map<string, IncidentEvent[]>();
  let count = 0;
  for (const file of await filesAt(path, locale)) {
    let line = 0;
    for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      if (text.trim() === '') continue;
      for (const event of eventsOf(text, `${file}:${line}`, locale)) {
        count += 1;
        if (count > MAX_EVENTS) throw fault(locale, `事件超过 ${MAX_EVENTS} 条`, `more than ${MAX_EVENTS} events`);
        const known = out.get(event.incidentId);
        if (known) known.push(event);
        else out.set(event.incidentId, [event]);
      }
    }
  }
  return out;
}

async function filesAt(path: string, locale: Locale): Promise<string[]> {
  try {
    const facts = await stat(path);
    if (facts.isFile()) return [path];
    if (!facts.isDirectory()) throw new Error('a pipe or a device may never end');
    return (await readdir(path))
      .filter((name) => /\.(ndjson|jsonl)$/.test(name))
      .sort()
      .map((name) => join(path, name));
  } catch {
    throw fault(locale, `--events：无法读取 ${quoted(path)}`, `--events: cannot read ${quoted(path)}`);
  }
}

function eventsOf(text: string, where: string, locale: Locale): readonly IncidentEvent[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw fault(locale, `${where}：不是 JSON`, `${where}: not JSON`);
  }
  const page = Page.safeParse(json);
  return page.success ? page.data.items.map((item) => eventOf(item, where, locale)) : [eventOf(json, where, locale)];
}

function eventOf(json: unknown, where: string, locale: Locale): IncidentEvent {
  const parsed = Event.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = `${where}: ${issue?.path.join('.') ?? ''}`;
    throw fault(locale, `${place}：不是事件的合法字段`, `${place}: ${issue?.message ?? 'not an event'}`);
  }
  // Checked as far as clocks look at it; fields that they do not read stay what the file says.
  return parsed.data as unknown as IncidentEvent;
}
