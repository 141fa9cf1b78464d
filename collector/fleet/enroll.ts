/** A customer, its contract, a cluster and a token in one step, for who can reach the database. What exists by name is used. */

import { setTimeout as sleep } from 'node:timers/promises';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { AppError } from '../errors.ts';
import type { Actor } from '../incidents/event.ts';
import type { Database } from '../store/database.ts';
import { giveUpLease, takeLease } from '../store/lease-store.ts';
import { everyItem } from '../store/page.ts';
import type { Policies } from '../support/policies.ts';
import { PolicyError } from '../support/policy-error.ts';
import { termsOf } from '../support/terms.ts';
import { Credentials } from './credentials.ts';
import { Fleet } from './fleet.ts';

export interface Enrolment {
  readonly customer: string;
  readonly cluster: string;
  readonly policy: string;
  readonly tier: string;
  /** IANA zone of a customer that is new. */
  readonly zone: string;
  readonly locale: Locale;
  readonly kind: 'kubernetes' | 'hosts';
  /** Whom the token is for; an agent unless it says otherwise. */
  readonly holder?: 'agent' | 'collector' | undefined;
  /** A customer that is new is invented: everything of it is marked so. */
  readonly demo?: boolean;
}
export interface Enrolled {
  readonly customerId: string;
  readonly clusterId: string;
  /** `daocloud/standard@1` */
  readonly contract: string;
  /** That the contract's hours count in: the customer's, which a customer that was known keeps. */
  readonly zone: string;
  /** Shown once. */
  readonly token: string;
}
const LEASE = 'enrolment';
const LEASE_MS = 15_000;
const LOOK_MS = 200;
const CALLER = { actor: { kind: 'system' } satisfies Actor, visibility: 'all' } as const;

/** @throws AppError `invalid` for names, zones and policies that do not exist */
export async function enroll(database: Database, policies: Policies, enrolment: Enrolment, now: number): Promise<Enrolled> {
  const place = await placeOf(database, policies, enrolment, now);
  const { token } = await new Credentials({ database, now: () => now }).issue(CALLER, place.clusterId, { label: 'enroll', kind: enrolment.holder });
  return { ...place, token };
}

/**
 * The same with a token that the site has already, once for all collectors of a database: whoever comes first does it, the others wait.
 * @throws AppError see {@link enroll}, and for a token that is none or another cluster's
 */
export async function enrollKnown(
  database: Database,
  policies: Policies,
  enrolment: Enrolment,
  token: string,
  { holder, now }: { readonly holder: string; readonly now: () => number },
): Promise<void> {
  const credentials = new Credentials({ database, now });
  const lease = { name: LEASE, holder, ttlMs: LEASE_MS };
  for (const until = now() + 2 * LEASE_MS; !(await credentials.knows(token)); await sleep(LOOK_MS)) {
    if ((await takeLease(database.db, { ...lease, now: now() })) === undefined) {
      if (now() > until) throw new AppError('conflict', 'another collector enrols, and does not end');
      continue;
    }
    try {
      const { clusterId } = await placeOf(database, policies, enrolment, now());
      await credentials.adopt(CALLER, clusterId, token, 'chart');
    } finally {
      await giveUpLease(database.db, LEASE, holder);
    }
  }
}

async function placeOf(
  database: Database,
  policies: Policies,
  { customer: name, cluster: clusterName, policy, tier, zone, locale, kind, demo = false }: Enrolment,
  now: number,
): Promise<Omit<Enrolled, 'token'>> {
  const version = requirePolicy(policies, policy, tier, zone);
  const fleet = new Fleet({ database, now: () => now, checkContract: () => undefined }); // checked above, without changes
  const customer = named(await everyItem(async (page) => await fleet.customers('all', page)), name) ?? (await fleet.createCustomer(CALLER, { name, zone, locale, demo }));
  const contracts = await fleet.contracts('all', { customerId: customer.id, limit: 200 });
  const contract =
    contracts.items.find((one) => one.policyId === policy && one.tier === tier && (one.endsAt === null || one.endsAt > now)) ??
    (await fleet.createContract(CALLER, customer.id, { policyId: policy, tier, policyVersion: version, startsAt: now }));
  const cluster =
    named(await everyItem(async (page) => await fleet.clusters('all', { customerId: customer.id, ...page })), clusterName) ??
    (await fleet.createCluster(CALLER, customer.id, { name: clusterName, kind, contractId: contract.id }));
  return { customerId: customer.id, clusterId: cluster.id, contract: `${contract.policyId}/${contract.tier}@${contract.policyVersion}`, zone: cluster.zone ?? customer.zone };
}

function requirePolicy(policies: Policies, policyId: string, tier: string, zone: string): number {
  try {
    return termsOf(policies, { policyId, tier, zone }).policy.version;
  } catch (error) {
    if (error instanceof PolicyError) throw new AppError('invalid', error.message, { cause: error });
    throw error;
  }
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T | undefined {
  return all.find((one) => one.name === name.trim());
}
