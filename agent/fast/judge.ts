/** From sections to what triggers are fed with: the verdicts, what still holds under the clear thresholds, what was cut. */
import type { Check, Threshold } from '../checks/check.ts';
import { ownerScope } from '../checks/pod-rows.ts';
import { runChecks } from '../checks/run.ts';
import type { CheckSetting, CheckSettings } from '../checks/settings.ts';
import { applySuppressions, type Suppression } from '../checks/suppressions.ts';
import type { Evaluation, Placement } from '../triggers/evaluation.ts';
import { CLEAR_MARGIN, FAST_CHECKS } from '../triggers/fast-checks.ts';
import { identityOf } from '../triggers/identity.ts';
import type { TriggerSetting } from '../triggers/rules.ts';
import type { Finding, GathererReport } from '../wire/inspection.ts';
import type { SomeSections } from '../wire/section-values.ts';
import { DOMAINS } from '../wire/vocabulary.ts';

export interface JudgeOptions {
  readonly checks: readonly Check[];
  readonly settings: CheckSettings;
  readonly suppressions: readonly Suppression[];
  readonly triggers: Readonly<Record<string, TriggerSetting>>;
  /** Unix seconds. */
  readonly now: number;
  readonly host: string;
}

/** Checks of a list that run every minute. */
export function fastOf(checks: readonly Check[]): readonly Check[] {
  return checks.filter(({ id }) => FAST_CHECKS[id] !== undefined);
}

export function judge(sections: SomeSections, reports: readonly GathererReport[], options: JudgeOptions): Evaluation {
  const { checks, settings, now, host } = options;
  const domains = new Set(DOMAINS);
  const { verdicts, findings } = runChecks(checks, sections, reports, domains, { now, host }, settings);
  return evaluationOf({ verdicts, findings: open(findings, options), sections, reports }, options);
}

interface Judged extends Pick<Evaluation, 'verdicts' | 'findings'> {
  readonly sections: SomeSections;
  readonly reports: readonly GathererReport[];
}
/** The same from an inspection that has judged already. @param judged its findings without accepted risks */
export function evaluationOf({ verdicts, findings, sections, reports }: Judged, options: JudgeOptions): Evaluation {
  const { checks, settings, triggers, now, host } = options;
  const relaxed: Record<string, CheckSetting> = {};
  for (const check of checks) {
    const setting = clearSetting(check, settings[check.id] ?? {}, triggers[check.id]);
    if (setting !== undefined) relaxed[check.id] = setting;
  }
  const hysteretic = checks.filter(({ id }) => relaxed[id] !== undefined);
  const held = runChecks(hysteretic, sections, reports, new Set(DOMAINS), { now, host }, relaxed).findings;
  const cut = new Set(Object.entries(sections).flatMap(([name, value]) => (isCut(value) ? [name] : [])));
  return {
    verdicts: verdicts.map(({ check, verdict }) => ({ check, verdict })),
    findings,
    held: open(held, options).map(({ check, scope, severity }) => ({ check, scope, severity })),
    partial: checks.filter(({ reads }) => reads.some((section) => cut.has(section))).map(({ id }) => id),
    placements: placementsOf(sections),
  };
}

function open(findings: readonly Finding[], { suppressions, now }: JudgeOptions): readonly Finding[] {
  return suppressions.length === 0 ? findings : applySuppressions(findings, suppressions, now).open;
}

const GRADED = /^(warning|critical)/;

/**
 * The check's settings with thresholds that a trouble must keep to be over: those of the site, else a tenth away from its
 * own in the direction in which its trouble lies. `undefined` when it is over as soon as the check passes.
 */
export function clearSetting(check: Pick<Check, 'id' | 'threshold'>, setting: CheckSetting, trigger: TriggerSetting | undefined): CheckSetting | undefined {
  const beyond = FAST_CHECKS[check.id]?.beyond;
  const clear = trigger?.clear;
  if (clear === undefined && beyond === undefined) return undefined;
  const relax = (threshold: Threshold): Threshold => {
    const factor = beyond === 'below' ? 1 + CLEAR_MARGIN : 1 - CLEAR_MARGIN;
    const graded = beyond === undefined ? [] : Object.entries(threshold).filter(([key, value]) => GRADED.test(key) && typeof value === 'number');
    return { ...threshold, ...Object.fromEntries(graded.map(([key, value]) => [key, Number(value) * factor])), ...clear };
  };
  return {
    ...setting,
    threshold: relax({ ...check.threshold, ...setting.threshold }),
    scopes: setting.scopes?.map(({ match, threshold }) => ({ match, threshold: relax(threshold) })),
  };
}

/** A section that says it left rows out that could matter. */
function isCut(section: unknown): boolean {
  return typeof section === 'object' && section !== null && 'dropped' in section && typeof section.dropped === 'number' && section.dropped > 0;
}

/** Nodes of the abnormal pods of each workload: when all are on a node that is down, that is why. */
function placementsOf({ pods }: SomeSections): readonly Placement[] {
  const nodes = new Map<string, { readonly scope: Placement['scope']; readonly nodes: Set<string> }>();
  for (const row of pods?.abnormal ?? []) {
    const scope = ownerScope(row);
    if (scope.kind === 'Pod') continue; // its scope names the node
    const key = identityOf('', scope);
    const known = nodes.get(key) ?? { scope, nodes: new Set<string>() };
    known.nodes.add(row.node ?? ''); // a pod without a node is not on one that is down
    nodes.set(key, known);
  }
  return [...nodes.values()].map(({ scope, nodes: names }) => ({ scope, nodes: [...names] }));
}
