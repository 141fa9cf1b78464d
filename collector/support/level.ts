/** Which support level an incident gets. Severity is what a check says; what it means to the customer is the policy's business. */
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { IncidentKind, Level } from '../incidents/event.ts';
import type { SupportTerms } from './terms.ts';

export interface LevelQuestion {
  readonly severity: Severity;
  /** Check id or alert name; the policy may name a level for it. */
  readonly rule: string;
  readonly incidentKind: IncidentKind;
  /** `beyond`: an outage that outlasts a planned change (超出批准的变更控制计划的停机). `within` changes nothing. */
  readonly duringPlannedChange?: 'within' | 'beyond' | undefined;
}

/** Problems (advice, configuration) have their own level, whatever their severity; an outage beyond a change comes first of all. */
export function levelFor({ policy: { mapping } }: SupportTerms, { severity, rule, incidentKind, duringPlannedChange }: LevelQuestion): Level {
  if (incidentKind === 'incident' && severity === 'critical' && duringPlannedChange === 'beyond' && mapping.outageBeyondChange !== undefined) return mapping.outageBeyondChange;
  if (incidentKind === 'problem') return mapping.problem;
  return mapping.rules.find(({ rules }) => rules.includes(rule))?.level ?? mapping.incident[severity];
}
