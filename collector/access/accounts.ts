/**
 * How people get, change and lose accounts. A customer's users are let in by one of its two administrators (primary, backup); the
 * support centre's administrators appoint those, and stand in only while a customer has none.
 */
import { randomUUID } from 'node:crypto';
import { AppError, notFound } from '../errors.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db } from '../store/database.ts';
import { deleteOldLinks, type Link, openLink, useLink } from '../store/link-store.ts';
import { deleteSessionsOf } from '../store/session-store.ts';
import { countSupportAdministrators, credentialsOf, hasSupportAdministrator, insertUser, type User, updateUser, userById, visibleUser } from '../store/user-store.ts';
import { type Invitation, mayApprove, requireConsistent, requireCustomers, requireFreeLogin, requireFreePlace, requireMayGive } from './account-rules.ts';
import { newLink, type ShownLink } from './one-time-link.ts';
import { type PasswordHasher, requireGoodPassword } from './password.ts';
import { type AdministratorSlot, actorOf, type Role, type UserPrincipal } from './principal.ts';
import { digestOfSecret, looksLikeSecret } from './secret.ts';
import { requireSeen, visibilityOf } from './visibility.ts';

const ENDED_LINKS_KEPT_MS = 30 * 86_400_000;

export interface Redemption {
  readonly secret: string;
  readonly password: string;
  /** Only of the first administrator: invitations name theirs. */
  readonly login?: string | undefined;
  readonly name?: string | undefined;
  readonly locale?: 'zh' | 'en' | undefined;
}

export class Accounts {
  readonly #database: Database;
  readonly #hasher: PasswordHasher;
  constructor(database: Database, hasher: PasswordHasher) {
    this.#database = database;
    this.#hasher = hasher;
  }

  async hasAdministrator(): Promise<boolean> {
    return await hasSupportAdministrator(this.#database.db);
  }

  /** A link that makes an administrator of the support centre. For who can reach the database: the program itself. */
  async administratorLink(now: number): Promise<ShownLink> {
    return await this.#database.transaction(async (db) => {
      await appendAudit(db, this.#database.engine, { at: now, actor: { kind: 'system' }, customerId: null, action: 'link.create', object: 'first-administrator' });
      return await newLink(db, 'first-administrator', null, now);
    });
  }

  /** What a link is for, without using it; `undefined` when it is unknown, used or over. */
  async linkOf(secret: string, now: number): Promise<{ readonly purpose: Link['purpose']; readonly user: User | undefined } | undefined> {
    if (!looksLikeSecret(secret)) return undefined;
    const link = await openLink(this.#database.db, digestOfSecret(secret), now);
    return link && { purpose: link.purpose, user: link.userId === null ? undefined : await userById(this.#database.db, link.userId) };
  }

  /**
   * Uses a one-time link: sets a password, or makes the first administrator.
   * @returns the user, who may still wait for approval
   * @throws AppError `not-found` for a link that opens nothing any more, `invalid` for a weak password, `conflict` for a login that is taken
   */
  async redeem(given: Redemption, now: number): Promise<User> {
    const known = await this.linkOf(given.secret, now);
    if (!known || (known.purpose !== 'first-administrator' && (!known.user || known.user.status === 'disabled'))) throw notFound('link: it was used, is over, or never was');
    const login = known.user?.login ?? given.login;
    if (login === undefined) throw new AppError('invalid', 'the first administrator needs a login', { details: { field: 'login' } });
    requireGoodPassword(given.password, [login, known.user?.name ?? given.name]);
    const password = await this.#hasher.hash(given.password);
    return await this.#database.transaction(async (db) => {
      if (!(await useLink(db, digestOfSecret(given.secret), now))) throw notFound('link: it was used, is over, or never was');
      const id = known.user ? known.user.id : await this.#firstAdministrator(db, { login, name: given.name ?? login, locale: given.locale ?? 'zh' }, now);
      const approved = known.user === undefined || known.user.approvedBy !== null;
      await updateUser(db, id, { password, ...(approved && { status: 'active' }) });
      await deleteSessionsOf(db, id);
      await appendAudit(db, this.#database.engine, {
        at: now,
        actor: { kind: 'user', id, name: known.user?.name ?? given.name ?? login },
        customerId: known.user?.customerId ?? null,
        action: 'link.use',
        object: id,
        details: { purpose: known.purpose },
      });
      return await existing(db, id);
    });
  }

