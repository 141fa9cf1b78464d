/** A form as a workbook: one sheet, one row an item, answers in one column; and a filled-in one read back. */
import exceljs from 'exceljs';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { ArchiveError, readArchive, settledOffice } from '../archive.ts';
import { say } from '../format.ts';
import { LIGHT } from '../palette.ts';
import { printableText } from '../printable.ts';
import { sortedFonts } from '../renderers/xlsx/sorted-fonts.ts';
import { type Form, type FormItem, GROUP_TITLES, LONGEST_ANSWER, markOf } from './form.ts';

/** Columns, counted from 1. */
const COLUMN = { id: 1, group: 2, label: 3, answer: 4, unit: 5, how: 6, advised: 7 } as const;
const WIDTHS = [20, 25, 36, 28, 34, 38, 26] as const;
const MARGINS = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.55, header: 0.3, footer: 0.3 } as const;
/** Title, introduction, head. */
const FIRST_ROW = 4;
/** Any day will do: a form holds no data, and is the same bytes every time. */
const MADE_AT = 1_767_225_600;
const FONTS = { zh: { name: '微软雅黑', size: 10 }, en: { name: 'Arial', size: 10 } } as const satisfies Record<Locale, object>;

export async function formXlsx(form: Form, locale: Locale): Promise<Uint8Array> {
  const font = FONTS[locale];
  const book = new exceljs.Workbook();
  book.creator = 'xunjian';
  book.title = form.title[locale];
  const page = book.addWorksheet(form.title[locale].slice(0, 31), {
    views: [{ state: 'frozen', ySplit: FIRST_ROW - 1, xSplit: 0 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0, printTitlesRow: `${FIRST_ROW - 1}:${FIRST_ROW - 1}`, margins: MARGINS },
    headerFooter: { oddFooter: `&L&8${form.title[locale]}&R&8&P / &N` },
  });
  page.columns = WIDTHS.map((width) => ({ width, style: { font, alignment: { vertical: 'middle', wrapText: true } } }));
  // Answers are found by it when the form comes back; nobody fills it in.
  page.getColumn(COLUMN.id).hidden = true;
  page.getCell(1, COLUMN.id).value = markOf(form);
  page.getCell(1, COLUMN.group).value = form.title[locale];
  page.getCell(1, COLUMN.group).font = { ...font, size: 16, bold: true };
  page.getCell(2, COLUMN.group).value = form.intro[locale];
  for (const row of [1, 2]) page.mergeCells(row, COLUMN.group, row, COLUMN.advised);
  page.getRow(1).height = 28;
  page.getRow(2).height = 34;
  page.getRow(FIRST_ROW - 1).height = 20;
  const head =
    locale === 'zh' ? ['编号', '分组', '检查项', '填写值', '单位或选项', '检查方法', '建议值'] : ['Id', 'Group', 'Item', 'Answer', 'Unit or choice', 'How to find out', 'Advised'];
  for (const [index, title] of head.entries()) {
    const cell = page.getCell(FIRST_ROW - 1, index + 1);
    cell.value = title;
    cell.font = { ...font, bold: true, color: { argb: `FF${LIGHT.page.slice(1)}` } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: `FF${LIGHT.accent.slice(1)}` } };
    cell.alignment = { vertical: 'middle', wrapText: true };
  }
  for (const [index, item] of form.items.entries()) writeRow(page, FIRST_ROW + index, item, locale);
  await page.protect('', { selectLockedCells: true, selectUnlockedCells: true, formatColumns: true, formatRows: true });
  return settledOffice(new Uint8Array(await book.xlsx.writeBuffer()), MADE_AT, { 'xl/styles.xml': sortedFonts });
}

