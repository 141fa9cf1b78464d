/** By when a problem should be solved: the program's proposal, never later than what happens if nobody does. */
import type { Finding } from '../agent/wire/inspection.ts';
import type { Locale } from '../agent/wire/vocabulary.ts';
import type { Forecast, SeriesKind } from './facts/period.ts';
import type { RemedyPlan } from './facts/service.ts';
import type { FindingGroup } from './findings.ts';
import { formatDate, say } from './format.ts';
import type { ReportModel } from './model.ts';
import { known, SEVERITY_RANK } from './model.ts';

const DAY = 86_400;
/** Days until a problem of this severity should be solved, when the contract does not say. */
export const DAYS_TO_SOLVE = { critical: 7, warning: 30 } as const;
/** The same where service is interrupted now: a node that takes no pods, a workload of which nothing is left (the check calls just that critical). */
export const DAYS_TO_RESTORE = 1;
const INTERRUPTED: ReadonlySet<string> = new Set(['workload-replicas-unavailable', 'node-not-ready', 'node-unreachable']);
/** And where something does not come up, or not stay up: its pods wait, or fall over again and again. */
export const DAYS_TO_START = 3;
const NOT_RUNNING: ReadonlySet<string> = new Set([
  ...['pod-crash-loop', 'pod-unschedulable', 'pod-image-pull-failing', 'pod-create-failing', 'pod-creating-stuck', 'pod-init-stuck'],
  ...['storage-claim-class-missing', 'storage-claim-pending', 'storage-claim-lost'],
]);
/** Between the day that is proposed and the end, or the day when something is full. */
const DAYS_BEFORE_END = 7;
/** Checks of something that ends on a day: what they observe is the days left. */
const ENDS = /-(?:expiring|ending|eol-soon)$/;
/** Which series a check watches; those of machines have the machine's name, and some its mount behind it. */
const SERIES_OF_CHECK: Readonly<Record<string, SeriesKind>> = {
  'disk-space-low': 'disk',
  'disk-inodes-low': 'inodes',
  'host-memory-high': 'memory',
  'etcd-db-near-quota': 'etcd-database',
};

type Dated = Pick<ReportModel, 'period' | 'forecasts' | 'comparison' | 'toldSince'>;
type Group = Pick<FindingGroup, 'severity' | 'check' | 'findings'>;

/** What a series can reach at most: all of a share, else the value from where on its check calls it critical. */
export function fullLevel({ unit, limit, criticalLimit }: Forecast): number {
  return unit === 'percent' ? 100 : (criticalLimit ?? limit);
}
/** When a rising series is full at its present pace (Unix seconds); nothing where it does not rise, or not within a year. */
export function fullAt(forecast: Forecast, asOf: number): number | undefined {
  const { current, slopePerDay = 0, unknown } = forecast;
  if (unknown !== undefined || slopePerDay <= 0) return undefined;
  const days = Math.max(0, (fullLevel(forecast) - current) / slopePerDay);
  return days > 365 ? undefined : asOf + days * DAY;
}

/** What ends, and when: the earliest end or full day of the things that a problem was found on. */
export interface Consequence {
  readonly at: number;
  readonly kind: 'ends' | 'full';
}
export function consequenceOf({ period, forecasts }: Dated, { check, findings }: Pick<Group, 'check' | 'findings'>): Consequence | undefined {
  const { asOf } = period;
  const ends = ENDS.test(check) ? findings.flatMap(({ observed }) => (typeof observed === 'number' ? { at: asOf + observed * DAY, kind: 'ends' as const } : [])) : [];
  const kind = SERIES_OF_CHECK[check];
  const series = kind === undefined ? [] : (known(forecasts) ?? []).filter((forecast) => forecast.kind === kind && findings.some(({ scope }) => isAbout(forecast, scope)));
  const full = series.flatMap((forecast) => {
    const at = fullAt(forecast, asOf);
    return at === undefined ? [] : { at, kind: 'full' as const };
  });
  return [...ends, ...full].toSorted((one, other) => one.at - other.at)[0];
}
function isAbout({ name }: Forecast, scope: FindingGroup['findings'][number]['scope']): boolean {
  const node = scope.node ?? scope.name;
  return name === node || name === `${node}:${scope.name}`;
}

/** From when the term of a problem runs: the first report in a row that told it, of whatever kind. A day that every report proposes anew is never late. */
function toldAt({ period, comparison, toldSince }: Dated, { check, severity, findings }: Group): number {
  const since = Math.min(period.asOf, toldSince?.[check] ?? period.asOf);
  const compared = known(comparison);
  if (!compared) return since;
  const worst = new Set(findings.filter((finding) => finding.severity === severity).map(identityOf));
  const told = compared.findings.flatMap(({ finding, reports, reportedAt = compared.previousAsOf }) => (reports > 1 && worst.has(identityOf(finding)) ? reportedAt : []));
  return Math.min(since, ...told);
}
function identityOf({ check, scope: { kind, node = '', namespace = '', name } }: Finding): string {
  return JSON.stringify([check, kind, node, namespace, name]);
}

