/** Which clusters of this site are forwarded, and by which credential: what the configuration names, found in the store. */

import type { NameKind } from '../../agent/wire/vocabulary.ts';
import type { Database } from '../store/database.ts';
import { listClusters } from '../store/fleet-store.ts';
import { backfillRelays, linkCluster, unlinkOthers } from '../store/relay-store.ts';

/** As the configuration has it. */
export interface FederationConfig {
  /** The support centre's address. */
  readonly url: string;
  readonly caFile?: string | undefined;
  readonly clientCertFile?: string | undefined;
  readonly clientKeyFile?: string | undefined;
  /** `http://user:password@host:port` */
  readonly proxy?: string | undefined;
  /** Files `level`, `hold`, `approved`, as an agent's. */
  readonly consentFolder?: string | undefined;
  /** Kinds of names that may leave the site clear. */
  readonly clearNames: readonly NameKind[];
  readonly clusters: readonly { readonly cluster: string; readonly tokenFile: string }[];
}
export interface Link {
  readonly clusterId: string;
  readonly customerId: string;
  readonly name: string;
  readonly tokenFile: string;
}

/** What the store has of the time before a link is forwarded too, so that the support centre begins with a picture. */
const BACKFILL_MS = 86_400_000;

/** @returns the links, and the clusters that were named and are not there (yet) */
export async function resolveLinks(
  database: Database,
  { clusters }: Pick<FederationConfig, 'clusters'>,
  now: number,
): Promise<{ readonly links: readonly Link[]; readonly unknown: readonly string[] }> {
  const known = await allClusters(database);
  const links: Link[] = [];
  const unknown: string[] = [];
  for (const { cluster, tokenFile } of clusters) {
    const found = known.filter(({ id, name }) => id === cluster || name === cluster);
    const [one, another] = found;
    if (one && !another) links.push({ clusterId: one.id, customerId: one.customerId, name: one.name, tokenFile });
    else unknown.push(cluster);
  }
  await database.transaction(async (db) => {
    await unlinkOthers(
      db,
      links.map(({ clusterId }) => clusterId),
    );
    for (const { clusterId } of links) if (await linkCluster(db, clusterId, now)) await backfillRelays(db, clusterId, now - BACKFILL_MS, now);
  });
  return { links, unknown };
}

async function allClusters({ db }: Database) {
  const all = [];
  for (let cursor: string | undefined; ; ) {
    const page: Awaited<ReturnType<typeof listClusters>> = await listClusters(db, 'all', { limit: 200, cursor });
    all.push(...page.items);
    if (page.next === undefined) return all;
    cursor = page.next;
  }
}
