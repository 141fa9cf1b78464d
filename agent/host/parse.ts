/** Parsers that several files of `/proc` and `/sys` share. Pure; foreign text in, numbers out. */

/** A whole number ≥ 0, or `undefined`. Values beyond what JSON carries exactly are cut to that limit ("unlimited" sysctls). */
export function toCount(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d{1,30}\s*$/.test(text)) return undefined;
  return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
}

/** A number, signed and with fraction allowed, or `undefined`. */
export function toNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*-?\d{1,30}(\.\d{1,20})?\s*$/.test(text)) return undefined;
  return Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number(text), Number.MAX_SAFE_INTEGER));
}

/** `key value …` or `key: value …` lines as a map of the first number after the key; for meminfo, vmstat, netstat rows. */
export function parseKeyed(text: string): ReadonlyMap<string, number> {
  const out = new Map<string, number>();
  for (const line of text.split('\n', 2_000)) {
    const match = /^([\w()]{1,64}):?\s+(\d{1,30})\b/.exec(line);
    if (match?.[1] !== undefined) out.set(match[1], Math.min(Number(match[2]), Number.MAX_SAFE_INTEGER));
  }
  return out;
}

/** Shell-style `KEY="value"` lines (os-release, sysconfig); quotes removed, at most 500 lines. */
export function parseAssignments(text: string): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const line of text.split('\n', 500)) {
    const match = /^\s*([A-Z][A-Z0-9_]{0,63})=(.{0,1000})$/.exec(line);
    if (match?.[1] !== undefined) out.set(match[1], (match[2] ?? '').trim().replace(/^(["'])(.*)\1$/, '$2'));
  }
  return out;
}

/** `percent` of a whole, 0 when there is no whole; never outside 0–100. */
export function share(part: number, whole: number): number {
  return whole > 0 ? Math.min(100, Math.max(0, (part / whole) * 100)) : 0;
}
