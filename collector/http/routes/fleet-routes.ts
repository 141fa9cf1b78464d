import { z } from 'zod';
import { coverageOfCluster } from '../../fleet/agents.ts';
import { ClusterChange, ClusterInput, ContractChange, ContractInput, CustomerChange, CustomerInput } from '../../fleet/fleet.ts';
import { CLUSTER_KINDS, type Cluster as StoredCluster, type Contract as StoredContract, type Customer as StoredCustomer } from '../../store/fleet-store.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint } from '../endpoint.ts';
import { PageQuery, pageOf, pageView } from '../paging.ts';
import { Id, IdParams, Locale, Time } from '../values.ts';

const Customer = z.object({ id: Id, name: z.string(), zone: z.string(), locale: Locale, contacts: z.record(z.string(), z.array(z.string())), demo: z.boolean(), createdAt: Time });
const Contract = z.object({
  id: Id,
  customerId: Id,
  policyId: z.string(),
  tier: z.string(),
  policyVersion: z.number().int(),
  startsAt: Time,
  endsAt: Time.nullable(),
  overrides: z.record(z.string(), z.unknown()),
  createdAt: Time,
});
const Cluster = z.object({ id: Id, customerId: Id, contractId: Id.nullable(), name: z.string(), kind: z.enum(CLUSTER_KINDS), zone: z.string().nullable(), createdAt: Time });
const Coverage = z.object({
  agents: z.number().int(),
  silent: z.number().int(),
  stale: z.number().int(),
  neverInspected: z.number().int(),
  newestInspectionAt: Time.nullable(),
  oldestInspectionAt: Time.nullable(),
});
const Query = z.strictObject(PageQuery);
const QueryOfCustomer = z.strictObject({ ...PageQuery, customer: Id.optional() });

export function fleetRoutes(api: Api, deps: AppDeps): void {
  customerRoutes(api, deps);
  contractRoutes(api, deps);
  clusterRoutes(api, deps);
}

function customerRoutes(api: Api, { fleet }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/customers', id: 'listCustomers', summary: 'Customers by name', permission: 'customer.read', query: Query, answer: pageOf(Customer) },
    async ({ visibility, query }) => pageView(await fleet.customers(visibility, query), customerView),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/customers',
      id: 'createCustomer',
      summary: 'A new customer',
      permission: 'customer.write',
      body: CustomerInput,
      answer: Customer,
      status: 201,
    },
    async ({ caller, body }) => customerView(await fleet.createCustomer(caller, body)),
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/customers/:id', id: 'getCustomer', summary: 'A customer', permission: 'customer.read', params: IdParams, answer: Customer },
    async ({ visibility, params }) => customerView(await fleet.customer(visibility, params.id)),
  );
  addEndpoint(
    api,
    {
      method: 'PATCH',
      path: '/api/v1/customers/:id',
      id: 'changeCustomer',
      summary: 'Change a customer',
      permission: 'customer.write',
      params: IdParams,
      body: CustomerChange,
      answer: Customer,
    },
    async ({ caller, params, body }) => customerView(await fleet.updateCustomer(caller, params.id, body)),
  );
}

function contractRoutes(api: Api, { fleet }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/contracts', id: 'listContracts', summary: 'Contracts', permission: 'contract.read', query: QueryOfCustomer, answer: pageOf(Contract) },
    async ({ visibility, query: { customer, ...page } }) =>
      pageView(await fleet.contracts(visibility, { ...page, ...(customer !== undefined && { customerId: customer }) }), contractView),
  );
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/contracts/:id', id: 'getContract', summary: 'A contract', permission: 'contract.read', params: IdParams, answer: Contract },
    async ({ visibility, params }) => contractView(await fleet.contract(visibility, params.id)),
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/customers/:id/contracts',
      id: 'createContract',
      summary: 'A contract for a customer',
      permission: 'contract.write',
      params: IdParams,
      body: ContractInput,
      answer: Contract,
      status: 201,
    },
    async ({ caller, params, body }) => contractView(await fleet.createContract(caller, params.id, body)),
  );
  addEndpoint(
    api,
    {
      method: 'PATCH',
      path: '/api/v1/contracts/:id',
      id: 'changeContract',
      summary: 'Change a contract',
      permission: 'contract.write',
      params: IdParams,
      body: ContractChange,
      answer: Contract,
    },
    async ({ caller, params, body }) => contractView(await fleet.updateContract(caller, params.id, body)),
  );
}

function clusterRoutes(api: Api, { fleet, database }: AppDeps): void {
  addEndpoint(
    api,
    { method: 'GET', path: '/api/v1/clusters', id: 'listClusters', summary: 'Clusters by name', permission: 'cluster.read', query: QueryOfCustomer, answer: pageOf(Cluster) },
    async ({ visibility, query: { customer, ...page } }) =>
      pageView(await fleet.clusters(visibility, { ...page, ...(customer !== undefined && { customerId: customer }) }), clusterView),
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/api/v1/clusters/:id',
      id: 'getCluster',
      summary: 'A cluster, and how much of it is looked at',
      permission: 'cluster.read',
      params: IdParams,
      answer: Cluster.extend({ coverage: Coverage }),
    },
    async ({ visibility, params, now }) => {
      const cluster = await fleet.cluster(visibility, params.id);
      return { ...clusterView(cluster), coverage: await coverageOfCluster(database.db, visibility, cluster.id, now) };
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/api/v1/customers/:id/clusters',
      id: 'createCluster',
      summary: 'A cluster of a customer',
      permission: 'cluster.write',
      params: IdParams,
      body: ClusterInput,
      answer: Cluster,
      status: 201,
    },
    async ({ caller, params, body }) => clusterView(await fleet.createCluster(caller, params.id, body)),
  );
  addEndpoint(
    api,
    {
      method: 'PATCH',
      path: '/api/v1/clusters/:id',
      id: 'changeCluster',
      summary: 'Change a cluster',
      permission: 'cluster.write',
      params: IdParams,
      body: ClusterChange,
      answer: Cluster,
    },
    async ({ caller, params, body }) => clusterView(await fleet.updateCluster(caller, params.id, body)),
  );
}

function customerView({ contacts, ...customer }: StoredCustomer): z.input<typeof Customer> {
  return { ...customer, contacts: Object.fromEntries(Object.entries(contacts).map(([role, addresses]) => [role, [...addresses]])) };
}
function contractView(contract: StoredContract): z.input<typeof Contract> {
  return contract;
}
function clusterView(cluster: StoredCluster): z.input<typeof Cluster> {
  return cluster;
}
