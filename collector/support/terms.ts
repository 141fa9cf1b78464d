/** What one contract promises at one site: a policy's tier under the contract's own changes, with calendars ready to count. */
import { z } from 'zod';
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { Level } from '../incidents/event.ts';
import type { Calendar } from './calendar.ts';
import { CLOCKS, type ClockName } from './clock.ts';
import { CLOCK_CONDITIONS, type ClockConditions } from './clock-rules.ts';
import { Coverage, calendarOf, type Site } from './coverage.ts';
import { type Aim, aimOf } from './goal.ts';
import { CalendarOverrides, holidayTable } from './holidays.ts';
import type { Policies } from './policies.ts';
import { Access, ClockRule, Closing, Escalation, type LevelRule, Mapping, Policy, Status } from './policy.ts';
import { CalendarError, PolicyError } from './policy-error.ts';
import { policyComplaints } from './policy-file.ts';
import { reach } from './progress.ts';
import { isZone } from './zone.ts';

/** What a contract may change. Clocks are merged key by key, everything else is replaced as a whole. */
export const ContractOverrides = z.strictObject({
  coverages: z.record(z.string(), Coverage).optional(),
  levels: z
    .partialRecord(
      z.enum(['1', '2', '3', '4', '5']),
      z.strictObject({ channels: z.array(z.string()).optional(), clocks: z.partialRecord(z.enum(CLOCKS), ClockRule.partial()).optional(), appointment: z.string().optional() }),
    )
    .optional(),
  mapping: Mapping.partial().optional(),
  escalation: z.array(Escalation).optional(),
  status: Status.optional(),
  access: Access.optional(),
  closing: Closing.partial().optional(),
  /** Holidays, workdays and region of this site, and service that was booked outside the hours where the tier offers that. */
  calendar: CalendarOverrides.optional(),
});
export type ContractOverrides = z.infer<typeof ContractOverrides>;

/** A clock of one level, ready to run. */
export interface ClockTerms extends ClockConditions {
  readonly clock: ClockName;
  /** Absent: measured, but the contract sets no time. */
  readonly aim?: Aim | undefined;
  readonly calendar: Calendar;
  readonly coverage: Text;
  readonly clause?: string | undefined;
  readonly note?: Text | undefined;
  /** Percentages at which somebody is told, ascending. */
  readonly warn: readonly number[];
}
export interface LevelTerms {
  readonly level: Level;
  readonly label: Text;
  readonly type?: Text | undefined;
  readonly definition: Text;
  readonly channels: readonly string[];
  readonly clocks: Partial<Readonly<Record<ClockName, ClockTerms>>>;
}

export interface SupportTerms {
  /** What events are pinned to: `daocloud/advanced@1`. */
  readonly ref: string;
  /** IANA zone of the customer's site. */
  readonly zone: string;
  readonly policy: Policy;
  readonly tierId: string;
  readonly levels: ReadonlyMap<Level, LevelTerms>;
}

export interface TermsRequest {
  readonly policyId: string;
  readonly tier: string;
  /** The newest version, if absent. */
  readonly version?: number | undefined;
  readonly zone: string;
  readonly overrides?: unknown;
  readonly calendarOverrides?: unknown;
}

/** @throws PolicyError naming every fault of the request: unknown policy, tier or zone, overrides that do not fit. */
export function termsOf(policies: Policies, request: TermsRequest): SupportTerms {
  const { policyId, tier: tierId, version, zone } = request;
  const found = policies.find(policyId, version);
  if (!found) throw new PolicyError([`no policy ${policyId}${version === undefined ? '' : `@${version}`}; known: ${[...new Set(policies.all.map(({ id }) => id))].join(', ')}`]);
  const tierFound = Object.hasOwn(found.tiers, tierId) ? found.tiers[tierId] : undefined;
  if (!tierFound) throw new PolicyError([`policy ${policyId} has no tier ${tierId}; it has ${Object.keys(found.tiers).join(', ')}`]);
  if (!isZone(zone)) throw new PolicyError([`no time zone ${zone}`]);
  const overrides = checked(ContractOverrides, request.overrides ?? {}, 'overrides');
  const calendarOverrides = { ...overrides.calendar, ...checked(CalendarOverrides, request.calendarOverrides ?? {}, 'calendarOverrides') };
  const policy = merged(found, tierId, overrides);
  const tier = policy.tiers[tierId] ?? tierFound;
  const site: Site = { zone, holidays: holidayTable(policies.holidays, 'cn', calendarOverrides), appointments: calendarOverrides.appointments ?? [] };
  const levels = new Map<Level, LevelTerms>();
  for (const definition of policy.levels) {
    const rule = tier.levels[`${definition.level}`];
    if (rule) levels.set(definition.level, { ...definition, channels: rule.channels, clocks: clocksOfLevel(policy, definition.level, rule, site) });
  }
  const terms: SupportTerms = { ref: `${policy.id}/${tierId}@${policy.version}`, zone, policy, tierId, levels };
  assertReachable(terms);
  return terms;
}

