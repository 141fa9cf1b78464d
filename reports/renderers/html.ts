/** One self-contained HTML file: no script, nothing from the network; reads on a screen, on a phone and on A4. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block, CalloutBlock, Cell, ChartBlock, CollapsedBlock, Column, KeyFiguresBlock, ParagraphBlock, SignOffBlock, TableBlock } from '../blocks.ts';
import { drawChart, isForPhones } from '../charts/draw.ts';
import { NARROW } from '../charts/lettering.ts';
import { pictureOf } from '../charts/pictures.ts';
import { type ChartSpec, chartAsText } from '../charts/spec.ts';
import { emsOf } from '../column-widths.ts';
import type { ReportDocument, WrittenChapter } from '../document.ts';
import { writeDocument } from '../document.ts';
import { formatNumber, NO_VALUE, plural, say, withUnits } from '../format.ts';
import type { ReportKind } from '../kinds/kind.ts';
import { s360 } from '../kinds/s360.ts';
import type { ReportModel } from '../model.ts';
import { renderFinding } from './html-finding.ts';
import { breakable, dated, html, type Markup, prose, soft, trusted } from './markup.ts';
import { styleSheet } from './style.ts';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The report as one HTML document. The same model always gives the same bytes. */
export async function renderHtml(model: ReportModel, locale: Locale, kind: ReportKind = s360): Promise<string> {
  const report = writeDocument(kind, model, locale);
  const chapters: Markup[] = [];
  for (const chapter of report.chapters) chapters.push(await renderChapter(chapter, locale));
  const style = styleSheet(named(report.subject, report.title), named(report.foot, report.confidentiality));
  const page = html`<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${named(report.title, report.subject)}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${cover(report)}
${frontMatter(report)}
${chapters}
<footer>${named(report.subject, report.title, report.foot, report.confidentiality)}</footer>
</main>
</body>
</html>
`;
  return withUnits(page.text);
}

function named(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

function cover({ locale, title, subject, confidentiality, facts }: ReportDocument): Markup {
  return html`<header class="cover">
<p class="mark"><span>xunjian</span><span>${say(locale, '密级', 'Classification')} · ${confidentiality}</span></p>
<h1>${title}</h1>
<p class="about">${breakable(subject)}</p>
<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${breakable(value)}</dd>`)}</dl>
</header>`;
}

function frontMatter({ revisionsTitle, revisions, contentsTitle, chapters }: ReportDocument): Markup {
  return html`<div class="front">
