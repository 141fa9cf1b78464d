/** What is wrong now and was wrong before. One row an identity; who reported it last decides when it is gone. */
import { sql } from 'kysely';
import type { Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Visibility } from '../access/visibility.ts';
import { type Columns, rowsTable } from './bulk.ts';
import type { Db, Engine } from './database.ts';
import type { Row } from './tables.ts';
import { clusterVisible } from './visible.ts';

export type FindingRow = Row<'findings'>;
export interface Owner {
  readonly cluster_id: string;
  readonly owner: string;
}
export interface OpenFinding extends Owner {
  readonly identity: string;
  readonly check_id: string;
  readonly unknown_since: number | null;
}

const COLUMNS: Columns<FindingRow> = {
  cluster_id: 'text',
  identity: 'text',
  check_id: 'text',
  area: 'text',
  severity: 'text',
  scope: 'text',
  scope_kind: 'text',
  namespace: 'text',
  name: 'text',
  node: 'text',
  observed: 'text',
  threshold: 'text',
  unit: 'text',
  asked_by: 'text',
  agent: 'text',
  first_seen_at: 'bigint',
  last_seen_at: 'bigint',
  gone_at: 'bigint',
  unknown_since: 'bigint',
  owner: 'text',
};
const OWNER: Columns<Owner> = { cluster_id: 'text', owner: 'text' };

/** Open findings of several owners. */
export async function openFindings(db: Db, engine: Engine, owners: readonly Owner[]): Promise<readonly OpenFinding[]> {
  if (owners.length === 0) return [];
  const { rows } = await sql<OpenFinding>`select f.cluster_id, f.owner, f.identity, f.check_id, f.unknown_since from ${rowsTable(engine, OWNER, owners)} as o
    join findings f on f.cluster_id = o.cluster_id and f.owner = o.owner where f.gone_at is null`.execute(db);
  return rows;
}

/** Found now. One that had gone comes back with a new beginning. */
export async function upsertFindings(db: Db, engine: Engine, rows: readonly FindingRow[]): Promise<void> {
  if (rows.length === 0) return;
  const names = sql.join(Object.keys(COLUMNS).map((name) => sql.ref(name)));
  await sql`insert into findings (${names}) select ${names} from ${rowsTable(engine, COLUMNS, rows)} as fresh where true order by cluster_id, identity
    on conflict (cluster_id, identity) do update set
      severity = excluded.severity, observed = excluded.observed, threshold = excluded.threshold, unit = excluded.unit, asked_by = excluded.asked_by, agent = excluded.agent, owner = excluded.owner,
      first_seen_at = case when findings.gone_at is null then findings.first_seen_at else excluded.first_seen_at end,
      last_seen_at = excluded.last_seen_at, gone_at = null, unknown_since = null`.execute(db);
}

/** Seen by an inspection that came too late to say what is so now. */
export async function recordPastFindings(db: Db, engine: Engine, rows: readonly FindingRow[]): Promise<void> {
  if (rows.length === 0) return;
  const names = sql.join(Object.keys(COLUMNS).map((name) => sql.ref(name)));
  await sql`insert into findings (${names}) select ${names} from ${rowsTable(engine, COLUMNS, rows)} as fresh where true order by cluster_id, identity
    on conflict (cluster_id, identity) do update set
      first_seen_at = case when excluded.first_seen_at < findings.first_seen_at and findings.gone_at is null then excluded.first_seen_at else findings.first_seen_at end`.execute(
    db,
  );
}

export interface Ending {
  readonly cluster_id: string;
  readonly identity: string;
  readonly at: number;
}
const ENDING: Columns<Ending> = { cluster_id: 'text', identity: 'text', at: 'bigint' };

/** Not found by an inspection that answered the check. */
export async function endFindings(db: Db, engine: Engine, endings: readonly Ending[]): Promise<void> {
  if (endings.length === 0) return;
  await sql`update findings set gone_at = e.at, unknown_since = null from ${rowsTable(engine, ENDING, endings)} as e
    where findings.cluster_id = e.cluster_id and findings.identity = e.identity`.execute(db);
}
/** The check gave no answer: neither there nor gone. */
export async function doubtFindings(db: Db, engine: Engine, endings: readonly Ending[]): Promise<void> {
  if (endings.length === 0) return;
  await sql`update findings set unknown_since = coalesce(unknown_since, e.at) from ${rowsTable(engine, ENDING, endings)} as e
    where findings.cluster_id = e.cluster_id and findings.identity = e.identity and gone_at is null`.execute(db);
}
/** Nobody looks any more: of an agent that was retired. */
export async function endFindingsOf(db: Db, { cluster_id, owner }: Owner, at: number): Promise<void> {
  await db.updateTable('findings').set({ gone_at: at }).where('cluster_id', '=', cluster_id).where('owner', '=', owner).where('gone_at', 'is', null).execute();
}

export interface StoredFinding {
  readonly clusterId: string;
  readonly identity: string;
  readonly check: string;
  readonly area: string;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly observed: unknown;
  readonly threshold: unknown;
  readonly unit: string;
  /** Roles of the machine that ask for it. */
  readonly askedBy?: string[] | undefined;
  readonly agent: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly goneAt: number | null;
  readonly unknownSince: number | null;
}
export interface FindingQuery {
  readonly clusterId?: string | undefined;
  readonly severity?: Severity | undefined;
  /** Open only; default true. */
  readonly open?: boolean | undefined;
  /** `clusterId|identity` of the last finding of the page before. */
  readonly after?: string | undefined;
  /** 1,000 at most; default 200. */
  readonly limit?: number | undefined;
}

/** In the order of cluster and identity. */
export async function listFindings(db: Db, visibility: Visibility, { clusterId, severity, open = true, after, limit = 200 }: FindingQuery): Promise<readonly StoredFinding[]> {
  let query = db.selectFrom('findings').selectAll().where(clusterVisible(visibility, 'findings.cluster_id'));
  if (clusterId !== undefined) query = query.where('cluster_id', '=', clusterId);
  if (severity !== undefined) query = query.where('severity', '=', severity);
  if (open) query = query.where('gone_at', 'is', null);
  const [afterCluster, afterIdentity] = after?.split('|') ?? [];
  if (afterCluster !== undefined && afterIdentity !== undefined)
    query = query.where((on) => on.or([on('cluster_id', '>', afterCluster), on.and([on('cluster_id', '=', afterCluster), on('identity', '>', afterIdentity)])]));
  const rows = await query.orderBy('cluster_id').orderBy('identity').limit(Math.min(limit, 1_000)).execute();
  return rows.map(toStoredFinding);
}

export function toStoredFinding(row: FindingRow): StoredFinding {
  return {
    clusterId: row.cluster_id,
    identity: row.identity,
    check: row.check_id,
    area: row.area,
    severity: row.severity as Severity, // only the contract's words were stored
    scope: JSON.parse(row.scope) as Scope,
    observed: row.observed === null ? undefined : JSON.parse(row.observed),
    threshold: row.threshold === null ? undefined : JSON.parse(row.threshold),
    unit: row.unit,
    askedBy: row.asked_by === null ? undefined : row.asked_by.split(' '),
    agent: row.agent,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    goneAt: row.gone_at,
    unknownSince: row.unknown_since,
  };
}
