/** Customers, their contracts and clusters. */

import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import { afterCursor, type Page, type PageRequest, pageOf, pageSize } from './page.ts';
import { wordsOf } from './search-words.ts';
import type { NewRow, Row } from './tables.ts';
import { customerVisible } from './visible.ts';

/** E-mail addresses by role (`customer-representative`, `primary-administrator`, …). */
export type Contacts = Readonly<Record<string, readonly string[]>>;

export interface Customer {
  readonly id: string;
  readonly name: string;
  /** IANA zone of the customer's site. */
  readonly zone: string;
  readonly locale: Locale;
  readonly contacts: Contacts;
  readonly demo: boolean;
  readonly createdAt: number;
}
export interface Contract {
  readonly id: string;
  readonly customerId: string;
  readonly policyId: string;
  readonly tier: string;
  readonly policyVersion: number;
  readonly startsAt: number;
  /** Exclusive; null: without an end. */
  readonly endsAt: number | null;
  /** What this contract changes in its policy. */
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
}
export const CLUSTER_KINDS = ['kubernetes', 'hosts'] as const;
export type ClusterKind = (typeof CLUSTER_KINDS)[number];
export interface Cluster {
  readonly id: string;
  readonly customerId: string;
  readonly contractId: string | null;
  readonly name: string;
  readonly kind: ClusterKind;
  /** When it is not the customer's. */
  readonly zone: string | null;
  readonly createdAt: number;
}

