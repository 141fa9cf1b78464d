/** The overall assessment of middleware by fixed rules: from its items, licences and the machine below. */
import type { Area } from '../agent/wire/vocabulary.ts';
import type { Grade } from './assessment.ts';
import type { MiddlewareInstance } from './facts/middleware.ts';
import type { ReportModel } from './model.ts';
import { known } from './model.ts';
import { areItems, isMiddleware } from './sections/middleware-findings.ts';

/** Parts of the machine that a middleware report looks at: the groups ① and ② and the system's own log. */
export const PLATFORM_AREAS: readonly Area[] = ['os'];
export const RESOURCE_AREAS: readonly Area[] = ['host', 'disk', 'link'];
export const SYSTEM_AREAS: readonly Area[] = ['service'];
const MACHINE_AREAS: readonly Area[] = [...PLATFORM_AREAS, ...RESOURCE_AREAS, ...SYSTEM_AREAS];

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
  const items = instances.flatMap((instance) => instance.items);
  const byChecks = !areItems(model);
  const machine = model.findings.filter((finding) => MACHINE_AREAS.includes(finding.area) || (byChecks && isMiddleware(finding)));
  const checks = byChecks ? model.verdicts.filter(isMiddleware) : [];
  const failed = items.filter(({ verdict }) => verdict === 'fail');
  const kinds = (severity: 'critical' | 'warning'): number =>
    failed.filter((item) => item.severity === severity).length + new Set(machine.filter((finding) => finding.severity === severity).map(({ check }) => check)).size;
  const answered = [...items, ...checks].filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').length;
  const unanswered = [...items, ...checks].filter(({ verdict }) => verdict === 'unknown').length;
  const licensesEnding = instances.filter(({ license }) => license?.endsAt !== undefined && license.endsAt - model.period.asOf <= DAYS_OF_LICENSE * 86_400).length;
  const facts = { instances, critical: kinds('critical'), warning: kinds('warning'), answered, unanswered, licensesEnding };
  return { ...facts, grade: gradeOf() };

  function gradeOf(): Grade {
    const coverage = answered + unanswered === 0 ? 0 : answered / (answered + unanswered);
    if ((instances.length === 0 && checks.length === 0) || coverage < 0.7) return 'not-assessed';
    if (facts.critical >= 3 || instances.some(({ running }) => running === false)) return 'poor';
    if (facts.critical > 0 || licensesEnding > 0 || failed.some(({ name }) => GRAVE_ITEMS.test(name))) return 'fair';
    return facts.warning <= 3 && coverage >= 0.95 ? 'excellent' : 'good';
  }
}
