/** Objects are given time to settle: what is wrong a minute after their creation is usually right a minute later. */

/** @param createdAt Unix seconds; an object that tells no time counts as old */
export function isYoung({ createdAt }: { readonly createdAt: number }, youngMinutes: number, now: number): boolean {
  return now - createdAt < youngMinutes * 60;
}
