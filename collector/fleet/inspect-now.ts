/**
 * An inspection ahead of its time: asked for by a person, handed to agents in the answers to what they send, honoured or refused at
 * the site. Requests stand in the database, so that any collector hands them over, whichever was asked.
 */
import { randomInt } from 'node:crypto';
import { type AgentRequest, MOST_REQUESTS } from '../../agent/wire/request.ts';
import type { Visibility } from '../access/visibility.ts';
import { AppError, notFound } from '../errors.ts';
import { appendAudit } from '../store/audit-store.ts';
import type { Database } from '../store/database.ts';
import { findCluster } from '../store/fleet-store.ts';
import {
  deleteRequestsBefore,
  handRequest,
  type InspectionRequest,
  insertRequest,
  lockCluster,
  newestRequest,
  openRequests,
  type StageCount,
  stagesOf,
} from '../store/inspection-request-store.ts';
import type { Caller } from './fleet.ts';

/** How long agents are asked: fifteen heartbeats, as they are sent by default … */
export const REQUEST_VALID_MS = 15 * 60_000;
/** … and the shortest time between two requests for a cluster: an agent does not do more either. */
export const LEAST_APART_MS = 10 * 60_000;
/** How long a request is shown. */
const SHOWN_MS = 24 * 3_600_000;
const KEPT_MS = 30 * 86_400_000;
/** Every collector looks for requests of all clusters at most this often. */
const LOOK_MS = 2_000;

export interface InspectionProgress {
  /** The newest one, of the last day. */
  readonly request?: InspectionRequest | undefined;
  /** By how far they are; without a request, `waiting` are those that could be asked. */
  readonly stages: readonly StageCount[];
  /** Nobody has anything left to say. */
  readonly isOver: boolean;
  /** First moment at which another one may be asked for. */
  readonly againAt?: number | undefined;
}

export class InspectNow {
  readonly #database: Database;
  #open: { readonly at: number; readonly byCluster: Promise<ReadonlyMap<string, readonly InspectionRequest[]>> } | undefined;
  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws AppError `not-found`; `too-many` shortly after another; `conflict` when no agent could be asked */
  async ask({ actor, visibility }: Caller, clusterId: string, now: number): Promise<InspectionRequest> {
    return await this.#database.transaction(async (db) => {
      const cluster = await findCluster(db, visibility, clusterId);
      if (!cluster) throw notFound('cluster');
      await lockCluster(db, clusterId);
      const last = await newestRequest(db, visibility, clusterId);
      if (last && now - last.requestedAt < LEAST_APART_MS) {
        const retryAfterSeconds = Math.ceil((last.requestedAt + LEAST_APART_MS - now) / 1_000);
        throw new AppError('too-many', 'an inspection was asked for within the last ten minutes: see how far it is', { retryAfterSeconds });
      }
      if (!(await stagesOf(db, clusterId, 0)).some(({ stage }) => stage === 'waiting'))
        throw new AppError('conflict', 'no agent of this cluster takes requests: they are silent, of an older version, or the site does not allow it');
      const request: InspectionRequest = { id: randomInt(1, 2 ** 47), clusterId, requestedAt: now, requestedBy: actor, expiresAt: now + REQUEST_VALID_MS };
      await insertRequest(db, request);
      await deleteRequestsBefore(db, clusterId, now - KEPT_MS);
      await appendAudit(db, this.#database.engine, {
        ...{ at: now, actor, customerId: cluster.customerId, action: 'inspection.request', object: clusterId },
        details: { clusterId, request: request.id },
      });
      this.#open = undefined;
      return request;
    });
  }

  /** @throws AppError `not-found` */
  async progress(visibility: Visibility, clusterId: string, now: number): Promise<InspectionProgress> {
    const { db } = this.#database;
    if (!(await findCluster(db, visibility, clusterId))) throw notFound('cluster');
    const last = await newestRequest(db, visibility, clusterId);
    const request = last && now - last.requestedAt < SHOWN_MS ? last : undefined;
    const stages = await stagesOf(db, clusterId, request?.id ?? 0);
    const mayStill = stages.some(({ stage }) => UNDER_WAY.has(stage) || (NOT_BEGUN.has(stage) && request !== undefined && now < request.expiresAt));
    const againAt = last && last.requestedAt + LEAST_APART_MS;
    return { request, stages, isOver: !mayStill, ...(againAt !== undefined && againAt > now && { againAt }) };
  }

  /** What an agent that has just sent something is asked. */
  async requestsFor(clusterId: string, agent: string, now: number): Promise<readonly AgentRequest[]> {
    const open = (await this.#openNow(now)).get(clusterId);
    if (!open) return [];
    const handed: AgentRequest[] = [];
    for (const request of open.slice(0, MOST_REQUESTS)) {
      const validSeconds = Math.floor((request.expiresAt - now) / 1_000);
      if (validSeconds >= 1 && (await handRequest(this.#database.db, request, agent, now))) handed.push({ id: request.id, kind: 'inspect', validSeconds });
    }
    return handed;
  }

  async #openNow(now: number): Promise<ReadonlyMap<string, readonly InspectionRequest[]>> {
    const known = this.#open;
    if (known && now >= known.at && now - known.at < LOOK_MS) return await known.byCluster;
    const byCluster = openRequests(this.#database.db, now).then((open) => Map.groupBy(open, ({ clusterId }) => clusterId));
    byCluster.catch(() => (this.#open = undefined));
    this.#open = { at: now, byCluster };
    return await byCluster;
  }
}
/** Ends of which more is to come, and those that still wait to be asked. */
const UNDER_WAY: ReadonlySet<string> = new Set(['accepted', 'inspecting', 'inspected']);
const NOT_BEGUN: ReadonlySet<string> = new Set(['waiting', 'handed']);
