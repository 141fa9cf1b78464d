/**
 * Growing delay between wrong passwords, counted per account and address, and, slower, per account whatever the address: guessing
 * gets slow from one address and from many. Nobody can lock somebody else out: the account's own delay is short, and does not
 * hold for addresses that the account signed in from lately. Pure: the store keeps the counts.
 */

/** Wrong passwords that cost nothing: people mistype. */
const FREE_TRIES = 5;
const FIRST_DELAY_MS = 2_000;
/** Never longer: the right person gets in after a coffee. */
const LONGEST_DELAY_MS = 15 * 60_000;
/** Without a failure for so long, counting begins anew. */
export const FORGOTTEN_AFTER_MS = 24 * 3_600_000;

/** Milliseconds to wait after that many failures in a row: 0 … 15 minutes, doubling. */
export function delayAfter(failures: number): number {
  return failures < FREE_TRIES ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES), LONGEST_DELAY_MS);
}

/** Wrong passwords from anywhere that cost nothing: a team behind many addresses. */
const FREE_ANYWHERE = 30;
/** With it a botnet gets 1,440 guesses a day, not more with more machines. */
const LONGEST_ANYWHERE_MS = 60_000;
/** The same for all addresses together: 0 … 1 minute, doubling. */
export function delayAnywhereAfter(failures: number): number {
  return failures < FREE_ANYWHERE ? 0 : Math.min(1_000 * 2 ** (failures - FREE_ANYWHERE), LONGEST_ANYWHERE_MS);
}

/** IPv6 addresses count by their /64: one machine has all of it. */
export function addressGroup(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const whole = tail === undefined ? left : [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return `${whole
    .slice(0, 4)
    .map((part) => Number.parseInt(part, 16).toString(16))
    .join(':')}::/64`;
}
