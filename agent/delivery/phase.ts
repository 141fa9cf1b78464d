/** Agents that start together must not speak together: each has its own place in the period, for ever the same. */
import { createHash } from 'node:crypto';

/** 0 ≤ x < 1, evenly spread over agents. @param agent its id */
export function phaseOf(agent: string): number {
  return createHash('sha256').update(`phase|${agent}`).digest().readUIntBE(0, 6) / 2 ** 48;
}
