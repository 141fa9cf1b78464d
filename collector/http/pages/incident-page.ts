/** One incident: state, evidence, remedy, clocks with their arithmetic, what happens next, and what has happened. */

import type { Observed } from '../../../agent/wire/inspection.ts';
import { type Locale, type Text, UNITS } from '../../../agent/wire/vocabulary.ts';
import { formatDuration, formatObserved } from '../../../reports/format.ts';
import type { Visibility } from '../../access/visibility.ts';
import { titleOf } from '../../incident-news.ts';
import type { Explanation, IncidentDetail } from '../../incidents/detail.ts';
import type { IncidentEvent } from '../../incidents/event.ts';
import { CLOCK_WORDS, RESOLUTION_WORDS, STATE_WORDS } from '../../notify/terms.ts';
import { zonedTime, zoneWords } from '../../notify/zoned-time.ts';
import type { ClockState, Duty } from '../../support/clock.ts';
import type { AppDeps } from '../deps.ts';
import { historyRow } from './history.ts';
import { type Place, placesOf, scopeWords } from './incident-list.ts';
import { BECAUSE_WORDS, CHOSEN_CODES, CLOCK_STATE_WORDS, eventWord, SEVERITY_WORDS, SOURCE_WORDS, WORDS } from './incident-words.ts';
import { html, Markup } from './page.ts';

export interface IncidentViewer {
  readonly visibility: Visibility;
  readonly locale: Locale;
  readonly now: number;
  readonly csrf: string;
  /** Whether the buttons are shown. */
  readonly mayWork: boolean;
  readonly say?: 'conflict' | undefined;
}
const NONE = new Markup('');
/** Rows of a table in a page; the API has the rest. */
const MOST_ROWS = 200;
const MOST_DUTIES = 8;

export async function incidentContent(
  deps: AppDeps,
  detail: IncidentDetail,
  explanation: Explanation,
  viewer: IncidentViewer,
): Promise<{ readonly title: string; readonly content: Markup }> {
  const { summary, incident } = detail;
  const { locale, now } = viewer;
  const place = await placesOf(deps, viewer.visibility, locale)(summary);
  const title = `#${summary.number} ${titleOf(deps.checkTexts, summary)[locale]}`;
  const { mark, text } = SEVERITY_WORDS[summary.severity];
  const state = `${STATE_WORDS[summary.state]?.[locale] ?? summary.state}${summary.isBreached ? ` · ${WORDS.late[locale]}` : ''}`;
  const head = html`<h1>${title}</h1><p><span class="${summary.severity}">${mark} ${text[locale]}</span> · ${place.level} · <strong class="${summary.isBreached ? 'late' : ''}">${state}</strong> · ${place.customer}${place.cluster === undefined ? '' : ` · ${place.cluster}`} ${place.isDemo ? html`<span class="tag">${WORDS.demo[locale]}</span>` : NONE} · ${zoneWords(now, place.zone)}</p>`;
  const conflict = viewer.say === undefined ? NONE : html`<p class="bad" role="alert">${WORDS.conflict[locale]}</p>`;
  const remedy = deps.checkTexts(summary.rule)?.remedy[locale];
  return {
    title,
    content: html`${head}${conflict}${viewer.mayWork ? acts(detail, viewer) : NONE}
<h2>${WORDS.evidence[locale]}</h2>${evidence(detail, place, locale)}
${remedy === undefined ? NONE : html`<h2>${WORDS.remedy[locale]}</h2><p class="remedy">${withCommands(remedy)}</p>`}
<h2>${WORDS.clocks[locale]}</h2>${clocks(explanation.clocks, place, locale)}
${ahead(explanation.duties, place, locale)}${members(detail, locale)}
<h2>${WORDS.timeline[locale]}</h2>${timeline(detail.events, place, locale)}${incident.description === undefined ? NONE : html`<p class="remedy">${incident.description}</p>`}`,
  };
}

