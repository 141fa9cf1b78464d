/** An incident's history, newest first: what happened, who did it, what was said. */
import { UNITS } from '../../../agent/wire/vocabulary.ts';
import { formatObserved } from '../../../reports/format.ts';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import type { EventBody, IncidentEvent } from '../../incidents/event.ts';
import { CANCEL_WORDS, CLOCK_WORDS, CLOSURE_WORDS, RELEVEL_WORDS, RESOLUTION_WORDS, UPDATE_WORDS } from '../../notify/terms.ts';
import type { Place } from '../parts/places.ts';
import { scopeWords } from '../parts/scope.ts';
import type { View } from '../view.ts';
import { AUDIENCE_WORDS, eventWord, holdWords, SIGNAL_WORDS, SOURCE_WORDS } from '../words/incident-words.ts';

const MOST = 200;

export interface TimelineContext {
  readonly place: Place;
  readonly unit: string | undefined;
}
export function timeline(view: View, events: readonly IncidentEvent[], context: TimelineContext): Markup {
  const shown = events.toReversed().slice(0, MOST);
  const more =
    events.length > shown.length && html`<p class="note">${view.t(`显示最近 ${shown.length} 条，共 ${events.length} 条`, `the newest ${shown.length} of ${events.length}`)}</p>`;
  return html`${more}<ol class="timeline">${shown.map((event) => line(view, event, context))}</ol>`;
}

const STRONG: ReadonlySet<string> = new Set(['opened', 'acknowledged', 'started', 'resolved', 'reopened', 'closed', 'cancelled', 'note', 'contact', 'assigned', 'held', 'resumed']);

function line(view: View, { at, body, actor }: IncidentEvent, context: TimelineContext): Markup {
  const { locale } = view;
  const who = actor.name ?? (actor.kind === 'agent' ? SOURCE_WORDS['agent']?.[locale] : undefined);
  const isLate = body.kind === 'clock' && body.percent >= 100;
  const tag = body.kind === 'note' && html` <span class="tag">${body.visibility === 'internal' ? view.t('仅内部可见', 'internal') : view.t('客户可见', 'customer sees it')}</span>`;
  const detail = detailOf(view, body, context);
  const text = body.kind === 'note' ? html`<p class="text${body.visibility === 'internal' ? ' internal' : ''}">${body.text}</p>` : detail !== '' && html` <span>${detail}</span>`;
  return html`<li class="${isLate ? 'late' : STRONG.has(body.kind) ? 'strong' : ''}"><span class="words">${eventWord(body.kind, locale)}</span>${tag}${text}<div class="meta">${view.time(at, context.place.zone)}${who && html` · ${who}`}</div></li>`;
}

function detailOf(view: View, body: EventBody, { unit }: TimelineContext): string {
  const { locale } = view;
  switch (body.kind) {
    case 'opened':
      return SOURCE_WORDS[body.source]?.[locale] ?? body.source;
    case 'signal':
      return [
        SIGNAL_WORDS[body.state]?.[locale] ?? body.state,
        ...(body.observed === undefined || body.observed === null ? [] : [formatObserved(body.observed, UNITS.find((one) => one === unit) ?? 'value', locale, 0)]),
      ].join(' · ');
    case 'assigned':
      return body.name;
    case 'held':
      return view.t(`等待：${holdWords(body.reason, body.awaits, 'zh')}`, `waiting for ${holdWords(body.reason, body.awaits, 'en')}`);
    case 'resolved':
      return RESOLUTION_WORDS[body.code]?.[locale] ?? body.code;
    case 'closed':
      return CLOSURE_WORDS[body.closure]?.[locale] ?? body.closure;
    case 'cancelled':
      return CANCEL_WORDS[body.reason]?.[locale] ?? body.reason;
    case 'releveled':
      return `${body.from} → ${body.to} · ${RELEVEL_WORDS[body.reason]?.[locale] ?? body.reason}`;
    case 'escalated':
      return AUDIENCE_WORDS[body.to]?.[locale] ?? body.to;
    case 'contact':
      return UPDATE_WORDS[body.contact]?.[locale] ?? body.contact;
    case 'clock':
      return `${CLOCK_WORDS[body.clock]?.[locale] ?? body.clock} ${body.percent} %`;
    case 'member-joined':
      return scopeWords(body.scope, locale);
    case 'grew':
      return view.t(`${body.members} 个对象`, `${body.members} objects`);
    default:
      return '';
  }
}
