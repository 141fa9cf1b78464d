/** Accounts of people: customers' users and support staff. Passwords and their hashes never leave `Credentials`. */
import { ADMINISTRATORS, type AdministratorSlot, ROLES, type Role } from '../access/principal.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import type { Row } from './tables.ts';

export const USER_STATES = ['invited', 'active', 'disabled'] as const;
export type UserState = (typeof USER_STATES)[number];

export interface User {
  readonly id: string;
  /** Null: support staff. */
  readonly customerId: string | null;
  readonly role: Role;
  readonly login: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: 'zh' | 'en';
  readonly status: UserState;
  readonly administrator: AdministratorSlot | null;
  /** Id of who let the user in; null: waits for approval. */
  readonly approvedBy: string | null;
  /** Customers that a support user serves. */
  readonly serves: 'all' | readonly string[];
  /** Has a password or an identity at the OIDC provider. */
  readonly redeemed: boolean;
  readonly issuer: string | null;
  readonly createdAt: number;
}
export interface NewUser {
  readonly id: string;
  readonly customerId: string | null;
  readonly role: Role;
  readonly login: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: 'zh' | 'en';
  readonly status: UserState;
  readonly administrator: AdministratorSlot | null;
  readonly approvedBy: string | null;
  readonly serves: 'all' | readonly string[];
  readonly password?: string | null;
  readonly issuer?: string | null;
  readonly subject?: string | null;
  readonly createdAt: number;
}

/** Logins and e-mail addresses are compared without case. */
export function normalLogin(login: string): string {
  return login.normalize('NFKC').trim().toLowerCase();
}

export async function insertUser(db: Db, user: NewUser): Promise<void> {
  await db
    .insertInto('users')
    .values({
      id: user.id,
      customer_id: user.customerId,
      role: user.role,
      login: normalLogin(user.login),
      name: user.name,
      email: user.email === null ? null : normalLogin(user.email),
      locale: user.locale,
      password: user.password ?? null,
      issuer: user.issuer ?? null,
      subject: user.subject ?? null,
      status: user.status,
      administrator: user.administrator,
      approved_by: user.approvedBy,
      failures: 0,
      locked_until: null,
      serves_all: user.serves === 'all' ? 1 : 0,
      created_at: user.createdAt,
    })
    .execute();
  await setServes(db, user.id, user.serves);
}

export async function setServes(db: Db, userId: string, serves: User['serves']): Promise<void> {
  await db.deleteFrom('serves').where('user_id', '=', userId).execute();
  await db
    .updateTable('users')
    .set({ serves_all: serves === 'all' ? 1 : 0 })
    .where('id', '=', userId)
    .execute();
  if (serves === 'all' || serves.length === 0) return;
  await db
    .insertInto('serves')
    .values(serves.map((customerId) => ({ user_id: userId, customer_id: customerId })))
    .execute();
}

/** For the machinery of signing in only: it does not look at tenancy. */
export async function userById(db: Db, id: string): Promise<User | undefined> {
  return await one(db, await db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst());
}
/** For people who administer users. Support staff are seen by those who see all customers. */
export async function visibleUser(db: Db, visibility: Visibility, id: string): Promise<User | undefined> {
  const user = await userById(db, id);
  return user && (visibility === 'all' || (user.customerId !== null && visibility.includes(user.customerId))) ? user : undefined;
}
export async function userBySubject(db: Db, issuer: string, subject: string): Promise<User | undefined> {
  return await one(db, await db.selectFrom('users').selectAll().where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst());
}
/** Those who were invited by this address and have not come yet. */
export async function invitedByEmail(db: Db, email: string): Promise<readonly User[]> {
  const rows = await db
    .selectFrom('users')
    .selectAll()
    .where('email', '=', normalLogin(email))
    .where('status', '=', 'invited')
    .where('issuer', 'is', null)
    .where('password', 'is', null)
    .limit(2)
    .execute();
  return await withServes(db, rows);
}

/** What signing in compares with. */
export interface Credentials {
  readonly user: User;
  readonly password: string | null;
}
export async function credentialsOf(db: Db, login: string): Promise<Credentials | undefined> {
  const row = await db.selectFrom('users').selectAll().where('login', '=', normalLogin(login)).executeTakeFirst();
  const user = await one(db, row);
  return row && user && { user, password: row.password };
}

/** In the order of login. @param after login to go on from */
export async function listUsers(
  db: Db,
  visibility: Visibility,
  {
    after,
    limit,
    customerId,
    status,
  }: { readonly after?: string | undefined; readonly limit: number; readonly customerId?: string | undefined; readonly status?: UserState | undefined },
): Promise<readonly User[]> {
  let query = db.selectFrom('users').selectAll().orderBy('login').limit(limit);
  if (visibility !== 'all') query = query.where('customer_id', 'in', visibility.length === 0 ? [''] : [...visibility]);
  if (after !== undefined) query = query.where('login', '>', after);
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (status !== undefined) query = query.where('status', '=', status);
  return await withServes(db, await query.execute());
}