export async function saveCustomer(db: Db, customer: Customer): Promise<void> {
  const { id, name, zone, locale, contacts, demo, createdAt } = customer;
  const row: NewRow<'customers'> = { id, name, zone, locale, contacts: JSON.stringify(contacts), demo: demo ? 1 : 0, created_at: createdAt };
  await db
    .insertInto('customers')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
export async function findCustomer(db: Db, visibility: Visibility, id: string): Promise<Customer | undefined> {
  const row = await db.selectFrom('customers').selectAll().where('id', '=', id).where(customerVisible(visibility, 'customers.id')).executeTakeFirst();
  return row && toCustomer(row);
}
/** By name. @param request.search words of the name, in any case */
export async function listCustomers(db: Db, visibility: Visibility, request: PageRequest & { readonly search?: string | undefined } = {}): Promise<Page<Customer>> {
  const size = pageSize(request);
  const rows = await db
    .selectFrom('customers')
    .selectAll()
    .where(customerVisible(visibility, 'customers.id'))
    .where((eb) => eb.and(wordsOf(request.search).map((word) => eb(eb.fn<string>('lower', ['customers.name']), 'like', `%${word}%`))))
    .where(afterCursor(request, 'customers.name', 'customers.id'))
    .orderBy('name')
    .orderBy('id')
    .limit(size + 1)
    .execute();
  return pageOf(rows, size, toCustomer, ({ name, id }) => [name, id]);
}

export async function saveContract(db: Db, contract: Contract): Promise<void> {
  const { id, customerId, policyId, tier, policyVersion, startsAt, endsAt, overrides, createdAt } = contract;
  const row: NewRow<'contracts'> = {
    id,
    customer_id: customerId,
    policy_id: policyId,
    tier,
    policy_version: policyVersion,
    starts_at: startsAt,
    ends_at: endsAt,
    overrides: JSON.stringify(overrides),
    created_at: createdAt,
  };
  await db
    .insertInto('contracts')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
export async function findContract(db: Db, visibility: Visibility, id: string): Promise<Contract | undefined> {
  const row = await db.selectFrom('contracts').selectAll().where('id', '=', id).where(customerVisible(visibility, 'contracts.customer_id')).executeTakeFirst();
  return row && toContract(row);
}
/** In the order of ids. */
export async function listContracts(db: Db, visibility: Visibility, request: PageRequest & { readonly customerId?: string | undefined } = {}): Promise<Page<Contract>> {
  const size = pageSize(request);
  let query = db
    .selectFrom('contracts')
    .selectAll()
    .where(customerVisible(visibility, 'contracts.customer_id'))
    .where(afterCursor(request, 'contracts.id', 'contracts.id'));
  if (request.customerId !== undefined) query = query.where('customer_id', '=', request.customerId);
  const rows = await query
    .orderBy('id')
    .limit(size + 1)
    .execute();
  return pageOf(rows, size, toContract, ({ id }) => [id, id]);
}
/** The contract in force of a cluster: its own, else the customer's newest; `undefined` outside every contract. */
export async function contractInForce(db: Db, clusterId: string, now: number): Promise<Contract | undefined> {
  const cluster = await db.selectFrom('clusters').select(['customer_id', 'contract_id']).where('id', '=', clusterId).executeTakeFirst();
  if (cluster === undefined) return undefined;
  const rows = await db
    .selectFrom('contracts')
    .selectAll()
    .where('customer_id', '=', cluster.customer_id)
    .where('starts_at', '<=', now)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .orderBy('starts_at', 'desc')
    .orderBy('id')
    .execute();
  const row = rows.find(({ id }) => id === cluster.contract_id) ?? rows[0];
  return row && toContract(row);
}

/** The contract that counts for what belongs to no cluster: the newest in force. */
export async function contractOfCustomer(db: Db, customerId: string, now: number): Promise<Contract | undefined> {
  const row = await db
    .selectFrom('contracts')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('starts_at', '<=', now)
    .where((eb) => eb.or([eb('ends_at', 'is', null), eb('ends_at', '>', now)]))
    .orderBy('starts_at', 'desc')
    .orderBy('id')
    .executeTakeFirst();
  return row && toContract(row);
}

export async function saveCluster(db: Db, cluster: Cluster): Promise<void> {
  const { id, customerId, contractId, name, kind, zone, createdAt } = cluster;
  const row: NewRow<'clusters'> = { id, customer_id: customerId, contract_id: contractId, name, kind, zone, created_at: createdAt };
  await db
    .insertInto('clusters')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
export async function findCluster(db: Db, visibility: Visibility, id: string): Promise<Cluster | undefined> {
  const row = await db.selectFrom('clusters').selectAll().where('id', '=', id).where(customerVisible(visibility, 'clusters.customer_id')).executeTakeFirst();
  return row && toCluster(row);
}
/** Id of a customer's cluster of that name, whatever its case. */
export async function clusterNamed(db: Db, customerId: string, name: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('clusters')
    .select('id')
    .where('customer_id', '=', customerId)
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}
/** All of a customer, in the order of their names. */
export async function clustersOf(db: Db, customerId: string): Promise<readonly Cluster[]> {
  const rows = await db.selectFrom('clusters').selectAll().where('customer_id', '=', customerId).orderBy('name').orderBy('id').limit(200).execute();
  return rows.map(toCluster);
}
/** For the collector's own work, whoever asks. */
export async function findCustomerOf(db: Db, clusterId: string): Promise<string | undefined> {
  return (await db.selectFrom('clusters').select('customer_id').where('id', '=', clusterId).executeTakeFirst())?.customer_id;
}
/** By name. */
export async function listClusters(db: Db, visibility: Visibility, request: PageRequest & { readonly customerId?: string | undefined } = {}): Promise<Page<Cluster>> {
  const size = pageSize(request);
  let query = db
    .selectFrom('clusters')
    .selectAll()
    .where(customerVisible(visibility, 'clusters.customer_id'))
    .where(afterCursor(request, 'clusters.name', 'clusters.id'));
  if (request.customerId !== undefined) query = query.where('customer_id', '=', request.customerId);
  const rows = await query
    .orderBy('name')
    .orderBy('id')
    .limit(size + 1)
    .execute();
  return pageOf(rows, size, toCluster, ({ name, id }) => [name, id]);
}

function toCustomer({ id, name, zone, locale, contacts, demo, created_at }: Row<'customers'>): Customer {
  return { id, name, zone, locale: locale === 'en' ? 'en' : 'zh', contacts: JSON.parse(contacts) as Contacts, demo: demo === 1, createdAt: created_at };
}
function toContract({ id, customer_id, policy_id, tier, policy_version, starts_at, ends_at, overrides, created_at }: Row<'contracts'>): Contract {
  return {
    id,
    customerId: customer_id,
    policyId: policy_id,
    tier,
    policyVersion: policy_version,
    startsAt: starts_at,
    endsAt: ends_at,
    overrides: JSON.parse(overrides) as Record<string, unknown>,
    createdAt: created_at,
  };
}
function toCluster({ id, customer_id, contract_id, name, kind, zone, created_at }: Row<'clusters'>): Cluster {
  return { id, customerId: customer_id, contractId: contract_id, name, kind: kind === 'hosts' ? 'hosts' : 'kubernetes', zone, createdAt: created_at };
}
