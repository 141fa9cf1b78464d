/**
 * A score that can be explained. Every failing check takes a share of what is left: critical 15 %, warning 3 %, info 0.5 %
 * (proportions 30 : 6 : 1 after weights of 20 : 6 : 1, with critical raised so that three of them always leave
 * the green range). A check counts once however many things fail it. The total never exceeds the coverage, so what was
 * not looked at cannot shine, and nothing checked gives no score at all.
 */
import type { AreaScore, CheckVerdict, Coverage, Lever, Score } from '../wire/inspection.ts';
import { AREAS, type Severity } from '../wire/vocabulary.ts';

/** Share of the remaining points that one failing check keeps. */
export const KEEPS: Readonly<Record<Severity, number>> = { critical: 0.85, warning: 0.97, info: 0.995 };
const MOST_LEVERS = 10;

/** Checks answered of checks that apply. A check that is not applicable is neither. */
export function coverageOf(verdicts: readonly CheckVerdict[]): Coverage {
  const unknown = verdicts.filter(({ verdict }) => verdict === 'unknown');
  const notApplicable = verdicts.filter(({ verdict }) => verdict === 'not-applicable').length;
  const applicable = verdicts.length - notApplicable;
  const checked = applicable - unknown.length;
  return { percent: applicable === 0 ? 0 : Math.floor((checked / applicable) * 1_000) / 10, checked, applicable, notApplicable, unknown };
}

/**
 * @param verdicts of the run
 * @param failing worst open severity by check; a check whose findings are all accepted risks is not in it and costs nothing
 */
export function scoreOf(verdicts: readonly CheckVerdict[], failing: ReadonlyMap<string, Severity>): Score {
  const coverage = coverageOf(verdicts);
  if (coverage.checked === 0) return { total: null, uncapped: null, areas: areasOf(verdicts, failing), levers: [] };
  const kept = keptOf(verdicts, failing);
  const uncapped = points(kept);
  const total = capped(kept, coverage);
  const levers: Lever[] = [];
  for (const [check, severity] of failing) levers.push({ check, points: Math.round((kept / KEEPS[severity] - kept) * 1_000) / 10 });
  levers.sort((a, b) => b.points - a.points || (a.check < b.check ? -1 : 1));
  return { total, uncapped, areas: areasOf(verdicts, failing), levers: levers.slice(0, MOST_LEVERS) };
}

/** The total of {@link scoreOf} alone, for who has counted the coverage already. */
export function totalOf(verdicts: readonly CheckVerdict[], failing: ReadonlyMap<string, Severity>, coverage: Coverage): number | null {
  return coverage.checked === 0 ? null : capped(keptOf(verdicts, failing), coverage);
}
function capped(kept: number, { percent }: Coverage): number {
  return Math.min(points(kept), Math.floor(percent));
}

function keptOf(verdicts: readonly CheckVerdict[], failing: ReadonlyMap<string, Severity>): number {
  let kept = 1;
  for (const { check } of verdicts) {
    const severity = failing.get(check);
    if (severity !== undefined) kept *= KEEPS[severity];
  }
  return kept;
}
function areasOf(verdicts: readonly CheckVerdict[], failing: ReadonlyMap<string, Severity>): AreaScore[] {
  return AREAS.flatMap((area) => {
    const own = verdicts.filter((verdict) => verdict.area === area);
    if (own.length === 0) return [];
    const { checked, notApplicable, unknown, percent } = coverageOf(own);
    const failed = own.filter(({ check }) => failing.has(check)).length;
    const score = checked === 0 ? null : Math.min(points(keptOf(own, failing)), Math.floor(percent));
    return [{ area, score, passed: checked - failed, failed, unknown: unknown.length, notApplicable }];
  });
}
/** Whole points; only a flawless product is 100. */
function points(kept: number): number {
  return kept === 1 ? 100 : Math.min(99, Math.round(kept * 100));
}