  async #firstAdministrator(db: Db, { login, name, locale }: { readonly login: string; readonly name: string; readonly locale: 'zh' | 'en' }, now: number): Promise<string> {
    await requireFreeLogin(db, login);
    const id = randomUUID();
    await insertUser(db, {
      id,
      customerId: null,
      role: 'administrator',
      login,
      name,
      email: null,
      locale,
      status: 'invited',
      administrator: null,
      approvedBy: id,
      serves: 'all',
      createdAt: now,
    });
    return id;
  }

  /**
   * @returns the user and the link to send. Invited by one of those who approve, it is approved already.
   * @throws AppError `forbidden` for a role that the inviter may not give, `conflict` for a taken login or administrator's place
   */
  async invite(principal: UserPrincipal, invitation: Invitation, now: number): Promise<{ readonly user: User; readonly link: ShownLink }> {
    const { customerId, role, administrator } = invitation;
    requireConsistent(invitation);
    requireSeen(visibilityOf(principal), customerId, 'customer');
    if (invitation.serves !== 'all') for (const served of invitation.serves) requireSeen(visibilityOf(principal), served, 'customer');
    requireMayGive(principal, role, administrator);
    return await this.#database.transaction(async (db) => {
      await requireFreeLogin(db, invitation.login);
      await requireCustomers(db, customerId === null ? (invitation.serves === 'all' ? [] : invitation.serves) : [customerId]);
      if (customerId !== null && administrator !== null) await requireFreePlace(db, customerId, administrator);
      const id = randomUUID();
      const approvedBy = (await mayApprove(db, principal, { customerId, administrator })) ? principal.userId : null;
      await insertUser(db, { id, ...invitation, status: 'invited', approvedBy, createdAt: now });
      const link = await newLink(db, 'invitation', id, now);
      await this.#audit(db, principal, 'user.invite', await existing(db, id), { role, administrator }, now);
      return { user: await existing(db, id), link };
    });
  }

  /** Whoever came through the OIDC provider with an address of an allowed domain: waits for approval. */
  async register(
    { customerId, email, name, issuer, subject }: { readonly customerId: string; readonly email: string; readonly name: string; readonly issuer: string; readonly subject: string },
    now: number,
  ): Promise<User> {
    return await this.#database.transaction(async (db) => {
      await requireFreeLogin(db, email);
      await requireCustomers(db, [customerId]);
      const id = randomUUID();
      await insertUser(db, {
        id,
        customerId,
        role: 'customer-viewer',
        login: email,
        name,
        email,
        locale: 'zh',
        status: 'invited',
        administrator: null,
        approvedBy: null,
        serves: [],
        issuer,
        subject,
        createdAt: now,
      });
      await appendAudit(db, this.#database.engine, { at: now, actor: { kind: 'user', id, name }, customerId, action: 'user.register', object: id, details: { issuer } });
      return await existing(db, id);
    });
  }

  /** Ties an invited account to an identity of the OIDC provider that proved the invitation's address. */
  async linkIdentity(user: User, { issuer, subject }: { readonly issuer: string; readonly subject: string }, now: number): Promise<User> {
    return await this.#database.transaction(async (db) => {
      await updateUser(db, user.id, { issuer, subject, ...(user.approvedBy !== null && { status: 'active' }) });
      await appendAudit(db, this.#database.engine, {
        at: now,
        actor: { kind: 'user', id: user.id, name: user.name },
        customerId: user.customerId,
        action: 'user.link-identity',
        object: user.id,
        details: { issuer },
      });
      return await existing(db, user.id);
    });
  }

  /** @throws AppError `forbidden` unless the principal is one of the two who approve, `conflict` when it was done already */
  async approve(principal: UserPrincipal, userId: string, now: number): Promise<User> {
    return await this.#change(principal, userId, 'user.approve', now, async (db, user) => {
      if (user.approvedBy !== null || user.status === 'disabled') throw new AppError('conflict', 'the user does not wait for approval');
      if (!(await mayApprove(db, principal, user))) throw new AppError('forbidden', "only the customer's primary or backup administrator approves its users");
      await updateUser(db, user.id, { approvedBy: principal.userId, ...(user.redeemed && { status: 'active' }) });
      return {};
    });
  }

  /** Also ends the sessions. @throws AppError `conflict` for oneself and for the last administrator of the support centre */
  async disable(principal: UserPrincipal, userId: string, now: number): Promise<User> {
    return await this.#change(principal, userId, 'user.disable', now, async (db, user) => {
      if (user.id === principal.userId) throw new AppError('conflict', 'nobody disables the own account');
      requireMayGive(principal, user.role, user.administrator);
      if (user.role === 'administrator' && user.status === 'active' && (await countSupportAdministrators(db)) <= 1) throw new AppError('conflict', 'the last administrator stays');
      await updateUser(db, user.id, { status: 'disabled', administrator: null });
      await deleteSessionsOf(db, user.id);
      return {};
    });
  }

  /**
   * Lets somebody in again who was shut out, by those who approve. A place as administrator was given up when shut out: what is left is a viewer.
   * @throws AppError `forbidden` as {@link approve}, `conflict` unless shut out
   */
  async enable(principal: UserPrincipal, userId: string, now: number): Promise<User> {
    return await this.#change(principal, userId, 'user.enable', now, async (db, user) => {
      if (user.status !== 'disabled') throw new AppError('conflict', 'the account is not shut out');
      if (!(await mayApprove(db, principal, user))) throw new AppError('forbidden', "only the customer's primary or backup administrator approves its users");
      const role = user.role === 'customer-administrator' ? 'customer-viewer' : user.role;
      await updateUser(db, user.id, { status: user.redeemed ? 'active' : 'invited', role, approvedBy: principal.userId });
      return { role };
    });
  }

  /** @throws AppError `forbidden`, `conflict` as {@link invite} */
  async changeRole(
    principal: UserPrincipal,
    userId: string,
    change: { readonly role: Role; readonly administrator: AdministratorSlot | null; readonly serves?: 'all' | readonly string[] | undefined },
    now: number,
  ): Promise<User> {
    return await this.#change(principal, userId, 'user.role', now, async (db, user) => {
      const serves = change.serves ?? user.serves;
      requireConsistent({ ...change, customerId: user.customerId, serves });
      if (user.id === principal.userId) throw new AppError('conflict', 'nobody changes the own role');
      requireMayGive(principal, user.role, user.administrator);
      requireMayGive(principal, change.role, change.administrator);
      if (user.role === 'administrator' && change.role !== 'administrator' && (await countSupportAdministrators(db)) <= 1)
        throw new AppError('conflict', 'the last administrator stays');
      if (serves !== 'all') await requireCustomers(db, serves);
      if (user.customerId !== null && change.administrator !== null && change.administrator !== user.administrator)
        await requireFreePlace(db, user.customerId, change.administrator);
      await updateUser(db, user.id, { role: change.role, administrator: change.administrator, serves });
      await deleteSessionsOf(db, user.id);
      return { role: change.role, administrator: change.administrator };
    });
  }

  /** A link to set a new password; the old one works until it is used. */
  async resetLink(principal: UserPrincipal, userId: string, now: number): Promise<ShownLink> {
    return await this.#database.transaction(async (db) => {
      const user = await visibleUser(db, visibilityOf(principal), userId);
      if (!user) throw notFound('user');
      requireMayGive(principal, user.role, user.administrator);
      if (user.status === 'disabled' || user.issuer !== null) throw new AppError('conflict', 'the account has no password to reset');
      await this.#audit(db, principal, 'link.create', user, { purpose: user.redeemed ? 'password-reset' : 'invitation' }, now);
      return await newLink(db, user.redeemed ? 'password-reset' : 'invitation', user.id, now);
    });
  }

  /** Ends all other sessions. @throws AppError `unauthenticated` when the current password is wrong */
  async changePassword(principal: UserPrincipal, { current, next }: { readonly current: string; readonly next: string }, now: number): Promise<void> {
    const found = await credentialsOf(this.#database.db, principal.login);
    if (!found?.password || !(await this.#hasher.verify(current, found.password)))
      throw new AppError('forbidden', 'the current password is wrong', {
        details: { field: 'current' },
        text: { zh: '当前密码不正确', en: 'the current password is wrong' },
      });
    requireGoodPassword(next, [principal.login, principal.name]);
    const password = await this.#hasher.hash(next);
    await this.#database.transaction(async (db) => {
      await updateUser(db, principal.userId, { password });
      await deleteSessionsOf(db, principal.userId, principal.session);
      await this.#audit(db, principal, 'user.password', found.user, {}, now);
    });
  }

  async clean(now: number): Promise<void> {
    await deleteOldLinks(this.#database.db, now - ENDED_LINKS_KEPT_MS);
  }

  async #change(principal: UserPrincipal, userId: string, action: string, now: number, change: (db: Db, user: User) => Promise<Record<string, unknown>>): Promise<User> {
    return await this.#database.transaction(async (db) => {
      const user = await visibleUser(db, visibilityOf(principal), userId);
      if (!user) throw notFound('user');
      await this.#audit(db, principal, action, user, await change(db, user), now);
      return await existing(db, user.id);
    });
  }
  async #audit(db: Db, principal: UserPrincipal, action: string, user: User, details: Record<string, unknown>, now: number): Promise<void> {
    await appendAudit(db, this.#database.engine, { at: now, actor: actorOf(principal), customerId: user.customerId, action, object: user.id, details });
  }
}

async function existing(db: Db, id: string): Promise<User> {
  const user = await userById(db, id);
  if (!user) throw new Error('a user vanished within a transaction');
  return user;
}
