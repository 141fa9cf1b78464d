/** What people and other systems may do to an incident, state by state. Pure: a command becomes events, or a conflict that says what is possible. */
import { AppError } from '../errors.ts';
import type { Awaited, CancelReason, Closure, Contact, EventBody, HoldReason, Level, ResolutionCode } from './event.ts';
import type { Incident, State } from './incident.ts';

export type Command =
  | { readonly kind: 'acknowledge' }
  | { readonly kind: 'start' }
  | { readonly kind: 'assign'; readonly to: string; readonly name: string }
  | { readonly kind: 'hold'; readonly reason: HoldReason; readonly awaits?: Awaited | undefined }
  | { readonly kind: 'resume' }
  | { readonly kind: 'resolve'; readonly code: ResolutionCode }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'close'; readonly closure: Closure }
  | { readonly kind: 'cancel'; readonly reason: Exclude<CancelReason, 'member-of-group'>; readonly of?: string | undefined }
  | { readonly kind: 'relevel'; readonly to: Level; readonly reason: 'person' | 'no-access' | 'customer-impact' }
  | { readonly kind: 'unsuppress' }
  | { readonly kind: 'note'; readonly visibility: 'internal' | 'customer'; readonly text: string }
  | { readonly kind: 'contact'; readonly contact: Contact };
export type CommandKind = Command['kind'];
export const COMMAND_KINDS = [
  'acknowledge',
  'start',
  'assign',
  'hold',
  'resume',
  'resolve',
  'reopen',
  'close',
  'cancel',
  'relevel',
  'unsuppress',
  'note',
  'contact',
] as const satisfies readonly CommandKind[];

/** Characters of a note. */
export const LONGEST_NOTE = 8_000;

const WORKING: readonly CommandKind[] = ['assign', 'resolve', 'cancel', 'relevel', 'note', 'contact'];
/** Commands that a state takes. */
export const ALLOWED: Readonly<Record<State, readonly CommandKind[]>> = {
  open: ['acknowledge', 'start', ...WORKING],
  acknowledged: ['start', 'hold', ...WORKING],
  'in-progress': ['hold', ...WORKING],
  'on-hold': ['resume', 'hold', ...WORKING],
  recovering: ['acknowledge', 'start', ...WORKING],
  suppressed: ['acknowledge', 'start', 'unsuppress', ...WORKING],
  resolved: ['reopen', 'close', 'note', 'contact'],
  closed: ['note'],
  cancelled: ['note'],
};

/** What a person may do now. */
export function allowedFor({ state, work }: Pick<Incident, 'state' | 'work'>): readonly CommandKind[] {
  const allowed = ALLOWED[state];
  if (state !== 'recovering' && state !== 'suppressed') return allowed;
  return allowed.filter((kind) => (kind !== 'acknowledge' || work === 'open') && (kind !== 'start' || work === 'open' || work === 'acknowledged'));
}

/**
 * @param limits.reopenWindowMs how long after its resolution an incident may be opened again
 * @throws AppError `conflict` with `allowed`, `invalid` for a command that contradicts itself
 */
export function decide(
  incident: Incident,
  command: Command,
  now: number,
  limits: { readonly reopenWindowMs: number } = { reopenWindowMs: Number.POSITIVE_INFINITY },
): readonly EventBody[] {
  const allowed = allowedFor(incident);
  const refuse = (why: string): AppError => new AppError('conflict', why, { details: { state: incident.state, version: incident.version, allowed } });
  if (!allowed.includes(command.kind)) throw refuse(`an incident that is ${incident.state} cannot take "${command.kind}"; possible: ${allowed.join(', ')}`);
  switch (command.kind) {
    case 'acknowledge':
      return [{ kind: 'acknowledged' }];
    case 'start':
      return incident.acknowledgedAt === undefined ? [{ kind: 'acknowledged' }, { kind: 'started' }] : [{ kind: 'started' }];
    case 'assign':
      return [{ kind: 'assigned', to: command.to, name: command.name }];
    case 'hold':
      return [held(incident, command)];
    case 'resume':
      return [{ kind: 'resumed' }];
    case 'resolve':
      return [{ kind: 'resolved', by: 'person', code: command.code }];
    case 'reopen':
      if (now - (incident.resolvedAt ?? now) > limits.reopenWindowMs) throw refuse('the time in which it may be opened again has passed: open a new incident that follows it');
      return [{ kind: 'reopened' }];
    case 'close':
      return [{ kind: 'closed', closure: command.closure }];
    case 'cancel':
      return [cancelled(incident, command)];
    case 'relevel':
      if (command.to === incident.level) throw refuse(`it is at level ${command.to} already`);
      if (command.reason === 'no-access' && (incident.level !== 1 || command.to !== 2)) throw refuse('for want of access an incident goes from level 1 to level 2 only');
      return [{ kind: 'releveled', from: incident.level, to: command.to, reason: command.reason }];
    case 'unsuppress':
      return [{ kind: 'unsuppressed' }];
    case 'note':
      return [noted(command)];
    case 'contact':
      return contacted(incident, command);
    default:
      return command satisfies never;
  }
}

function held({ hold }: Incident, { reason, awaits }: Extract<Command, { kind: 'hold' }>): EventBody {
  if (awaits !== undefined && reason !== 'customer') throw new AppError('invalid', 'only an incident that is on hold for the customer awaits something of them');
  if (hold && hold.reason === reason && hold.awaits === awaits) throw new AppError('conflict', 'it is on hold for that already', { details: { allowed: ALLOWED['on-hold'] } });
  return { kind: 'held', reason, awaits };
}

/** What the customer was waited for is there: the wait is over with it, and its clocks run again. */
function contacted({ state, hold }: Incident, { contact }: Extract<Command, { kind: 'contact' }>): readonly EventBody[] {
  const said: EventBody = { kind: 'contact', contact };
  return contact === 'information-received' && state === 'on-hold' && hold?.reason === 'customer' ? [said, { kind: 'resumed' }] : [said];
}

function cancelled({ id }: Incident, { reason, of }: Extract<Command, { kind: 'cancel' }>): EventBody {
  if ((reason === 'duplicate') !== (of !== undefined)) throw new AppError('invalid', 'a duplicate names the incident that it is a duplicate of, and nothing else does');
  if (of === id) throw new AppError('invalid', 'an incident is no duplicate of itself');
  return { kind: 'cancelled', reason, of };
}

function noted({ visibility, text }: Extract<Command, { kind: 'note' }>): EventBody {
  const trimmed = text.trim();
  if (trimmed === '') throw new AppError('invalid', 'a note has a text');
  if (trimmed.length > LONGEST_NOTE) throw new AppError('too-large', `a note has ${LONGEST_NOTE} characters at most`);
  return { kind: 'note', visibility, text: trimmed };
}
