/**
 * The state of a cluster between reports: the same document that a report of the last month would be written from, without what
 * only paper needs. Made when inspections arrive and kept as a row, so that a page is a look-up and one logic judges both.
 */
import { known, type ReportModel } from '../../reports/model.ts';
import { printableModel } from '../../reports/printable.ts';
import type { Visibility } from '../access/visibility.ts';
import { NothingToReport } from '../reports/make-report.ts';
import type { ReportRequest } from '../reports/report.ts';
import { changeOfCluster, readClusterState, saveClusterState, staleClusters } from '../store/cluster-state-store.ts';
import type { Db } from '../store/database.ts';
import { findCluster } from '../store/fleet-store.ts';

export type Assemble = (request: Pick<ReportRequest, 'customerId' | 'clusterId' | 'kind' | 'from' | 'to'>) => Promise<ReportModel>;
export interface ClusterState {
  readonly model: StateModel;
  /** Milliseconds. */
  readonly madeAt: number;
}
/** Findings, texts and incidents are asked for where they are shown. */
export type StateModel = Omit<
  ReportModel,
  'findings' | 'accepted' | 'checks' | 'incidents' | 'problems' | 'changeRecords' | 'comparison' | 'changes' | 'demands' | 'costs' | 'packages'
>;

const DAY_MS = 86_400_000;
/** What curves show. */
const PERIOD_MS = 30 * DAY_MS;
/** A cluster's agents inspect one after the other: it is judged anew once in this time at most. */
const SETTLE_MS = 60_000;
/** Of a kind that no report has: it is compared with nothing. */
export const STATE_KIND = 'state';

export interface StateParts {
  readonly db: Db;
  readonly assemble: Assemble;
  /** Of the program. */
  readonly version: string;
}

/** The kept one, or a new one where an inspection or a decision about a risk came since. `undefined` without an inspection. */
export async function clusterState({ db, assemble, version }: StateParts, visibility: Visibility, clusterId: string, now: number): Promise<ClusterState | undefined> {
  const kept = await readClusterState(db, visibility, clusterId);
  const change = await changeOfCluster(db, clusterId);
  const own = kept?.version === version ? kept : undefined;
  // Inspections that are past their retention left a state behind: it is old, and says so.
  const isFresh = own !== undefined && (change === undefined || own.madeAt >= change.changedAt);
  if (isFresh) return { model: JSON.parse(own.json) as StateModel, madeAt: own.madeAt }; // of the same program: its own shape
  return change && (await makeState({ db, assemble, version }, visibility, clusterId, now));
}

async function makeState({ db, assemble, version }: StateParts, visibility: Visibility, clusterId: string, now: number): Promise<ClusterState | undefined> {
  const cluster = await findCluster(db, visibility, clusterId);
  if (!cluster) return undefined;
  const whole = await assembled(assemble, { customerId: cluster.customerId, clusterId, kind: STATE_KIND, from: now - PERIOD_MS, to: now + 1 });
  if (!whole) return undefined;
  const model = withoutPaper(printableModel(whole));
  const { score, coverage, period } = model;
  await saveClusterState(db, {
    ...{ clusterId, madeAt: now, version, asOf: period.asOf * 1_000, score: score.total, coverage: coverage.percent },
    ...{ checked: coverage.checked, applicable: coverage.applicable, json: JSON.stringify(model) },
  });
  return { model, madeAt: now };
}
/** `undefined` where no inspection can be read: those of another version, or none at all. */
async function assembled(assemble: Assemble, request: Parameters<Assemble>[0]): Promise<ReportModel | undefined> {
  try {
    return await assemble(request);
  } catch (error) {
    if (error instanceof NothingToReport) return undefined;
    throw error;
  }
}
function withoutPaper(model: ReportModel): StateModel {
  const {
    findings: _f,
    accepted: _a,
    checks: _c,
    incidents: _i,
    problems: _p,
    changeRecords: _r,
    comparison: _o,
    changes: _h,
    demands: _d,
    costs: _k,
    packages: _g,
    ...rest
  } = model;
  const middleware = known(rest.middleware);
  const instances = middleware && { value: { ...middleware, rows: middleware.rows.map((row) => ({ ...row, items: [] })) } };
  return { ...rest, ...(instances && { middleware: instances }), verdicts: model.verdicts.filter(({ verdict }) => verdict === 'unknown') };
}

/** What could not be made is tried again after a while, so that it keeps nobody else from the turn. */
const REST_MS = 600_000;
const resting = new Map<string, number>();
/** More than are made in one go: those that rest are passed over. */
const LOOKED_AT = 500;

/** Brings up to date what fell behind, for a while. @param onFault one cluster's trouble is not the others' */
export async function refreshStates(
  parts: StateParts,
  now: () => number,
  { signal, onFault, limit = 50 }: { readonly signal: AbortSignal; readonly onFault: (clusterId: string, error: unknown) => void; readonly limit?: number },
): Promise<number> {
  for (const [id, until] of resting) if (until <= now()) resting.delete(id);
  const stale = (await staleClusters(parts.db, parts.version, { madeBefore: now() - SETTLE_MS, limit: LOOKED_AT })).filter((id) => !resting.has(id));
  let made = 0;
  for (const id of stale.slice(0, limit)) {
    if (signal.aborted) break;
    try {
      if (await makeState(parts, 'all', id, now())) made += 1;
      else resting.set(id, now() + REST_MS);
    } catch (error) {
      resting.set(id, now() + REST_MS);
      onFault(id, error);
    }
  }
  return made;
}
