/**
 * Which customers' data a reader may see. Every list and lookup of a store that belongs to customers takes one, so that
 * tenant isolation is one rule: `applyVisibility` in the store, `visibilityOf` for a principal, and nothing else.
 */
import { notFound } from '../errors.ts';
import type { Principal } from './principal.ts';

export type Visibility = 'all' | readonly string[];

export function sees(visibility: Visibility, customerId: string | null): boolean {
  return visibility === 'all' || (customerId !== null && visibility.includes(customerId));
}

/** The only source of tenancy. */
export function visibilityOf(principal: Principal): Visibility {
  if (principal.kind !== 'user') return [principal.customerId];
  if (principal.role === 'administrator') return 'all';
  if (principal.customerId !== null) return [principal.customerId];
  return principal.serves;
}

/** For things that a request names itself. @throws AppError `not-found`: the existence of other tenants' things is not told */
export function requireSeen(visibility: Visibility, customerId: string | null, what: string): void {
  if (!sees(visibility, customerId)) throw notFound(what);
}