<h2>${revisionsTitle}</h2>
<div class="scroll"><table class="wide"><colgroup>${REVISION_WIDTHS.map((width) => html`<col style="width:${width}%">`)}</colgroup><thead><tr>${revisions.head.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${revisions.rows.map((row) => html`<tr>${row.map((cell, index) => html`<td data-head="${revisions.head[index]}">${cell === '' ? '' : html`<span>${dated(cell)}</span>`}</td>`)}</tr>`)}</tbody></table></div>
<nav aria-label="${contentsTitle}"><h2>${contentsTitle}</h2>
<ol>${chapters.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ol></nav>
</div>`;
}

/** Version, day, author, reviewer, note; percent. */
const REVISION_WIDTHS = [9, 16, 24, 17, 34];

async function renderChapter({ id, title, blocks, runsOn }: WrittenChapter, locale: Locale): Promise<Markup> {
  const parts: Markup[] = [];
  let isBelowSection = false;
  for (const [index, block] of blocks.entries()) {
    isBelowSection ||= block.type === 'heading';
    parts.push(await renderBlock(block, `${id}-${index}`, locale, isBelowSection && blocks.some(isSection)));
  }
  const short = blocks.every(({ type }) => type === 'callout');
  return html`<section class="chapter${short && ' short'}${runsOn && ' runson'}" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${parts}
</section>
`;
}

function isSection(block: Block): boolean {
  return block.type === 'heading' && block.level === 2;
}

/** @param isBelowSection no level of headings is left out, so that those who hear the page find their way */
async function renderBlock(block: Block, id: string, locale: Locale, isBelowSection: boolean): Promise<Markup> {
  switch (block.type) {
    case 'heading':
      return block.level === 2 ? html`<h3>${block.text}</h3>` : isBelowSection ? html`<h4>${block.text}</h4>` : html`<h3 class="minor">${block.text}</h3>`;
    case 'paragraph':
      return paragraph(block);
    case 'list': {
      const items = block.items.map((item) => html`<li>${prose(item)}</li>`);
      return block.ordered ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'keyFigures':
      return keyFigures(block);
    case 'table':
      return table(block, locale);
    case 'chart':
      return await figure(block, id);
    case 'callout':
      return callout(block);
    case 'finding':
      return renderFinding(block, locale, isBelowSection);
    case 'collapsed':
      return await collapsed(block, id, locale, isBelowSection);
    case 'signOff':
      return signOff(block);
    case 'pageBreak':
      return html``; // a browser cannot see how much of a page is left
    default:
      return block satisfies never;
  }
}

/** Closed until somebody opens it; not printed. */
async function collapsed({ title, blocks }: CollapsedBlock, id: string, locale: Locale, isBelowSection: boolean): Promise<Markup> {
  const parts: Markup[] = [];
  for (const [index, block] of blocks.entries()) parts.push(await renderBlock(block, `${id}-${index}`, locale, isBelowSection));
  return html`<details class="screen"><summary>${title}</summary>
${parts}
</details>`;
}

function paragraph({ text, weight = 'normal' }: ParagraphBlock): Markup {
  return weight === 'normal' ? html`<p>${prose(text)}</p>` : html`<p class="${weight}">${prose(text)}</p>`;
}

function keyFigures({ figures }: KeyFiguresBlock): Markup {
  return html`<dl class="figures" style="--n:${perRow(figures)}">${figures.map(
    ({ label, value, unit, note, tone }) =>
      html`<div><dt>${label}</dt><dd><span class="${toneClass(tone)}">${value}</span>${unit && html` <span class="unit">${unit}</span>`}${note && html`<span class="sub">${note}</span>`}</dd></div>`,
  )}</dl>`;
}
/** Longer figures have room: two rows of three instead of one of six. */
function perRow(figures: KeyFiguresBlock['figures']): number {
  return figures.length > 4 && figures.some(({ value }) => value.length > 6) ? Math.ceil(figures.length / 2) : figures.length;
}
/** Neutral figures are plain text, not grey. */
function toneClass(tone: Cell['tone']): string {
  return tone === undefined || tone === 'neutral' ? '' : tone;
}

function table({ title, columns, rows, total, empty, dense }: TableBlock, locale: Locale): Markup {
  if (rows.length === 0) return html`<div class="scroll"><table><caption>${title}</caption><tbody><tr><td class="none">${empty}</td></tr></tbody></table></div>`;
  const shown =
    total > rows.length
      ? say(locale, `显示 ${formatNumber(rows.length)} 行，共 ${formatNumber(total)} 行`, `shows ${formatNumber(rows.length)} of ${plural(total, 'row')}`)
      : say(locale, `共 ${formatNumber(total)} 行`, plural(total, 'row'));
  return html`<div class="scroll${rows.length <= SHORT_ROWS && ' whole'}"><table class="${columns.length > 2 ? 'wide' : 'pair'}${isSlim(columns, rows) && ' slim'}${dense && ' dense'}"><caption>${title}${columns.length > 2 && html`<span class="rows">${shown}</span>`}</caption>
${widths(columns)}<thead><tr>${columns.map((column) => html`<th scope="col" class="${column.align}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr>${row.map((cell, index) => tableCell(cell, columns[index]))}</tr>
`,
  )}</tbody></table></div>`;
}
/** Width of a phone, in ems of a table's type. */
const PHONE_EMS = 27;
/** Short texts in few columns stay a table on a phone, where wider ones become a list. */
function isSlim(columns: readonly Column[], rows: TableBlock['rows']): boolean {
  if (columns.length > 4) return false;
  const widest = columns.map(({ title }, index) => Math.max(emsOf(title), ...rows.map((row) => emsOf(row[index]?.text ?? ''))));
  return widest.reduce((sum, ems) => sum + ems + 1, 0) <= PHONE_EMS;
}
/** A table of so few rows is not parted by a page's end. */
const SHORT_ROWS = 8;
/** Columns that say how wide they want to be get their share, so that long names do not squeeze figures. */
function widths(columns: readonly Column[]): Markup {
  const sum = columns.reduce((total, { weight }) => total + (weight ?? 0), 0);
  if (sum === 0) return html``;
  return html`<colgroup>${columns.map(({ weight = 0 }) => html`<col style="width:${Math.round((weight / sum) * 1000) / 10}%">`)}</colgroup>`;
}
/** Letters of a state that is one word behind its shape: it is never parted. */
const BRIEF_STATE = 6;
function tableCell({ text, tone }: Cell, column: Column | undefined): Markup {
  const { align = 'left', format = 'text', title = '' } = column ?? {};
  const content =
    format === 'name'
      ? dated(text, breakable)
      : format === 'code'
        ? html`<span class="id">${breakable(text)}</span>`
        : format === 'prose' && text.includes('`')
          ? prose(text)
          : dated(text, soft);
  return html`<td class="${`${align} ${format} ${tone ?? ''}${text === NO_VALUE ? ' nil' : ''}${format === 'status' && text.length <= BRIEF_STATE ? ' brief' : ''}`.trim()}" data-head="${title}">${text === '' ? '' : html`<span>${content}</span>`}</td>`;
}

async function figure({ chart }: ChartBlock, id: string): Promise<Markup> {
  if (chart.kind === 'noData') {
    return html`<figure><figcaption>${chart.title}</figcaption><p class="nodata">${chart.reason}</p><p class="source">${chart.source}</p></figure>`;
  }
  const { svg } = await pictureOf(chart, id);
  // A second picture for phones: the first would be shrunk until nobody can read it.
  const narrow = isForPhones(chart) ? (await drawChart(chart, `${id}-n`, NARROW)).svg : '';
  return html`<figure><figcaption>${chart.title}</figcaption>${keys(chart)}<div role="img"${narrow !== '' && trusted(' class="both"')} aria-label="${chartAsText(chart)}">${trusted(svg)}${trusted(narrow)}</div><p class="source">${chart.source}</p></figure>
`;
}
/** What the shapes at the end of stacked bars mean: said once, in the colours and shapes of the bars. */
function keys(chart: ChartSpec): Markup {
  if (chart.kind !== 'stackedBar') return html``;
  return html`<p class="keys">${chart.series.map(({ name, shape, tone }) => html`<span class="${tone}">${shape} ${name}</span>`)}</p>`;
}

function callout({ tone, title, text }: CalloutBlock): Markup {
  return html`<div class="callout ${tone}"><strong>${title}</strong><p>${prose(text)}</p></div>`;
}

function signOff({ parties }: SignOffBlock): Markup {
  return html`<div class="sign">${parties.map(
    ({ title, lines, seal }) => html`<section><p class="party">${title}</p><dl>${lines.map((line) => html`<dt>${line}</dt><dd></dd>`)}</dl><p class="seal">${seal}</p></section>`,
  )}</div>`;
}
