/** A report from a collector's database on this machine; nothing is written there. */

import { join } from 'node:path';
import { VERSION } from '../agent/version.ts';
import type { CollectorConfig } from '../collector/config.ts';
import { assemblePeriod } from '../collector/inspections/assemble-period.ts';
import { openStore } from '../collector/main.ts';
import { LivePolicies } from '../collector/packs/packs.ts';
import { usualPeriod } from '../collector/reports/periods.ts';
import { signingKeyOf } from '../collector/reports/signing-key.ts';
import type { Db } from '../collector/store/database.ts';
import { type Cluster, type Customer, listClusters, listCustomers } from '../collector/store/fleet-store.ts';
import { everyItem } from '../collector/store/page.ts';
import { loadPolicies } from '../collector/support/policies.ts';
import { ContractRules } from '../collector/support-rules.ts';
import { collectorConfig, startFault } from './collector-options.ts';
import type { ReportTask } from './commands/report.ts';
import { PACKS } from './pack-content.ts';
import { renderFiles } from './render-files.ts';
import { KNOWLEDGE } from './report-knowledge.ts';
import { withParts } from './report-parts.ts';
import { periodOf } from './report-period.ts';
import { ReportTrouble } from './terminal/report-words.ts';

export async function reportFromStore({ kind, formats, locales, directory, values, context, onProgress }: ReportTask): Promise<readonly string[]> {
  const config = await collectorConfig(values, context);
  await using database = await opened(config, context.locale);
  const { customer, cluster } = await subjectOf(database.db, values);
  const now = Date.now();
  const zone = values.zone ?? cluster?.zone ?? customer.zone;
  const given = periodOf(values, zone, now);
  const period = { ...given, ...(given.from === undefined && usualPeriod(kind, zone, { before: given.to, since: cluster?.createdAt ?? customer.createdAt })) };
  const policies = new LivePolicies(loadPolicies(config.policiesDir));
  PACKS.learn((await policies.refresh(database.db, PACKS.contentOf)) ?? '');
  const rules = new ContractRules({ policies, defaultPolicy: config.defaultPolicy, now: () => now });
  const request = { customerId: customer.id, clusterId: cluster?.id ?? null, kind, ...period };
  const assembled = await assemblePeriod({ db: database.db, rules, knowledge: KNOWLEDGE, version: VERSION, prices: config.reports.prices }, request);
  const model = await withParts(assembled, values.parts, kind, context);
  const signer = await signingKeyOf(config.reports.keyFile ?? join(config.dataDir, 'report-signing.key'));
  return await renderFiles({ json: JSON.stringify(model), model, directory, wanted: { kind, formats, locales, ...period } }, { signer, signal: context.signal, onProgress, now });
}

/** The database that the options name. @throws ReportTrouble */
export async function openedStore(values: Parameters<typeof collectorConfig>[0], context: ReportTask['context']): ReturnType<typeof openStore> {
  return await opened(await collectorConfig(values, context), context.locale);
}
async function opened(config: CollectorConfig, locale: ReportTask['context']['locale']): ReturnType<typeof openStore> {
  try {
    return await openStore(config);
  } catch (error) {
    const words = startFault(error, config, locale);
    throw new ReportTrouble({ zh: words, en: words });
  }
}

interface Subject {
  readonly customer: Customer;
  readonly cluster: Cluster | undefined;
}
/** By id or name. The only one there is need not be named; of several we ask. */
export async function subjectOf(db: Db, { customer: wantedCustomer, cluster: wantedCluster }: Pick<ReportTask['values'], 'customer' | 'cluster'>): Promise<Subject> {
  const customers = await everyItem(async (page) => await listCustomers(db, 'all', page));
  const clusters = await everyItem(async (page) => await listClusters(db, 'all', page));
  if (wantedCluster !== undefined) {
    const owners = wantedCustomer === undefined ? undefined : customers.filter((one) => isNamed(one, wantedCustomer)).map(({ id }) => id);
    const cluster = only(
      clusters.filter((one) => isNamed(one, wantedCluster) && (owners === undefined || owners.includes(one.customerId))),
      '--cluster',
      wantedCluster,
      clusters,
    );
    const customer = customers.find(({ id }) => id === cluster.customerId);
    if (customer) return { customer, cluster };
  }
  const found = wantedCustomer === undefined ? customers : customers.filter((one) => isNamed(one, wantedCustomer));
  return { customer: only(found, '--customer', wantedCustomer, customers), cluster: undefined };
}
interface Named {
  readonly id: string;
  readonly name: string;
}
function isNamed({ id, name }: Named, wanted: string): boolean {
  return id === wanted || name === wanted;
}
const MOST_NAMED = 20;
function only<T extends Named>(found: readonly T[], option: string, wanted: string | undefined, all: readonly Named[]): T {
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const named = found.length > 1 ? found : all;
  const shown = named
    .slice(0, MOST_NAMED)
    .map(({ id, name }) => `${name} (${id})`)
    .join(', ');
  const more = named.length - MOST_NAMED;
  if (all.length === 0)
    throw new ReportTrouble({
      zh: '数据库中还没有客户；请先接入集群：xunjian collector enroll',
      en: 'the database holds no customer yet; connect a cluster first: xunjian collector enroll',
    });
  throw new ReportTrouble({
    zh: `请用 ${option} 指明${wanted === undefined ? '' : `（没有唯一的 ${JSON.stringify(wanted.slice(0, 60))}）`}：${shown}${more > 0 ? ` 等 ${named.length} 个` : ''}`,
    en: `say which with ${option}${wanted === undefined ? '' : ` (${JSON.stringify(wanted.slice(0, 60))} is not exactly one)`}: ${shown}${more > 0 ? ` and ${more} more` : ''}`,
  });
}
