/** Agents' credentials: 256 random bits shown once and kept as a digest, or a client certificate bound to a cluster. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database } from '../store/database.ts';
import { findCluster } from '../store/fleet-store.ts';
import {
  type Bearer,
  type CertificateRecord,
  countLiveTokens,
  findCertificate,
  findCertificateBearer,
  findToken,
  findTokenByHash,
  insertCertificate,
  insertToken,
  limitToken,
  listCertificates,
  listTokens,
  markCertificateRevoked,
  markTokenRevoked,
  type TokenKind,
  type TokenRecord,
  touchToken,
} from '../store/token-store.ts';
import type { Caller } from './fleet.ts';

export interface IssuedToken {
  readonly record: TokenRecord;
  /** Not kept anywhere: whoever loses it rotates. */
  readonly token: string;
}
/** What a valid credential says. */
export interface AgentPrincipal {
  readonly kind: TokenKind;
  readonly credentialId: string;
  readonly clusterId: string;
  readonly customerId: string;
}
export interface CredentialsOptions {
  readonly database: Database;
  /** Milliseconds. */
  readonly now: () => number;
}
export interface TokenRequest {
  readonly label: string;
  /** `agent` unless it says otherwise. */
  readonly kind?: TokenKind | undefined;
  /** Milliseconds; null: until it is revoked. */
  readonly expiresAt?: number | null | undefined;
}

const TOKEN = /^xj_[A-Za-z0-9_-]{43}$/;
const FINGERPRINT = /^[0-9a-f]{64}$/;
/** Tokens of one cluster that are valid at once: two while rotating, and some reserve. */
const MOST_LIVE = 20;
/** Digests that are known to be wrong, so that guessing does not cost a query each; forgotten after {@link FORGET_MS}. */
const MOST_WRONG = 10_000;
const FORGET_MS = 30_000;
/** Valid credentials are looked up again after this long: a revocation by another collector works by then. */
const TRUST_MS = 5_000;
const MOST_TRUSTED = 10_000;
const TOUCH_MS = 60_000;
/** How long a token stays valid after its successor was made. */
export const OVERLAP_MS = 24 * 3_600_000;

export class Credentials {
  readonly #options: CredentialsOptions;
  readonly #wrong = new Map<string, number>();
  readonly #trusted = new Map<string, { readonly bearer: Bearer; readonly until: number }>();
  readonly #touched = new Map<string, number>();

  constructor(options: CredentialsOptions) {
    this.#options = options;
  }

  async issue({ actor, visibility }: Caller, clusterId: string, { label, kind, expiresAt = null }: TokenRequest): Promise<IssuedToken> {
    return await this.#issue({ actor, visibility }, clusterId, { label, kind, expiresAt }, 'token.create', {});
  }

