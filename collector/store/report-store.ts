/** Reports as jobs: each is claimed by one collector at a time, and what it wrote stays with it. */
import { createHash, randomUUID } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Actor } from '../incidents/event.ts';
import type { Report, ReportFault, ReportFile, ReportFormat, ReportRequest, ReportStage, ReportState, Side, Signature } from '../reports/report.ts';
import type { Db, Engine } from './database.ts';
import type { Row } from './tables.ts';
import { customerVisible } from './visible.ts';

/** Everything but the document. */
const COLUMNS = [
  ...(['id', 'customer_id', 'cluster_id', 'schedule_id', 'request_key', 'kind', 'formats', 'locales', 'from_at', 'to_at', 'mail', 'state', 'stage', 'progress'] as const),
  ...(['attempts', 'error', 'document_sha256', 'created_at', 'created_by', 'finished_at', 'confirm_until', 'confirmed_at', 'confirmed_by', 'confirmation'] as const),
  ...(['signed_customer', 'signed_provider'] as const),
] as const;
type Known = Pick<Row<'reports'>, (typeof COLUMNS)[number]>;

/** @returns the report, and whether it is new: the same key of the same customer is the same report */
export async function insertReport(db: Db, request: ReportRequest, createdBy: Actor, now: number): Promise<{ readonly report: Report; readonly isNew: boolean }> {
  const id = randomUUID();
  await db
    .insertInto('reports')
    .values({
      ...{ id, customer_id: request.customerId, cluster_id: request.clusterId, schedule_id: request.scheduleId ?? null, request_key: request.requestKey, kind: request.kind },
      ...{ formats: JSON.stringify(request.formats), locales: JSON.stringify(request.locales), from_at: request.from ?? null, to_at: request.to, mail: request.mail ? 1 : 0 },
      ...{ state: 'queued', stage: 'waiting', progress: 0, attempts: 0, next_at: now, claimed_by: null, claimed_until: null, error: null, document: null, document_sha256: null },
      ...{ created_at: now, created_by: JSON.stringify(createdBy), finished_at: null, confirm_until: null, confirmed_at: null, confirmed_by: null, confirmation: null },
    })
    .onConflict((conflict) => conflict.columns(['customer_id', 'request_key']).doNothing())
    .execute();
  const row = await db.selectFrom('reports').select(COLUMNS).where('customer_id', '=', request.customerId).where('request_key', '=', request.requestKey).executeTakeFirstOrThrow();
  return { report: toReport(row), isNew: row.id === id };
}

export async function findReport(db: Db, visibility: Visibility, id: string): Promise<Report | undefined> {
  const row = await db.selectFrom('reports').select(COLUMNS).where('id', '=', id).where(customerVisible(visibility, 'reports.customer_id')).executeTakeFirst();
  return row && toReport(row);
}

export interface ReportQuery {
  readonly customerId?: string | undefined;
  readonly clusterId?: string | undefined;
  readonly kind?: string | undefined;
  readonly scheduleId?: string | undefined;
  readonly state?: ReportState | undefined;
  /** Of the last report of the page before. */
  readonly after?: readonly [createdAt: number, id: string] | undefined;
  readonly limit: number;
}
/** Newest first. */
export async function listReports(db: Db, visibility: Visibility, { customerId, clusterId, kind, scheduleId, state, after, limit }: ReportQuery): Promise<readonly Report[]> {
  let query = db.selectFrom('reports').select(COLUMNS).where(customerVisible(visibility, 'reports.customer_id'));
  if (customerId !== undefined) query = query.where('customer_id', '=', customerId);
  if (clusterId !== undefined) query = query.where('cluster_id', '=', clusterId);
  if (kind !== undefined) query = query.where('kind', '=', kind);
  if (scheduleId !== undefined) query = query.where('schedule_id', '=', scheduleId);
  if (state !== undefined) query = query.where('state', '=', state);
  if (after !== undefined) query = query.where((eb) => eb.or([eb('created_at', '<', after[0]), eb.and([eb('created_at', '=', after[0]), eb('id', '<', after[1])])]));
  const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
  return rows.map(toReport);
}

