/** Findings beside those of the report before: new, worse, still open, better, gone, and since when. Pure; times are Unix seconds. */
import type { CheckVerdict, Finding } from '../../../agent/wire/inspection.ts';
import { SEVERITIES } from '../../../agent/wire/vocabulary.ts';
import type { ComparedFinding, Comparison, Standing } from '../../../reports/facts/period.ts';
import type { Changes } from '../../../reports/model.ts';
import { findingIdentity } from '../../ingest/inspection-facts.ts';

/** What is compared with. */
export interface Before {
  readonly asOf: number;
  readonly score: number | null;
  readonly findings: readonly Finding[];
  /** Reports in a row that carried a finding, by identity; 1 for those that are not in it. Left out where no report is compared with, but inspections. */
  readonly reports?: ReadonlyMap<string, number> | undefined;
  /** When the first of these reports was made; those that are not in it were first told by the report that is compared with. */
  readonly reportedAt?: ReadonlyMap<string, number> | undefined;
}
/** From the store: when a finding of this identity began and ended. */
export type Lives = (identity: string) => { readonly firstSeenAt: number; readonly goneAt?: number | undefined } | undefined;

export function identityOf({ check, scope }: Pick<Finding, 'check' | 'scope'>): string {
  return findingIdentity(check, scope);
}

/** A check that gave no answer proves nothing: what it found before is still open. */
export function compareFindings(
  before: Before,
  now: { readonly asOf: number; readonly findings: readonly Finding[]; readonly verdicts: readonly CheckVerdict[] },
  lives: Lives,
): Comparison {
  const earlier = new Map(before.findings.map((finding) => [identityOf(finding), finding]));
  const unanswered = new Set(now.verdicts.filter(({ verdict }) => verdict === 'unknown').map(({ check }) => check));
  const known = new Set(now.verdicts.map(({ check }) => check));
  const seen = new Set<string>();
  const reportsOf = (identity: string): number => (before.reports ? (before.reports.get(identity) ?? 1) : 0);
  const toldAt = (identity: string): number | undefined => (before.reports ? (before.reportedAt?.get(identity) ?? before.asOf) : undefined);
  const findings = now.findings.map((finding): ComparedFinding => {
    const identity = identityOf(finding);
    seen.add(identity);
    const old = earlier.get(identity);
    return {
      finding,
      standing: old === undefined ? 'new' : standingOf(old, finding, (now.asOf - before.asOf) / DAY),
      firstSeenAt: Math.min(lives(identity)?.firstSeenAt ?? now.asOf, now.asOf),
      reports: old === undefined ? 1 : reportsOf(identity) + 1,
      // What was told as less severe has a term of its own from now on.
      ...(old !== undefined && told(before.reports && SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(old.severity) ? now.asOf : toldAt(identity))),
    };
  });
  const rest = [...earlier].flatMap(([identity, finding]): ComparedFinding[] => {
    if (seen.has(identity)) return [];
    const life = lives(identity);
    const isOpen = unanswered.has(finding.check) || !known.has(finding.check);
    const reports = reportsOf(identity) + (isOpen ? 1 : 0);
    const firstSeenAt = Math.min(life?.firstSeenAt ?? before.asOf, before.asOf);
    return [
      { finding, standing: isOpen ? 'open' : 'gone', firstSeenAt, reports, ...told(toldAt(identity)), ...(!isOpen && life?.goneAt !== undefined && { goneAt: life.goneAt }) },
    ];
  });
  return { previousAsOf: before.asOf, previousScore: before.score, findings: [...findings, ...rest] };
}

function told(reportedAt: number | undefined): Pick<ComparedFinding, 'reportedAt'> {
  return reportedAt === undefined ? {} : { reportedAt };
}

/** By how much a value has to move to be told, as a share of its distance from the threshold. */
const NOTABLE = 0.1;
const DAY = 86_400;

/** Severity decides; within one severity, how far beyond its threshold the value is. What merely lies so many days nearer, or further back, is as it was. */
function standingOf(old: Finding, now: Finding, elapsedDays: number): Standing {
  const rank = SEVERITIES.indexOf(old.severity) - SEVERITIES.indexOf(now.severity);
  if (rank !== 0) return rank > 0 ? 'worse' : 'better';
  if (typeof old.observed !== 'number' || typeof now.observed !== 'number' || typeof now.threshold !== 'number') return 'open';
  const sign = now.observed >= now.threshold ? 1 : -1;
  const moved = (now.observed - old.observed) * sign;
  const room = Math.max(Math.abs(old.observed - now.threshold), Math.abs(now.threshold) * 0.01, Number.EPSILON);
  if (Math.abs(moved) < room * NOTABLE) return 'open';
  // Whole days on both sides: rounding alone may add one.
  if (now.unit === 'days' && moved > 0 && moved <= elapsedDays + 1) return 'open';
  return moved > 0 ? 'worse' : 'better';
}

/** The same in the words of the single inspection's model. */
export function changesOf({ previousAsOf, previousScore, findings }: Comparison): Changes {
  const of = (standing: Standing): Finding[] => findings.filter((one) => one.standing === standing).map(({ finding }) => finding);
  return { previousAsOf, previousScore, added: of('new'), solved: of('gone'), open: findings.length - of('new').length - of('gone').length };
}
