/** The newest inspections of a subject, put together as one: every machine's facts, one verdict a check, findings of all. Pure. */
import { coverageOf, scoreOf } from '../../../agent/checks/score.ts';
import type { CheckVerdict, Coverage, Finding, GathererReport, Score } from '../../../agent/wire/inspection.ts';
import type { SomeSections } from '../../../agent/wire/section-values.ts';
import { SEVERITIES, type Severity, type Verdict } from '../../../agent/wire/vocabulary.ts';
import type { WireInspection } from '../../ingest/wire-inspection.ts';

/** One agent's newest inspection. */
export interface Inspected {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly agent: string;
  readonly role: 'node' | 'host' | 'cluster';
  /** Name of the machine; of machines without one, the agent's id. */
  readonly machine: string;
  /** Milliseconds, by our clock. */
  readonly takenAt: number;
  readonly sha256: string;
  readonly inspection: WireInspection;
}

const WORST_FIRST: readonly Verdict[] = ['fail', 'unknown', 'pass', 'not-applicable'];

/**
 * One verdict a check over all inspections: a failure anywhere fails it, and what one of them could not answer is unknown unless
 * another failed. Missing data is never a pass.
 */
export function mergedVerdicts(inspections: readonly WireInspection[]): readonly CheckVerdict[] {
  const merged = new Map<string, CheckVerdict>();
  const more = new Set<string>();
  for (const { verdicts } of inspections)
    for (const verdict of verdicts) {
      if (verdict.atLeast) more.add(verdict.check);
      const known = merged.get(verdict.check);
      if (known === undefined || isBefore(verdict, known)) merged.set(verdict.check, verdict);
    }
  return [...merged.values()]
    .map((verdict) => (more.has(verdict.check) ? { ...verdict, atLeast: true as const } : verdict))
    .toSorted((one, other) => compare(one.check, other.check));
}
function isBefore(one: CheckVerdict, other: CheckVerdict): boolean {
  const rank = WORST_FIRST.indexOf(one.verdict) - WORST_FIRST.indexOf(other.verdict);
  return rank < 0 || (rank === 0 && SEVERITIES.indexOf(one.severity) < SEVERITIES.indexOf(other.severity));
}

/** One line a section: the worst way it ended, its longest run, everything that was cut. */
export function mergedGatherers(inspections: readonly WireInspection[]): readonly GathererReport[] {
  const merged = new Map<string, GathererReport>();
  for (const { gatherers } of inspections)
    for (const report of gatherers) {
      const known = merged.get(report.section);
      if (known === undefined) merged.set(report.section, report);
      else {
        const worse = ENDINGS.indexOf(report.status) > ENDINGS.indexOf(known.status) ? report : known;
        merged.set(report.section, { ...worse, durationMs: Math.max(known.durationMs, report.durationMs), dropped: known.dropped + report.dropped });
      }
    }
  return [...merged.values()].toSorted((one, other) => compare(one.section, other.section));
}
/** What was read on one machine was read; absent on one and failed on another is a failure. */
const ENDINGS: readonly GathererReport['status'][] = ['absent', 'ok', 'failed'];

/** Findings of all, worst first, in a stable order. */
export function mergedFindings(inspections: readonly WireInspection[]): readonly Finding[] {
  return inspections.flatMap(({ findings }) => findings).toSorted(byWeight);
}
function byWeight(one: Finding, other: Finding): number {
  return (
    SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) ||
    compare(one.check, other.check) ||
    compare(one.scope.node ?? '', other.scope.node ?? '') ||
    compare(one.scope.namespace ?? '', other.scope.namespace ?? '') ||
    compare(one.scope.name, other.scope.name)
  );
}

export function judge(verdicts: readonly CheckVerdict[], findings: readonly Finding[]): { readonly score: Score; readonly coverage: Coverage } {
  const failing = new Map<string, Severity>();
  for (const { check, severity } of findings) {
    const worst = failing.get(check);
    if (worst === undefined || SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(worst)) failing.set(check, severity);
  }
  return { score: scoreOf(verdicts, failing), coverage: coverageOf(verdicts) };
}

/** Sections of the cluster agent, with what only a control-plane machine can tell about etcd. */
export function clusterSections(inspected: readonly Inspected[]): { readonly sections: SomeSections; readonly gatherers: readonly GathererReport[] } | undefined {
  const own = inspected.filter(({ role }) => role === 'cluster').toSorted((one, other) => other.takenAt - one.takenAt)[0];
  if (own === undefined) return undefined;
  const etcd = inspected.flatMap(({ inspection: { sections } }) => sections.etcdHost ?? []).toSorted((one, other) => (other.quotaPercent ?? -1) - (one.quotaPercent ?? -1))[0];
  return { sections: etcd === undefined ? own.inspection.sections : { ...own.inspection.sections, etcdHost: etcd }, gatherers: own.inspection.gatherers };
}

export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
