/** The overall assessment of middleware by fixed rules: from its items, licences and the machine below. */
import type { Grade } from './assessment.ts';
import type { MiddlewareInstance } from './facts/middleware.ts';
import { itemsOf } from './lists/middleware.ts';
import { countProblems, middlewareProblems } from './middleware-problems.ts';
import type { ReportModel } from './model.ts';
import { known } from './model.ts';
import { areItems, isMiddleware } from './sections/middleware-findings.ts';

/** Items whose failure alone keeps the grade at "fair" or worse: the instance ran out of memory or of connections. */
const GRAVE_ITEMS = /^(oom|pool-empty)/;
const DAYS_OF_LICENSE = 30;

export interface MiddlewareAssessment {
  readonly grade: Grade;
  readonly instances: readonly MiddlewareInstance[];
  readonly critical: number;
  readonly warning: number;
  readonly unanswered: number;
  readonly answered: number;
  /** Instances whose licence ends within 30 days. */
  readonly licensesEnding: number;
}

/** Without instances, or with answers to fewer than 70 % of the items, nothing is graded. */
export function assessMiddleware(model: ReportModel): MiddlewareAssessment {
  const instances = known(model.middleware)?.rows ?? [];
  const items = instances.flatMap(itemsOf);
  const checks = areItems(model) ? [] : model.verdicts.filter(isMiddleware);
  const failed = items.filter(({ verdict }) => verdict === 'fail');
  const problems = middlewareProblems(model);
  const answered = [...items, ...checks].filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').length;
  const unanswered = [...items, ...checks].filter(({ verdict }) => verdict === 'unknown').length;
  const licensesEnding = instances.filter(({ license }) => license?.endsAt !== undefined && Math.floor((license.endsAt - model.period.asOf) / 86_400) <= DAYS_OF_LICENSE).length;
  const facts = { instances, critical: countProblems(problems, 'critical'), warning: countProblems(problems, 'warning'), answered, unanswered, licensesEnding };
  return { ...facts, grade: gradeOf() };

  function gradeOf(): Grade {
    const coverage = answered + unanswered === 0 ? 0 : answered / (answered + unanswered);
    if ((instances.length === 0 && checks.length === 0) || coverage < 0.7) return 'not-assessed';
    if (facts.critical >= 3) return 'poor';
    if (facts.critical > 0 || instances.some(({ running }) => running === false) || licensesEnding > 0 || failed.some(({ name }) => GRAVE_ITEMS.test(name))) return 'fair';
    return facts.warning <= 3 && coverage >= 0.95 ? 'excellent' : 'good';
  }
}
