/** Which clusters of this site are forwarded, and by which credential: what the configuration names, found in the store. */

import { MOST_SITE_INCIDENTS } from '../../agent/wire/site-incident.ts';
import type { NameKind } from '../../agent/wire/vocabulary.ts';
import type { Database, Db } from '../store/database.ts';
import { listClusters } from '../store/fleet-store.ts';
import { activeIds, loadIncidents } from '../store/incident-store.ts';
import { backfillRelays, linkCluster, unlinkOthers } from '../store/relay-store.ts';
import { tellIncidents } from './enqueue-incident.ts';

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
    for (const { clusterId, customerId } of links) {
      if (!(await linkCluster(db, clusterId, now))) continue;
      await backfillRelays(db, clusterId, now - BACKFILL_MS, now);
      await tellActive(db, clusterId, customerId);
    }
  });
  return { links, unknown };
}

/** What people and other systems opened before the link, as far as it is not over. */
async function tellActive(db: Db, clusterId: string, customerId: string): Promise<void> {
  for (let after = ''; ; ) {
    const ids = await activeIds(db, after, customerId);
    const last = ids.at(-1);
    if (last === undefined) return;
    const files = (await loadIncidents(db, ids)).filter(({ filing }) => filing.clusterId === clusterId);
    for (let at = 0; at < files.length; at += MOST_SITE_INCIDENTS) await tellIncidents(db, clusterId, files.slice(at, at + MOST_SITE_INCIDENTS));
    after = last;
  }
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
