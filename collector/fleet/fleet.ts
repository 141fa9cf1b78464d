/** Customers, contracts and clusters: what may be changed by whom, and a line in the audit log for each change. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { sees, type Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import { issueWords } from '../fault-words.ts';
import type { Actor } from '../incidents/event.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db } from '../store/database.ts';
import {
  CLUSTER_KINDS,
  type Cluster,
  type Contract,
  type Customer,
  clusterNamed,
  findCluster,
  findContract,
  findCustomer,
  listClusters,
  listContracts,
  listCustomers,
  saveCluster,
  saveContract,
  saveCustomer,
} from '../store/fleet-store.ts';
import type { Page, PageRequest } from '../store/page.ts';
import { Zone } from '../support/zone.ts';

/** Who asks, and what they see. */
export interface Caller {
  readonly actor: Actor;
  readonly visibility: Visibility;
}
export interface FleetOptions {
  readonly database: Database;
  /** Milliseconds. */
  readonly now: () => number;
  /** @throws AppError `invalid` when the policy, its tier or version does not exist, or does not allow these overrides */
  readonly checkContract: (contract: Pick<Contract, 'policyId' | 'tier' | 'policyVersion' | 'overrides'>) => void;
  /** After a change that the clocks of a customer's incidents depend on: contract, zone, which contract a cluster has. */
  readonly onTermsChanged?: ((customerId: string) => Promise<void>) | undefined;
}

const name = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'one line of text');
const moment = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const contacts = z.record(z.string().regex(/^[a-z][a-z-]{0,39}$/), z.array(z.email().max(254)).max(20)).refine((byRole) => Object.keys(byRole).length <= 20, 'more than 20 roles');

/** Bodies of the requests; the API's documentation is made from them. */
export const CustomerInput = z.strictObject({ name, zone: Zone, locale: z.enum(['zh', 'en']), contacts: contacts.default({}), demo: z.boolean().default(false) });
export type CustomerInput = z.input<typeof CustomerInput>;
export const CustomerChange = z.strictObject({ name: name.optional(), zone: Zone.optional(), locale: z.enum(['zh', 'en']).optional(), contacts: contacts.optional() });
export type CustomerChange = z.input<typeof CustomerChange>;
export const ContractInput = z.strictObject({
  policyId: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  tier: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  policyVersion: z.number().int().min(1).max(1_000_000),
  startsAt: moment,
  endsAt: moment.nullable().default(null),
  overrides: z.record(z.string().max(100), z.unknown()).default({}).describe('changes of the policy for this contract: docs/policies.md'),
});
export type ContractInput = z.input<typeof ContractInput>;
export const ContractChange = z.strictObject({
  endsAt: moment.nullable().optional(),
  overrides: z.record(z.string().max(100), z.unknown()).optional(),
  policyVersion: z.number().int().min(1).optional(),
});
export type ContractChange = z.input<typeof ContractChange>;
export const ClusterInput = z.strictObject({
  name,
  kind: z.enum(CLUSTER_KINDS).default('kubernetes'),
  zone: Zone.nullable().default(null),
  contractId: z.uuid().nullable().default(null),
});
export type ClusterInput = z.input<typeof ClusterInput>;
export const ClusterChange = z.strictObject({ name: name.optional(), zone: Zone.nullable().optional(), contractId: z.uuid().nullable().optional() });
export type ClusterChange = z.input<typeof ClusterChange>;

/** Characters of a contract's overrides as JSON. */
const LONGEST_OVERRIDES = 20_000;

