/** The shape of a support policy: a file of data, written from a vendor's public service document. Unknown keys are faults. */
import { z } from 'zod';
import { CLOSURES, CONTACTS, HOLD_REASONS } from '../incidents/event.ts';
import { CLOCKS } from './clock.ts';
import { Bilingual, Coverage } from './coverage.ts';
import { DURATION, Goal } from './goal.ts';

export const AUDIENCES = ['customer', 'customer-representative', 'support', 'assignee', 'duty-manager'] as const;
const Audiences = z.array(z.enum(AUDIENCES)).max(AUDIENCES.length);
export const CHANNELS = ['service-desk', 'phone', 'remote', 'on-site', 'email', 'online'] as const;

/** What can start, stop or reset a clock. `resolved`: by a person; `cleared`: the fault went away, and was watched to stay away. */
export const MOMENTS = ['opened', 'acknowledged', 'started', 'resolved', 'cleared', 'reopened', ...CONTACTS] as const;
export type Moment = (typeof MOMENTS)[number];
/** What can pause a clock: being on hold for a reason, or suppressed under a parent or a maintenance window. */
export const PAUSES = [...HOLD_REASONS, 'suppressed'] as const;
export type PauseReason = (typeof PAUSES)[number];

const LevelNumber = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)], { error: 'a level is 1, 2, 3, 4 or 5' });
const Levels = z.array(LevelNumber).min(1).max(5);
const Id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'an id has small letters, digits and hyphens' });
/** The document's own words. */
const Clause = z.string().min(1).max(400);
const Duration = z.string().regex(DURATION, { error: 'a duration like PT4H or PT30M' });
const Moments = z.array(z.enum(MOMENTS)).min(1).max(MOMENTS.length);

export const ClockRule = z.strictObject({
  goal: Goal,
  /** Key of `coverages`. */
  coverage: z.string(),
  clause: Clause.optional(),
  note: Bilingual.optional(),
  start: Moments.optional(),
  stop: Moments.optional(),
  reset: Moments.optional(),
  pause: z.array(z.enum(PAUSES)).max(PAUSES.length).optional(),
  /** Percentages at which somebody is told; those of `warnings` if absent. */
  warn: z.array(z.number().int().min(1).max(100)).min(1).max(10).optional(),
});
export type ClockRule = z.infer<typeof ClockRule>;
const Clocks = z.partialRecord(z.enum(CLOCKS), ClockRule);

export const LevelRule = z.strictObject({
  channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length),
  clocks: Clocks,
  /** Booked ahead, service also counts outside the coverage. */
  appointment: Clause.optional(),
  note: Bilingual.optional(),
});
export type LevelRule = z.infer<typeof LevelRule>;

const Waiting = z.strictObject({ days: z.number().int().positive().max(730), closure: z.enum(CLOSURES), clause: Clause.optional() });
export const Closing = z.strictObject({
  /** A solution was offered, and nobody answered. */
  solution: Waiting,
  /** The fault went away by itself and stayed away. */
  cleared: Waiting,
  /** Information was asked for and did not come; by level. */
  information: z.array(Waiting.extend({ levels: Levels })).max(5),
  /** How long closed incidents stay visible. */
  visibleYears: z.number().int().positive().max(20),
  clause: Clause.optional(),
});

export const Escalation = z.strictObject({ step: z.number().int().min(1).max(9), levels: Levels, after: Duration, to: Audiences.min(1), clause: Clause.optional() });
/** Status to the customer at a fixed pace; the pace is the goal of the `update` clock. */
export const Status = z.strictObject({ levels: Levels, tell: Audiences.min(1), clause: Clause.optional() });
export const Access = z.strictObject({ requiredFor: Levels, within: Duration, from: LevelNumber, to: LevelNumber, tell: Audiences.min(1), clause: Clause.optional() });
export const Mapping = z.strictObject({
  incident: z.strictObject({ critical: LevelNumber, warning: LevelNumber, info: LevelNumber }),
  problem: LevelNumber,
  /** Checks and alerts whose level does not follow from their severity. */
  rules: z.array(z.strictObject({ level: LevelNumber, rules: z.array(z.string().min(1).max(120)).min(1).max(400) })).max(20),
  /** Level of an outage that outlasts a planned change. */
  outageBeyondChange: LevelNumber.optional(),
  clause: Clause.optional(),
});
const Warning = z.strictObject({ percent: z.number().int().min(1).max(100), tell: Audiences.min(1) });

const Length = z.partialRecord(z.enum(['hours', 'days', 'workingDays', 'months', 'years']), z.number().int().positive().max(1_000));
/** A time that the document sets apart from incidents: notices, applications, confirmations, extensions. */
const Period = z.strictObject({ id: Id, text: Bilingual, length: Length, clause: Clause.optional() });
/** What is delivered regularly, and how often. */
const Service = z.strictObject({
  id: Id,
  text: Bilingual,
  every: z.enum(['workday', 'day', 'week', 'month', 'quarter', 'half-year', 'on-request']).optional(),
  included: z.boolean(),
  clause: Clause.optional(),
});

export const Tier = z.strictObject({
  name: Bilingual,
  levels: z.partialRecord(z.enum(['1', '2', '3', '4', '5']), LevelRule),
  services: z.array(Service).max(40).optional(),
});

export const Policy = z.strictObject({
  schema: z.literal(1),
  id: Id,
  version: z.number().int().positive().max(9_999),
  name: Bilingual,
  source: z.strictObject({ document: z.string().min(1).max(200), clauses: z.array(Clause).max(20) }),
  coverages: z.record(Id, Coverage),
  levels: z
    .array(z.strictObject({ level: LevelNumber, label: Bilingual, type: Bilingual.optional(), definition: Bilingual, examples: z.array(Bilingual).max(10).optional() }))
    .min(1)
    .max(5),
  mapping: Mapping,
  /** Clocks that hold in every tier, for the levels named. */
  clocks: z.array(ClockRule.extend({ clock: z.enum(CLOCKS), levels: Levels })).max(20),
  tiers: z.record(Id, Tier),
  notices: z.strictObject({ opened: Audiences, resolved: Audiences, closed: Audiences, clause: Clause.optional() }),
  warnings: z.array(Warning).min(1).max(10),
  escalation: z.array(Escalation).max(20),
  status: Status.optional(),
  access: Access.optional(),
  closing: Closing,
  /** People whom the customer names to approve users. */
  administrators: z.strictObject({ primary: z.number().int().min(1), backup: z.number().int().min(0), clause: Clause.optional() }).optional(),
  exclusions: z.array(Bilingual).max(40),
  periods: z.array(Period).max(40),
  lifecycle: z
    .array(z.strictObject({ product: z.string().max(80), dates: z.partialRecord(z.enum(['EOP', 'EOM', 'EOFS', 'EOS']), z.iso.date()), note: Bilingual.optional() }))
    .max(40),
  responsibilities: z.array(z.strictObject({ text: Bilingual, vendor: z.enum(['R', 'S']).optional(), customer: z.enum(['R', 'S']).optional() })).max(40),
});
export type Policy = z.infer<typeof Policy>;
export type Mapping = z.infer<typeof Mapping>;
export type Closing = z.infer<typeof Closing>;
export type Escalation = z.infer<typeof Escalation>;
export type Status = z.infer<typeof Status>;
export type Access = z.infer<typeof Access>;
export type Warning = z.infer<typeof Warning>;
export type Service = z.infer<typeof Service>;
export type Tier = z.infer<typeof Tier>;
