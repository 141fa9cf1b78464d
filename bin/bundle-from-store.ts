/** A bundle from a collector's store on this machine: one cluster's inspections and signals, and an audit record of it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Carried, CarriedPeriod } from '../agent/bundle/carried.ts';
import { carried } from '../agent/bundle/from-state.ts';
import { keepReverseTable } from '../agent/site/site.ts';
import type { Boundary } from '../agent/wire/encode-values.ts';
import { KEY_BYTES, Pseudonyms } from '../agent/wire/pseudonym.ts';
import { openStore } from '../collector/main.ts';
import { signingKeyOf } from '../collector/reports/signing-key.ts';
import { appendAudit } from '../collector/store/audit-store.ts';
import { storedPayloads } from '../collector/store/carried-store.ts';
import type { Db } from '../collector/store/database.ts';
import { collectorConfig, startFault } from './collector-options.ts';
import type { BundleExportValues, BundleSource } from './commands/bundle-export.ts';
import type { CommandContext } from './context.ts';
import { subjectOf } from './report-from-store.ts';
import { parseKinds, UsageError } from './terminal/arguments.ts';
import { ReportTrouble } from './terminal/report-words.ts';

/** @throws UsageError that says which cluster there is, or what the database says */
export async function collectorSource(values: BundleExportValues, period: CarriedPeriod, now: number, context: CommandContext): Promise<BundleSource> {
  const config = await collectorConfig(values, context);
  const database = await openStore(config).catch((error: unknown) => {
    throw new UsageError(startFault(error, config, context.locale));
  });
  try {
    const { customer, cluster } = await only(database.db, values);
    const opened = new Set(parseKinds(values['clear-names'] ?? []));
    const boundary = await boundaryOf(values['key-file'] ?? config.siteKeyFile, opened);
    return {
      origin: { kind: 'collector', id: cluster.id },
      signer: await signingKeyOf(config.reports.keyFile ?? join(config.dataDir, 'report-signing.key')),
      payloads: payloads(database.db, cluster.id, period, { boundary, opened }),
      recordDir: config.dataDir,
      async onWritten({ id, counts, files }) {
        if (boundary) await keepReverseTable(config.dataDir, boundary.pseudonyms, 'bundles');
        await database.transaction(async (db) => {
          await appendAudit(db, database.engine, {
            ...{ at: now, actor: { kind: 'system', name: 'xunjian bundle export' }, customerId: customer.id, action: 'bundle.export', object: id },
            details: { clusterId: cluster.id, payloads: counts.payloads, bytes: counts.bytes, parts: files.length },
          });
        });
      },
      [Symbol.asyncDispose]: async () => await database[Symbol.asyncDispose](),
    };
  } catch (error) {
    await database[Symbol.asyncDispose]();
    throw error;
  }
}

async function only(db: Db, values: BundleExportValues) {
  try {
    const { customer, cluster } = await subjectOf(db, { customer: values.customer, cluster: values.cluster });
    if (cluster) return { customer, cluster };
    // The only customer there is: of its clusters the only one.
    const { listClusters } = await import('../collector/store/fleet-store.ts');
    const [one, another] = (await listClusters(db, 'all', { customerId: customer.id, limit: 2 })).items;
    if (one && !another) return { customer, cluster: one };
    throw new UsageError({ zh: '请用 --cluster 指明集群', en: 'say which cluster with --cluster' });
  } catch (error) {
    if (error instanceof ReportTrouble) throw new UsageError(error.words);
    throw error;
  }
}

async function* payloads(
  db: Db,
  clusterId: string,
  { from, to }: CarriedPeriod,
  border: { readonly boundary: Boundary | undefined; readonly opened: Boundary['clearNames'] },
): AsyncGenerator<Carried> {
  for await (const { header, json } of storedPayloads(db, clusterId, { from: from === undefined ? undefined : from * 1_000, to: to * 1_000 }))
    yield carried(header, json, border.boundary, border.opened);
}

/** The site's key; without one, what stands clear cannot leave. @throws UsageError */
export async function boundaryOf(keyFile: string | undefined, opened: Boundary['clearNames'] = new Set()): Promise<Boundary | undefined> {
  if (keyFile === undefined) return undefined;
  const key = await readFile(keyFile).catch(() => new Uint8Array());
  if (key.length !== KEY_BYTES) throw new UsageError(`--key-file ${keyFile}: ${KEY_BYTES} bytes`);
  return { pseudonyms: new Pseudonyms(key), clearNames: opened };
}