  /**
   * Takes a token that was made elsewhere (a Secret of the chart) for a cluster. One that is known for it is left as it is, also revoked:
   * a restart gives nobody back what was taken away.
   * @returns whether it is new
   * @throws AppError `invalid` for what no collector would issue, `conflict` when it is another cluster's
   */
  async adopt({ actor, visibility }: Caller, clusterId: string, token: string, label: string): Promise<boolean> {
    const { database, now } = this.#options;
    if (!TOKEN.test(token)) throw new AppError('invalid', 'a token is xj_ and 43 characters of base64url');
    const hash = hashOf(token);
    const record = { id: randomUUID(), clusterId, kind: 'agent', label: labelOf(label), createdAt: now(), expiresAt: null } as const;
    const isNew = await database.transaction(async (db) => {
      const cluster = await findCluster(db, visibility, clusterId);
      if (!cluster) throw notFound('cluster');
      const known = await findTokenByHash(db, hash);
      if (known && known.clusterId !== clusterId) throw new AppError('conflict', 'the token belongs to another cluster');
      if (known) return false;
      await insertToken(db, record, hash);
      await appendAudit(db, database.engine, {
        at: now(),
        actor,
        customerId: cluster.customerId,
        action: 'token.create',
        object: record.id,
        details: { clusterId, kind: 'agent' },
      });
      return true;
    });
    this.#wrong.delete(hash);
    return isNew;
  }
  /** Whether the token was taken or issued, whatever became of it. */
  async knows(token: string): Promise<boolean> {
    return (await findTokenByHash(this.#options.database.db, hashOf(token))) !== undefined;
  }

  /** A successor; the old one stays valid for the overlap, so that agents can be changed one after the other. */
  async rotate(caller: Caller, tokenId: string, overlapMs: number = OVERLAP_MS): Promise<IssuedToken> {
    const { database, now } = this.#options;
    const old = await findToken(database.db, caller.visibility, tokenId);
    if (!old) throw notFound('token');
    if (old.revokedAt !== null || (old.expiresAt !== null && old.expiresAt <= now())) throw new AppError('conflict', 'the token is not valid any more: make a new one');
    const endsAt = now() + Math.max(0, Math.min(overlapMs, 30 * OVERLAP_MS));
    const lifetime = old.expiresAt === null ? null : now() + (old.expiresAt - old.createdAt);
    const issued = await this.#issue(
      caller,
      old.clusterId,
      { label: old.label, kind: old.kind, expiresAt: lifetime },
      'token.rotate',
      { replaces: old.id, replacedUntil: endsAt },
      old.id,
    );
    this.#trusted.clear();
    return issued;
  }

  async revoke({ actor, visibility }: Caller, tokenId: string): Promise<void> {
    const { database, now } = this.#options;
    await database.transaction(async (db) => {
      const token = await findToken(db, visibility, tokenId);
      const cluster = token && (await findCluster(db, visibility, token.clusterId));
      if (!token || !cluster) throw notFound('token');
      if (!(await markTokenRevoked(db, tokenId, now()))) return;
      await appendAudit(db, database.engine, { at: now(), actor, customerId: cluster.customerId, action: 'token.revoke', object: tokenId, details: { clusterId: cluster.id } });
    });
    this.#trusted.clear();
  }

  async tokens(visibility: Visibility, clusterId: string): Promise<readonly TokenRecord[]> {
    return await listTokens(this.#options.database.db, visibility, clusterId);
  }

  /**
   * Whose agent a bearer token is, or `undefined`: unknown, expired and revoked are not told apart. Only digests are
   * compared, by the database's index, so that time tells nothing about a token.
   */
  async authenticate(token: string): Promise<AgentPrincipal | undefined> {
    if (!TOKEN.test(token)) return undefined;
    return await this.#authenticate(hashOf(token), findTokenByHash);
  }
  /** @param fingerprint hexadecimal SHA-256 of the client certificate that the TLS layer has verified */
  async authenticateCertificate(fingerprint: string): Promise<AgentPrincipal | undefined> {
    const plain = fingerprint.replaceAll(':', '').toLowerCase();
    if (!FINGERPRINT.test(plain)) return undefined;
    return await this.#authenticate(plain, findCertificateBearer);
  }

  async bindCertificate({ actor, visibility }: Caller, clusterId: string, fingerprint: string, label: string): Promise<CertificateRecord> {
    const { database, now } = this.#options;
    const plain = fingerprint.replaceAll(':', '').toLowerCase();
    if (!FINGERPRINT.test(plain)) throw new AppError('invalid', 'a fingerprint is the SHA-256 of the certificate in 64 hexadecimal digits');
    const record = { fingerprint: plain, clusterId, label: labelOf(label), createdAt: now() };
    await database.transaction(async (db) => {
      const cluster = await findCluster(db, visibility, clusterId);
      if (!cluster) throw notFound('cluster');
      if (!(await insertCertificate(db, record))) throw new AppError('conflict', 'the certificate is bound already');
      await appendAudit(db, database.engine, { at: now(), actor, customerId: cluster.customerId, action: 'certificate.bind', object: plain, details: { clusterId } });
    });
    this.#wrong.delete(plain);
    return { ...record, revokedAt: null };
  }
  async revokeCertificate({ actor, visibility }: Caller, fingerprint: string): Promise<void> {
    const { database, now } = this.#options;
    await database.transaction(async (db) => {
      const certificate = await findCertificate(db, visibility, fingerprint);
      const cluster = certificate && (await findCluster(db, visibility, certificate.clusterId));
      if (!certificate || !cluster) throw notFound('certificate');
      if (!(await markCertificateRevoked(db, fingerprint, now()))) return;
      await appendAudit(db, database.engine, {
        at: now(),
        actor,
        customerId: cluster.customerId,
        action: 'certificate.revoke',
        object: fingerprint,
        details: { clusterId: cluster.id },
      });
    });
    this.#trusted.clear();
  }
  async certificates(visibility: Visibility, clusterId: string): Promise<readonly CertificateRecord[]> {
    return await listCertificates(this.#options.database.db, visibility, clusterId);
  }

  async #issue(
    { actor, visibility }: Caller,
    clusterId: string,
    { label, kind = 'agent', expiresAt = null }: TokenRequest,
    action: string,
    details: Readonly<Record<string, unknown>>,
    replaces?: string,
  ): Promise<IssuedToken> {
    const { database, now } = this.#options;
    const createdAt = now();
    if (expiresAt !== null && expiresAt <= createdAt) throw new AppError('invalid', 'the token would expire before it is used');
    const token = `xj_${randomBytes(32).toString('base64url')}`;
    const record = { id: randomUUID(), clusterId, kind, label: labelOf(label), createdAt, expiresAt };
    await database.transaction(async (db) => {
      const cluster = await findCluster(db, visibility, clusterId);
      if (!cluster) throw notFound('cluster');
      if ((await countLiveTokens(db, clusterId, createdAt)) >= MOST_LIVE)
        throw new AppError('conflict', `the cluster has ${MOST_LIVE} valid tokens: revoke those that are not used`);
      await insertToken(db, record, hashOf(token));
      if (replaces !== undefined && typeof details['replacedUntil'] === 'number') await limitToken(db, replaces, details['replacedUntil']);
      await appendAudit(db, database.engine, { at: createdAt, actor, customerId: cluster.customerId, action, object: record.id, details: { clusterId, kind, ...details } });
    });
    return { record: { ...record, revokedAt: null, lastUsedAt: null }, token };
  }

  async #authenticate(hash: string, find: typeof findTokenByHash): Promise<AgentPrincipal | undefined> {
    const { database, now } = this.#options;
    const at = now();
    if ((this.#wrong.get(hash) ?? 0) > at) return undefined;
    const trusted = this.#trusted.get(hash);
    const bearer = trusted !== undefined && trusted.until > at ? trusted.bearer : await find(database.db, hash);
    if (bearer === undefined || bearer.revokedAt !== null) {
      remember(this.#wrong, MOST_WRONG, hash, at + FORGET_MS);
      return undefined;
    }
    if (bearer.expiresAt !== null && bearer.expiresAt <= at) return undefined;
    if (trusted?.bearer !== bearer) remember(this.#trusted, MOST_TRUSTED, hash, { bearer, until: at + TRUST_MS });
    await this.#touch(bearer, at);
    const { id, kind, clusterId, customerId } = bearer;
    return { kind, credentialId: id, clusterId, customerId };
  }

  async #touch({ id, lastUsedAt }: Bearer, at: number): Promise<void> {
    if (id.length === 64 || Math.max(this.#touched.get(id) ?? 0, lastUsedAt ?? 0) > at - TOUCH_MS) return; // certificates have no such column
    remember(this.#touched, MOST_TRUSTED, id, at);
    await touchToken(this.#options.database.db, id, at);
  }
}

function remember<V>(map: Map<string, V>, most: number, key: string, value: V): void {
  if (map.size >= most && !map.has(key)) map.delete(map.keys().next().value ?? '');
  map.set(key, value);
}
function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
function labelOf(label: string): string {
  const trimmed = label.trim();
  if (trimmed.length === 0 || trimmed.length > 100) throw new AppError('invalid', 'a label has 1 to 100 characters');
  return trimmed;
}
