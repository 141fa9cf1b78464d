/** How long and how often a condition must be seen before it is told, and before it is over. */
import type { Severity } from '../wire/vocabulary.ts';
import { FAST_CHECKS } from './fast-checks.ts';
import type { MaintenanceWindow } from './maintenance.ts';

export interface TriggerRule {
  /** The condition must have held for so long, beyond what the check itself waits for. */
  readonly forSeconds: number;
  /** It must have been absent for so long before it is over. */
  readonly keepFiringSeconds: number;
  /** Seen in `atLeast` of the last `of` looks. */
  readonly samples: Samples;
  /** Not seen and not refuted for so long, it is stale. */
  readonly staleSeconds: number;
}
export interface Samples {
  readonly atLeast: number;
  readonly of: number;
}

/** What a site changed about one check's trigger. */
export interface TriggerSetting extends Partial<TriggerRule> {
  /** `false`: its findings stand in reports only. */
  readonly opens?: boolean | undefined;
  /** Clear thresholds by the names of the check's own; a trouble is over when these are kept. */
  readonly clear?: Readonly<Record<string, number>> | undefined;
}

export interface TriggerRules {
  /** By check id. */
  readonly settings: Readonly<Record<string, TriggerSetting>>;
  readonly maintenance: readonly MaintenanceWindow[];
}

const DAY = 86_400;
/** A fast check answers every minute: two looks prove that a condition holds, five minutes without an answer are a silence. */
const FAST: TriggerRule = { forSeconds: 0, keepFiringSeconds: 120, samples: { atLeast: 2, of: 2 }, staleSeconds: 300 };
/** Any other answers once a day. What is critical is not left for a day to be seen again. */
const DAILY: Readonly<Record<Exclude<Severity, 'info'>, TriggerRule>> = {
  critical: { forSeconds: 0, keepFiringSeconds: 0, samples: { atLeast: 1, of: 1 }, staleSeconds: 3 * DAY },
  warning: { forSeconds: 0, keepFiringSeconds: 0, samples: { atLeast: 2, of: 2 }, staleSeconds: 3 * DAY },
};

/** The rule for findings of a check, `undefined` when they open nothing: the site says so, or they are informative. */
export function ruleOf(rules: TriggerRules, check: string, severity: Severity): TriggerRule | undefined {
  const setting = rules.settings[check];
  if (severity === 'info' || setting?.opens === false) return undefined;
  const fast = FAST_CHECKS[check];
  const base = fast === undefined ? DAILY[severity] : { ...FAST, forSeconds: fast.forSeconds ?? 0 };
  if (setting === undefined) return base;
  return {
    forSeconds: setting.forSeconds ?? base.forSeconds,
    keepFiringSeconds: setting.keepFiringSeconds ?? base.keepFiringSeconds,
    samples: setting.samples ?? base.samples,
    staleSeconds: setting.staleSeconds ?? base.staleSeconds,
  };
}
