/** A problem in HTML: its objects (the worst few in view, the rest a click away) and its remedy. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { FindingBlock, FindingObject } from '../blocks.ts';
import { formatNumber, NO_VALUE, plural, say } from '../format.ts';
import { severityWords } from '../words.ts';
import { breakable, dated, html, type Markup, prose } from './markup.ts';

/** Objects in view: enough to see what is meant; paper shows these and how many more there are. */
const ROWS_IN_VIEW = 5;
const NAMES_IN_VIEW = 8;

/** With a rank the objects are one line of the note, else they are listed. @param isBelowSection its title is one of a section's, not of a chapter's */
export function renderFinding(block: FindingBlock, locale: Locale, isBelowSection: boolean): Markup {
  const name = isBelowSection ? html`<h4>${block.title}</h4>` : html`<h3 class="minor">${block.title}</h3>`;
  const { severity, check, rank, note, why, remedy } = block;
  return html`<article class="finding ${severity}">
<header>${rank !== undefined && html`<span class="rank">${rank}</span>`}<span class="level ${severity}">${severityWords(severity, locale)}</span>${name}<span class="id">${breakable(check)}</span></header>
${note && html`<p class="note">${dated(note)}</p>`}
${rank === undefined && objects(block, locale)}
${why !== undefined && html`<p class="why"><strong>${say(locale, '影响：', 'Why it matters: ')}</strong>${prose(why)}</p>`}
<p class="remedy"><strong>${say(locale, '处置建议：', 'Remedy: ')}</strong>${prose(remedy)}</p>
</article>
`;
}

/** One object, or objects without a measure, are a line; measures are compared in a table. */
function objects(block: FindingBlock, locale: Locale): Markup {
  const { objects: all, objectTotal } = block;
  const [first] = all;
  const bare = all.every(({ observed, threshold }) => observed === NO_VALUE && threshold === NO_VALUE);
  if (!bare && (!first || objectTotal > 1)) return measured(block, locale);
  const label = say(locale, '对象：', objectTotal === 1 ? 'Object: ' : 'Objects: ');
  return html`<p class="objects"><strong>${label}</strong>${names(all.slice(0, NAMES_IN_VIEW), locale)}${first && measuredWords(first, locale)}</p>${more(
    all.slice(NAMES_IN_VIEW),
    objectTotal - Math.min(all.length, NAMES_IN_VIEW),
    (rest) => html`<p class="objects">${names(rest, locale)}</p>`,
    block,
    locale,
  )}`;
}
function names(objectsInLine: readonly FindingObject[], locale: Locale): readonly Markup[] {
  return objectsInLine.map(({ name }, index) => html`${index > 0 && say(locale, '；', '; ')}${breakable(name)}`);
}
function measuredWords({ observed, threshold }: FindingObject, locale: Locale): string {
  const parts = [
    observed !== NO_VALUE && say(locale, `观测值 ${observed}`, `observed ${observed}`),
    threshold !== NO_VALUE && say(locale, `阈值 ${threshold}`, `threshold ${threshold}`),
  ];
  return parts.map((part) => (part === false ? '' : `${say(locale, '，', ', ')}${part}`)).join('');
}

function measured(block: FindingBlock, locale: Locale): Markup {
  const { objects: all, objectTotal, severity } = block;
  const mixed = all.some((object) => object.severity !== severity);
  const table = (rows: readonly FindingObject[]): Markup => objectTable(rows, mixed, locale);
  // A table behind a click for one more row costs more than the row.
  const inView = objectTotal === ROWS_IN_VIEW + 1 ? ROWS_IN_VIEW + 1 : ROWS_IN_VIEW;
  return html`${table(all.slice(0, inView))}${more(all.slice(inView), objectTotal - Math.min(all.length, inView), table, block, locale)}`;
}
function objectTable(rows: readonly FindingObject[], mixed: boolean, locale: Locale): Markup {
  return html`<div class="scroll"><table><colgroup><col style="width:56%"><col style="width:22%"><col style="width:22%"></colgroup><thead><tr><th scope="col">${say(locale, '对象', 'Object')}</th><th scope="col" class="right">${say(locale, '观测值', 'Observed')}</th><th scope="col" class="right">${say(locale, '阈值', 'Threshold')}</th></tr></thead>
<tbody>${rows.map(
    ({
      name,
      observed,
      threshold,
      severity,
    }) => html`<tr><td class="name">${mixed && shapeOf(severity, locale)}${breakable(name)}</td><td class="right">${dated(observed)}</td><td class="right">${dated(threshold)}</td></tr>
`,
  )}</tbody></table></div>`;
}
function shapeOf(severity: FindingObject['severity'], locale: Locale): Markup {
  const words = severityWords(severity, locale);
  return html`<span class="${severity}" title="${words}">${words.split(' ')[0]} </span>`;
}

/** What is not in view: how many, and on a screen those that the model brought along. */
function more(rest: readonly FindingObject[], total: number, write: (rest: readonly FindingObject[]) => Markup, { objectsAtLeast }: FindingBlock, locale: Locale): Markup {
  if (total <= 0 && !objectsAtLeast) return html``;
  const beyond = total - rest.length;
  const words = objectsAtLeast
    ? say(
        locale,
        `另有${total > 0 ? `至少 ${formatNumber(total)} 个` : '更多'}对象：列表已达上限`,
        `and ${total > 0 ? `at least ${plural(total, 'other object')}` : 'more'}: the list had reached its cap`,
      )
    : say(
        locale,
        `另有 ${formatNumber(total)} 个对象，全部见本报告的 Excel 工作簿或 JSON 文件`,
        `and ${plural(total, 'other object')}; all are in the workbook and the JSON file of this report`,
      );
  if (rest.length === 0) return html`<p class="note">${words}</p>`;
  return html`<details class="more"><summary>${words}</summary>
${write(rest)}${beyond > 0 && html`<p class="note">${say(locale, `此处略去 ${formatNumber(beyond)} 个`, `${formatNumber(beyond)} left out here`)}</p>`}
</details>`;
}
