/**
 * Parts of bundles into the store, by the same way in as what agents send: the same limits, contract, receipts and transaction.
 * The same part again, in any order, changes nothing.
 */
import { ENVELOPE_TYPE, MOST_ENVELOPES, type Receipt } from '../../agent/wire/envelope.ts';
import type { Actor } from '../incidents/event.ts';
import type { ClusterIdentity } from '../ingest/apply.ts';
import type { Ingest } from '../ingest/ingest.ts';
import { appendAudit } from '../store/audit-store.ts';
import { clusterOfOrigin, confirmOrigin, importedParts, savePart } from '../store/carried-store.ts';
import type { Database } from '../store/database.ts';

/** A part whose signature holds; who carries it has held every payload against its manifest. */
export interface CarriedPart {
  readonly bundleId: string;
  readonly part: number;
  readonly parts: number;
  /** Milliseconds, by the site's clock. */
  readonly madeAt: number;
  readonly keyId: string;
  readonly origin: string;
  readonly payloads: number;
}
/** `unknown-key`: nobody confirmed it yet. `foreign-cluster`: it is confirmed for another one. */
export type Admission = 'admitted' | 'unknown-key' | 'foreign-cluster';
export interface PartResult {
  readonly accepted: number;
  readonly duplicates: number;
  readonly quarantined: number;
  readonly refused: number;
  /** The whole part had been imported before: nothing was read again. */
  readonly wasHere: boolean;
  /** Parts of the bundle that are not here yet. */
  readonly missing: readonly number[];
}

export interface BundleImportOptions {
  readonly database: Database;
  readonly ingest: Pick<Ingest, 'ingest'>;
  readonly cluster: ClusterIdentity;
  readonly actor: Actor;
  /** Milliseconds. */
  readonly now: () => number;
}

/** In one request to the ingest, well within its limits. */
const BATCH_BYTES = 2 * 1024 * 1024;
const BATCH_RAW_BYTES = 24 * 1024 * 1024;

export class BundleImport {
  readonly #options: BundleImportOptions;

  constructor(options: BundleImportOptions) {
    this.#options = options;
  }

  /** @param trust id of a key that the site has told by another way: from now on its bundles are taken for this cluster */
  async admit({ keyId, origin }: Pick<CarriedPart, 'keyId' | 'origin'>, trust: string | undefined): Promise<Admission> {
    const { database, cluster, actor, now } = this.#options;
    return await database.transaction(async (db): Promise<Admission> => {
      const known = await clusterOfOrigin(db, keyId, origin);
      if (known !== undefined) return known === cluster.clusterId ? 'admitted' : 'foreign-cluster';
      if (trust !== keyId) return 'unknown-key';
      await confirmOrigin(db, { keyId, origin, clusterId: cluster.clusterId, at: now(), actor });
      await appendAudit(db, database.engine, {
        ...{ at: now(), actor, customerId: cluster.customerId, action: 'bundle.trust', object: keyId },
        details: { clusterId: cluster.clusterId, origin },
      });
      return 'admitted';
    });
  }

  async wasImported({ bundleId, part }: CarriedPart): Promise<boolean> {
    const { database, cluster } = this.#options;
    return (await importedParts(database.db, cluster.clusterId, bundleId)).includes(part);
  }

  /**
   * @param read hands over each payload's envelope as gzip, with the length of its line
   * @throws AppError when the ingest takes nothing now; what was taken until then stays, and is known when the part comes again
   */
  async take(part: CarriedPart, read: (sink: (body: Uint8Array, rawBytes: number) => Promise<void>) => Promise<void>): Promise<PartResult> {
    const { database, ingest, cluster, actor, now } = this.#options;
    const counts: Record<Receipt['status'], number> = { accepted: 0, duplicate: 0, quarantined: 0, refused: 0 };
    let batch: Uint8Array[] = [];
    let bytes = 0;
    let rawBytes = 0;
    const flush = async (): Promise<void> => {
      if (batch.length === 0) return;
      const { receipts } = await ingest.ingest({
        cluster,
        body: piecesOf(batch),
        contentType: ENVELOPE_TYPE,
        contentEncoding: 'gzip',
        way: { kind: 'by-hand', leftAt: part.madeAt },
      });
      for (const { status } of receipts) counts[status] += 1;
      [batch, bytes, rawBytes] = [[], 0, 0];
    };
    await read(async (body, raw) => {
      if (batch.length >= MOST_ENVELOPES || bytes + body.length > BATCH_BYTES || rawBytes + raw > BATCH_RAW_BYTES) await flush();
      batch.push(body);
      bytes += body.length;
      rawBytes += raw;
    });
    await flush();
    const { accepted, duplicate: duplicates, quarantined, refused } = counts;
    await database.transaction(async (db) => {
      const { clusterId, customerId } = cluster;
      const { bundleId, parts, keyId, origin, madeAt, payloads } = part;
      const row = { bundle_id: bundleId, part: part.part, parts, cluster_id: clusterId, key_id: keyId, origin, made_at: madeAt, imported_at: now(), payloads };
      await savePart(db, { ...row, accepted, duplicates, quarantined, refused });
      await appendAudit(db, database.engine, {
        ...{ at: now(), actor, customerId, action: 'bundle.import', object: bundleId },
        details: { clusterId, part: part.part, parts, accepted, duplicates, quarantined, refused },
      });
    });
    return { accepted, duplicates, quarantined, refused, wasHere: false, missing: await this.missing(part) };
  }

  /** Numbers of the bundle's parts that have not come yet. */
  async missing({ bundleId, parts }: Pick<CarriedPart, 'bundleId' | 'parts'>): Promise<readonly number[]> {
    const { database, cluster } = this.#options;
    const here = new Set(await importedParts(database.db, cluster.clusterId, bundleId));
    return Array.from({ length: parts }, (_none, index) => index + 1).filter((number) => !here.has(number));
  }
}

async function* piecesOf(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
