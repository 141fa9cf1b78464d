/** What people do with records: hand over a set, look at it, take one away. */
import { requireSeen, type Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller } from '../fleet/fleet.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db } from '../store/database.ts';
import { findCluster, findCustomer } from '../store/fleet-store.ts';
import { countRecordsOf, deleteRecord, findRecord, type RecordSubject, recordsFor, type StoredRecord, saveRecord } from '../store/record-store.ts';
import { countRecords, keyOf, mergedRecords, RECORD_KINDS, type RecordKind, RecordSet } from './record-set.ts';

/** Of one customer; years of demands and changes. */
const MOST_RECORDS = 20_000;

export class Records {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** All of the set or none. @returns how many. @throws AppError `not-found` for foreign subjects, `too-many` */
  async save({ actor, visibility }: Caller, subject: RecordSubject, set: RecordSet, now: number): Promise<number> {
    const count = countRecords(set);
    await this.#database.transaction(async (db) => {
      await requireSubject(db, visibility, subject);
      if ((await countRecordsOf(db, subject.customerId)) + count > MOST_RECORDS)
        throw new AppError('too-many', `a customer has at most ${MOST_RECORDS} records: take away what no report needs any more`);
      for (const kind of RECORD_KINDS) await saveKind(db, subject, kind, set, { actor, now });
      await appendAudit(db, this.#database.engine, {
        ...{ at: now, actor, customerId: subject.customerId, action: 'report-record.save', object: subject.clusterId ?? subject.customerId },
        details: Object.fromEntries(RECORD_KINDS.map((kind) => [kind, set[kind].length]).filter(([, found]) => found !== 0)),
      });
    });
    return count;
  }

  /** @throws AppError `not-found` */
  async remove({ actor, visibility }: Caller, id: string, now: number): Promise<void> {
    await this.#database.transaction(async (db) => {
      const record = await findRecord(db, visibility, id);
      if (!record) throw notFound('record');
      await deleteRecord(db, id);
      await appendAudit(db, this.#database.engine, {
        ...{ at: now, actor, customerId: record.customerId, action: 'report-record.remove', object: id, details: { kind: record.kind, key: record.key.slice(0, 200) } },
      });
    });
  }
}

async function saveKind<K extends RecordKind>(
  db: Db,
  subject: RecordSubject,
  kind: K,
  set: RecordSet,
  { actor, now }: { readonly actor: Caller['actor']; readonly now: number },
): Promise<void> {
  for (const record of set[kind]) await saveRecord(db, subject, { kind, key: keyOf(kind, record), body: record }, actor, now);
}
async function requireSubject(db: Db, visibility: Visibility, { customerId, clusterId }: RecordSubject): Promise<void> {
  requireSeen(visibility, customerId, 'customer');
  if (!(await findCustomer(db, visibility, customerId))) throw notFound('customer');
  if (clusterId !== null && (await findCluster(db, visibility, clusterId))?.customerId !== customerId) throw notFound('cluster');
}

/** What the store holds for a report. A record that an earlier version took and this one does not is left out. */
export async function storedRecords(db: Db, subject: RecordSubject): Promise<RecordSet> {
  return mergedRecords((await recordsFor(db, subject)).map(setOf));
}
function setOf({ kind, body }: StoredRecord): RecordSet {
  return RecordSet.safeParse({ [kind]: [body] }).data ?? RecordSet.parse({});
}
