/** The machine's own timers, beside those of the contract: what has to happen when nothing else does. */
import type { Duty } from '../support/clock.ts';
import type { Incident } from './incident.ts';
import { FLAP_WINDOW_MS } from './observe.ts';
import type { IncidentSettings, SupportRules } from './rules.ts';

export const OBSERVED = 'machine.observed';
export const CLOSING = 'machine.closing';
export const FLAP_REMINDER = 'machine.flap-reminder';
export const FLAP_SETTLED = 'machine.flap-settled';
export const WINDOW_ENDED = 'machine.window-ended';

/** Keys carry the version that started the wait: the next wait of its kind is another duty. */
export function machineDuties(incident: Incident, rules: Pick<SupportRules, 'autoResolve' | 'closeAfterMs'>, settings: IncidentSettings): readonly Duty[] {
  const { state, recovering, resolution, resolvedAt, flapping, suppressed } = incident;
  const duties: Duty[] = [];
  const add = (rule: string, discriminator: number, dueAt: number, body?: Duty['body']): void => {
    duties.push({ key: `${rule}:${discriminator}`, dueAt, rule, tell: [], ...(body && { body }) });
  };
  if (state === 'recovering' && recovering && rules.autoResolve) add(OBSERVED, recovering.version, recovering.since + settings.observeMs);
  if (state === 'resolved' && resolution && resolvedAt !== undefined && rules.closeAfterMs !== undefined) {
    add(CLOSING, resolution.version, resolvedAt + rules.closeAfterMs, { kind: 'closed', closure: resolution.by === 'observation' ? 'confirmed' : 'expired' });
  }
  if (state === 'suppressed' && suppressed?.until !== undefined) add(WINDOW_ENDED, suppressed.version, suppressed.until);
  if (flapping && state !== 'closed' && state !== 'cancelled') {
    add(FLAP_REMINDER, flapping.since + flapping.told, flapping.since + flapping.told * settings.flapReminderMs);
    add(FLAP_SETTLED, flapping.since, flapping.since + FLAP_WINDOW_MS);
  }
  return duties;
}
