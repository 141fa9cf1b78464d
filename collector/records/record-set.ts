/**
 * What people and other systems know and no agent can gather: demands, changes, backups, problems, agreed plans, reviews of incidents,
 * prices, revisions of a report, and parts written by experts. One shape for the folder that the command line reads, the API and the store.
 */
import { z } from 'zod';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import { AUTHORED_PLACES } from '../../reports/facts/service.ts';

/** A day of the report's zone, or a moment with its offset. */
const When = z
  .string()
  .max(40)
  .refine((text) => secondsOf(text, 0) !== undefined, '2026-10-01 or 2026-10-01T08:00:00+08:00');
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
/** Unix seconds of what {@link RecordSet} calls a day or a moment; `undefined` when it is neither. @param zoneMinutes east of UTC, for bare days */
export function secondsOf(text: string, zoneMinutes: number): number | undefined {
  const isDay = DAY.test(text);
  if (!isDay && !MOMENT.test(text)) return undefined;
  const at = Date.parse(isDay ? `${text}T00:00:00Z` : text);
  // 31 February is no day, whatever a parser makes of it.
  if (Number.isNaN(at) || (isDay && new Date(at).toISOString().slice(0, 10) !== text)) return undefined;
  return Math.floor(at / 1_000) - (isDay ? zoneMinutes * 60 : 0);
}

function line(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'one line of text');
}
function lines(most: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, 'text');
}
const Number_ = line(80);
const Name = line(120);
const Level = z.number().int().min(1).max(9);

export const Demand = z.strictObject({
  number: Number_,
  raisedAt: When,
  raisedBy: Name.optional(),
  kind: z.enum(['feature', 'performance', 'experience', 'other']).default('feature'),
  text: lines(2_000),
  value: lines(1_000).optional(),
  priority: z.enum(['high', 'medium', 'low']).optional(),
  plannedFor: line(80).optional(),
  state: z.enum(['received', 'reviewing', 'planned', 'in-progress', 'done', 'declined']).default('received'),
});
export const Change = z.strictObject({
  number: Number_,
  title: line(300),
  kind: line(40).optional(),
  requestedBy: Name.optional(),
  approvedBy: Name.optional(),
  from: When,
  until: When,
  object: line(200).optional(),
  steps: lines(4_000).optional(),
  rollback: lines(4_000).optional(),
  executor: Name.optional(),
  result: z.enum(['planned', 'running', 'done', 'failed', 'rolled-back', 'cancelled', 'overrun']),
  impact: lines(2_000).optional(),
});
export const Backup = z.strictObject({
  name: line(200),
  kind: line(40),
  schedule: line(80).optional(),
  retention: line(80).optional(),
  newestAt: When.optional(),
  sizeBytes: z.number().min(0).max(1e18).optional(),
  durationSeconds: z.number().min(0).max(1e8).optional(),
  succeeded: z.number().int().min(0).max(1e6).optional(),
  failed: z.number().int().min(0).max(1e6).optional(),
  kept: z.number().int().min(0).max(1e6).optional(),
  offsite: z.boolean().optional(),
  encrypted: z.boolean().optional(),
  restoreTestedAt: When.optional(),
});
export const ProblemRecord = z.strictObject({
  number: Number_,
  title: line(300),
  level: Level.default(4),
  raisedAt: When,
  raisedBy: Name.optional(),
  answeredAt: When.optional(),
  resolvedAt: When.optional(),
  closedAt: When.optional(),
  assignee: Name.optional(),
  solution: lines(4_000).optional(),
});
export const Plan = z.strictObject({
  check: z.string().regex(/^[a-z][a-z0-9-]{1,79}$/, 'the id of a check'),
  owner: Name.optional(),
  dueAt: When.optional(),
  state: z.enum(['proposed', 'agreed', 'in-progress', 'done', 'accepted']).default('agreed'),
  rollback: lines(2_000).optional(),
});
export const Review = z.strictObject({
  incident: line(80).describe('number of the incident, as the report prints it'),
  impact: lines(20_000).optional(),
  cause: lines(20_000).optional(),
  solution: lines(20_000).optional(),
  actions: z
    .array(z.strictObject({ text: lines(1_000), owner: Name.optional(), dueAt: When.optional(), done: z.boolean().optional() }))
    .max(50)
    .optional(),
});
/** Per month; also of the collector's configuration, for customers without prices of their own. */
export const PriceList = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'a code of ISO 4217 such as CNY'),
  perCore: z.number().min(0),
  perGibMemory: z.number().min(0),
  perGibStorage: z.number().min(0),
  source: line(200).optional(),
});
export const RevisionRecord = z.strictObject({ version: line(20), at: When, by: Name, reviewedBy: Name.optional(), note: line(300) });
export const Part = z.strictObject({
  place: z.enum(AUTHORED_PLACES),
  /** Left out, it is printed in reports of either language. */
  lang: z.enum(LOCALES).optional(),
  markdown: lines(200_000),
  author: Name.optional(),
  at: When.optional(),
  /** The period that it is about; left out, every report has it. */
  from: When.optional(),
  to: When.optional(),
});

/** How many of one kind are taken at once. */
const MOST = 2_000;
export const RecordSet = z.strictObject({
  demands: z.array(Demand).max(MOST).default([]),
  changes: z.array(Change).max(MOST).default([]),
  backups: z.array(Backup).max(MOST).default([]),
  problems: z.array(ProblemRecord).max(MOST).default([]),
  plans: z.array(Plan).max(MOST).default([]),
  reviews: z.array(Review).max(MOST).default([]),
  prices: z.array(PriceList).max(1).default([]),
  revisions: z.array(RevisionRecord).max(100).default([]),
  parts: z.array(Part).max(100).default([]),
});
export type RecordSet = z.output<typeof RecordSet>;
export const RECORD_KINDS = ['demands', 'changes', 'backups', 'problems', 'plans', 'reviews', 'prices', 'revisions', 'parts'] as const satisfies readonly (keyof RecordSet)[];
export type RecordKind = (typeof RECORD_KINDS)[number];

/** What makes two records of a kind the same one: the later replaces the earlier. */
const KEYS: { readonly [K in RecordKind]: (record: RecordSet[K][number]) => string } = {
  demands: ({ number }) => number,
  changes: ({ number }) => number,
  backups: ({ kind, name }) => `${kind}/${name}`,
  problems: ({ number }) => number,
  plans: ({ check }) => check,
  reviews: ({ incident }) => incident,
  prices: () => 'prices',
  revisions: ({ version }) => version,
  parts: ({ place, lang, from, to }) => [place, lang ?? '', from ?? '', to ?? ''].join('|'),
};
export function keyOf<K extends RecordKind>(kind: K, record: RecordSet[K][number]): string {
  return KEYS[kind](record);
}
/** Later sets add to the earlier; a record of the same key stands in place of it. */
export function mergedRecords(sets: readonly RecordSet[]): RecordSet {
  const of = <K extends RecordKind>(kind: K): RecordSet[K] =>
    [...new Map(sets.flatMap((set) => set[kind] as RecordSet[K][number][]).map((record) => [keyOf(kind, record), record])).values()] as RecordSet[K];
  return {
    ...{ demands: of('demands'), changes: of('changes'), backups: of('backups'), problems: of('problems') },
    ...{ plans: of('plans'), reviews: of('reviews'), prices: of('prices'), revisions: of('revisions'), parts: of('parts') },
  };
}
export function countRecords(set: RecordSet): number {
  return RECORD_KINDS.reduce((sum, kind) => sum + set[kind].length, 0);
}
