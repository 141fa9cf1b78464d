/** What a report is as a thing of the collector: a job with a subject, a period, files, and the customer's word on it. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { formatDate } from '../../reports/format.ts';
import type { Period } from '../../reports/model.ts';
import { FORMATS, type Format } from '../../reports/renderers/index.ts';
import type { Actor } from '../incidents/event.ts';

export const REPORT_FORMATS = FORMATS;
export type ReportFormat = Format;

export const REPORT_STATES = ['queued', 'running', 'done', 'failed'] as const;
export type ReportState = (typeof REPORT_STATES)[number];
export const REPORT_STAGES = ['waiting', 'assembling', 'rendering', 'storing', 'ended'] as const;
export type ReportStage = (typeof REPORT_STAGES)[number];

/** Why a job failed, for programs; the log has the rest. `lost`: its collector ended in the middle of it. */
export const REPORT_FAULTS = ['no-data', 'not-found', 'crashed', 'timeout', 'malformed', 'render', 'too-large', 'lost', 'internal'] as const;
export type ReportFault = (typeof REPORT_FAULTS)[number];

export interface ReportRequest {
  readonly customerId: string;
  /** Null: all clusters of the customer. */
  readonly clusterId: string | null;
  readonly kind: string;
  readonly formats: readonly ReportFormat[];
  readonly locales: readonly Locale[];
  /** Milliseconds; `to` is exclusive. Without a begin it is about the newest inspection alone. */
  readonly from?: number | undefined;
  readonly to: number;
  /** Whether it is sent to the contract's contacts when it is done. */
  readonly mail: boolean;
  readonly scheduleId?: string | undefined;
  /** The same key of the same customer is the same report. */
  readonly requestKey: string;
}
export interface Report extends ReportRequest {
  readonly id: string;
  readonly state: ReportState;
  readonly stage: ReportStage;
  /** Percent. */
  readonly progress: number;
  readonly attempts: number;
  readonly fault?: ReportFault | undefined;
  /** Hexadecimal SHA-256 of the document's JSON. */
  readonly documentSha256?: string | undefined;
  readonly createdAt: number;
  readonly createdBy: Actor;
  readonly finishedAt?: number | undefined;
  /** Left out of what is done: there is nothing to confirm, see {@link isUnsignable}. */
  readonly confirmUntil?: number | undefined;
  readonly confirmedAt?: number | undefined;
  readonly confirmedBy?: Actor | undefined;
  readonly confirmation?: { readonly accepted: boolean; readonly note?: string | undefined } | undefined;
  readonly signatures: { readonly [K in Side]: Signature | undefined };
}
/** Who signs: the customer, and who serves it. */
export const SIDES = ['customer', 'provider'] as const;
export type Side = (typeof SIDES)[number];
export interface Signature {
  readonly name: string;
  readonly position?: string | undefined;
  /** ISO 8601 day of the paper; left out: signed on the report's page. */
  readonly paperDay?: string | undefined;
  /** When it was recorded, Unix milliseconds, and by whom. */
  readonly at: number;
  readonly recordedBy: Actor;
  /** Hexadecimal SHA-256 of the document that was signed. */
  readonly documentSha256: string;
}
export interface ReportFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export const MEDIA_TYPES: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
};

/** `s360-20261231.zh.pdf`: ASCII, no path, no blanks; `json` has no language. The day is that of the report's own zone. */
export function fileName(kind: string, { asOf, zoneMinutes }: Period, format: ReportFormat, locale: Locale): string {
  const day = formatDate(asOf, zoneMinutes).replaceAll('-', '');
  return `${kind}-${day}.${format === 'json' ? '' : `${locale}.`}${format}`;
}

/** Done, and with nothing to sign or confirm: a draft that waits for people, or a report about something that did not happen. */
export function isUnsignable({ state, confirmUntil }: Pick<Report, 'state' | 'confirmUntil'>): boolean {
  return state === 'done' && confirmUntil === undefined;
}

/** How long the customer may confirm or object. */
export const CONFIRM_WITHIN_MS = 7 * 86_400_000;