/** Jobs of a customer that have not ended. */
export async function countUnfinished(db: Db, customerId: string): Promise<number> {
  const row = await db
    .selectFrom('reports')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .where('state', 'in', ['queued', 'running'])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** A report whose turn it is, with the proof that it is ours. */
export interface ClaimedReport {
  readonly report: Report;
  readonly by: string;
}

/** The longest waiting job that nobody works on; in a transaction of its own. What a collector left behind is taken up again. */
export async function claimReport(db: Db, engine: Engine, now: number, { by, leaseMs }: { readonly by: string; readonly leaseMs: number }): Promise<ClaimedReport | undefined> {
  let due = db
    .selectFrom('reports')
    .select('id')
    .where('state', 'in', ['queued', 'running'])
    .where('next_at', '<=', now)
    .where((eb) => eb.or([eb('claimed_until', 'is', null), eb('claimed_until', '<=', now)]))
    .orderBy('next_at')
    .orderBy('id')
    .limit(1);
  if (engine === 'postgres') due = due.forUpdate().skipLocked();
  const found = await due.executeTakeFirst();
  if (!found) return undefined;
  const row = await db
    .updateTable('reports')
    .set((eb) => ({ state: 'running', stage: 'assembling', progress: 0, claimed_by: by, claimed_until: now + leaseMs, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', found.id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow();
  return { report: toReport(row), by };
}

/** Says how far it is, and keeps the claim. @returns false when the job is somebody else's by now */
export async function advanceReport(
  db: Db,
  { report: { id }, by }: ClaimedReport,
  { stage, progress, until }: { readonly stage: ReportStage; readonly progress: number; readonly until: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reports')
    .set({ stage, progress, claimed_until: until })
    .where('id', '=', id)
    .where('claimed_by', '=', by)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The document is kept before anything is made of it, once: a later attempt says the same. @param json the model */
export async function storeDocument(db: Db, { report: { id }, by }: ClaimedReport, json: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reports')
    .set({ document: gzipSync(json), document_sha256: sha256Of(json) })
    .where('id', '=', id)
    .where('claimed_by', '=', by)
    .where('document', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
/** The model's JSON, as it was stored; `undefined` before it was assembled. */
export async function readDocument(db: Db, visibility: Visibility, id: string): Promise<string | undefined> {
  const row = await db.selectFrom('reports').select('document').where('id', '=', id).where(customerVisible(visibility, 'reports.customer_id')).executeTakeFirst();
  return row?.document ? gunzipSync(row.document).toString('utf8') : undefined;
}

/** In one transaction with the files. @param confirmUntil left out where there is nothing to confirm. @returns false when the job is somebody else's by now */
export async function finishReport(db: Db, { report: { id }, by }: ClaimedReport, now: number, confirmUntil: number | undefined): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reports')
    .set({ state: 'done', stage: 'ended', progress: 100, claimed_by: null, claimed_until: null, error: null, finished_at: now, confirm_until: confirmUntil ?? null })
    .where('id', '=', id)
    .where('claimed_by', '=', by)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
/** @param retryAt when it is tried again; for good without one */
export async function failReport(db: Db, { report: { id }, by }: ClaimedReport, fault: ReportFault, now: number, retryAt: number | undefined): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reports')
    .set({
      ...(retryAt === undefined ? { state: 'failed', stage: 'ended', finished_at: now } : { state: 'queued', stage: 'waiting', next_at: retryAt }),
      ...{ progress: 0, claimed_by: null, claimed_until: null, error: fault },
    })
    .where('id', '=', id)
    .where('claimed_by', '=', by)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
/** Back to the queue without counting the attempt: the collector stops. */
export async function releaseReport(db: Db, { report: { id }, by }: ClaimedReport, now: number): Promise<void> {
  await db
    .updateTable('reports')
    .set((eb) => ({ state: 'queued', stage: 'waiting', progress: 0, next_at: now, claimed_by: null, claimed_until: null, attempts: eb('attempts', '-', 1) }))
    .where('id', '=', id)
    .where('claimed_by', '=', by)
    .execute();
}

export async function insertFiles(db: Db, reportId: string, files: readonly (ReportFile & { readonly body: Uint8Array })[], now: number): Promise<void> {
  await db.deleteFrom('report_files').where('report_id', '=', reportId).execute();
  for (const { name, mediaType, bytes, sha256, body } of files)
    await db.insertInto('report_files').values({ report_id: reportId, name, media_type: mediaType, bytes, sha256, body, created_at: now }).execute();
}
/** In the order of their names. */
export async function listFiles(db: Db, reportId: string): Promise<readonly ReportFile[]> {
  const rows = await db.selectFrom('report_files').select(['name', 'media_type', 'bytes', 'sha256']).where('report_id', '=', reportId).orderBy('name').execute();
  return rows.map(({ name, media_type, bytes, sha256 }) => ({ name, mediaType: media_type, bytes, sha256 }));
}
export async function readFileOf(db: Db, visibility: Visibility, reportId: string, name: string): Promise<(ReportFile & { readonly body: Uint8Array }) | undefined> {
  const row = await db
    .selectFrom('report_files')
    .innerJoin('reports', 'reports.id', 'report_files.report_id')
    .select(['report_files.name', 'report_files.media_type', 'report_files.bytes', 'report_files.sha256', 'report_files.body'])
    .where('report_files.report_id', '=', reportId)
    .where('report_files.name', '=', name)
    .where(customerVisible(visibility, 'reports.customer_id'))
    .executeTakeFirst();
  return row && { name: row.name, mediaType: row.media_type, bytes: row.bytes, sha256: row.sha256, body: row.body };
}

/** Files to read and the proof, as many as fit, the smallest first; for letters. */
export async function attachable(db: Db, reportId: string, mostBytes: number): Promise<readonly (Pick<ReportFile, 'name' | 'mediaType'> & { readonly body: Uint8Array })[]> {
  const found: (Pick<ReportFile, 'name' | 'mediaType'> & { readonly body: Uint8Array })[] = [];
  let left = mostBytes;
  for (const { name, mediaType, bytes } of (await listFiles(db, reportId)).toSorted((one, other) => one.bytes - other.bytes)) {
    left -= bytes;
    if (left < 0) break;
    const file = await readFileOf(db, 'all', reportId, name);
    if (file) found.push({ name, mediaType, body: file.body });
  }
  return found;
}

/** Once, while there is time for it. @returns false when it was confirmed before, or is too late */
export async function confirmReport(
  db: Db,
  id: string,
  { by, accepted, note, now }: { readonly by: Actor; readonly accepted: boolean; readonly note?: string | undefined; readonly now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('reports')
    .set({ confirmed_at: now, confirmed_by: JSON.stringify(by), confirmation: JSON.stringify({ accepted, note }) })
    .where('id', '=', id)
    .where('state', '=', 'done')
    .where('confirmed_at', 'is', null)
    .where('confirm_until', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Once for each side. @returns false when that side has signed, or there is nothing to sign */
export async function signReport(db: Db, id: string, side: Side, signature: Signature): Promise<boolean> {
  const column = `signed_${side}` as const;
  const { numUpdatedRows } = await db
    .updateTable('reports')
    .set({ [column]: JSON.stringify(signature) })
    .where('id', '=', id)
    .where('state', '=', 'done')
    .where(column, 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The newest report of these kinds about the same thing that was made for an earlier end. */
export async function lastDocument(
  db: Db,
  { customerId, clusterId }: Pick<ReportRequest, 'customerId' | 'clusterId'>,
  kinds: readonly string[],
  before: number,
): Promise<{ readonly id: string; readonly json: string } | undefined> {
  const row = await db
    .selectFrom('reports')
    .select(['id', 'document'])
    .where('customer_id', '=', customerId)
    .where('cluster_id', clusterId === null ? 'is' : '=', clusterId)
    .where('kind', 'in', kinds)
    .where('state', '=', 'done')
    .where('document', 'is not', null)
    .where('to_at', '<', before)
    .orderBy('to_at', 'desc')
    .orderBy('finished_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.document ? { id: row.id, json: gunzipSync(row.document).toString('utf8') } : undefined;
}

export function sha256Of(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function toReport(row: Known): Report {
  const signature = (json: string | null): Signature | undefined => (json === null ? undefined : (JSON.parse(json) as Signature));
  return {
    signatures: { customer: signature(row.signed_customer), provider: signature(row.signed_provider) },
    ...{ id: row.id, customerId: row.customer_id, clusterId: row.cluster_id, kind: row.kind, requestKey: row.request_key, to: row.to_at, mail: row.mail === 1 },
    ...{ progress: row.progress, attempts: row.attempts, createdAt: row.created_at },
    // Only our own words were stored.
    formats: JSON.parse(row.formats) as ReportFormat[],
    locales: JSON.parse(row.locales) as Locale[],
    state: row.state as ReportState,
    stage: row.stage as ReportStage,
    createdBy: JSON.parse(row.created_by) as Actor,
    ...(row.from_at !== null && { from: row.from_at }),
    ...(row.schedule_id !== null && { scheduleId: row.schedule_id }),
    ...(row.error !== null && { fault: row.error as ReportFault }),
    ...(row.document_sha256 !== null && { documentSha256: row.document_sha256 }),
    ...(row.finished_at !== null && { finishedAt: row.finished_at }),
    ...(row.confirm_until !== null && { confirmUntil: row.confirm_until }),
    ...(row.confirmed_at !== null && { confirmedAt: row.confirmed_at }),
    ...(row.confirmed_by !== null && { confirmedBy: JSON.parse(row.confirmed_by) as Actor }),
    ...(row.confirmation !== null && { confirmation: JSON.parse(row.confirmation) as NonNullable<Report['confirmation']> }),
  };
}
