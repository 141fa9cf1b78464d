/** People, their sessions, and what they did. As the database has them; domain types are made by the stores. */
import type { ColumnType, Generated } from 'kysely';

/** Set by the database's default, never changed. */
type Serial = ColumnType<number, never, never>;

export interface UsersTable {
  id: string;
  /** Null: support staff. */
  customer_id: string | null;
  role: string;
  login: string;
  name: string;
  email: string | null;
  locale: string;
  /** scrypt, PHC string format; null until the first sign-in or with OIDC only. */
  password: string | null;
  issuer: string | null;
  subject: string | null;
  /** `invited`, `active`, `disabled`. */
  status: string;
  /** One of the customer's two administrators: `primary`, `backup`, or null. */
  administrator: string | null;
  approved_by: string | null;
  failures: number;
  locked_until: number | null;
  /** 1: a support user who serves the customers of all contracts. */
  serves_all: Generated<number>;
  created_at: number;
}
/** Wrong passwords in a row, per account and address. */
export interface SignInFailuresTable {
  /** Hexadecimal SHA-256 of login and address. */
  key: string;
  failures: number;
  last_at: number;
  blocked_until: number;
}
/** Which customers a support user serves; without a row and without `serves_all`: nobody. */
export interface ServesTable {
  user_id: string;
  customer_id: string;
}
export interface SessionsTable {
  /** Hexadecimal SHA-256 of the cookie's secret. */
  hash: string;
  user_id: string;
  csrf: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}
/** One-time links: first administrator, invitation, password reset. */
export interface LinksTable {
  hash: string;
  user_id: string | null;
  purpose: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}
/** Append-only, hash-chained. */
export interface AuditTable {
  id: Serial;
  at: number;
  actor: string;
  customer_id: string | null;
  action: string;
  object: string;
  details: string;
  previous: string;
  hash: string;
}
