/** Every format of a report. One call: kind and model in, bytes with their media type out. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { formatDate, formatDays } from '../format.ts';
import type { ReportKind } from '../kinds/kind.ts';
import type { ReportModel } from '../model.ts';
import { printableText } from '../printable.ts';
import { titleOfReport } from '../readiness.ts';

export const FORMATS = ['html', 'pdf', 'docx', 'xlsx', 'json'] as const;
export type Format = (typeof FORMATS)[number];
export interface RenderedReport {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Without the dot. */
  readonly extension: Format;
}

const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};

/**
 * The report in one format. The same arguments always give the same bytes. Each renderer is loaded when it is first asked for.
 * @throws TypesettingError when a PDF cannot be set
 */
export async function render(format: Format, kind: ReportKind, model: ReportModel, locale: Locale): Promise<RenderedReport> {
  return { bytes: await bytesOf(format, kind, model, locale), mediaType: MEDIA_TYPES[format], extension: format };
}
async function bytesOf(format: Format, kind: ReportKind, model: ReportModel, locale: Locale): Promise<Uint8Array> {
  switch (format) {
    case 'html': {
      const { renderHtml } = await import('./html.ts');
      return new TextEncoder().encode(await renderHtml(model, locale, kind));
    }
    case 'pdf': {
      const { renderPdf } = await import('./pdf/pdf.ts');
      return await renderPdf(model, locale, kind);
    }
    case 'docx': {
      const { renderDocx } = await import('./docx/docx.ts');
      return await renderDocx(model, locale, kind);
    }
    case 'xlsx': {
      const { renderXlsx } = await import('./xlsx/xlsx.ts');
      return await renderXlsx(model, locale, kind);
    }
    case 'json':
      return new TextEncoder().encode(modelAsJson(model));
    default:
      return format satisfies never;
  }
}

/** Controls and what turns or hides text: legal in JSON, harmful on a terminal or in a viewer that shows the file. */
const INVISIBLE = /[\p{Cc}\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|\uDB40[\uDC00-\uDC7F]/gu;
/** The stored document itself: whoever has it can render every other format again. Reading it gives back the very model. */
export function modelAsJson(model: ReportModel): string {
  return `${JSON.stringify(model).replace(INVISIBLE, (letters) => [...letters.split('')].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''))}\n`;
}

/** Longest part of a file name, in characters: three of four bytes each stay below the 255 bytes of file systems. */
const LONGEST_PART = 24;
/**
 * `{customer}-{report}-{period}` without extension; a cluster or host stands in for a missing customer. Only letters, digits and `._` of any
 * script stay, so that no part can be a path, an option or a device of Windows.
 */
export function fileName(kind: ReportKind, { subject, period }: ReportModel, locale: Locale): string {
  const { from, to, asOf, zoneMinutes } = period;
  const whom = subject.customer ?? subject.cluster ?? subject.host ?? 'xunjian';
  const days = from === undefined ? [formatDate(asOf, zoneMinutes)] : formatDays(from, to ?? asOf, zoneMinutes);
  const span = days.map((day) => day.replaceAll('-', '')).join('_');
  return [namePart(whom), namePart(titleOfReport(kind, { period })[locale].replaceAll(' ', '_'), 60), span].join('-');
}
function namePart(text: string, longest = LONGEST_PART): string {
  const kept = printableText(text)
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._]+/gu, '_')
    .replace(/^[._]+|[._]+$/g, '');
  const short = [...kept]
    .slice(0, longest)
    .join('')
    .replace(/[._]+$/, '');
  return short === '' ? 'report' : /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(short) ? `_${short}` : short;
}
