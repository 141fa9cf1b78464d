/** Where things are, by name, and how levels are called there: looked up once for each customer, cluster and policy of a page. */

import type { Locale } from '../../../agent/wire/vocabulary.ts';
import type { Visibility } from '../../access/visibility.ts';
import type { AppDeps } from '../../http/deps.ts';
import { findCluster, findCustomer } from '../../store/fleet-store.ts';
import type { IncidentSummary } from '../../store/incident-list.ts';
import { everyItem } from '../../store/page.ts';

export interface Place {
  readonly customer: string;
  readonly isDemo: boolean;
  readonly cluster: string | undefined;
  readonly zone: string;
  readonly level: string;
}
export type PlaceOf = (one: Pick<IncidentSummary, 'customerId' | 'clusterId' | 'policy' | 'level'>) => Promise<Place>;

export function placesOf({ database: { db }, rules }: Pick<AppDeps, 'database' | 'rules'>, visibility: Visibility, locale: Locale): PlaceOf {
  const known = new Map<string, Promise<Omit<Place, 'level'> & { readonly levels: ReadonlyMap<number, { readonly label: Record<Locale, string> }> }>>();
  const look = async ({ customerId, clusterId, policy }: Parameters<PlaceOf>[0]) => {
    const customer = await findCustomer(db, visibility, customerId);
    const cluster = clusterId === null ? undefined : await findCluster(db, visibility, clusterId);
    const { terms } = await rules.termsFor(db, { customerId, clusterId, policy });
    return { customer: customer?.name ?? '', isDemo: customer?.demo ?? false, cluster: cluster?.name, zone: terms.zone, levels: terms.levels };
  };
  return async (one) => {
    const key = `${one.customerId} ${one.clusterId} ${one.policy}`;
    const found = known.get(key) ?? look(one);
    known.set(key, found);
    const { levels, ...place } = await found;
    return { ...place, level: levels.get(one.level)?.label[locale] ?? String(one.level) };
  };
}

/** Of lists to choose from. */
const MOST_CHOICES = 1_000;
/** Names of customers that a reader sees, for choosing one. */
export async function customerChoices({ fleet }: Pick<AppDeps, 'fleet'>, visibility: Visibility): Promise<readonly (readonly [id: string, name: string])[]> {
  return (await everyItem(async (page) => await fleet.customers(visibility, page), MOST_CHOICES)).map(({ id, name }) => [id, name] as const);
}
/** The same of clusters, one customer's or all. */
export async function clusterChoices({ fleet }: Pick<AppDeps, 'fleet'>, visibility: Visibility, customerId?: string): Promise<readonly (readonly [id: string, name: string])[]> {
  return (await clustersToChoose(fleet, visibility, customerId)).map(({ id, name }) => [id, name] as const);
}
/** A customer as a whole, or one of its clusters: one choice, `customer` or `customer.cluster`. */
export async function subjectChoices(deps: Pick<AppDeps, 'fleet'>, visibility: Visibility, locale: Locale): Promise<readonly (readonly [subject: string, name: string])[]> {
  const [customers, clusters] = [await customerChoices(deps, visibility), await clustersToChoose(deps.fleet, visibility)];
  return customers.flatMap(([id, name]) => [
    [id, locale === 'zh' ? `${name}：全部集群` : `${name}: all clusters`] as const,
    ...clusters.filter(({ customerId }) => customerId === id).map((one) => [`${id}.${one.id}`, `${name}${locale === 'zh' ? '：' : ': '}${one.name}`] as const),
  ]);
}
async function clustersToChoose(fleet: AppDeps['fleet'], visibility: Visibility, customerId?: string): Promise<readonly Awaited<ReturnType<AppDeps['fleet']['cluster']>>[]> {
  return await everyItem(async (page) => await fleet.clusters(visibility, { ...page, ...(customerId !== undefined && { customerId }) }), MOST_CHOICES);
}
