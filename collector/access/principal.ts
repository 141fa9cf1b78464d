/** Who speaks to the collector. Found out once a request, from a credential; everything else asks the principal. */
import type { Actor } from '../incidents/event.ts';

export const ROLES = ['customer-viewer', 'customer-administrator', 'support-engineer', 'duty-manager', 'administrator'] as const;
export type Role = (typeof ROLES)[number];
/** Roles of people who work for a customer; all others are the support centre's. */
export const CUSTOMER_ROLES = ['customer-viewer', 'customer-administrator'] as const satisfies readonly Role[];
/** Which of a customer's two administrators somebody is: they approve the customer's users. */
export const ADMINISTRATORS = ['primary', 'backup'] as const;
export type AdministratorSlot = (typeof ADMINISTRATORS)[number];

export interface UserPrincipal {
  readonly kind: 'user';
  readonly userId: string;
  readonly role: Role;
  /** Of customer roles only. */
  readonly customerId: string | null;
  readonly administrator: AdministratorSlot | null;
  /** Customers that a support user serves; `all` for roles that see every contract. */
  readonly serves: 'all' | readonly string[];
  readonly login: string;
  readonly name: string;
  /** Digest of the session's secret: names the session, opens nothing. */
  readonly session: string;
  /** Digest of the token that unsafe requests must bring along. */
  readonly csrf: string;
}
/** An agent's credential: writes its own cluster's data and does nothing else. */
export interface AgentPrincipal {
  readonly kind: 'agent';
  readonly clusterId: string;
  readonly customerId: string;
  /** Token id, or the certificate's fingerprint. */
  readonly credential: string;
}
/** Another system of one cluster (Alertmanager, a ticket system): opens incidents there and does nothing else. */
export interface IntegrationPrincipal {
  readonly kind: 'integration';
  readonly clusterId: string;
  readonly customerId: string;
  readonly credential: string;
}
/** A program that makes and fetches reports of one cluster (`xunjian report --collector`): it sees no other data and changes nothing. */
export interface ReporterPrincipal {
  readonly kind: 'reporter';
  readonly clusterId: string;
  readonly customerId: string;
  readonly credential: string;
}
/** A site's own collector: forwards what its agents of one cluster send, and hears what becomes of that cluster's incidents. */
export interface CollectorPrincipal {
  readonly kind: 'collector';
  readonly clusterId: string;
  readonly customerId: string;
  readonly credential: string;
}
export type Principal = UserPrincipal | AgentPrincipal | IntegrationPrincipal | ReporterPrincipal | CollectorPrincipal;

export function isCustomerRole(role: Role): role is (typeof CUSTOMER_ROLES)[number] {
  return CUSTOMER_ROLES.some((one) => one === role);
}

/** Whose side somebody speaks for. */
export function sideOf(principal: Principal): 'customer' | 'provider' {
  return principal.kind === 'user' && principal.customerId !== null ? 'customer' : 'provider';
}
/** How a principal stands in events and in the audit log. */
export function actorOf(principal: Principal): Actor {
  if (principal.kind === 'user') return { kind: 'user', id: principal.userId, name: principal.name };
  return { kind: principal.kind === 'agent' ? 'agent' : 'integration', id: principal.credential };
}
