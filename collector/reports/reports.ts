/** What people and other systems do with reports: ask for them, look at them, confirm them, and let them come by themselves. */
import { randomUUID } from 'node:crypto';
import { requireSeen, type Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import type { Caller } from '../fleet/fleet.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database, Db } from '../store/database.ts';
import { findCluster, findCustomer } from '../store/fleet-store.ts';
import { countSchedules, deleteSchedule, findSchedule, type ReportSchedule, saveSchedule } from '../store/report-schedule-store.ts';
import { confirmReport, countUnfinished, findReport, insertReport, listFiles, signReport } from '../store/report-store.ts';
import { nextTurn, type Span, usualPeriod } from './periods.ts';
import { isUnsignable, type Report, type ReportRequest, type Side, type Signature } from './report.ts';
import { contactsOf, type ReportContact, sendReport } from './report-mail.ts';

/** Jobs of one customer that wait or run at once. */
const MOST_UNFINISHED = 20;
const MOST_SCHEDULES = 50;
/** Longest period of one report. */
const MOST_DAYS = 800;
const DAY_MS = 86_400_000;

export type NewSchedule = Pick<ReportSchedule, 'customerId' | 'clusterId' | 'kind' | 'formats' | 'locales' | 'cron' | 'zone' | 'mail' | 'enabled'> & { readonly span: Span };

/** `by`: whose side the caller is on. */
export type Signing = Pick<Signature, 'name' | 'position' | 'paperDay'> & { readonly side: Side; readonly by: Side };

export class Reports {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws AppError `not-found` for foreign subjects, `invalid` for a period that is none, `too-many` while enough of them wait */
  async request(caller: Caller, given: Omit<ReportRequest, 'requestKey'> & { readonly requestKey?: string | undefined }, now: number): Promise<Report> {
    const { actor, visibility } = caller;
    const request = { ...given, ...(given.from === undefined && (await this.usualPeriod(visibility, given))) };
    const { from, to, customerId } = request;
    if (from !== undefined && from >= to)
      throw new AppError('invalid', 'the period ends before it begins', { details: { field: 'to' }, text: { zh: '结束早于开始', en: 'the period ends before it begins' } });
    if (from !== undefined && to - from > MOST_DAYS * DAY_MS)
      throw new AppError('invalid', `a period is at most ${MOST_DAYS} days long`, {
        details: { field: 'from' },
        text: { zh: `时段最长 ${MOST_DAYS} 天`, en: `a period is at most ${MOST_DAYS} days long` },
      });
    if (to > now + DAY_MS)
      throw new AppError('invalid', 'the period ends in the future', { details: { field: 'to' }, text: { zh: '结束在将来', en: 'the period ends in the future' } });
    return await this.#database.transaction(async (db) => {
      await requireSubject(db, visibility, request);
      if ((await countUnfinished(db, customerId)) >= MOST_UNFINISHED)
        throw new AppError('too-many', `${MOST_UNFINISHED} reports of this customer are being made: wait for them`, { retryAfterSeconds: 30 });
      const { report, isNew } = await insertReport(db, { ...request, requestKey: request.requestKey === undefined ? randomUUID() : `client|${request.requestKey}` }, actor, now);
      if (isNew)
        await appendAudit(db, this.#database.engine, {
          at: now,
          actor,
          customerId,
          action: 'report.request',
          object: report.id,
          details: { kind: report.kind, clusterId: report.clusterId, formats: report.formats },
        });
      return report;
    });
  }

  /** What a report without a begin covers, where its kind is named after a span. @throws AppError `not-found` */
  async usualPeriod(
    visibility: Visibility,
    { kind, to, customerId, clusterId }: Pick<ReportRequest, 'kind' | 'to' | 'customerId' | 'clusterId'>,
  ): Promise<{ readonly from: number; readonly to: number } | undefined> {
    const { db } = this.#database;
    requireSeen(visibility, customerId, 'customer');
    const customer = await findCustomer(db, visibility, customerId);
    const cluster = clusterId === null ? undefined : await findCluster(db, visibility, clusterId);
    if (!customer) throw notFound('customer');
    return usualPeriod(kind, cluster?.zone ?? customer.zone, { before: to, since: cluster?.createdAt ?? customer.createdAt });
  }

  /** @throws AppError `not-found` */
  async get(visibility: Visibility, id: string): Promise<Report> {
    const report = await findReport(this.#database.db, visibility, id);
    if (!report) throw notFound('report');
    return report;
  }

  /** The customer's word, once and within its time. @throws AppError `not-found`, `conflict` */
  async confirm({ actor, visibility }: Caller, id: string, { accepted, note }: { readonly accepted: boolean; readonly note?: string | undefined }, now: number): Promise<Report> {
    await this.#database.transaction(async (db) => {
      const report = await findReport(db, visibility, id);
      if (!report) throw notFound('report');
      if (report.state !== 'done') throw new AppError('conflict', 'the report is not made yet');
      if (isUnsignable(report)) throw unsignable();
      if (report.confirmedAt !== undefined) throw new AppError('conflict', 'the report was confirmed before', { details: { confirmedAt: report.confirmedAt } });
      if (!(await confirmReport(db, id, { by: actor, accepted, note, now })))
        throw new AppError('conflict', 'the time to confirm is over: it counts as confirmed', { details: { confirmUntil: report.confirmUntil } });
      await appendAudit(db, this.#database.engine, {
        at: now,
        actor,
        customerId: report.customerId,
        action: accepted ? 'report.confirm' : 'report.object',
        object: id,
        details: { document: report.documentSha256, ...(note !== undefined && { note: note.slice(0, 200) }) },
      });
    });
    return await this.get(visibility, id);
  }

  /**
   * A side's signature, once. For the other side only that it came back signed on paper can be noted, and only by who serves the customer.
   * @throws AppError `not-found`, `forbidden`, `invalid`, `conflict`
   */
  async sign({ actor, visibility }: Caller, id: string, { side, by, name, position, paperDay }: Signing, now: number): Promise<Report> {
    if (side !== by && (paperDay === undefined || by === 'customer')) throw new AppError('forbidden', 'nobody signs for the other side');
    if (paperDay !== undefined && Date.parse(paperDay) > now + DAY_MS)
      throw new AppError('invalid', 'the day lies in the future', { details: { field: 'paperDay' }, text: { zh: '日期在将来', en: 'the day lies in the future' } });
    await this.#database.transaction(async (db) => {
      const report = await findReport(db, visibility, id);
      if (!report) throw notFound('report');
      if (report.state !== 'done' || report.documentSha256 === undefined) throw new AppError('conflict', 'the report is not made yet');
      if (isUnsignable(report)) throw unsignable();
      if (side === 'customer' && report.confirmation?.accepted === false) throw new AppError('conflict', 'the customer objected to it');
      const paper = { ...(position !== undefined && { position }), ...(paperDay !== undefined && { paperDay }) };
      if (!(await signReport(db, id, side, { name, ...paper, at: now, recordedBy: actor, documentSha256: report.documentSha256 })))
        throw new AppError('conflict', 'it was signed before');
      await appendAudit(db, this.#database.engine, {
        at: now,
        actor,
        customerId: report.customerId,
        action: 'report.sign',
        object: id,
        details: { side, name, ...paper, document: report.documentSha256 },
      });
    });
    return await this.get(visibility, id);
  }

  /** Whom a report may be sent to. @throws AppError `not-found` */
  async contacts(visibility: Visibility, id: string): Promise<readonly ReportContact[]> {
    const { customerId } = await this.get(visibility, id);
    const customer = await findCustomer(this.#database.db, visibility, customerId);
    return customer ? await contactsOf(this.#database.db, customer) : [];
  }
  /** Sends a finished report, again or for the first time. @throws AppError `not-found`, `conflict`, `invalid` */
  async send({ actor, visibility }: Caller, id: string, { to, publicUrl }: { readonly to: readonly string[]; readonly publicUrl: string }, now: number): Promise<number> {
    return await this.#database.transaction(async (db) => {
      const report = await findReport(db, visibility, id);
      if (!report) throw notFound('report');
      const sent = await sendReport(db, { report, files: await listFiles(db, id), publicUrl, now, to });
      await appendAudit(db, this.#database.engine, { at: now, actor, customerId: report.customerId, action: 'report.send', object: id, details: { to: to.slice(0, 50) } });
      return sent;
    });
  }

  /** @param id of the one that is replaced. @throws AppError `not-found`, `invalid`, `too-many` */
  async saveSchedule({ actor, visibility }: Caller, schedule: NewSchedule, now: number, id?: string): Promise<ReportSchedule> {
    const nextAt = nextTurn(schedule.cron, schedule.zone, now);
    if (nextAt === undefined) throw new AppError('invalid', 'the expression has no turn', { details: { field: 'cron' } });
    return await this.#database.transaction(async (db) => {
      await requireSubject(db, visibility, schedule);
      const old = id === undefined ? undefined : await findSchedule(db, visibility, id);
      if (id !== undefined && !old) throw notFound('schedule');
      if (old && old.customerId !== schedule.customerId) throw new AppError('invalid', 'a schedule stays with its customer', { details: { field: 'customerId' } });
      if (!old && (await countSchedules(db, schedule.customerId)) >= MOST_SCHEDULES) throw new AppError('too-many', `a customer has at most ${MOST_SCHEDULES} schedules`);
      const saved: ReportSchedule = { ...schedule, id: old?.id ?? randomUUID(), nextAt, lastAt: old?.lastAt, createdAt: old?.createdAt ?? now, createdBy: old?.createdBy ?? actor };
      await saveSchedule(db, saved);
      await this.#auditSchedule(db, old ? 'report-schedule.update' : 'report-schedule.create', saved, actor, now);
      return saved;
    });
  }
  /** Reports that it made stay. @throws AppError `not-found` */
  async removeSchedule({ actor, visibility }: Caller, id: string, now: number): Promise<void> {
    await this.#database.transaction(async (db) => {
      const schedule = await findSchedule(db, visibility, id);
      if (!schedule) throw notFound('schedule');
      await deleteSchedule(db, id);
      await this.#auditSchedule(db, 'report-schedule.remove', schedule, actor, now);
    });
  }
  async #auditSchedule(db: Db, action: string, { id, customerId, kind, cron, zone, span, mail }: ReportSchedule, actor: Caller['actor'], at: number): Promise<void> {
    await appendAudit(db, this.#database.engine, { at, actor, customerId, action, object: id, details: { kind, cron, zone, span, mail } });
  }
}

function unsignable(): AppError {
  return new AppError('conflict', 'this report is a draft, or about something that did not happen: its first page says what it lacks', {
    text: { zh: '本报告是草稿，或本期没有需要签字的内容：报告首页写明原因', en: 'this report is a draft, or there is nothing to sign: its first page says why' },
  });
}
async function requireSubject(db: Db, visibility: Visibility, { customerId, clusterId }: Pick<ReportRequest, 'customerId' | 'clusterId'>): Promise<void> {
  requireSeen(visibility, customerId, 'customer');
  if (!(await findCustomer(db, visibility, customerId))) throw notFound('customer');
  if (clusterId !== null && (await findCluster(db, visibility, clusterId))?.customerId !== customerId) throw notFound('cluster');
}
