/**
 * Flap detection after Nagios: of the last 21 looks, the share of changes, newer ones weighing more, begins it at 50 % and
 * ends it below 25 %. A history is one number, the newest look in its lowest bit.
 */
const LOOKS = 21;
const MASK = 2 ** LOOKS - 1;
/** Weights from the oldest change to the newest. Source: Nagios Core, "Detection and Handling of State Flapping". */
const OLDEST_WEIGHT = 0.8;
const NEWEST_WEIGHT = 1.2;
const BEGINS_PERCENT = 50;
const ENDS_BELOW_PERCENT = 25;

export function remember(history: number, holds: boolean): number {
  return ((history << 1) | (holds ? 1 : 0)) & MASK;
}

/** Weighted changes among the last looks, 0 to 100. */
export function flapPercent(history: number): number {
  const changes = LOOKS - 1;
  let sum = 0;
  for (let age = 0; age < changes; age += 1) {
    if ((((history >> age) ^ (history >> (age + 1))) & 1) === 0) continue;
    sum += NEWEST_WEIGHT - ((NEWEST_WEIGHT - OLDEST_WEIGHT) * age) / (changes - 1);
  }
  return (sum / changes) * 100;
}

export function isFlapping(history: number, before: boolean): boolean {
  const percent = flapPercent(history);
  return before ? percent >= ENDS_BELOW_PERCENT : percent >= BEGINS_PERCENT;
}

/** In how many of the newest looks the condition held. */
export function heldIn(history: number, looks: number): number {
  let count = 0;
  for (let rest = history & (2 ** Math.min(looks, LOOKS) - 1); rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** Looks that are remembered. */
export const MOST_LOOKS = LOOKS;
