/** What people supplied, put into the document of a report. Pure: the document alone says what the report says. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { AuthoredPart, BackupRecord, ChangeRecord, DemandRecord, ImprovementAction, IncidentRecord, RemedyPlan, Revision } from '../../reports/facts/service.ts';
import { type Fact, known, type ReportModel, type Rows } from '../../reports/model.ts';
import { type RecordSet, secondsOf } from './record-set.ts';
import { withRestoreTests } from './registered-restores.ts';

/**
 * @param isRegister whether the set is where such things are kept: then none of a kind means that there is none, not that nobody knows
 */
export function withRecords(model: ReportModel, set: RecordSet, isRegister: boolean): ReportModel {
  const at = (when: string | undefined): number | undefined => (when === undefined ? undefined : secondsOf(when, model.period.zoneMinutes));
  const begins = (when: string): number => at(when) ?? 0;
  const { from = 0, to = Number.MAX_SAFE_INTEGER } = model.period;
  const inPeriod = (begin: number | undefined, end: number | undefined): boolean => (begin ?? 0) < to && (end ?? Number.MAX_SAFE_INTEGER) >= from;

  const demands = set.demands.filter(({ raisedAt }) => begins(raisedAt) < to).map((demand): DemandRecord => ({ ...demand, raisedAt: begins(demand.raisedAt) }));
  const changes = set.changes
    .filter((change) => inPeriod(at(change.from), at(change.until)))
    .map((change): ChangeRecord => ({ ...change, from: begins(change.from), until: begins(change.until) }));
  const backups = set.backups.map((backup) => asOfThen({ ...backup, newestAt: at(backup.newestAt), restoreTestedAt: at(backup.restoreTestedAt) }, model.period.asOf));
  const problems = set.problems.filter(({ raisedAt, closedAt }) => inPeriod(at(raisedAt), at(closedAt))).map((problem) => problemOf(problem, at));
  const plans = set.plans.map((plan): RemedyPlan => ({ ...plan, dueAt: at(plan.dueAt) }));
  const parts = set.parts
    .filter((part) => inPeriod(at(part.from), at(part.to)))
    .map(({ place, lang, markdown, author, at: when }): AuthoredPart => ({ place, lang, markdown, author, at: at(when) }));
  const revisions = set.revisions
    .map(({ version, at: when, by, reviewedBy, note }): Revision => ({ version, at: begins(when), by, reviewedBy, note: same(note) }))
    .toSorted((one, other) => one.at - other.at);
  return withRestoreTests({
    ...model,
    ...(demands.length > 0 || isRegister ? { demands: joined(model.demands, demands, ({ raisedAt }) => raisedAt) } : {}),
    ...(changes.length > 0 ? { changeRecords: joined(withoutWindows(model.changeRecords, changes), markedWindows(model.changeRecords, changes), (change) => change.from) } : {}),
    ...(backups.length > 0 ? { backups: { value: mergedBackups(known(model.backups), backups) } } : {}),
    ...(problems.length > 0
      ? {
          problems: reviewed(
            joined(model.problems, problems, ({ openedAt }) => openedAt),
            set,
            at,
          ),
        }
      : reviewedOnly('problems', model, set, at)),
    ...reviewedOnly('incidents', model, set, at),
    ...pricedBy(model.costs, set.prices),
    ...(plans.length > 0 ? { plans: [...(model.plans ?? []), ...plans] } : {}),
    ...(parts.length > 0 ? { authored: [...(model.authored ?? []), ...parts] } : {}),
    ...(revisions.length > 0 ? { revisions: [...(model.revisions ?? []), ...revisions] } : {}),
  });
}

