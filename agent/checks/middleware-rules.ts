/** Rules that hold for every check of middleware, whatever it looks at: what was not read passes nothing, and what carries the platform weighs more. */
import type { Finding } from '../wire/inspection.ts';
import type { SomeSections } from '../wire/section-values.ts';
import { instanceOf } from '../wire/setting-scope.ts';
import { SEVERITIES, type Severity } from '../wire/vocabulary.ts';
import type { Check, CheckResult } from './check.ts';
import { reasonOfReach, wasRead } from './middleware-rows.ts';

/** A check of a product cannot pass, nor be beside the point, while nothing is known of one of its instances. */
export function unlessUnread({ area, product }: Check, result: CheckResult, { middleware }: SomeSections): CheckResult {
  const { verdict } = result.verdict;
  if (area !== 'middleware' || product === undefined || (verdict !== 'pass' && verdict !== 'not-applicable')) return result;
  const unread = middleware?.rows.find((row) => row.product === product && !wasRead(row.reach));
  return unread ? { findings: [], verdict: { ...result.verdict, verdict: 'unknown', reason: reasonOfReach(unread.reach) } } : result;
}

/**
 * Findings about an instance that the platform itself stands on (DCE: `mcamel-common-*` in `mcamel-system`) are one severity up:
 * when it fails, the platform fails. A severity that the site set stays as it is.
 */
export function weighedByOwner({ area }: Pick<Check, 'area'>, findings: readonly Finding[], { middleware }: SomeSections): readonly Finding[] {
  if (area !== 'middleware') return findings;
  const owned = new Set((middleware?.rows ?? []).flatMap(({ instance, platform }) => (platform === true ? [instance] : [])));
  if (owned.size === 0) return findings;
  return findings.map((finding) => (owned.has(instanceOf(finding.scope) ?? '') ? { ...finding, severity: oneUp(finding.severity) } : finding));
}
/** Severities stand in their order, the worst first. */
function oneUp(severity: Severity): Severity {
  return SEVERITIES[Math.max(0, SEVERITIES.indexOf(severity) - 1)] ?? severity;
}
