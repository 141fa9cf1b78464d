/** The blocks that reports are written in, as a page shows them: one wording for paper and screen. */

import type { Block, Cell, Column, FindingBlock, KeyFigure, TableBlock } from '../../../reports/blocks.ts';
import { withoutEmptyColumns } from '../../../reports/document.ts';
import { NO_VALUE } from '../../../reports/format.ts';
import { type List, listTable } from '../../../reports/lists/list.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { shownOf } from '../../../reports/words.ts';
import { withCommands } from '../html.ts';
import type { View } from '../view.ts';
import { type FigureOptions, figure } from './charts.ts';
import { disclosure } from './forms.ts';
import { severityMark } from './marks.ts';

/** Rows of one table on a page; the workbook has all. */
const MOST_ROWS = 200;

export async function blocksMarkup(view: View, blocks: readonly Block[], options: FigureOptions = {}): Promise<Part> {
  const out: Part[] = [];
  for (const block of blocks) out.push(await blockMarkup(view, block, options));
  return out;
}
/** A report's list as a table. */
export async function listMarkup<T>(view: View, list: List<T>, model: ReportModel): Promise<Part> {
  return await blockMarkup(view, listTable(list, model, view.locale, MOST_ROWS));
}

async function blockMarkup(view: View, block: Block, options: FigureOptions = {}): Promise<Part> {
  switch (block.type) {
    case 'heading':
      return block.level === 2 ? html`<h2>${block.text}</h2>` : html`<h3>${block.text}</h3>`;
    case 'paragraph':
      return html`<p${block.weight && html` class="${block.weight}"`}>${withCommands(block.text)}</p>`;
    case 'list':
      return block.ordered
        ? html`<ol>${block.items.map((item) => html`<li>${withCommands(item)}</li>`)}</ol>`
        : html`<ul>${block.items.map((item) => html`<li>${withCommands(item)}</li>`)}</ul>`;
    case 'keyFigures':
      return html`<dl class="figures">${block.figures.map(keyFigure)}</dl>`;
    case 'table':
      return tableMarkup(view, block, options);
    case 'chart':
      return await figure(block.chart, options);
    case 'callout':
      return html`<p class="notice ${block.tone}"><strong>${block.title}</strong> ${block.text}</p>`;
    case 'finding':
      return findingMarkup(view, block);
    case 'collapsed':
      return disclosure(
        block.title,
        block.blocks.map((one) => tableMarkup(view, one, options)),
      );
    case 'signOff':
      return html`<div class="columns">${block.parties.map(({ title, lines }) => html`<section class="sign"><h3>${title}</h3>${lines.map((line) => html`<p>${line}</p>`)}</section>`)}</div>`;
    case 'pageBreak':
      return undefined;
    default:
      return block satisfies never;
  }
}
/** Objects beyond these are in the report's files. */
const MOST_OBJECTS = 5;
function findingMarkup(view: View, { severity, title, note, objects, objectTotal, remedy }: FindingBlock): Markup {
  const names = objects.slice(0, MOST_OBJECTS).map(({ name, observed }) => html`<li>${breakable(name)}${observed !== NO_VALUE && html` <small>${observed}</small>`}</li>`);
  const more = objectTotal - Math.min(objects.length, MOST_OBJECTS);
  return html`<section><h3>${severityMark(view, severity)} ${title}</h3>${note && html`<p class="note">${note}</p>`}<ul>${names}${more > 0 && html`<li class="muted">${view.t(`另有 ${more} 个对象`, `${more} more`)}</li>`}</ul><p><strong>${view.t('处置建议：', 'Remedy: ')}</strong>${withCommands(remedy)}</p></section>`;
}
function keyFigure({ label, value, unit, note, tone }: KeyFigure): Markup {
  return html`<div><dt>${label}</dt><dd class="${tone ?? ''}">${value}${unit && html` <small>${unit}</small>`}${note && html`<small>${note}</small>`}</dd></div>`;
}
/** On a phone each value stands below the one before with its name; on paper there are columns only. */
export function tableMarkup({ locale }: Pick<View, 'locale'>, table: TableBlock, { isPaper = false }: FigureOptions = {}): Markup {
  const { title, columns, rows, total, empty } = withoutEmptyColumns(table);
  if (rows.length === 0) return html`<h2 class="title">${title}</h2><p class="muted">${empty}</p>`;
  const heads = columns.map(({ title: head, align }) => html`<th scope="col"${align === 'right' && html` class="n"`}>${head}</th>`);
  const body = rows.map((row) => html`<tr>${row.map((cell, index) => cellMarkup(cell, columns[index], !isPaper && index > 0))}</tr>`);
  return html`<h2 class="title">${title}<small>${shownOf(rows.length, total, locale)}</small></h2><div class="scroll"><table${!isPaper && html` class="stack"`}><thead><tr>${heads}</tr></thead><tbody>${body}</tbody></table></div>`;
}
/** A status of a few words stands on one line; a longer one would push the columns behind it out of sight. */
const LONGEST_STATUS = 24;
/** Of a day, or a moment: it stands on one line. */
const DATE = /^\d{4}-\d\d-\d\d(?: \d\d:\d\d)?$/;
function cellMarkup({ text, tone }: Cell, column: Column | undefined, isNamed: boolean): Markup {
  const content =
    column?.format === 'code' ? html`<code>${text}</code>` : column?.format === 'name' ? breakable(text) : column?.format === 'prose' ? html`${withCommands(text)}` : html`${text}`;
  const isWhole = (column?.format === 'status' && text.length <= LONGEST_STATUS) || DATE.test(text);
  const classes = [column?.align === 'right' ? 'n' : '', column?.format === 'name' ? 'name' : '', isWhole ? 't' : ''].filter((one) => one !== '').join(' ');
  return html`<td${classes !== '' && html` class="${classes}"`}${isNamed && column && html` data-label="${column.title}"`}>${tone ? html`<span class="${tone}">${content}</span>` : content}</td>`;
}
