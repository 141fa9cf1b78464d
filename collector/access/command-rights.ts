/** Which right a command needs. A customer answers, confirms and says that it is back; everything else is support's work. */
import { AppError } from '../errors.ts';
import { may, type Permission } from './permissions.ts';
import type { Principal } from './principal.ts';

/** As much of a command as the right depends on. */
export interface CommandLike {
  readonly kind: string;
  readonly visibility?: string | undefined;
  readonly contact?: string | undefined;
  readonly closure?: string | undefined;
}

export function permissionFor({ kind, visibility, contact, closure }: CommandLike): Permission {
  if (kind === 'note') return visibility === 'customer' ? 'incident.answer' : 'incident.internal';
  const isAnswer = kind === 'reopen' || (kind === 'contact' && contact === 'information-received') || (kind === 'close' && closure === 'confirmed');
  return isAnswer ? 'incident.answer' : 'incident.work';
}

/** @throws AppError `forbidden` */
export function requirePermission(principal: Principal, command: CommandLike): void {
  const permission = permissionFor(command);
  if (!may(principal, permission)) throw new AppError('forbidden', `"${command.kind}" is the support centre's work`, { details: { permission } });
}
