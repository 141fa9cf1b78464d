/** What is decided about the site that this collector stands at: done by the desk's functions, and written into the audit log. */
import { AppError, notFound } from './errors.ts';
import type { Actor } from './incidents/event.ts';
import type { SiteConsent, SiteDesk } from './site.ts';
import { appendAudit } from './store/audit-store.ts';
import type { Database } from './store/database.ts';

export class SiteActs {
  readonly #database: Database;
  readonly #desk: SiteDesk | undefined;
  constructor(database: Database, desk: SiteDesk | undefined) {
    this.#database = database;
    this.#desk = desk;
  }

  /** From the agents' next request on. @throws AppError `not-found` without a desk, `conflict` where levels come from elsewhere */
  async decide(actor: Actor, { level, hold }: SiteConsent, now: number): Promise<void> {
    const desk = this.#need();
    if (!(await desk.canDecide())) throw new AppError('conflict', 'what may leave is decided elsewhere: in the ConfigMap, or in a folder that this program may not write to');
    await this.#note(actor, 'site.consent', 'consent', { level, hold }, now);
    await desk.decide({ level, hold });
  }
  /** What an agent kept until now may leave. @throws AppError `not-found` */
  async approve(actor: Actor, id: string, now: number): Promise<void> {
    const desk = this.#need();
    const until = Math.floor(now / 1_000);
    if (!(await desk.approve(id, until))) throw notFound('agent of this site');
    await this.#note(actor, 'site.approve', id, { until }, now);
  }
  /** @returns undefined for a pseudonym that no agent of this site has made @throws AppError `not-found` without a desk */
  async resolve(actor: Actor, pseudonym: string, now: number): Promise<string | undefined> {
    const name = await this.#need().resolve(pseudonym);
    await this.#note(actor, 'site.resolve', pseudonym, { found: name !== undefined }, now);
    return name;
  }

  #need(): SiteDesk {
    if (!this.#desk) throw notFound('site of this collector');
    return this.#desk;
  }
  async #note(actor: Actor, action: string, object: string, details: Readonly<Record<string, unknown>>, at: number): Promise<void> {
    await this.#database.transaction(async (db) => await appendAudit(db, this.#database.engine, { at, actor, customerId: null, action, object, details }));
  }
}
