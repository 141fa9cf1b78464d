/** Says at its own place in each period that the agent lives. */
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `beat` at `phase` of each period, by the monotonic clock, until the signal aborts. A beat that takes longer than
 * the period leaves out those it missed.
 * @param phase 0 ≤ x < 1 @param clock monotonic milliseconds
 */
export async function beatEvery(periodMs: number, phase: number, clock: () => number, beat: () => Promise<void>, signal: AbortSignal): Promise<void> {
  const firstAt = clock() + phase * periodMs;
  for (let count = 0; !signal.aborted; ) {
    const waitMs = Math.max(0, firstAt + count * periodMs - clock());
    await sleep(waitMs, undefined, { signal }).catch(() => undefined); // told to end
    if (signal.aborted) return;
    await beat();
    count = Math.max(count + 1, Math.ceil((clock() - firstAt) / periodMs));
  }
}
