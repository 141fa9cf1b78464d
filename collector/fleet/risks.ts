/** Accepting a risk: somebody answers for a finding, with a reason, until a date. Then it counts again. */
import { randomUUID } from 'node:crypto';
import { AppError, notFound } from '../errors.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database } from '../store/database.ts';
import { findFinding } from '../store/finding-list.ts';
import { findCustomerOf } from '../store/fleet-store.ts';
import { findRisk, insertRisk, listRisks, type StoredRisk, withdrawRisk } from '../store/risk-store.ts';
import type { Caller } from './fleet.ts';

export interface NewRisk {
  readonly clusterId: string;
  readonly identity: string;
  readonly owner: string;
  readonly reason: string;
  /** Milliseconds; first moment at which it counts again. */
  readonly expiresAt: number;
}
const DAY_MS = 86_400_000;
/** What is accepted for longer is forgotten. */
const LONGEST_DAYS = 400;

export class Risks {
  readonly #database: Database;
  constructor(database: Database) {
    this.#database = database;
  }

  /** One that is in force is replaced. @throws AppError `not-found` without such a finding, `invalid` for a date that is none */
  async accept({ actor, visibility }: Caller, { clusterId, identity, owner, reason, expiresAt }: NewRisk, now: number): Promise<StoredRisk> {
    if (expiresAt <= now) throw new AppError('invalid', 'the date is over already', { details: { field: 'expires' } });
    if (expiresAt > now + LONGEST_DAYS * DAY_MS) throw new AppError('invalid', `a risk is accepted for ${LONGEST_DAYS} days at most`, { details: { field: 'expires' } });
    return await this.#database.transaction(async (db) => {
      const finding = await findFinding(db, visibility, clusterId, identity);
      if (!finding) throw notFound('finding');
      for (const { id } of await listRisks(db, visibility, { clusterId, identity, at: now })) await withdrawRisk(db, id, actor, now);
      const risk: StoredRisk = { id: randomUUID(), clusterId, identity, check: finding.check, owner, reason, expiresAt, createdAt: now, createdBy: actor };
      await insertRisk(db, risk);
      await appendAudit(db, this.#database.engine, {
        ...{ at: now, actor, customerId: (await findCustomerOf(db, clusterId)) ?? null },
        ...{ action: 'risk.accept', object: risk.id, details: { clusterId, check: finding.check, identity, owner, expiresAt } },
      });
      return risk;
    });
  }

  /** @throws AppError `not-found`, `conflict` when it is over already */
  async withdraw({ actor, visibility }: Caller, id: string, now: number): Promise<StoredRisk> {
    return await this.#database.transaction(async (db) => {
      const risk = await findRisk(db, visibility, id);
      if (!risk) throw notFound('accepted risk');
      if (!(await withdrawRisk(db, id, actor, now))) throw new AppError('conflict', 'it was withdrawn before');
      await appendAudit(db, this.#database.engine, {
        ...{ at: now, actor, customerId: (await findCustomerOf(db, risk.clusterId)) ?? null },
        ...{ action: 'risk.withdraw', object: id, details: { clusterId: risk.clusterId, check: risk.check, identity: risk.identity } },
      });
      return risk;
    });
  }
}