export class Fleet {
  readonly #options: FleetOptions;

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Only those who see every customer may make a new one. */
  async createCustomer({ actor, visibility }: Caller, input: CustomerInput): Promise<Customer> {
    if (visibility !== 'all') throw new AppError('forbidden', 'only the support centre creates customers');
    const customer: Customer = { id: randomUUID(), ...parse(CustomerInput, input), createdAt: this.#options.now() };
    return await this.#commit(actor, customer.id, 'customer.create', customer.id, { name: customer.name }, async (db) => {
      await saveCustomer(db, customer);
      return customer;
    });
  }
  async updateCustomer({ actor, visibility }: Caller, id: string, change: CustomerChange): Promise<Customer> {
    const wanted = parse(CustomerChange, change);
    const saved = await this.#commit(actor, id, 'customer.update', id, { fields: Object.keys(wanted) }, async (db) => {
      const customer = await findCustomer(db, visibility, id);
      if (!customer) throw notFound('customer');
      const changed = { ...customer, ...defined(wanted) };
      await saveCustomer(db, changed);
      return changed;
    });
    if (wanted.zone !== undefined) await this.#options.onTermsChanged?.(id);
    return saved;
  }
  async customer(visibility: Visibility, id: string): Promise<Customer> {
    return found(await findCustomer(this.#options.database.db, visibility, id), 'customer');
  }
  async customers(visibility: Visibility, request: Parameters<typeof listCustomers>[2] = {}): Promise<Page<Customer>> {
    return await listCustomers(this.#options.database.db, visibility, request);
  }

  async createContract({ actor, visibility }: Caller, customerId: string, input: ContractInput): Promise<Contract> {
    const { now } = this.#options;
    const contract: Contract = { id: randomUUID(), customerId, ...parse(ContractInput, input), createdAt: now() };
    this.#check(contract);
    const { policyId, tier, policyVersion } = contract;
    return await this.#commit(actor, customerId, 'contract.create', contract.id, { policyId, tier, policyVersion }, async (db) => {
      if (!(await findCustomer(db, visibility, customerId))) throw notFound('customer');
      await saveContract(db, contract);
      return contract;
    });
  }
  async updateContract({ actor, visibility }: Caller, id: string, change: ContractChange): Promise<Contract> {
    const wanted = parse(ContractChange, change);
    const contract = await this.contract(visibility, id);
    const saved = await this.#commit(actor, contract.customerId, 'contract.update', id, { fields: Object.keys(wanted) }, async (db) => {
      const changed = { ...found(await findContract(db, visibility, id), 'contract'), ...defined(wanted) };
      this.#check(changed);
      await saveContract(db, changed);
      return changed;
    });
    await this.#options.onTermsChanged?.(contract.customerId);
    return saved;
  }
  async contract(visibility: Visibility, id: string): Promise<Contract> {
    return found(await findContract(this.#options.database.db, visibility, id), 'contract');
  }
  async contracts(visibility: Visibility, request: PageRequest & { readonly customerId?: string } = {}): Promise<Page<Contract>> {
    return await listContracts(this.#options.database.db, visibility, request);
  }

  async createCluster({ actor, visibility }: Caller, customerId: string, input: ClusterInput): Promise<Cluster> {
    const cluster: Cluster = { id: randomUUID(), customerId, ...parse(ClusterInput, input), createdAt: this.#options.now() };
    return await this.#commit(actor, customerId, 'cluster.create', cluster.id, { name: cluster.name, kind: cluster.kind }, async (db) => {
      if (!(await findCustomer(db, visibility, customerId))) throw notFound('customer');
      await requireOwnName(db, cluster);
      await requireContract(db, cluster);
      await saveCluster(db, cluster);
      return cluster;
    });
  }
  async updateCluster({ actor, visibility }: Caller, id: string, change: ClusterChange): Promise<Cluster> {
    const wanted = parse(ClusterChange, change);
    const cluster = await this.cluster(visibility, id);
    const saved = await this.#commit(actor, cluster.customerId, 'cluster.update', id, { fields: Object.keys(wanted) }, async (db) => {
      const changed = { ...found(await findCluster(db, visibility, id), 'cluster'), ...defined(wanted) };
      if (wanted.name !== undefined) await requireOwnName(db, changed);
      await requireContract(db, changed);
      await saveCluster(db, changed);
      return changed;
    });
    if (wanted.zone !== undefined || wanted.contractId !== undefined) await this.#options.onTermsChanged?.(cluster.customerId);
    return saved;
  }
  async cluster(visibility: Visibility, id: string): Promise<Cluster> {
    return found(await findCluster(this.#options.database.db, visibility, id), 'cluster');
  }
  async clusters(visibility: Visibility, request: PageRequest & { readonly customerId?: string } = {}): Promise<Page<Cluster>> {
    return await listClusters(this.#options.database.db, visibility, request);
  }

  #check(contract: Contract): void {
    if (contract.endsAt !== null && contract.endsAt <= contract.startsAt)
      throw new AppError('invalid', 'the contract ends before it starts', {
        details: { field: 'endsAt' },
        text: { zh: '合同在开始之前就结束', en: 'the contract ends before it starts' },
      });
    if (JSON.stringify(contract.overrides).length > LONGEST_OVERRIDES) throw new AppError('invalid', `the overrides have more than ${LONGEST_OVERRIDES} characters`);
    this.#options.checkContract(contract);
  }

  async #commit<T>(actor: Actor, customerId: string, action: string, object: string, details: Readonly<Record<string, unknown>>, work: (db: Db) => Promise<T>): Promise<T> {
    const { database, now } = this.#options;
    return await database.transaction(async (db) => {
      const result = await work(db);
      await appendAudit(db, database.engine, { at: now(), actor, customerId, action, object, details });
      return result;
    });
  }
}

/** Two clusters of one name look like one: whoever connects one twice is told. */
async function requireOwnName(db: Db, { id, name, customerId }: Cluster): Promise<void> {
  const same = await clusterNamed(db, customerId, name);
  if (same !== undefined && same !== id)
    throw new AppError('conflict', `the customer has a cluster of the name ${name}: make a new token for that one, or choose another name`, {
      details: { field: 'name', cluster: same },
      text: { zh: '该客户已有同名集群；重装请在该集群中新建令牌，否则请换一个名称', en: 'the customer has a cluster of this name: make a new token there, or choose another name' },
    });
}
/** A cluster is served under a contract of its own customer only. */
async function requireContract(db: Db, { contractId, customerId }: Cluster): Promise<void> {
  if (contractId === null) return;
  const contract = await findContract(db, [customerId], contractId);
  if (!contract || !sees([customerId], contract.customerId)) throw notFound('contract');
}
function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw notFound(what);
  return value;
}
function defined<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}
function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError('invalid', 'some fields are not as they should be', {
    details: { fields: result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message, text: issueWords(issue) })) },
  });
}
