/** Reports as the API takes and shows them. */
import { z } from 'zod';
import { LOCALES } from '../../agent/wire/vocabulary.ts';
import { REPORT_FAULTS, REPORT_FORMATS, REPORT_STAGES, REPORT_STATES, type Report, type ReportFile } from '../reports/report.ts';
import { Id, Time } from './values.ts';

export const Kind = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a kind of report such as s360');
/** Each once, in the order of the list. */
export const Formats = z
  .array(z.enum(REPORT_FORMATS))
  .min(1)
  .max(REPORT_FORMATS.length)
  .transform((given) => REPORT_FORMATS.filter((format) => given.includes(format)));
export const Locales = z
  .array(z.enum(LOCALES))
  .min(1)
  .max(LOCALES.length)
  .transform((given) => LOCALES.filter((locale) => given.includes(locale)));
/** A plain name: nothing that leads anywhere. */
export const FileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/, 'the name of one of its files');

const Actor = z.object({ kind: z.enum(['agent', 'user', 'integration', 'system']), id: z.string().optional(), name: z.string().optional() });
const Signature = z.object({
  name: z.string(),
  position: z.string().optional(),
  paperDay: z.string().optional().describe('day on the paper; left out: signed in the console or by API'),
  at: Time,
  recordedBy: Actor,
  documentSha256: z.string(),
});
const File = z.object({ name: z.string(), mediaType: z.string(), bytes: z.number().int(), sha256: z.string() });
export const ReportSummary = z.object({
  id: Id,
  customerId: Id,
  clusterId: Id.nullable(),
  scheduleId: Id.optional(),
  kind: z.string(),
  formats: z.array(z.enum(REPORT_FORMATS)),
  locales: z.array(z.enum(LOCALES)),
  from: Time.optional(),
  to: Time,
  mail: z.boolean(),
  state: z.enum(REPORT_STATES),
  stage: z.enum(REPORT_STAGES),
  progress: z.number().int().describe('percent'),
  attempts: z.number().int(),
  fault: z.enum(REPORT_FAULTS).optional().describe('why the last attempt failed'),
  documentSha256: z.string().optional().describe('of the document that the files are made from'),
  createdAt: Time,
  createdBy: Actor,
  finishedAt: Time.optional(),
  confirmUntil: Time.optional().describe(
    'until when the customer may confirm or object; left out of a finished report that is a draft or has nothing to sign: its first page says why',
  ),
  confirmedAt: Time.optional(),
  confirmedBy: Actor.optional(),
  confirmation: z.object({ accepted: z.boolean(), note: z.string().optional() }).optional(),
  signatures: z.object({ customer: Signature.optional(), provider: Signature.optional() }).describe('who signed for each side'),
});
export const ReportView = ReportSummary.extend({ files: z.array(File) });

export function reportView({ requestKey: _requestKey, formats, locales, ...report }: Report): z.input<typeof ReportSummary> {
  return { ...report, formats: [...formats], locales: [...locales] };
}
export function reportWithFiles(report: Report, files: readonly ReportFile[]): z.input<typeof ReportView> {
  return { ...reportView(report), files: [...files] };
}
