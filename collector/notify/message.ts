/** What the outbox keeps of a message: facts, not wording. It is worded when it is sent, so that countdowns are right then. */
import { z } from 'zod';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import { IncidentFacts, Person } from './change.ts';
import { Topic } from './topic.ts';

const Detail = z.object({
  text: z.string().max(20_000).optional(),
  clock: z.string().optional(),
  percent: z.number().optional(),
  dueAt: z.number().optional(),
  late: z.boolean().optional(),
  fromLevel: z.number().optional(),
  reason: z.string().optional(),
  to: z.string().optional(),
  rule: z.string().optional(),
  actor: z.string().optional(),
});

/** A line of a summary: one message that was not sent on its own. */
const SummaryLine = z.object({
  number: z.number(),
  level: z.number(),
  levelLabel: z.object({ zh: z.string(), en: z.string() }),
  title: z.object({ zh: z.string(), en: z.string() }),
  topic: Topic,
});
export const Summary = z.object({
  /** Messages that it stands for. */
  count: z.number(),
  incidents: z.number(),
  from: z.number(),
  to: z.number(),
  /** Worst first, at most {@link MOST_LINES}. */
  lines: z.array(SummaryLine),
});
export type Summary = z.infer<typeof Summary>;
export const MOST_LINES = 50;

/** `customer`: a letter to the customer; `support`: to the centre itself. */
export const VOICES = ['customer', 'support'] as const;

/** A report that was made: who gets it can fetch its files, or finds them attached. */
export const ReportFacts = z.object({
  id: z.string().min(1).max(64),
  title: z.object({ zh: z.string().max(200), en: z.string().max(200) }),
  customerName: z.string().max(200),
  clusterName: z.string().max(200).optional(),
  zone: z.string().max(64),
  /** Milliseconds; `to` is exclusive. */
  from: z.number().optional(),
  to: z.number(),
  /** Left out: a draft, or nothing to confirm. */
  confirmUntil: z.number().optional(),
  url: z.string().max(2_000),
  /** Names and digests, for those who compare. */
  files: z.array(z.object({ name: z.string().max(130), bytes: z.number(), sha256: z.string().length(64) })).max(200),
});
export type ReportFacts = z.infer<typeof ReportFacts>;

export const Message = z.object({
  v: z.literal(1),
  topic: Topic,
  voice: z.enum(VOICES),
  locale: z.enum(LOCALES),
  /** When it happened, not when it is sent. */
  at: z.number(),
  /** One mail a recipient: addresses are nobody else's business, and each has its own fate. */
  recipient: z.string().optional(),
  /** On call now: who a chat robot calls by name. */
  mentions: z.array(Person).max(20),
  incident: IncidentFacts.optional(),
  detail: Detail.optional(),
  summary: Summary.optional(),
  report: ReportFacts.optional(),
});
export type Message = z.infer<typeof Message>;
export type Voice = Message['voice'];
