/** From one inspection to the document that reports are written from. Pure: the same record always gives the same model. */
import type { AcceptedRisk, CheckVerdict, Coverage, ExpiredSuppression, Finding, GathererReport, Scope, Score } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { LifecycleEntry } from '../../reports/facts/period.ts';
import { type Changes, type Fact, REPORT_SCHEMA, type ReportCheck, type ReportModel, type ScorePoint } from '../../reports/model.ts';
import { inCalendarDays } from './calendar-days.ts';
import { clusterFactsOf } from './cluster-facts.ts';
import { hostFactsOf } from './host-facts.ts';
import type { InstanceVerdicts } from './knowledge.ts';
import { middlewareFactsOf } from './middleware-facts.ts';
import { costsOf } from './period/costs.ts';
import { namespacesOf } from './period/namespaces.ts';
import { packagesOf } from './period/packages.ts';
import { backupsOf, calendarOf, certificateDates, type SystemLife, systemsOf } from './period/resources.ts';

/** What one inspection left behind, with what is known around it. */
export interface InspectionRecord {
  /** Unix seconds. */
  readonly takenAt: number;
  /** Stopped before everything was read. */
  readonly interrupted?: boolean | undefined;
  /** Name of the inspected machine; ignored when no host section was asked for. */
  readonly host?: string | undefined;
  readonly sections: SomeSections;
  readonly gatherers: readonly GathererReport[];
  readonly verdicts: readonly CheckVerdict[];
  readonly findings: readonly Finding[];
  /** Verdicts of each middleware instance alone, where the inspection made them. */
  readonly instanceVerdicts?: readonly InstanceVerdicts[] | undefined;
  readonly accepted: readonly AcceptedRisk[];
  readonly expired: readonly ExpiredSuppression[];
  readonly score: Score;
  readonly coverage: Coverage;
  /** Texts of every check of the rule set, `source` where the catalogue gives it. */
  readonly checkTexts: readonly ReportCheck[];
  readonly clusterName?: string | undefined;
  readonly customer?: string | undefined;
  /** Hexadecimal SHA-256 of the snapshot. */
  readonly snapshotSha256: string;
  /** Version of the program. */
  readonly version: string;
  /** Of the rules, with that of the applied rule pack; left out: the program's own. */
  readonly rules?: string | undefined;
  /** Minutes east of UTC that times are printed in; default UTC+8. */
  readonly zoneMinutes?: number | undefined;
  /** Percent of the remaining points that one failing check takes. */
  readonly scoreShares?: Readonly<Record<Severity, number>> | undefined;
  /** Releases in use with the ends of their support, where the caller knows them. */
  readonly releases?: readonly LifecycleEntry[] | undefined;
  readonly systemLife?: SystemLife | undefined;
  /** The inspection before this one. */
  readonly previous?: PreviousInspection | undefined;
  /** Earlier scores, oldest first, without this one. */
  readonly history?: readonly ScorePoint[] | undefined;
}
export interface PreviousInspection {
  readonly takenAt: number;
  readonly score: number | null;
  readonly findings: readonly Finding[];
}

const CHINA_MINUTES = 8 * 60;

export function assemble(told: InspectionRecord): ReportModel {
  const { sections, gatherers, checkTexts, takenAt, zoneMinutes = CHINA_MINUTES } = told;
  const record = { ...told, findings: inCalendarDays(told.findings, sections, { takenAt, asOf: takenAt, zoneMinutes }) };
  const domains = (['host', 'cluster'] as const).filter((domain) => gatherers.some((report) => report.domain === domain));
  const host = domains.includes('host') ? record.host : undefined;
  return {
    schema: REPORT_SCHEMA,
    subject: { customer: record.customer, cluster: domains.includes('cluster') ? record.clusterName : undefined, host, domains },
    period: { asOf: takenAt, zoneMinutes },
    product: { version: record.version, checks: checkTexts.length, snapshotSha256: record.snapshotSha256, ...(record.rules !== undefined && { rules: record.rules }) },
    ...(record.interrupted === true && { interrupted: true }),
    score: record.score,
    coverage: record.coverage,
    verdicts: record.verdicts,
    findings: record.findings,
    accepted: record.accepted,
    expired: record.expired,
    gatherers,
    // A rule set's entries hold more than texts; the document keeps what it prints.
    checks: checkTexts.map(({ id, area, title, why, remedy, severity, source, group }) => ({ id, area, title, why, remedy, severity, source, ...(group && { group }) })),
    hosts: host === undefined ? [] : [hostFactsOf(host, sections, gatherers, record.verdicts)],
    cluster: domains.includes('cluster') ? clusterFactsOf(sections, gatherers) : undefined,
    changes: changesOf(record),
    scoreShares: record.scoreShares,
    history: record.history ?? [],
    ...resourcesOf(record, host),
    ...(sections.middleware && { middleware: middlewareFactsOf(record) }),
  };
}

/** What lists of resources, dates and costs are made of; the same code as for a period. */
function resourcesOf(
  { sections, gatherers, findings, takenAt, releases = [], systemLife = () => undefined, clusterName }: InspectionRecord,
  host: string | undefined,
): Partial<ReportModel> {
  const isCluster = gatherers.some(({ domain }) => domain === 'cluster');
  const read = [{ machine: host ?? clusterName ?? 'cluster', inspection: { sections } }];
  const ends = releases.flatMap(({ product, version, endOfSupportAt, source }) =>
    endOfSupportAt === undefined ? [] : [{ kind: 'lifecycle' as const, name: `${product} ${version}`.trim(), dueAt: endOfSupportAt, source }],
  );
  const calendar = calendarOf([...certificateDates(read, takenAt), ...ends]);
  const backups = backupsOf(read);
  return {
    ...(isCluster && { namespaces: namespacesOf(sections, gatherers, findings), costs: costsOf(sections, gatherers, undefined) }),
    ...(host !== undefined && { systems: systemsOf(read, systemLife), ...(sections.packages && { packages: packagesOf([{ machine: host, sections }]) }) }),
    ...(releases.length > 0 && { lifecycles: { value: releases } }),
    ...(calendar.total > 0 && { calendar: { value: calendar } }),
    ...('value' in backups && backups.value.total > 0 && { backups }),
  };
}

/** Identity is check + scope. What was not checked this time stays open: missing data never closes anything. */
function changesOf({ previous, findings, accepted, verdicts }: InspectionRecord): Fact<Changes> {
  if (!previous) return { missing: 'no-history' };
  const answered = new Set(verdicts.filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').map(({ check }) => check));
  const before = new Set(previous.findings.map(identityOf));
  const now = new Set([...findings, ...accepted.map(({ finding }) => finding)].map(identityOf));
  const solved = previous.findings.filter((finding) => !now.has(identityOf(finding)) && answered.has(finding.check));
  return {
    value: {
      previousAsOf: previous.takenAt,
      previousScore: previous.score,
      added: findings.filter((finding) => !before.has(identityOf(finding))),
      solved,
      open: before.size - solved.length,
    },
  };
}
function identityOf({ check, scope }: { readonly check: string; readonly scope: Scope }): string {
  return JSON.stringify([check, scope.kind, scope.node ?? '', scope.namespace ?? '', scope.name]);
}
