/** Incidents, problems, attainment and changes of a period, from their events. */
import type { ReportModel } from '../../../reports/model.ts';
import type { IncidentFile } from '../../incidents/rules.ts';
import type { ReportRequest } from '../../reports/report.ts';
import type { Db } from '../../store/database.ts';
import { loadIncidents } from '../../store/incident-store.ts';
import { incidentsWithin, windowsWithin } from '../../store/trend-read-store.ts';
import type { ContractRules } from '../../support-rules.ts';
import type { Knowledge } from '../knowledge.ts';
import { attainmentOf, changeRecord, incidentRecord } from './service.ts';

const MOST_INCIDENTS = 1_000;

export interface ServiceParts {
  readonly db: Db;
  readonly rules: ContractRules;
  readonly knowledge: Pick<Knowledge, 'checks'>;
}
/** Incidents, problems, attainment and changes. A single inspection has no period, and none of them. */
export async function serviceOf(
  { db, rules, knowledge }: ServiceParts,
  { customerId, clusterId, to, from: asked }: Pick<ReportRequest, 'customerId' | 'clusterId' | 'from' | 'to'>,
  from: number,
): Promise<Pick<ReportModel, 'incidents' | 'problems' | 'attainment' | 'changeRecords'>> {
  if (asked === undefined) return {};
  const titles = new Map(knowledge.checks.map(({ id, title }) => [id, title]));
  const { ids, total } = await incidentsWithin(db, customerId, clusterId, { from, to }, MOST_INCIDENTS);
  const told: NonNullable<ReturnType<typeof incidentRecord>>[] = [];
  const terms = termsOnce({ db, rules });
  for (const file of await loadIncidents(db, ids)) {
    const record = incidentRecord(file, { terms: await terms(file), to, titleOf: (rule) => titles.get(rule) });
    if (record) told.push(record);
  }
  const isProblem = ({ incident }: (typeof told)[number]): boolean => incident.kind === 'problem' || incident.level >= 4;
  const problems = told.filter(isProblem);
  const incidents = told.filter((one) => !isProblem(one));
  const windows = await windowsWithin(db, customerId, clusterId, { from, to });
  return {
    incidents: { value: { rows: incidents.map(({ record }) => record), total: incidents.length + total - told.length } },
    problems: { value: { rows: problems.map(({ record }) => record), total: problems.length } },
    attainment: { value: attainmentOf(told, { from, to }) },
    changeRecords: { value: { rows: windows.map((window) => changeRecord(window, to)), total: windows.length } },
  };
}

/** Asked for once for all incidents of a customer, a cluster and a policy. */
function termsOnce({ db, rules }: Omit<ServiceParts, 'knowledge'>): (file: IncidentFile) => Promise<Awaited<ReturnType<ContractRules['termsFor']>>['terms']> {
  const known = new Map<string, ReturnType<ContractRules['termsFor']>>();
  return async ({ filing, incident: { policy } }) => {
    const key = `${filing.customerId} ${filing.clusterId} ${filing.contractId} ${policy}`;
    const found = known.get(key) ?? rules.termsFor(db, { ...filing, policy });
    known.set(key, found);
    return (await found).terms;
  };
}
