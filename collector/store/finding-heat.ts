/** The heat map of a cluster: which machine fails which check. Counted in the database, of the shown rows and columns only. */
import { sql } from 'kysely';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import type { Visibility } from '../access/visibility.ts';
import type { Db } from './database.ts';
import { BY_GROUP, conditions, NO_FINDINGS, type SeverityCounts } from './finding-list.ts';
import { clusterVisible } from './visible.ts';

export interface HeatCheck extends SeverityCounts {
  readonly check: string;
  readonly area: string;
  /** Machines that fail it. */
  readonly nodes: number;
}
export interface HeatNode extends SeverityCounts {
  readonly node: string;
}
export interface HeatCell extends SeverityCounts {
  readonly node: string;
  readonly check: string;
}
/** A machine that an agent of its own looks at. */
export interface InspectedNode {
  readonly node: string;
  readonly silentSince: number | null;
  readonly lastInspectionAt: number | null;
}
/** Machines of one cluster that are read at most. */
const MOST_NODES = 10_000;

const counted = (severity: Severity) => sql<number>`sum(case when f.severity = ${severity} then 1 else 0 end)`;
const COUNTS = sql`${counted('critical')} as critical, ${counted('warning')} as warning, ${counted('info')} as info`;
const WORST_FIRST = sql`critical desc, warning desc, info desc`;
type Counts = { readonly critical: number; readonly warning: number; readonly info: number };
function countsOf({ critical, warning, info }: Counts): SeverityCounts {
  return { ...NO_FINDINGS, critical: Number(critical), warning: Number(warning), info: Number(info) };
}

/** Checks that fail on machines, the worst first. @param limit one more tells whether there are more */
export async function heatChecks(
  db: Db,
  visibility: Visibility,
  clusterId: string,
  { now, limit }: { readonly now: number; readonly limit: number },
): Promise<readonly HeatCheck[]> {
  const { rows } = await sql<Counts & { check_id: string; area: string; nodes: number }>`select f.check_id, f.area, ${COUNTS}, count(distinct ${BY_GROUP.node}) as nodes
    from findings f where ${await conditions(db, visibility, { clusterId }, now)} and ${BY_GROUP.node} <> ''
    group by f.check_id, f.area order by ${WORST_FIRST}, f.check_id limit ${limit}`.execute(db);
  return rows.map((row) => ({ ...countsOf(row), check: row.check_id, area: row.area, nodes: Number(row.nodes) }));
}
/** Machines with open findings, the worst first. */
export async function heatNodes(db: Db, visibility: Visibility, clusterId: string, now: number): Promise<readonly HeatNode[]> {
  const { rows } = await sql<Counts & { node: string }>`select ${BY_GROUP.node} as node, ${COUNTS}
    from findings f where ${await conditions(db, visibility, { clusterId }, now)} and ${BY_GROUP.node} <> ''
    group by 1 order by ${WORST_FIRST}, 1 limit ${MOST_NODES}`.execute(db);
  return rows.map((row) => ({ ...countsOf(row), node: row.node }));
}
export async function heatCells(
  db: Db,
  visibility: Visibility,
  clusterId: string,
  { nodes, checks, now }: { readonly nodes: readonly string[]; readonly checks: readonly string[]; readonly now: number },
): Promise<readonly HeatCell[]> {
  if (nodes.length === 0 || checks.length === 0) return [];
  const { rows } = await sql<Counts & { node: string; check_id: string }>`select ${BY_GROUP.node} as node, f.check_id, ${COUNTS}
    from findings f where ${await conditions(db, visibility, { clusterId }, now)} and ${BY_GROUP.node} in (${sql.join(nodes)}) and f.check_id in (${sql.join(checks)})
    group by 1, 2`.execute(db);
  return rows.map((row) => ({ ...countsOf(row), node: row.node, check: row.check_id }));
}
/** Machines with an agent in service. */
export async function inspectedNodes(db: Db, visibility: Visibility, clusterId: string): Promise<readonly InspectedNode[]> {
  const rows = await db
    .selectFrom('agents')
    .select(['node', 'silent_since', 'last_inspection_at'])
    .where('cluster_id', '=', clusterId)
    .where('node', 'is not', null)
    .where('role', '<>', 'cluster')
    .where('retired_at', 'is', null)
    .where(clusterVisible(visibility, 'agents.cluster_id'))
    .orderBy('node')
    .limit(MOST_NODES)
    .execute();
  return rows.flatMap(({ node, silent_since, last_inspection_at }) => (node === null ? [] : [{ node, silentSince: silent_since, lastInspectionAt: last_inspection_at }]));
}