/** Only the named fields change. */
export async function updateUser(
  db: Db,
  id: string,
  change: Partial<Pick<NewUser, 'role' | 'name' | 'email' | 'locale' | 'status' | 'administrator' | 'approvedBy' | 'password' | 'issuer' | 'subject' | 'serves' | 'login'>>,
): Promise<void> {
  const set = {
    ...(change.role !== undefined && { role: change.role }),
    ...(change.login !== undefined && { login: normalLogin(change.login) }),
    ...(change.name !== undefined && { name: change.name }),
    ...(change.email !== undefined && { email: change.email === null ? null : normalLogin(change.email) }),
    ...(change.locale !== undefined && { locale: change.locale }),
    ...(change.status !== undefined && { status: change.status }),
    ...(change.administrator !== undefined && { administrator: change.administrator }),
    ...(change.approvedBy !== undefined && { approved_by: change.approvedBy }),
    ...(change.password !== undefined && { password: change.password }),
    ...(change.issuer !== undefined && { issuer: change.issuer }),
    ...(change.subject !== undefined && { subject: change.subject }),
  };
  if (Object.keys(set).length > 0) await db.updateTable('users').set(set).where('id', '=', id).execute();
  if (change.serves !== undefined) await setServes(db, id, change.serves);
}

/** The customer's active administrators. */
export async function administratorsOf(db: Db, customerId: string): Promise<readonly User[]> {
  const rows = await db.selectFrom('users').selectAll().where('customer_id', '=', customerId).where('administrator', 'is not', null).where('status', '=', 'active').execute();
  return await withServes(db, rows);
}
/** By id; those who are gone are left out. */
export async function namesOfUsers(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
/** Active duty managers who serve the customer. */
export async function dutyManagersOf(db: Db, customerId: string): Promise<readonly User[]> {
  const rows = await db.selectFrom('users').selectAll().where('role', '=', 'duty-manager').where('status', '=', 'active').limit(200).execute();
  return (await withServes(db, rows)).filter(({ serves }) => serves === 'all' || serves.includes(customerId));
}
/** Whether the customer has a primary, or a backup, already: a disabled one has given the place up. */
export async function isPlaceTaken(db: Db, customerId: string, administrator: AdministratorSlot): Promise<boolean> {
  const taken = await db.selectFrom('users').select('id').where('customer_id', '=', customerId).where('administrator', '=', administrator).executeTakeFirst();
  return taken !== undefined;
}
export async function customersExist(db: Db, ids: readonly string[]): Promise<boolean> {
  if (ids.length === 0) return true;
  const found = await db
    .selectFrom('customers')
    .select('id')
    .where('id', 'in', [...ids])
    .execute();
  return found.length === new Set(ids).size;
}
export async function hasSupportAdministrator(db: Db): Promise<boolean> {
  return (await countSupportAdministrators(db)) > 0;
}
export async function countSupportAdministrators(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom('users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('role', '=', 'administrator')
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function one(db: Db, row: Row<'users'> | undefined): Promise<User | undefined> {
  return row && (await withServes(db, [row]))[0];
}
async function withServes(db: Db, rows: readonly Row<'users'>[]): Promise<readonly User[]> {
  const staff = rows.filter(({ customer_id, serves_all }) => customer_id === null && serves_all === 0).map(({ id }) => id);
  const served = staff.length === 0 ? [] : await db.selectFrom('serves').selectAll().where('user_id', 'in', staff).execute();
  return rows.map((row) =>
    toUser(
      row,
      served.filter(({ user_id }) => user_id === row.id).map(({ customer_id }) => customer_id),
    ),
  );
}
function toUser(row: Row<'users'>, served: readonly string[]): User {
  const role = ROLES.find((known) => known === row.role);
  if (!role) throw new Error('a user has a role that this program does not know');
  return {
    id: row.id,
    customerId: row.customer_id,
    role,
    login: row.login,
    name: row.name,
    email: row.email,
    locale: row.locale === 'en' ? 'en' : 'zh',
    status: USER_STATES.find((known) => known === row.status) ?? 'disabled',
    administrator: ADMINISTRATORS.find((known) => known === row.administrator) ?? null,
    approvedBy: row.approved_by,
    serves: row.customer_id === null ? (row.serves_all === 1 ? 'all' : served) : [],
    redeemed: row.password !== null || row.subject !== null,
    issuer: row.issuer,
    createdAt: row.created_at,
  };
}