/** Commands stand between back-ticks. */
function withCommands(text: string): readonly Markup[] {
  return text.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

/** Every form carries the version that was seen: who acts on what has changed is told so. */
function acts({ summary, allowed }: IncidentDetail, { locale, csrf }: IncidentViewer): Markup {
  const form = (act: string, label: Text, more: Markup = NONE): Markup =>
    html`<form method="post" action="/incidents/${summary.id}?lang=${locale}"><input type="hidden" name="_csrf" value="${csrf}"><input type="hidden" name="version" value="${String(summary.version)}"><input type="hidden" name="act" value="${act}">${more}<button>${label[locale]}</button></form>`;
  const codes = html`<select name="code" aria-label="${WORDS.resolve[locale]}">${CHOSEN_CODES.map((code) => html`<option value="${code}">${RESOLUTION_WORDS[code]?.[locale] ?? code}</option>`)}</select>`;
  const buttons = [
    ...(allowed.includes('acknowledge') ? [form('acknowledge', WORDS.acknowledge)] : []),
    ...(allowed.includes('start') ? [form('start', WORDS.start)] : []),
    ...(allowed.includes('resolve') && allowed.includes('contact') ? [form('first-contact', WORDS.contacted)] : []),
    ...(allowed.includes('resolve') ? [form('resolve', WORDS.resolve, codes)] : []),
  ];
  return buttons.length === 0 ? NONE : html`<div class="acts">${buttons}</div>`;
}

function evidence({ summary, incident }: IncidentDetail, { zone }: Place, locale: Locale): Markup {
  const unit = UNITS.find((known) => known === incident.unit) ?? 'value';
  const value = (one: Observed): string => formatObserved(one, unit, locale, 0);
  const lines: (readonly [Text, string])[] = [
    [WORDS.scope, scopeWords(summary)],
    ...(incident.observed === undefined || incident.observed === null ? [] : [[WORDS.observed, value(incident.observed)] as const]),
    ...(incident.threshold === undefined || incident.threshold === null ? [] : [[WORDS.threshold, value(incident.threshold)] as const]),
    [WORDS.rule, summary.rule],
    [WORDS.source, SOURCE_WORDS[summary.source]?.[locale] ?? summary.source],
    [WORDS.opened, zonedTime(summary.openedAt, zone)],
    [WORDS.policy, summary.policy],
    ...(incident.assignee === undefined ? [] : [[WORDS.assignee, incident.assignee.name] as const]),
  ];
  return html`<dl>${lines.filter(([, text]) => text !== '').map(([name, text]) => html`<dt>${name[locale]}</dt><dd>${text}</dd>`)}</dl>`;
}

function clocks(states: readonly ClockState[], place: Place, locale: Locale): Markup {
  const titles = [WORDS.clock, WORDS.state, WORDS.started, WORDS.ends, WORDS.elapsed, WORDS.goal].map((one) => html`<th>${one[locale]}</th>`);
  const rows = states.slice(-MOST_ROWS).map((one) => clockRow(one, place, locale));
  return html`<div class="scroll"><table><thead><tr>${titles}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
function clockRow({ clock, state, cycle, startedAt, dueAt, elapsedMs, goalMs, percent, provisional, segments }: ClockState, { zone }: Place, locale: Locale): Markup {
  const name = `${CLOCK_WORDS[clock]?.[locale] ?? clock}${cycle > 1 ? ` ${cycle}` : ''}`;
  const goal = goalMs === 0 ? WORDS.noGoal[locale] : durationOf(goalMs, locale);
  const sum = html`<details><summary>${WORDS.arithmetic[locale]}</summary><table><thead><tr>${[WORDS.from, WORDS.to, WORDS.counted, WORDS.because].map((one) => html`<th>${one[locale]}</th>`)}</tr></thead><tbody>${segments.slice(0, MOST_ROWS).map((one) => html`<tr><td class="t">${zonedTime(one.from, zone)}</td><td class="t">${zonedTime(one.to, zone)}</td><td class="n">${one.countedMs === 0 ? '0' : durationOf(one.countedMs, locale)}</td><td>${BECAUSE_WORDS[one.because][locale]}</td></tr>`)}</tbody></table></details>`;
  const used = goalMs === 0 ? '' : ` (${Math.round(percent)} %)`;
  return html`<tr><td>${name}${segments.length === 0 ? NONE : sum}</td><td class="t ${state === 'breached' ? 'late' : ''}">${CLOCK_STATE_WORDS[state][locale]}</td><td class="t">${state === 'waiting' ? '' : zonedTime(startedAt, zone)}</td><td class="t">${dueAt === undefined ? '' : zonedTime(dueAt, zone)}${provisional ? html`<small>${WORDS.provisional[locale]}</small>` : NONE}</td><td class="n">${elapsedMs === 0 ? '0' : durationOf(elapsedMs, locale)}${used}</td><td class="n">${goal}</td></tr>`;
}
function durationOf(ms: number, locale: Locale): string {
  return formatDuration(Math.round(ms / 1_000), locale);
}

function ahead(duties: readonly Duty[], { zone }: Place, locale: Locale): Markup {
  if (duties.length === 0) return NONE;
  const rows = duties.slice(0, MOST_DUTIES).map(({ dueAt, body, rule }) => {
    const what = body?.kind === 'clock' ? `${CLOCK_WORDS[body.clock]?.[locale] ?? body.clock} ${body.percent} %` : body === undefined ? '' : eventWord(body.kind, locale);
    return html`<tr><td class="t">${zonedTime(dueAt, zone)}</td><td>${what}<small>${rule}</small></td></tr>`;
  });
  return html`<h2>${WORDS.ahead[locale]}</h2><table><tbody>${rows}</tbody></table>`;
}

function members({ members: list, hidden, summary }: IncidentDetail, locale: Locale): Markup {
  const rows = [...list, ...hidden].slice(0, MOST_ROWS).map(({ rule, scope, severity }) => {
    const { mark, text } = SEVERITY_WORDS[severity];
    return html`<tr><td class="t ${severity}">${mark} ${text[locale]}</td><td>${scopeWords({ scope, members: 0 })}</td><td>${rule}</td></tr>`;
  });
  if (rows.length === 0) return NONE;
  const total = Math.max(summary.members, rows.length);
  const count = total > rows.length ? ` · ${WORDS.shown[locale]} ${rows.length} / ${total}` : ` · ${total}`;
  return html`<h2>${(list.length > 0 ? WORDS.members : WORDS.behind)[locale]}${count}</h2><div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
}

function timeline(events: readonly IncidentEvent[], { zone }: Place, locale: Locale): Markup {
  const rows = events
    .toReversed()
    .slice(0, MOST_ROWS)
    .map((event) => historyRow(event, zone, locale));
  const count = events.length > rows.length ? html`<p>${WORDS.shown[locale]} ${String(rows.length)} / ${String(events.length)}</p>` : NONE;
  return html`${count}<div class="scroll"><table><tbody>${rows}</tbody></table></div>`;
}
