/** Runs checks over what was gathered. A check that throws is unknown; it never ends the run. */
import type { CheckVerdict, Finding, GathererReport } from '../wire/inspection.ts';
import { SECTIONS } from '../wire/registry.ts';
import type { SectionName, SomeSections } from '../wire/section-values.ts';
import { type Domain, SEVERITIES } from '../wire/vocabulary.ts';
import type { Check, CheckContext, CheckResult, MissingReasons } from './check.ts';
import { unlessUnread, weighedByOwner } from './middleware-rules.ts';
import { type CheckSetting, type CheckSettings, matchesScope } from './settings.ts';

export interface Judged {
  readonly verdicts: readonly CheckVerdict[];
  /** Worst first, then by check and scope. */
  readonly findings: readonly Finding[];
}

/**
 * @param domains what was inspected; checks about anything else are left out
 * @param settings what the site changed, by check id
 */
export function runChecks(
  checks: readonly Check[],
  sections: SomeSections,
  reports: readonly GathererReport[],
  domains: ReadonlySet<Domain>,
  context: CheckContext,
  settings: CheckSettings = {},
): Judged {
  const missing = missingReasons(reports);
  const verdicts: CheckVerdict[] = [];
  const findings: Finding[] = [];
  for (const check of checks) {
    const setting = settings[check.id] ?? {};
    if (setting.enabled === false || !check.reads.every((section) => domains.has(SECTIONS[section].domain))) continue;
    if (isOfAbsentProduct(check, missing)) continue; // a site without Kafka hears nothing of Kafka
    const result = runOne(check, sections, missing, context, setting);
    verdicts.push(result.verdict);
    for (const finding of result.findings) findings.push(finding);
  }
  return { verdicts, findings: findings.sort(worstFirst) };
}

function runOne(check: Check, sections: SomeSections, missing: MissingReasons, context: CheckContext, setting: CheckSetting): CheckResult {
  try {
    const result = unlessUnread(check, withScopes(check, sections, missing, context, setting), sections);
    const findings = setting.severity
      ? result.findings.map((finding) => ({ ...finding, severity: setting.severity ?? finding.severity }))
      : weighedByOwner(check, result.findings, sections);
    // The verdict's severity is the worst that was found, so that a warning in a critical check weighs as a warning.
    const worst = SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
    return { findings, verdict: { ...result.verdict, severity: worst ?? setting.severity ?? result.verdict.severity } };
  } catch {
    return { findings: [], verdict: { check: check.id, area: check.area, severity: check.severity, verdict: 'unknown', reason: 'failed' } };
  }
}

/** Runs the check once with the site's thresholds and once for each scoped set; every thing is judged by the set that matches it last. */
function withScopes(check: Check, sections: SomeSections, missing: MissingReasons, context: CheckContext, { threshold = {}, scopes = [] }: CheckSetting): CheckResult {
  const general = check.run(sections, missing, context, threshold);
  if (scopes.length === 0 || general.verdict.verdict === 'unknown' || general.verdict.verdict === 'not-applicable') return general;
  const ruleOf = (finding: Finding): number => scopes.findLastIndex(({ match }) => matchesScope(match, finding.scope));
  const findings = general.findings.filter((finding) => ruleOf(finding) === -1);
  for (const [index, scoped] of scopes.entries()) {
    const again = check.run(sections, missing, context, { ...threshold, ...scoped.threshold });
    for (const finding of again.findings) if (ruleOf(finding) === index) findings.push(finding);
  }
  return { findings, verdict: findings.length > 0 ? { ...general.verdict, verdict: 'fail' } : { ...general.verdict, verdict: 'pass', atLeast: undefined } };
}

function isOfAbsentProduct({ area, reads }: Check, missing: MissingReasons): boolean {
  return area === 'middleware' && reads.some((section) => missing[section]?.absent);
}

function missingReasons(reports: readonly GathererReport[]): MissingReasons {
  const out: Partial<Record<SectionName, MissingReasons[SectionName]>> = {};
  for (const { section, status, reason } of reports) {
    if (status !== 'ok') out[section as SectionName] = { absent: status === 'absent', reason: reason ?? 'failed' };
  }
  return out;
}

function worstFirst(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.check, b.check) ||
    compare(a.scope.node ?? '', b.scope.node ?? '') ||
    compare(a.scope.namespace ?? '', b.scope.namespace ?? '') ||
    compare(a.scope.name, b.scope.name)
  );
}
function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
