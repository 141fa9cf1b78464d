/** Incidents, problems, attainment and changes of a period, from their events. */
import type { ReportModel } from '../../../reports/model.ts';
import type { ReportRequest } from '../../reports/report.ts';
import type { Db } from '../../store/database.ts';
import { loadIncident } from '../../store/incident-store.ts';
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
  for (const id of ids) {
    const file = await loadIncident(db, id);
    if (!file) continue;
    const { terms } = await rules.termsFor(db, { ...file.filing, policy: file.incident.policy });
    const record = incidentRecord(file, { terms, to, titleOf: (rule) => titles.get(rule) });
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
