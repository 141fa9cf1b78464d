/** Signing in and staying signed in. Every failure reads the same, whatever was wrong. */
import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database } from '../store/database.ts';
import { blockUntil, countTry, deleteOldSessions, deleteSession, failuresOf, forgetFailures, insertSession, sessionByHash, touchSession } from '../store/session-store.ts';
import { credentialsOf, normalLogin, type User, updateUser, userById } from '../store/user-store.ts';
import { addressGroup, delayAfter, delayAnywhereAfter, FORGOTTEN_AFTER_MS } from './lockout.ts';
import { LONGEST_PASSWORD, type PasswordHasher } from './password.ts';
import { isCustomerRole, type UserPrincipal } from './principal.ts';
import { csrfTokenOf, digestOfSecret, looksLikeSecret, newSecret } from './secret.ts';

export interface SessionTimes {
  /** Ends after so long without a request … */
  readonly idleMs: number;
  /** … and in any case after so long. */
  readonly absoluteMs: number;
}
export const SESSION_TIMES: SessionTimes = { idleMs: 2 * 3_600_000, absoluteMs: 12 * 3_600_000 };

/** What a browser gets: the only time that the secret exists outside of its cookie. */
export interface OpenedSession {
  readonly secret: string;
  readonly csrfToken: string;
  readonly expiresAt: number;
  readonly user: User;
}
/** Written once a minute at most: a page with twenty requests is one write. */
const TOUCH_EVERY_MS = 60_000;

function keyOf(login: string, ...rest: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([normalLogin(login), ...rest]))
    .digest('hex');
}
/** @throws AppError `too-many` with seconds to wait */
function refuseBlocked(known: Awaited<ReturnType<typeof failuresOf>>, now: number): void {
  if (known && known.blockedUntil > now)
    throw new AppError('too-many', 'too many wrong passwords: wait before the next try', { retryAfterSeconds: Math.ceil((known.blockedUntil - now) / 1_000) });
}

export class Sessions {
  readonly #database: Database;
  readonly #hasher: PasswordHasher;
  readonly #times: SessionTimes;
  constructor(database: Database, hasher: PasswordHasher, times: SessionTimes = SESSION_TIMES) {
    this.#database = database;
    this.#hasher = hasher;
    this.#times = times;
  }

  /**
   * @param address of the client, for the delays
   * @throws AppError `unauthenticated`; `too-many` with seconds to wait after wrong ones; `forbidden` for the right password of an account that waits for approval
   */
  async signIn(
    given: { readonly login: string; readonly password: string; readonly address: string; readonly replaces?: string | undefined },
    now: number,
  ): Promise<OpenedSession> {
    const { db } = this.#database;
    const address = addressGroup(given.address);
    const key = keyOf(given.login, address);
    const trusted = keyOf(given.login, address, 'signed-in');
    // A trusted address is one that the account signed in from within a day: strangers' guesses do not slow it down.
    const anywhere = (await failuresOf(db, trusted)) ? undefined : keyOf(given.login);
    for (const one of [key, ...(anywhere === undefined ? [] : [anywhere])]) refuseBlocked(await failuresOf(db, one), now);
    const failures = await countTry(db, key, now, now - FORGOTTEN_AFTER_MS);
    const failuresAnywhere = anywhere === undefined ? 0 : await countTry(db, anywhere, now, now - FORGOTTEN_AFTER_MS);
    const found = await credentialsOf(db, given.login);
    const right = given.password.length <= LONGEST_PASSWORD && (await this.#hasher.verify(given.password, found?.password ?? undefined));
    if (!right || !found || found.user.status === 'disabled') {
      await blockUntil(db, key, now + delayAfter(failures));
      if (anywhere !== undefined) await blockUntil(db, anywhere, now + delayAnywhereAfter(failuresAnywhere));
      throw new AppError('unauthenticated', 'login or password is wrong');
    }
    await forgetFailures(db, key);
    if (anywhere !== undefined) await forgetFailures(db, anywhere);
    await countTry(db, trusted, now, now);
    if (found.password !== null && this.#hasher.isOutdated(found.password)) await updateUser(db, found.user.id, { password: await this.#hasher.hash(given.password) });
    return await this.open(found.user, now, given.replaces);
  }

  /**
   * A new session for somebody whose identity is proved. What was there before ends: a secret that somebody planted is worth nothing.
   * @throws AppError `forbidden` while the account waits for approval
   */
  async open(user: User, now: number, replaces?: string): Promise<OpenedSession> {
    if (user.status !== 'active')
      throw new AppError('forbidden', "the account waits for the approval of one of the customer's administrators", { details: { reason: 'awaiting-approval' } });
    const secret = newSecret();
    const csrfToken = csrfTokenOf(secret);
    const expiresAt = now + this.#times.absoluteMs;
    await this.#database.transaction(async (db) => {
      if (replaces !== undefined) await deleteSession(db, digestOfSecret(replaces));
      await insertSession(db, { hash: digestOfSecret(secret), userId: user.id, csrf: digestOfSecret(csrfToken), createdAt: now, seenAt: now, expiresAt });
      await appendAudit(db, this.#database.engine, {
        at: now,
        actor: { kind: 'user', id: user.id, name: user.name },
        customerId: user.customerId,
        action: 'session.open',
        object: user.id,
      });
    });
    return { secret, csrfToken, expiresAt, user };
  }

  /** Who a cookie belongs to, or `undefined`: unknown, over, or of an account that may not sign in any more. */
  async authenticate(secret: string, now: number): Promise<UserPrincipal | undefined> {
    if (!looksLikeSecret(secret)) return undefined;
    const { db } = this.#database;
    const session = await sessionByHash(db, digestOfSecret(secret));
    if (!session || session.expiresAt <= now || session.seenAt + this.#times.idleMs <= now) return undefined;
    const user = await userById(db, session.userId);
    if (user?.status !== 'active') return undefined;
    if (now - session.seenAt >= TOUCH_EVERY_MS) await touchSession(db, session.hash, now);
    return principalOf(user, session.hash, session.csrf);
  }

  async close(principal: UserPrincipal, now: number): Promise<void> {
    await this.#database.transaction(async (db) => {
      await deleteSession(db, principal.session);
      await appendAudit(db, this.#database.engine, {
        at: now,
        actor: { kind: 'user', id: principal.userId, name: principal.name },
        customerId: principal.customerId,
        action: 'session.close',
        object: principal.userId,
      });
    });
  }

  /** Rows that nobody needs any more. */
  async clean(now: number): Promise<void> {
    await deleteOldSessions(this.#database.db, { expiredAt: now, idleSince: now - this.#times.idleMs, failuresBefore: now - FORGOTTEN_AFTER_MS });
  }
}

export function principalOf(user: User, session: string, csrf: string): UserPrincipal {
  const { id, role, customerId, administrator, serves, login, name } = user;
  // A role of the wrong side of the house sees nothing rather than everything.
  const consistent = isCustomerRole(role) === (customerId !== null);
  if (!consistent) throw new Error('the role of a user does not fit its customer');
  return { kind: 'user', userId: id, role, customerId, administrator, serves, login, name, session, csrf };
}
