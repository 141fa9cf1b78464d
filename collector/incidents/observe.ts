/** What the site's signals do to an incident. Pure, like the commands of people; silence and lateness never count as recovery. */
import type { Observed } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { EventBody, Level } from './event.ts';
import { isWorse } from './fact.ts';
import type { Incident } from './incident.ts';

/** A signal as it bears on an incident that exists. */
export interface Sighting {
  readonly state: 'firing' | 'clear' | 'stale' | 'inhibited';
  /** When the site saw it. */
  readonly at: number;
  readonly severity: Severity;
  readonly observed?: Observed | undefined;
  readonly flapping: boolean;
  /** Older than the newest known, or too old to act upon. */
  readonly late: boolean;
  /** Level that its severity means under the policy. */
  readonly level: Level;
  /** That level is because it outlasts a planned change. */
  readonly beyondChange?: boolean | undefined;
  /** Active incident behind which it stands; only with `inhibited`. */
  readonly parent?: string | undefined;
  /** A window that it falls into: a planned one with its end, or the site's own. */
  readonly maintenance?: { readonly window?: string | undefined; readonly until?: number | undefined } | undefined;
}

const OBSERVE_EVERY_MS = 3_600_000;
const OBSERVATIONS_A_LIFE = 24;
/**
 * Unchanged facts are written down once an hour, and the older the incident the less often: what stays for a year has
 * two hundred lines and not nine thousand.
 */
export function isObservationDue({ openedAt, observedAt }: { readonly openedAt: number; readonly observedAt?: number | null | undefined }, now: number): boolean {
  return now - (observedAt ?? openedAt) >= Math.max(OBSERVE_EVERY_MS, (now - openedAt) / OBSERVATIONS_A_LIFE);
}

/** Events to append; none when nothing changed. */
export function observe(incident: Incident, seen: Sighting, now: number): readonly EventBody[] {
  if (incident.state === 'closed' || incident.state === 'cancelled') return [];
  if (seen.late) return incident.lateAt === undefined || isObservationDue({ openedAt: incident.openedAt, observedAt: incident.lateAt }, now) ? [signalOf(seen)] : [];
  const flips = incident.flapping !== undefined && seen.flapping;
  // While it flaps, the incident stands as it is: only getting worse or going out of sight is news.
  if (flips && seen.state === 'clear') return [];
  const changed = flips
    ? isWorse(seen.severity, incident.severity) || (seen.state === 'stale') !== (incident.signalState === 'stale')
    : incident.signalState !== seen.state || incident.severity !== seen.severity || (incident.flapping !== undefined) !== seen.flapping || isObservationDue(incident, now);
  // What begins to flap with a clear is not over.
  const counts = seen.flapping && seen.state === 'clear' && incident.resolvedAt === undefined && !incident.recovering ? { ...seen, state: 'firing' as const } : seen;
  return [...(changed ? [signalOf(counts)] : []), ...relevel(incident, seen), ...moves(incident, seen)];
}

function signalOf({ state, severity, observed, flapping, late }: Sighting): EventBody {
  return { kind: 'signal', state, severity, observed, flapping, late };
}

/** Getting worse raises the level; getting better does not lower it, and a person's choice stands. */
function relevel({ level, levelPinned }: Incident, seen: Sighting): readonly EventBody[] {
  if (seen.state !== 'firing' || levelPinned || seen.level >= level) return [];
  return [{ kind: 'releveled', from: level, to: seen.level, reason: seen.beyondChange ? 'outage-beyond-change' : 'severity' }];
}

function moves(incident: Incident, seen: Sighting): readonly EventBody[] {
  switch (seen.state) {
    case 'firing':
      return onFiring(incident, seen);
    case 'clear':
      return incident.state === 'resolved' || incident.state === 'recovering' || seen.flapping ? [] : [{ kind: 'recovering' }];
    case 'stale':
      return [];
    case 'inhibited':
      return onInhibited(incident, seen);
    default:
      return seen.state satisfies never;
  }
}

function onFiring(incident: Incident, { maintenance, at }: Sighting): readonly EventBody[] {
  const back: EventBody[] = [];
  if (incident.state === 'resolved') {
    if (incident.resolvedAt !== undefined && at <= incident.resolvedAt) return []; // seen before somebody resolved it
    // The risk was accepted: what still fires is known, until it has been clear once.
    if (incident.resolution?.code === 'accepted-risk' && incident.signalState !== 'clear') return [];
    back.push({ kind: 'reopened' });
  }
  if (incident.state === 'recovering') back.push({ kind: 'relapsed' });
  if (incident.suppressed && (incident.suppressed.by === 'parent' || !maintenance)) back.push({ kind: 'unsuppressed' });
  const untouched = incident.work === 'open' || incident.state === 'resolved';
  if (maintenance && incident.suppressed?.by !== 'maintenance' && untouched) back.push({ kind: 'suppressed', by: 'maintenance', ...maintenance });
  return back;
}

function onInhibited(incident: Incident, { parent }: Sighting): readonly EventBody[] {
  if (incident.state === 'resolved' || incident.suppressed?.by === 'parent') return [];
  return [...(incident.state === 'recovering' ? [{ kind: 'relapsed' } as const] : []), { kind: 'suppressed', by: 'parent', parent }];
}

/** A condition that changed this often within the window flaps; it has settled when it changed less than twice in one. */
export const FLAP_WINDOW_MS = 1_800_000;
const FLAPS_FROM = 5;
const SETTLED_BELOW = 2;

export function isFlapping(flips: readonly number[], was: boolean, now: number): boolean {
  const recent = flips.filter((at) => now - at < FLAP_WINDOW_MS).length;
  return recent >= (was ? SETTLED_BELOW : FLAPS_FROM);
}
