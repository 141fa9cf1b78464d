/** Times in which a site works on things: signals are told all the same, and say that they fall into one. */
import { matchesGlob, matchesScope, type ScopePattern } from '../checks/settings.ts';
import type { Scope } from '../wire/inspection.ts';
import { instanceOf } from '../wire/setting-scope.ts';

export const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface MaintenanceWindow {
  /** What is worked on; everything when left out. */
  readonly match?: ScopePattern | undefined;
  /** Globs of check ids; every check when left out. */
  readonly checks?: readonly string[] | undefined;
  readonly when: Once | Weekly;
}
/** Unix seconds; the end is not part of it. */
export interface Once {
  readonly from: number;
  readonly to: number;
}
/** Minutes of the local day; a window whose end is not after its beginning ends on the next day. */
export interface Weekly {
  readonly days: readonly Weekday[];
  readonly fromMinute: number;
  readonly toMinute: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** @param at Unix seconds */
export function isInMaintenance(windows: readonly MaintenanceWindow[], check: string, scope: Scope, at: number): boolean {
  return windows.some(({ match, checks, when }) => {
    if (match !== undefined && !isAbout(match, scope)) return false;
    if (checks !== undefined && !checks.some((glob) => matchesGlob(glob, check))) return false;
    return isWithin(when, at);
  });
}

/** @param at Unix seconds */
export function isWithin(when: Once | Weekly, at: number): boolean {
  return 'from' in when ? at >= when.from && at < when.to : isInWeekly(when, at);
}

/** A pattern for a node also takes what lives on it, one for an instance its settings. */
function isAbout(match: ScopePattern, scope: Scope): boolean {
  if (matchesScope(match, scope)) return true;
  const instance = scope.kind === 'Setting' ? instanceOf(scope) : undefined;
  if (instance !== undefined && matchesScope(match, { ...scope, kind: 'Instance', name: instance })) return true;
  return match.kind === 'Node' && match.name !== undefined && scope.node !== undefined && matchesGlob(match.name, scope.node);
}

function isInWeekly({ days, fromMinute, toMinute, timeZone }: Weekly, at: number): boolean {
  const { weekday, minute } = localTime(at, timeZone);
  const today = days.includes(WEEKDAYS[weekday] ?? 'sun');
  if (toMinute > fromMinute) return today && minute >= fromMinute && minute < toMinute;
  const yesterday = days.includes(WEEKDAYS[(weekday + 6) % 7] ?? 'sun');
  return (today && minute >= fromMinute) || (yesterday && minute < toMinute);
}

const FORMATS = new Map<string, Intl.DateTimeFormat>();
function localTime(at: number, timeZone: string): { readonly weekday: number; readonly minute: number } {
  let format = FORMATS.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    FORMATS.set(timeZone, format); // as many as the configuration names
  }
  const parts = Object.fromEntries(format.formatToParts(at * 1_000).map(({ type, value }) => [type, value]));
  const weekday = WEEKDAYS.map(String).indexOf(parts['weekday']?.toLowerCase() ?? '');
  return { weekday, minute: Number(parts['hour']) * 60 + Number(parts['minute']) };
}
