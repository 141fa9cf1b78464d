/** Incidents as the API shows them. */
import { z } from 'zod';
import { SEVERITIES } from '../../agent/wire/vocabulary.ts';
import { COMMAND_KINDS } from '../incidents/decide.ts';
import type { Explanation, IncidentDetail } from '../incidents/detail.ts';
import { type IncidentEvent, SOURCES } from '../incidents/event.ts';
import { SIGNAL_STATES, STATES, WORK_STATES } from '../incidents/incident.ts';
import { CLOCKS, type ClockState, type Duty } from '../support/clock.ts';
import { AUDIENCES } from '../support/policy.ts';
import { Id, Time } from './values.ts';

export const Scope = z.object({ kind: z.string(), node: z.string().optional(), namespace: z.string().optional(), name: z.string() });
const Observed = z.union([z.number(), z.string(), z.boolean(), z.null()]).optional();
const Actor = z.object({ kind: z.enum(['agent', 'user', 'integration', 'system']), id: z.string().optional(), name: z.string().optional() });

export const IncidentSummary = z.object({
  id: Id,
  number: z.number().int(),
  customerId: Id,
  clusterId: Id.nullable(),
  kind: z.enum(['incident', 'problem']),
  state: z.enum(STATES),
  signalState: z.enum(SIGNAL_STATES),
  level: z.number().int().min(1).max(5),
  severity: z.enum(SEVERITIES),
  rule: z.string(),
  scope: Scope.optional(),
  title: z.string().optional(),
  source: z.enum(SOURCES),
  policy: z.string(),
  assignee: z.string().optional(),
  parentId: Id.optional(),
  followsId: Id.optional(),
  members: z.number().int(),
  reopened: z.number().int(),
  isFlapping: z.boolean(),
  version: z.number().int(),
  openedAt: Time,
  acknowledgedAt: Time.optional(),
  resolvedAt: Time.optional(),
  closedAt: Time.optional(),
  closure: z.string().optional(),
  updatedAt: Time,
  nextDueAt: Time.optional(),
  isBreached: z.boolean(),
});

export const Segment = z.object({ from: Time, to: Time, countedMs: z.number(), because: z.string() });
export const Clock = z.object({
  clock: z.enum(CLOCKS),
  state: z.enum(['waiting', 'running', 'paused', 'met', 'breached', 'cancelled']),
  cycle: z.number().int(),
  startedAt: Time,
  dueAt: Time.optional(),
  stoppedAt: Time.optional(),
  breachedAt: Time.optional(),
  goalMs: z.number(),
  elapsedMs: z.number(),
  percent: z.number(),
  provisional: z.boolean().describe('the calendar has no data for a year that the arithmetic touches'),
  warnings: z.array(z.object({ percent: z.number(), at: Time })),
  segments: z.array(Segment).describe('the arithmetic behind the due time'),
  counted: z.array(Segment).describe('what has counted until it stopped, or until now: adds up to elapsedMs'),
});
export const Event = z.object({
  incidentId: Id,
  version: z.number().int(),
  at: Time,
  eventTime: Time.optional(),
  kind: z.string(),
  actor: Actor,
  policy: z.string(),
  body: z.record(z.string(), z.unknown()).describe('what the kind says'),
});
export const Member = z.object({
  key: z.string(),
  rule: z.string(),
  scope: Scope,
  severity: z.enum(SEVERITIES),
  state: z.enum(['firing', 'clear', 'stale', 'inhibited']),
  joinedAt: Time,
  updatedAt: Time,
  leftAt: Time.optional(),
});
const Hidden = z.object({ rule: z.string(), scope: Scope, severity: z.enum(SEVERITIES), since: Time });

export const IncidentView = IncidentSummary.extend({
  work: z.enum(WORK_STATES),
  description: z.string().optional(),
  observed: Observed,
  threshold: Observed,
  unit: z.string().optional(),
  assigneeName: z.string().optional(),
  hold: z.object({ reason: z.string(), awaits: z.string().optional(), since: Time }).optional(),
  suppressed: z.object({ by: z.enum(['parent', 'maintenance']), parent: z.string().optional(), until: Time.optional() }).optional(),
  resolution: z.object({ by: z.enum(['observation', 'person']), code: z.string() }).optional(),
  cancellation: z.object({ reason: z.string(), of: z.string().optional() }).optional(),
  flappingSince: Time.optional(),
  relapses: z.number().int(),
  allowed: z.array(z.enum(COMMAND_KINDS)).describe('commands that its state takes'),
  clocks: z.array(Clock),
  memberList: z.array(Member),
  children: z.array(IncidentSummary),
  hidden: z.array(Hidden).describe('troubles that it explains and that have no incident of their own'),
  followers: z.array(IncidentSummary),
});
export const ExplanationView = z.object({
  policy: z.string(),
  at: Time,
  clocks: z.array(Clock),
  duties: z
    .array(z.object({ key: z.string(), dueAt: Time, rule: z.string(), tell: z.array(z.enum(AUDIENCES)), does: z.string().optional() }))
    .describe('what happens when nobody does anything'),
});

export function incidentView({ summary, incident, clocks, allowed, members, children, hidden, followers }: IncidentDetail): z.input<typeof IncidentView> {
  const { work, description, observed, threshold, unit, assignee, hold, suppressed, resolution, cancellation, flapping, relapses } = incident;
  return {
    ...summary,
    ...{ work, description, observed, threshold, unit, hold, suppressed, resolution, cancellation, relapses },
    assigneeName: assignee?.name,
    flappingSince: flapping?.since,
    allowed: [...allowed],
    clocks: clocks.map(clockView),
    memberList: [...members],
    children: [...children],
    hidden: [...hidden],
    followers: [...followers],
  };
}
export function clockView({ warnings, segments, counted, ...clock }: ClockState): z.input<typeof Clock> {
  return { ...clock, warnings: [...warnings], segments: [...segments], counted: [...counted] };
}
export function eventView({ incidentId, version, at, eventTime, actor, policy, body }: IncidentEvent): z.input<typeof Event> {
  return { incidentId, version, at, eventTime, kind: body.kind, actor, policy, body: { ...body } };
}
export function explanationView({ policy, at, clocks, duties }: Explanation): z.input<typeof ExplanationView> {
  return { policy, at, clocks: clocks.map(clockView), duties: duties.map(dutyView) };
}
function dutyView({ key, dueAt, rule, tell, body }: Duty) {
  return { key, dueAt, rule, tell: [...tell], does: body?.kind };
}