/** A customer's own prices stand in place of the collector's. */
function pricedBy(costs: ReportModel['costs'], [prices]: RecordSet['prices']): Pick<ReportModel, 'costs'> {
  const value = known(costs);
  return prices && value ? { costs: { value: { ...value, prices } } } : {};
}
/** A window that people registered under its number is told by their record: it has who, how and what came of it. */
function withoutWindows(fact: Fact<Rows<ChangeRecord>> | undefined, changes: readonly ChangeRecord[]): Fact<Rows<ChangeRecord>> | undefined {
  const before = known(fact);
  if (!before) return fact;
  const numbers = new Set(changes.map(({ number }) => number));
  const rows = before.rows.filter(({ number }) => !numbers.has(number));
  return { value: { rows, total: before.total - (before.rows.length - rows.length) } };
}
/** The record has the window's mark as its number, which is no more a change number than before. */
function markedWindows(fact: Fact<Rows<ChangeRecord>> | undefined, changes: readonly ChangeRecord[]): readonly ChangeRecord[] {
  const windows = new Set(known(fact)?.rows.flatMap(({ number, isUnnumbered }) => (isUnnumbered ? number : [])));
  return changes.map((change) => (windows.has(change.number) ? { ...change, isUnnumbered: true } : change));
}
/** Newest first, behind what is known already. */
function joined<T>(fact: Fact<Rows<T>> | undefined, more: readonly T[], time: (row: T) => number): Fact<Rows<T>> {
  const before = known(fact);
  const rows = [...(before?.rows ?? []), ...more].toSorted((one, other) => time(other) - time(one));
  return { value: { rows, total: (before?.total ?? 0) + more.length } };
}
/** A record is of its newest backup: how that went and what was counted until then says nothing about an earlier time. How and where is backed up does. */
function asOfThen(backup: BackupRecord, asOf: number): BackupRecord {
  const { newestAt, sizeBytes, durationSeconds, succeeded, failed, kept, restoreTestedAt, ...standing } = backup;
  return {
    ...standing,
    ...((newestAt ?? 0) <= asOf && { newestAt, sizeBytes, durationSeconds, succeeded, failed, kept }),
    ...((restoreTestedAt ?? 0) <= asOf && { restoreTestedAt }),
  };
}
/** Of the same object what people know stands beside what was measured, and neither time is older than the later of the two. */
function mergedBackups(before: Rows<BackupRecord> | undefined, more: readonly BackupRecord[]): Rows<BackupRecord> {
  const rows = new Map((before?.rows ?? []).map((row) => [`${row.kind}/${row.name}`, row]));
  let added = 0;
  for (const backup of more) {
    const key = `${backup.kind}/${backup.name}`;
    const measured = rows.get(key);
    if (!measured) added += 1;
    const newestAt = later(measured?.newestAt, backup.newestAt);
    const restoreTestedAt = later(measured?.restoreTestedAt, backup.restoreTestedAt);
    rows.set(key, { ...defined(backup), ...(measured && defined(measured)), name: backup.name, kind: backup.kind, ...defined({ newestAt, restoreTestedAt }) });
  }
  return { rows: [...rows.values()], total: (before?.total ?? 0) + added };
}
function later(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}
function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>;
}

function problemOf({ number, title, level, raisedAt, raisedBy, answeredAt, resolvedAt, closedAt, assignee, solution }: RecordSet['problems'][number], at: At): IncidentRecord {
  return {
    ...{ number, level, levelLabel: { zh: `${level} 级`, en: `Level ${level}` }, severity: 'info', source: 'customer', title: same(title) },
    state: closedAt !== undefined ? 'closed' : resolvedAt !== undefined ? 'resolved' : answeredAt !== undefined ? 'in-progress' : 'open',
    openedAt: at(raisedAt) ?? 0,
    ...{ acknowledgedAt: at(answeredAt), resolvedAt: at(resolvedAt), closedAt: at(closedAt), assignee, reportedBy: raisedBy, solution },
    ...{ clocks: [], timeline: [] },
  };
}
type At = (when: string | undefined) => number | undefined;

/** What people found out about incidents, by their numbers. */
function reviewed(fact: Fact<Rows<IncidentRecord>>, { reviews }: RecordSet, at: At): Fact<Rows<IncidentRecord>> {
  if ('missing' in fact || reviews.length === 0) return fact;
  const byNumber = new Map(reviews.map((review) => [plainNumber(review.incident), review]));
  const rows = fact.value.rows.map((incident): IncidentRecord => {
    const review = byNumber.get(plainNumber(incident.number));
    if (!review) return incident;
    const { impact, cause, solution, actions } = review;
    return {
      ...incident,
      ...defined({ impact, cause, solution }),
      ...(actions && { actions: actions.map(({ text, owner, dueAt, done }): ImprovementAction => ({ text, owner, dueAt: at(dueAt), done })) }),
    };
  });
  return { value: { ...fact.value, rows } };
}
function reviewedOnly(name: 'incidents' | 'problems', model: ReportModel, set: RecordSet, at: At): Partial<Pick<ReportModel, 'incidents' | 'problems'>> {
  const fact = model[name];
  return fact === undefined ? {} : { [name]: reviewed(fact, set, at) };
}
/** `#12` and `12` are one. */
function plainNumber(number: string): string {
  return number.replace(/^#/, '');
}
function same(text: string): Text {
  return { zh: text, en: text };
}
