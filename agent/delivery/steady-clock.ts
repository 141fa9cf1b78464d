/** Wall-clock time for the age of queued payloads that a jump of the clock does not throw away. */

/** A wall clock that is this far from where it should be has jumped, and is not believed before the next start. */
const BELIEVED_JUMP_SECONDS = 3_600;

/**
 * Unix seconds: the wall clock while it goes with the monotonic one, else what the monotonic one makes of the last believed time.
 * @param wall Unix seconds @param clock monotonic milliseconds
 */
export function steadyClock(wall: () => number, clock: () => number): () => number {
  let believed = wall();
  let at = clock();
  return () => {
    const now = clock();
    const expected = believed + (now - at) / 1_000;
    const seen = wall();
    believed = Math.abs(seen - expected) <= BELIEVED_JUMP_SECONDS ? seen : expected;
    at = now;
    return believed;
  };
}
