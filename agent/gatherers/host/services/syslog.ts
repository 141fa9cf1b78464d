/** Kernel lines in syslog files: RFC 3164 time stamps without year and zone, or ISO 8601. */

export interface SyslogLine {
  /** Unix seconds; `undefined` when the stamp is not one. */
  readonly at: number | undefined;
  /** What the kernel said; `undefined` for lines of other programs. */
  readonly message: string | undefined;
  readonly times: number;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const RFC3164 = /^(?:<\d{1,3}>)?([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d{2}):(\d{2}):(\d{2}) /;
const ISO = /^(?:<\d{1,3}>\d? ?)?(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,]\d{1,9})?(Z|[+-]\d{2}:?\d{2})? /;
const KERNEL = /^\S{1,255} kernel: (?:\[ {0,12}\d{1,12}\.\d{1,9}\] ?)?/;
const REPEATED = /^message repeated (\d{1,6}) times: \[ ?(?:\[ {0,12}\d{1,12}\.\d{1,9}\] ?)?/;
const QUARTER_SECONDS = 900;
const DAY_SECONDS = 86_400;
/** Zones lie between −12 and +14 hours. */
const MAX_ZONE_SECONDS = 14 * 3_600;

/**
 * @param line already cut to a bounded length
 * @param now Unix seconds: a stamp without a year is the latest such moment that is not in the future
 * @param zoneSeconds east of UTC, for stamps without a zone
 */
export function parseSyslogLine(line: string, now: number, zoneSeconds: number): SyslogLine {
  const stamp = readStamp(line, now, zoneSeconds);
  if (!stamp) return { at: undefined, message: undefined, times: 1 };
  const rest = line.slice(stamp.length);
  const kernel = KERNEL.exec(rest);
  if (!kernel) return { at: stamp.at, message: undefined, times: 1 };
  const message = rest.slice(kernel[0].length);
  const repeated = REPEATED.exec(message);
  if (!repeated) return { at: stamp.at, message, times: 1 };
  return { at: stamp.at, message: message.slice(repeated[0].length), times: Math.max(1, Number(repeated[1])) };
}

/**
 * The host's zone, told by its own log: the last stamp, read as UTC, minus the time the file was written. The agent's zone
 * is no help, in a pod it is UTC. 0 when the two are too far apart to be a zone.
 */
export function zoneOf(text: string, modifiedAt: number): number {
  const tail = text
    .slice(-8_192)
    .split('\n')
    .filter((line) => RFC3164.test(line));
  const last = tail.at(-1);
  if (last === undefined) return 0;
  const at = readStamp(last, modifiedAt + DAY_SECONDS, 0)?.at;
  if (at === undefined) return 0;
  const zone = Math.round((at - modifiedAt) / QUARTER_SECONDS) * QUARTER_SECONDS;
  return Math.abs(zone) <= MAX_ZONE_SECONDS ? zone : 0;
}

function readStamp(line: string, now: number, zoneSeconds: number): { at: number | undefined; length: number } | undefined {
  const iso = ISO.exec(line);
  if (iso) {
    const at = Date.parse(`${iso[1]}T${iso[2]}${iso[3] ?? 'Z'}`) / 1_000;
    return { at: Number.isFinite(at) ? at - (iso[3] === undefined ? zoneSeconds : 0) : undefined, length: iso[0].length };
  }
  const old = RFC3164.exec(line);
  if (!old) return undefined;
  const [, month = '', day, hours, minutes, seconds] = old;
  const index = MONTHS.indexOf(month);
  if (index < 0) return undefined;
  const year = new Date(now * 1_000).getUTCFullYear();
  const inYear = (candidate: number): number => Date.UTC(candidate, index, Number(day), Number(hours), Number(minutes), Number(seconds)) / 1_000 - zoneSeconds;
  // An hour of grace: a clock that runs ahead must not push its last lines a year back.
  const at = [year + 1, year, year - 1].map(inYear).find((candidate) => candidate <= now + 3_600);
  return { at, length: old[0].length };
}