function writeRow(page: exceljs.Worksheet, row: number, item: FormItem, locale: Locale): void {
  const { id, group, label, kind, unit, choices, how, advised, required } = item;
  page.getCell(row, COLUMN.id).value = id;
  page.getCell(row, COLUMN.group).value = GROUP_TITLES[group][locale];
  page.getCell(row, COLUMN.label).value = `${label[locale]}${required ? ' *' : ''}`;
  page.getCell(row, COLUMN.unit).value = unitWords(kind, unit, choices, locale);
  page.getCell(row, COLUMN.how).value = how?.[locale] ?? '';
  page.getCell(row, COLUMN.advised).value = advised?.[locale] ?? '';
  // Programs that do not measure wrapped texts themselves let them run over the next row.
  const lines = [COLUMN.group, COLUMN.label, COLUMN.unit, COLUMN.how, COLUMN.advised].map((column) =>
    Math.ceil(widthOfText(page.getCell(row, column).text, locale) / ((WIDTHS[column - 1] ?? 20) - 1.5)),
  );
  page.getRow(row).height = 4 + 15 * Math.max(1, ...lines);
  for (let column = COLUMN.group; column <= COLUMN.advised; column += 1)
    page.getCell(row, column).border = { bottom: { style: 'hair', color: { argb: `FF${LIGHT.muted.slice(1)}` } } };
  const answer = page.getCell(row, COLUMN.answer);
  answer.protection = { locked: false };
  answer.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFFBE6' } };
  answer.border = { bottom: { style: 'thin' } };
  if (kind === 'date') answer.numFmt = 'yyyy-mm-dd';
  const list = kind === 'yes-no' ? YES_NO[locale] : choices?.map(({ words }) => words[locale]);
  if (list) answer.dataValidation = { type: 'list', allowBlank: true, formulae: [`"${list.join(',')}"`] };
}
/** Characters of Latin width. */
function widthOfText(text: string, locale: Locale): number {
  const latin = locale === 'zh' ? 0.98 : 0.9;
  return [...text].reduce((width, character) => width + (character > '\u2e7f' ? 2 : latin), 0);
}
const YES_NO = { zh: ['是', '否'], en: ['yes', 'no'] } as const satisfies Record<Locale, readonly string[]>;
export function unitWords(kind: FormItem['kind'], unit: FormItem['unit'], choices: FormItem['choices'], locale: Locale): string {
  if (kind === 'yes-no') return YES_NO[locale].join(' / ');
  if (choices) return choices.map(({ words }) => words[locale]).join(' / ');
  if (kind === 'date') return say(locale, '年-月-日', 'YYYY-MM-DD');
  return unit === 'percent' ? '%' : unit === 'seconds' ? say(locale, '秒', 's') : unit === 'milliseconds' ? say(locale, '毫秒', 'ms') : '';
}

/** An answer as its item wants it: a text, a number, yes or no, or a day (`YYYY-MM-DD`). */
export type Answer = string | number | boolean;
export interface FilledForm {
  readonly answers: ReadonlyMap<string, Answer>;
  /** Ids of items whose answer is not what they ask for. */
  readonly refused: readonly string[];
}
export type FormFault = 'not-a-workbook' | 'too-large' | 'another-form';

/** The largest file, and the most that it may unpack to. */
export const MOST_FORM_BYTES = 5 * 1024 * 1024;
const LIMITS = { entries: 300, bytes: 24 * 1024 * 1024 };
const MOST_SHEETS = 20;
const MOST_ROWS = 2_000;

/** Reads by id, whatever the order of rows became; formulas count by the value that was stored with them, and nothing is computed. */
export async function readFormXlsx(bytes: Uint8Array, form: Form): Promise<FilledForm | { readonly fault: FormFault }> {
  if (bytes.length > MOST_FORM_BYTES) return { fault: 'too-large' };
  try {
    readArchive(bytes, LIMITS); // before any library unpacks it
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { fault: error.message === 'too large' || error.message.startsWith('more than') ? 'too-large' : 'not-a-workbook' };
  }
  const book = new exceljs.Workbook();
  try {
    await book.xlsx.load(Buffer.from(bytes) as unknown as exceljs.Buffer);
  } catch {
    return { fault: 'not-a-workbook' };
  }
  const page = book.worksheets.slice(0, MOST_SHEETS).find((sheet) => plain(sheet.getCell(1, COLUMN.id).value) === markOf(form));
  return page ? answersOf(page, form) : { fault: 'another-form' };
}

