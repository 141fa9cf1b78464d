/** A stored model, read again: of this version's shape, or not at all. */
import { REPORT_SCHEMA, type ReportModel } from '../../reports/model.ts';

/** The largest document that is read, in characters. */
export const MOST_DOCUMENT = 128 * 1024 * 1024;

const LISTS = ['verdicts', 'findings', 'accepted', 'expired', 'gatherers', 'checks', 'hosts', 'history'] as const;
const RECORDS = ['subject', 'period', 'product', 'score', 'coverage', 'changes'] as const;

/** `undefined` for what is no model; what lies deeper is met by the renderers, in a process of their own. */
export function readModel(json: string): ReportModel | undefined {
  if (json.length > MOST_DOCUMENT) return undefined;
  const value: unknown = JSON.parse(json);
  if (!isRecord(value) || value['schema'] !== REPORT_SCHEMA) return undefined;
  if (!LISTS.every((key) => Array.isArray(value[key])) || !RECORDS.every((key) => isRecord(value[key]))) return undefined;
  const { period, subject } = value as { period: Record<string, unknown>; subject: Record<string, unknown> };
  if (!isMoment(period['asOf']) || (period['from'] !== undefined && !isMoment(period['from'])) || typeof period['zoneMinutes'] !== 'number') return undefined;
  if (!Array.isArray(subject['domains'])) return undefined;
  return value as unknown as ReportModel; // its top is checked above; the rest is only printed
}
function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** Unix seconds that a date can hold. */
function isMoment(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value < 8.64e12;
}
