/** When each clock starts, stops, pauses and starts anew, unless the policy says otherwise. */
import type { ClockName } from './clock.ts';
import type { Moment, PauseReason } from './policy.ts';

export interface ClockConditions {
  readonly start: readonly Moment[];
  readonly stop: readonly Moment[];
  /** Stops and starts again at once: a cadence. */
  readonly reset: readonly Moment[];
  readonly pause: readonly PauseReason[];
}

/** Whoever does one of these has reached the customer, whether a first contact was written down or not. */
const REACHED: readonly Moment[] = ['first-contact', 'call-back', 'action-plan', 'status-update', 'information-requested', 'solution-offered', 'arrived'];
const BEGIN: readonly Moment[] = ['opened', 'reopened'];
const WAITS: readonly PauseReason[] = ['customer', 'suppressed'];

export const CLOCK_CONDITIONS: Readonly<Record<ClockName, ClockConditions>> = {
  respond: { start: BEGIN, stop: [...REACHED, 'resolved'], reset: [], pause: WAITS },
  rescue: { start: BEGIN, stop: ['started', ...REACHED, 'resolved'], reset: [], pause: WAITS },
  arrive: { start: ['dispatched'], stop: ['arrived', 'resolved'], reset: [], pause: ['customer'] },
  'call-back': { start: ['first-contact'], stop: ['call-back', 'resolved'], reset: [], pause: WAITS },
  'action-plan': { start: ['first-contact', 'call-back'], stop: ['action-plan', 'solution-offered', 'resolved'], reset: [], pause: WAITS },
  update: { start: BEGIN, stop: ['resolved', 'cleared'], reset: ['status-update'], pause: WAITS },
  resolve: { start: BEGIN, stop: ['resolved', 'cleared'], reset: [], pause: WAITS },
  // Being told is owed whatever the customer or a maintenance window does.
  notify: { start: ['opened'], stop: ['notified'], reset: [], pause: [] },
};

/**
 * Whether a new level counts from the clock's first start (retroactive start with retroactive pauses). A cadence does not: nobody
 * owed hourly news before the level asked for them.
 */
export function isHereditary(clock: ClockName): boolean {
  return clock !== 'update';
}
