/** What makes two signals the same trouble, and troubles members of one storm. Values, severities and senders never do. */
import { createHash } from 'node:crypto';
import type { Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { IncidentKind } from './event.ts';

function digest(...parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Hexadecimal SHA-256 of customer, cluster, rule and scope. */
export function dedupKey(customerId: string, clusterId: string | null, rule: string, scope: Scope): string {
  return digest('scope', customerId, clusterId, rule, scope.kind, scope.node ?? null, scope.namespace ?? null, scope.name);
}

/** Identity of what another system calls one thing: an alert's fingerprint, a ticket's number. */
export function foreignKey(customerId: string, clusterId: string | null, system: string, id: string): string {
  return digest('foreign', customerId, clusterId, system, id);
}

/** Troubles that are counted together. Critical ones are counted apart, so that no storm of warnings hides one. */
export function groupKey(
  customerId: string,
  clusterId: string | null,
  { incidentKind, family, severity, maintenance }: { readonly incidentKind: IncidentKind; readonly family: string; readonly severity: Severity; readonly maintenance: boolean },
): string {
  return digest('group', customerId, clusterId, incidentKind, family, severity === 'critical' ? 'critical' : 'other', maintenance ? 'maintenance' : '');
}

/** One storm of a group; after it has calmed the same troubles make another. */
export function stormKey(group: string, startedAt: number): string {
  return digest('storm', group, String(startedAt));
}
