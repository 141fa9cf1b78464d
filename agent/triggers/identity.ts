import type { Scope } from '../wire/inspection.ts';

/**
 * The identity of a trouble: its check and what it is about. Neither value nor severity, message or sender belong to it, so
 * the same trouble seen again, by another replica or after a restart, is the same.
 */
export function identityOf(check: string, { kind, node, namespace, name }: Scope): string {
  return JSON.stringify([check, kind, node ?? '', namespace ?? '', name]);
}