function daysToSolve(check: string, severity: 'critical' | 'warning'): number {
  if (severity === 'critical' && INTERRUPTED.has(check)) return DAYS_TO_RESTORE;
  return NOT_RUNNING.has(check) ? Math.min(DAYS_TO_START, DAYS_TO_SOLVE[severity]) : DAYS_TO_SOLVE[severity];
}

/**
 * The moment by which a problem should be solved (Unix seconds): by its severity from when it was first reported, or before the thing itself
 * ends or is full, if that is sooner; a term that is over stays where it was, unless the end itself is the day to keep. What is only worth knowing and has no end waits for routine maintenance.
 */
export function proposedAt(model: Dated, group: Group): number | undefined {
  const { asOf } = model.period;
  const consequence = consequenceOf(model, group);
  // A whole day at least: nobody can do anything yesterday.
  const before = consequence && asOf + Math.max(1, Math.floor((consequence.at - asOf) / DAY) - DAYS_BEFORE_END) * DAY;
  if (group.severity === 'info') return before;
  const days = daysToSolve(group.check, group.severity);
  const term = toldAt(model, group) + days * DAY;
  // What ends by itself has a last day that no report moves.
  return before !== undefined && term < asOf ? before : Math.min(term, before ?? Number.POSITIVE_INFINITY);
}
/** The same day, or words where no day is set. */
export function dueWords(model: ReportModel, group: Group, locale: Locale): string {
  const at = proposedAt(model, group);
  if (at === undefined) return say(locale, '随例行维护', 'routine maintenance');
  const date = formatDate(at, model.period.zoneMinutes);
  const day = isProject(group) ? say(locale, `${date}（定出升级计划）`, `${date} (upgrade plan due)`) : date;
  return isOverdue(model, at) ? say(locale, `已超期（原定 ${day}）`, `overdue (was due ${day})`) : day;
}
/** Work of months, whose plan is what can be had by then: another system on every node, or releases of Kubernetes one after the other. */
function isProject({ check, findings }: Pick<Group, 'check' | 'findings'>): boolean {
  if (check === 'os-release-eol' || check === 'node-os-ended') return true;
  const minorOf = (version: unknown): number => Number(/^v?1\.(\d+)/.exec(String(version))?.[1]);
  return check === 'control-plane-version-end-of-life' && findings.some(({ observed, threshold }) => minorOf(threshold) - minorOf(observed) > 1);
}
/** The day of an earlier report's proposal has passed. */
export function isOverdue({ period }: Pick<ReportModel, 'period'>, at: number | undefined): boolean {
  return at !== undefined && at < period.asOf;
}
/** The day of the whole heading, of which some members have an earlier one: these tell their own. */
export function isSooner(model: ReportModel, group: Group, latest: number | undefined): boolean {
  const at = proposedAt(model, group);
  return at !== undefined && (latest === undefined || at < latest);
}

/** What both sides planned for a problem. */
export function planOf({ plans }: Pick<ReportModel, 'plans'>, check: string): RemedyPlan | undefined {
  return plans?.find((plan) => plan.check === check);
}
/** A plan that ends after what it should prevent, and what that is. */
export function planTooLate(model: Dated & Pick<ReportModel, 'plans'>, group: Group): Consequence | undefined {
  const dueAt = planOf(model, group.check)?.dueAt;
  const consequence = consequenceOf(model, group);
  return dueAt !== undefined && consequence && dueAt >= consequence.at ? consequence : undefined;
}
/** `晚于预计写满日 2027-01-04`. */
export function tooLateWords(model: ReportModel, { at, kind }: Consequence, locale: Locale): string {
  const day = formatDate(at, model.period.zoneMinutes);
  return kind === 'full'
    ? say(locale, `晚于预计写满日 ${day}`, `later than ${day}, when it is expected to be full`)
    : say(locale, `晚于到期日 ${day}`, `later than its end on ${day}`);
}

/** Order of a plan: critical problems, what ends or fills up or has an owner, then the rest as it was. */
export function byUrgency(model: ReportModel, groups: readonly FindingGroup[]): readonly FindingGroup[] {
  const rank = (group: FindingGroup): number => (group.severity === 'critical' ? 0 : isPressing(model, group) ? 1 : 1 + SEVERITY_RANK[group.severity]);
  return groups.toSorted((one, other) => rank(one) - rank(other));
}
/** Cannot be left for later: it ends by itself, or somebody has promised to solve it. */
export function isPressing(model: ReportModel, group: FindingGroup): boolean {
  const plan = planOf(model, group.check);
  return plan?.owner !== undefined || plan?.dueAt !== undefined || consequenceOf(model, group) !== undefined;
}
