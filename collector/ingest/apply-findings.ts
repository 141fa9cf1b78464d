/** From inspections to what is wrong now: found, gone because the check answered, or in doubt because it did not. */
import type { Db, Engine } from '../store/database.ts';
import { doubtFindings, type Ending, endFindings, type FindingRow, type Owner, openFindings, recordPastFindings, upsertFindings } from '../store/finding-store.ts';
import type { FindingFact, InspectionFacts } from './inspection-facts.ts';

export interface JudgedInspection {
  readonly clusterId: string;
  readonly agent: string;
  /** Whose earlier findings it can end. */
  readonly owner: string;
  /** Milliseconds. */
  readonly at: number;
  /** Not the newest: adds to history, ends nothing. */
  readonly isCurrent: boolean;
  readonly facts: InspectionFacts;
}

export async function applyFindings(db: Db, engine: Engine, inspections: readonly JudgedInspection[]): Promise<void> {
  const past = inspections.filter(({ isCurrent }) => !isCurrent);
  await recordPastFindings(db, engine, unique(past.flatMap((inspection) => inspection.facts.findings.map((fact) => ({ ...rowOf(inspection, fact), gone_at: inspection.at })))));
  for (const round of roundsOf(inspections.filter(({ isCurrent }) => isCurrent))) await applyRound(db, engine, round);
}

/** Two inspections of one owner are told one after the other. */
function roundsOf(inspections: readonly JudgedInspection[]): JudgedInspection[][] {
  const rounds: JudgedInspection[][] = [];
  const told = new Map<string, number>();
  for (const inspection of inspections) {
    const key = ownerKey({ cluster_id: inspection.clusterId, owner: inspection.owner });
    const round = told.get(key) ?? 0;
    told.set(key, round + 1);
    const same = rounds[round];
    if (same) same.push(inspection);
    else rounds[round] = [inspection];
  }
  return rounds;
}

async function applyRound(db: Db, engine: Engine, round: readonly JudgedInspection[]): Promise<void> {
  const byOwner = new Map(round.map((inspection) => [ownerKey({ cluster_id: inspection.clusterId, owner: inspection.owner }), inspection]));
  const open = await openFindings(
    db,
    engine,
    round.map(({ clusterId, owner }) => ({ cluster_id: clusterId, owner })),
  );
  const found = new Set(round.flatMap(({ clusterId, facts }) => facts.findings.map(({ identity }) => `${clusterId}|${identity}`)));
  const answered = new Map<JudgedInspection, ReadonlySet<string>>();
  const gone: Ending[] = [];
  const doubted: Ending[] = [];
  for (const { cluster_id, owner, identity, check_id, unknown_since } of open) {
    const inspection = byOwner.get(ownerKey({ cluster_id, owner }));
    if (inspection === undefined || found.has(`${cluster_id}|${identity}`)) continue;
    const answers = answered.get(inspection) ?? new Set(inspection.facts.answered.split(' '));
    answered.set(inspection, answers);
    if (answers.has(check_id)) gone.push({ cluster_id, identity, at: inspection.at });
    else if (unknown_since === null) doubted.push({ cluster_id, identity, at: inspection.at });
  }
  await upsertFindings(db, engine, unique(round.flatMap((inspection) => inspection.facts.findings.map((fact) => rowOf(inspection, fact)))));
  await endFindings(db, engine, gone.toSorted(byIdentity));
  await doubtFindings(db, engine, doubted.toSorted(byIdentity));
}

function ownerKey({ cluster_id, owner }: Owner): string {
  return `${cluster_id}|${owner}`;
}
function byIdentity(a: Ending, b: Ending): number {
  return a.identity < b.identity ? -1 : 1;
}
/** A statement may touch a row once. */
function unique(rows: readonly FindingRow[]): FindingRow[] {
  return [...new Map(rows.map((row) => [`${row.cluster_id}|${row.identity}`, row])).values()];
}
function rowOf({ clusterId, agent, owner, at }: JudgedInspection, { identity, check, area, severity, scope, observed, threshold, unit, askedBy }: FindingFact): FindingRow {
  return {
    cluster_id: clusterId,
    identity,
    check_id: check,
    area,
    severity,
    scope: JSON.stringify(scope),
    scope_kind: scope.kind,
    namespace: scope.namespace ?? null,
    name: scope.name,
    node: scope.node ?? null,
    observed: observed === undefined ? null : JSON.stringify(observed),
    threshold: threshold === undefined ? null : JSON.stringify(threshold),
    unit,
    asked_by: askedBy === undefined ? null : askedBy.join(' '),
    agent,
    first_seen_at: at,
    last_seen_at: at,
    gone_at: null,
    unknown_since: null,
    owner,
  };
}