function clocksOfLevel(policy: Policy, level: Level, rule: LevelRule, site: Site): LevelTerms['clocks'] {
  const common = policy.clocks.filter(({ levels }) => levels.includes(level)).map(({ clock, levels: _levels, ...rest }): [ClockName, ClockRule] => [clock, rest]);
  const rules = new Map<ClockName, ClockRule>([...common, ...CLOCKS.flatMap((clock): [ClockName, ClockRule][] => (rule.clocks[clock] ? [[clock, rule.clocks[clock]]] : []))]);
  const out: Partial<Record<ClockName, ClockTerms>> = {};
  for (const [clock, one] of rules) {
    const coverage = policy.coverages[one.coverage];
    if (!coverage) continue;
    const usual = CLOCK_CONDITIONS[clock];
    out[clock] = {
      clock,
      aim: aimOf(one.goal),
      calendar: calendarOf(coverage, site, rule.appointment !== undefined),
      coverage: coverage.label,
      clause: one.clause,
      note: one.note,
      start: one.start ?? usual.start,
      stop: one.stop ?? usual.stop,
      reset: one.reset ?? usual.reset,
      pause: one.pause ?? usual.pause,
      warn: [...(one.warn ?? policy.warnings.map(({ percent }) => percent))].sort((a, b) => a - b),
    };
  }
  return out;
}

/** The policy as this contract has it: still a whole and valid policy. */
function merged(policy: Policy, tierId: string, overrides: ContractOverrides): Policy {
  const tier = policy.tiers[tierId];
  if (!tier || Object.keys(overrides).length === 0) return policy;
  const levels: Record<string, unknown> = { ...tier.levels };
  const common = structuredClone(policy.clocks);
  for (const [level, change] of Object.entries(overrides.levels ?? {})) {
    const rule = tier.levels[level as keyof typeof tier.levels];
    const clocks: Record<string, unknown> = { ...rule?.clocks };
    for (const [clock, patch] of Object.entries(change.clocks ?? {})) {
      // A clock that holds in every tier is changed for this level by standing beside it.
      const shared = common.find((one) => one.clock === clock && one.levels.includes(Number(level) as Level));
      const { clock: _clock, levels: _levels, ...base } = shared ?? { clock, levels: [] };
      clocks[clock] = { ...base, ...(rule?.clocks[clock as ClockName] ?? {}), ...patch };
    }
    levels[level] = { ...rule, ...change, clocks };
  }
  const plain = {
    ...policy,
    coverages: { ...policy.coverages, ...overrides.coverages },
    tiers: { ...policy.tiers, [tierId]: { ...tier, levels } },
    mapping: { ...policy.mapping, ...overrides.mapping },
    closing: { ...policy.closing, ...overrides.closing },
    escalation: overrides.escalation ?? policy.escalation,
    status: overrides.status ?? policy.status,
    access: overrides.access ?? policy.access,
  };
  const whole = checked(Policy, plain, 'overrides');
  const complaints = policyComplaints(whole);
  if (complaints.length > 0) throw new PolicyError(complaints.map(({ path, message }) => `overrides: ${path.join('.')}: ${message.en}`));
  return whole;
}

function checked<T extends z.ZodType>(schema: T, value: unknown, name: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new PolicyError(parsed.error.issues.map((issue) => `${[name, ...issue.path.map(String)].join('.')}: ${issue.message}`));
}

/** Any day will do: what is looked for are goals that the hours can never reach. */
const PROBE_AT = Date.UTC(2026, 0, 5);

function assertReachable({ levels, ref }: SupportTerms): void {
  for (const { level, clocks } of levels.values()) {
    for (const { clock, aim, calendar } of Object.values(clocks)) {
      if (!aim) continue;
      try {
        reach({ calendar, unit: aim.unit, from: PROBE_AT, pauses: [] }, [aim.amount]);
      } catch (error) {
        if (error instanceof CalendarError) throw new PolicyError([`${ref}: level ${level}: ${clock}: ${error.message}`], { cause: error });
        throw error;
      }
    }
  }
}
