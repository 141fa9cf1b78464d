/** Agents' credentials: digests of tokens and fingerprints of client certificates, each bound to one cluster. */
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

export const TOKEN_KINDS = ['agent', 'integration', 'reporter', 'collector'] as const;
/** An agent's sends data, an integration's opens incidents, a reporter's makes and fetches reports, a site collector's forwards and hears of its incidents; none does another's work. */
export type TokenKind = (typeof TOKEN_KINDS)[number];

/** What is told about a token; the token itself is not kept. */
export interface TokenRecord {
  readonly id: string;
  readonly clusterId: string;
  readonly kind: TokenKind;
  readonly label: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  /** To the minute. */
  readonly lastUsedAt: number | null;
}
export interface CertificateRecord {
  /** Hexadecimal SHA-256 of the certificate in DER. */
  readonly fingerprint: string;
  readonly clusterId: string;
  readonly label: string;
  readonly createdAt: number;
  readonly revokedAt: number | null;
}
/** Who a credential stands for. */
export interface Bearer {
  readonly id: string;
  readonly kind: TokenKind;
  readonly clusterId: string;
  readonly customerId: string;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly lastUsedAt: number | null;
}

export async function insertToken(db: Db, token: Omit<TokenRecord, 'revokedAt' | 'lastUsedAt'>, hash: string): Promise<void> {
  const { id, clusterId, kind, label, createdAt, expiresAt } = token;
  await db
    .insertInto('tokens')
    .values({ id, cluster_id: clusterId, hash, kind, label, created_at: createdAt, expires_at: expiresAt, revoked_at: null, last_used_at: null })
    .execute();
}
export async function findTokenByHash(db: Db, hash: string): Promise<Bearer | undefined> {
  const row = await db
    .selectFrom('tokens')
    .innerJoin('clusters', 'clusters.id', 'tokens.cluster_id')
    .select(['tokens.id', 'tokens.cluster_id', 'tokens.kind', 'clusters.customer_id', 'tokens.expires_at', 'tokens.revoked_at', 'tokens.last_used_at'])
    .where('tokens.hash', '=', hash)
    .executeTakeFirst();
  return (
    row && {
      id: row.id,
      kind: kindOf(row.kind),
      clusterId: row.cluster_id,
      customerId: row.customer_id,
      expiresAt: row.expires_at,
      revokedAt: row.revoked_at,
      lastUsedAt: row.last_used_at,
    }
  );
}
export async function findToken(db: Db, visibility: Visibility, id: string): Promise<TokenRecord | undefined> {
  const row = await db.selectFrom('tokens').selectAll().where('id', '=', id).where(clusterVisible(visibility, 'tokens.cluster_id')).executeTakeFirst();
  return row && toRecord(row);
}
/** Newest first; 500 at most. */
export async function listTokens(db: Db, visibility: Visibility, clusterId: string): Promise<readonly TokenRecord[]> {
  const rows = await db
    .selectFrom('tokens')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where(clusterVisible(visibility, 'tokens.cluster_id'))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();
  return rows.map(toRecord);
}
/** Tokens of a cluster that can still be used. */
export async function countLiveTokens(db: Db, clusterId: string, now: number): Promise<number> {
  const { count } = await db
    .selectFrom('tokens')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('cluster_id', '=', clusterId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirstOrThrow();
  return Number(count);
}
/** An end that is earlier than the one it has. */
export async function limitToken(db: Db, id: string, expiresAt: number): Promise<void> {
  await db
    .updateTable('tokens')
    .set({ expires_at: expiresAt })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', expiresAt)]))
    .execute();
}
/** @returns whether it was still valid */
export async function markTokenRevoked(db: Db, id: string, at: number): Promise<boolean> {
  return (await db.updateTable('tokens').set({ revoked_at: at }).where('id', '=', id).where('revoked_at', 'is', null).returning('id').execute()).length > 0;
}
export async function touchToken(db: Db, id: string, at: number): Promise<void> {
  await db.updateTable('tokens').set({ last_used_at: at }).where('id', '=', id).execute();
}

export async function insertCertificate(db: Db, { fingerprint, clusterId, label, createdAt }: Omit<CertificateRecord, 'revokedAt'>): Promise<boolean> {
  const row = { fingerprint, cluster_id: clusterId, label, created_at: createdAt, revoked_at: null };
  const done = await db
    .insertInto('certificates')
    .values(row)
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .returning('fingerprint')
    .execute();
  return done.length > 0;
}
export async function findCertificateBearer(db: Db, fingerprint: string): Promise<Bearer | undefined> {
  const row = await db
    .selectFrom('certificates')
    .innerJoin('clusters', 'clusters.id', 'certificates.cluster_id')
    .select(['certificates.fingerprint', 'certificates.cluster_id', 'clusters.customer_id', 'certificates.revoked_at'])
    .where('certificates.fingerprint', '=', fingerprint)
    .executeTakeFirst();
  return row && { id: row.fingerprint, kind: 'agent', clusterId: row.cluster_id, customerId: row.customer_id, expiresAt: null, revokedAt: row.revoked_at, lastUsedAt: null };
}
export async function findCertificate(db: Db, visibility: Visibility, fingerprint: string): Promise<CertificateRecord | undefined> {
  const row = await db
    .selectFrom('certificates')
    .selectAll()
    .where('fingerprint', '=', fingerprint)
    .where(clusterVisible(visibility, 'certificates.cluster_id'))
    .executeTakeFirst();
  return row && { fingerprint: row.fingerprint, clusterId: row.cluster_id, label: row.label, createdAt: row.created_at, revokedAt: row.revoked_at };
}
export async function listCertificates(db: Db, visibility: Visibility, clusterId: string): Promise<readonly CertificateRecord[]> {
  const rows = await db
    .selectFrom('certificates')
    .selectAll()
    .where('cluster_id', '=', clusterId)
    .where(clusterVisible(visibility, 'certificates.cluster_id'))
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute();
  return rows.map(({ fingerprint, cluster_id, label, created_at, revoked_at }) => ({ fingerprint, clusterId: cluster_id, label, createdAt: created_at, revokedAt: revoked_at }));
}
export async function markCertificateRevoked(db: Db, fingerprint: string, at: number): Promise<boolean> {
  const done = await db
    .updateTable('certificates')
    .set({ revoked_at: at })
    .where('fingerprint', '=', fingerprint)
    .where('revoked_at', 'is', null)
    .returning('fingerprint')
    .execute();
  return done.length > 0;
}

function kindOf(word: string): TokenKind {
  const known = TOKEN_KINDS.find((kind) => kind === word);
  if (known === undefined) throw new Error('a token is of a kind that this program does not know'); // never taken for another one
  return known;
}
function toRecord({ id, cluster_id, kind, label, created_at, expires_at, revoked_at, last_used_at }: Row<'tokens'>): TokenRecord {
  return { id, clusterId: cluster_id, kind: kindOf(kind), label, createdAt: created_at, expiresAt: expires_at, revokedAt: revoked_at, lastUsedAt: last_used_at };
}
