/** Which findings are faults to answer in time and which are advice on configuration and use (levels 4 and 5 of the policies). */
import type { Area, Severity } from '../../agent/wire/vocabulary.ts';
import type { IncidentKind } from './event.ts';
import { SETUP_CHECKS } from './setup-checks.ts';

/** Everything in these is how a system was set up, not what happens to it. */
const SETUP_AREAS: ReadonlySet<Area> = new Set(['os', 'security']);
/** Faults among them. */
const FAULTS: ReadonlySet<string> = new Set(['os-kernel-fault-recorded']);
/** Ids name the failing state: these endings name a setting, in areas where both settings and faults are looked at. */
const SETTING = /-(unset|missing|off|on|low|untagged|latest|loose|allowed|identical|deprecated|exposed|open|few|colocated|suspended|duplicate|overcommitted|imbalance)$/;
const MIXED_AREAS: ReadonlySet<Area> = new Set(['workload', 'capacity', 'kubelet', 'network', 'storage', 'addon', 'host', 'link', 'service']);

export function kindOf(rule: string, area: Area, severity: Severity): IncidentKind {
  if (FAULTS.has(rule)) return 'incident';
  if (severity === 'info' || SETUP_AREAS.has(area) || SETUP_CHECKS.has(rule)) return 'problem';
  return severity === 'warning' && MIXED_AREAS.has(area) && SETTING.test(rule) ? 'problem' : 'incident';
}