function answersOf(page: exceljs.Worksheet, { items }: Form): FilledForm {
  const known = new Map(items.map((item) => [item.id, item]));
  const answers = new Map<string, Answer>();
  const refused: string[] = [];
  for (let row = FIRST_ROW; row <= Math.min(page.rowCount, MOST_ROWS); row += 1) {
    const item = known.get(String(plain(page.getCell(row, COLUMN.id).value) ?? ''));
    const given = shown(page.getCell(row, COLUMN.answer));
    if (!item || given === undefined || given === '' || answers.has(item.id)) continue;
    const answer = answerOf(item, given);
    if (answer === undefined) refused.push(item.id);
    else answers.set(item.id, answer);
  }
  return { answers, refused };
}

/** What a cell shows: a number typed as `95%` is kept as 0.95 with a format of percent, and means 95. */
function shown({ value, numFmt }: exceljs.Cell): ReturnType<typeof plain> {
  const given = plain(value);
  return typeof given === 'number' && isPercent(numFmt) ? Number((given * 100).toPrecision(12)) : given;
}
/** A `%` in quotes or behind a backslash is a letter that multiplies nothing. */
const isPercent = (format: string | undefined): boolean => (format ?? '').replaceAll(/"[^"]*"|\\./g, '').includes('%');

/** The value of a cell, without its format. */
function plain(value: exceljs.CellValue): string | number | boolean | Date | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.slice(0, 4 * LONGEST_ANSWER).trim();
  if (typeof value === 'number' || typeof value === 'boolean' || value instanceof Date) return value;
  if ('richText' in value) return plain(value.richText.map(({ text }) => text).join(''));
  if ('result' in value) return plain(value.result as exceljs.CellValue);
  return 'text' in value && typeof value.text === 'string' ? plain(value.text) : undefined;
}

function answerOf({ kind, choices, unit }: FormItem, given: NonNullable<ReturnType<typeof plain>>): Answer | undefined {
  switch (kind) {
    case 'number':
      return numberOf(given, unit);
    case 'yes-no':
      if (typeof given === 'boolean') return given;
      return /^(是|yes|y|true)$/i.test(String(given)) ? true : /^(否|no|n|false)$/i.test(String(given)) ? false : undefined;
    case 'date':
      return dayOf(given);
    case 'choice':
      // In either language, and as forms of earlier versions had it: both in one.
      return choices?.find(({ value, words: { zh, en } }) => [value, zh, en, `${zh} ${en}`, `${zh} ${value}`].includes(String(given)))?.value;
    case 'text':
      return given instanceof Date ? given.toISOString().slice(0, 10) : printableText(String(given), LONGEST_ANSWER);
    default:
      return kind satisfies never;
  }
}
function numberOf(given: NonNullable<ReturnType<typeof plain>>, unit: FormItem['unit']): number | undefined {
  // Input methods for Chinese write digits and signs at full width as well.
  const text = typeof given === 'string' ? given.normalize('NFKC') : '';
  const number = typeof given === 'number' ? given : /^-?\d{1,15}(?:\.\d{1,9})?\s*%?$/.test(text) ? Number(text.replace(/\s*%$/, '')) : Number.NaN;
  if (!Number.isFinite(number) || Math.abs(number) >= 1e15) return undefined;
  // A share below nothing or above everything is a slip of the pen, and must not pass for a good value.
  return unit === 'percent' && (number < 0 || number > 100) ? undefined : number;
}
function dayOf(given: NonNullable<ReturnType<typeof plain>>): string | undefined {
  const text =
    given instanceof Date
      ? Number.isNaN(given.getTime())
        ? ''
        : given.toISOString().slice(0, 10)
      : String(given)
          .replaceAll(/[/.年月]/g, '-')
          .replace(/日$/, '');
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ?? [];
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}
