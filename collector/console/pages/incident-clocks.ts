/** The clocks of an incident: where each stands since when, and the arithmetic that leads there, added up. */
import { formatDuration } from '../../../reports/format.ts';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { CLOCK_WORDS } from '../../notify/terms.ts';
import type { ClockState, Segment } from '../../support/clock.ts';
import { disclosure } from '../parts/forms.ts';
import type { Place } from '../parts/places.ts';
import type { View } from '../view.ts';
import { BECAUSE_WORDS, CLOCK_STATE_WORDS } from '../words/incident-words.ts';

/** Rows of a table in a page; the API has the rest. */
const MOST_ROWS = 200;

export function clocks(view: View, states: readonly ClockState[], place: Place): Markup {
  const { t } = view;
  if (states.length === 0) return html`<p class="muted">${t('合同未规定时限。', 'The contract sets no time.')}</p>`;
  const heads = [t('时限', 'Clock'), t('状态', 'State'), t('到期', 'Due')].map((head) => html`<th>${head}</th>`);
  const isWaiting = states.some(({ clock, state }) => clock === 'respond' && (state === 'running' || state === 'paused' || state === 'breached'));
  const hint =
    isWaiting &&
    html`<p class="note">${t('“响应”时限在记录“已首次联系”后停止（与客户往来）；“受理”只表示有人接手。', 'The response clock stops when the first contact is recorded under "Contact"; acknowledging says that somebody has it.')}</p>`;
  return html`${hint}<div class="scroll"><table class="stack clocks"><thead><tr>${heads}<th class="n">${t('已计时 / 目标', 'Counted / goal')}</th></tr></thead><tbody>${states.slice(-MOST_ROWS).map((one) => clockRows(view, one, place))}</tbody></table></div>`;
}

function clockRows(view: View, clock: ClockState, { zone }: Place): Markup {
  const { t, locale } = view;
  const { state, cycle, dueAt, elapsedMs, goalMs, percent, provisional, counted, segments } = clock;
  const name = `${CLOCK_WORDS[clock.clock]?.[locale] ?? clock.clock}${cycle > 1 ? ` ${cycle}` : ''}`;
  const goal = goalMs === 0 ? t('合同未规定', 'none in the contract') : durationOf(view, goalMs);
  const left = dueAt !== undefined && (state === 'running' || state === 'breached') && clock.stoppedAt === undefined && html`<small data-due="${dueAt}"></small>`;
  const tone = state === 'breached' ? html` low="25" high="50" optimum="0"` : html` low="75" high="99" optimum="0"`;
  const meter =
    goalMs > 0 && html`<meter min="0" max="100"${state === 'met' ? '' : tone} value="${Math.min(100, Math.round(percent))}" aria-label="${name}"></meter> ${Math.round(percent)} %`;
  const row = html`<tr><td>${name}</td><td class="t ${state === 'breached' ? 'critical' : state === 'met' ? 'ok' : ''}">${CLOCK_STATE_WORDS[state][locale]}${since(view, clock, zone)}</td><td class="t">${dueAt !== undefined && view.time(dueAt, zone)}${left}${provisional && html`<small>${t('暂定：该年份尚无法定节假日数据', 'provisional: no holiday data for a year that it touches')}</small>`}</td><td class="n">${elapsedMs === 0 ? '0' : durationOf(view, elapsedMs)} / ${goal}<small>${meter}</small></td></tr>`;
  if (counted.length === 0 && segments.length === 0) return row;
  // In a row of its own: the table keeps its columns when it is opened.
  return html`${row}<tr class="below"><td colspan="4">${disclosure(t(`${name}：计算过程`, `${name}: arithmetic`), arithmetic(view, clock, zone))}</td></tr>`;
}
/** When the state began, not the clock. */
function since(view: View, { state, startedAt, stoppedAt, breachedAt, counted }: ClockState, zone: string): Part {
  const { t } = view;
  const at = (words: string, moment: number | undefined): Part => moment !== undefined && html`<small>${words} ${view.time(moment, zone)}</small>`;
  switch (state) {
    case 'waiting':
      return undefined;
    case 'running':
      return at(t('自', 'since'), startedAt);
    case 'paused':
      return at(t('自', 'since'), counted.findLast(({ because }) => because === 'paused')?.from);
    case 'breached':
      return html`${at(t('自', 'since'), breachedAt)}${at(t('完成于', 'done'), stoppedAt)}`;
    case 'met':
    case 'cancelled':
      return at(t('于', 'at'), stoppedAt);
    default:
      return state satisfies never;
  }
}

/** What has counted adds up to what is said above; what is still to come until the time is due stands apart. */
function arithmetic(view: View, clock: ClockState, zone: string): Markup {
  const { t } = view;
  const { counted, elapsedMs, goalMs, dueAt, stoppedAt, segments } = clock;
  const end = counted.at(-1)?.to ?? clock.startedAt;
  const isOpen = stoppedAt === undefined && dueAt !== undefined && dueAt > end;
  const ahead = isOpen ? segments.flatMap((one) => remainder(one, end, counted)) : [];
  const sum = (words: string, ms: number): Markup =>
    html`<tr><th scope="row" colspan="2">${words}</th><td class="n"><strong>${ms === 0 ? '0' : durationOf(view, ms)}</strong></td><td></td></tr>`;
  const over = goalMs > 0 && elapsedMs > goalMs && sum(t('超出目标', 'beyond the goal'), elapsedMs - goalMs);
  const rest =
    ahead.length > 0 &&
    html`${ahead.slice(0, MOST_ROWS).map((one) => line(view, one, zone, true))}${sum(t('到期前还将计入', 'still to count until it is due'), Math.max(0, goalMs - elapsedMs))}`;
  return html`<div class="scroll"><table><thead><tr><th>${t('从', 'From')}</th><th>${t('至', 'To')}</th><th class="n">${t('计入', 'Counts')}</th><th>${t('原因', 'Because')}</th></tr></thead><tbody>${counted.slice(0, MOST_ROWS).map((one) => line(view, one, zone))}${sum(stoppedAt === undefined ? t('至今计入', 'counted so far') : t('共计入', 'counted in all'), elapsedMs)}${over}${rest}</tbody></table></div>`;
}
function line(view: View, { from, to, countedMs, because }: Segment, zone: string, isAhead = false): Markup {
  return html`<tr${isAhead && html` class="muted"`}><td class="t">${view.time(from, zone)}</td><td class="t">${view.time(to, zone)}</td><td class="n">${countedMs === 0 ? '0' : durationOf(view, countedMs)}</td><td>${BECAUSE_WORDS[because][view.locale]}</td></tr>`;
}
/** What of a stretch lies behind the moment, less what of it counted before. */
function remainder(segment: Segment, end: number, counted: readonly Segment[]): readonly Segment[] {
  if (segment.to <= end) return [];
  if (segment.from >= end) return [segment];
  const before = counted.filter(({ from, to }) => from < segment.to && to > segment.from).reduce((sum, one) => sum + one.countedMs, 0);
  return [{ ...segment, from: end, countedMs: Math.max(0, segment.countedMs - before) }];
}
function durationOf({ locale }: View, ms: number): string {
  return formatDuration(Math.round(ms / 1_000), locale);
}
