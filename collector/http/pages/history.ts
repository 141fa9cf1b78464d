/** A line of an incident's history. */
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import type { EventBody, IncidentEvent } from '../../incidents/event.ts';
import { AWAITED_WORDS, CANCEL_WORDS, CLOCK_WORDS, CLOSURE_WORDS, RELEVEL_WORDS, RESOLUTION_WORDS, UPDATE_WORDS } from '../../notify/terms.ts';
import { zonedTime } from '../../notify/zoned-time.ts';
import { eventWord, SOURCE_WORDS } from './incident-words.ts';
import { html, type Markup } from './page.ts';

export function historyRow({ at, body, actor }: IncidentEvent, zone: string, locale: Locale): Markup {
  const who = actor.name ?? (actor.kind === 'agent' ? (SOURCE_WORDS['agent']?.[locale] ?? '') : '');
  return html`<tr><td class="t">${zonedTime(at, zone)}</td><td>${eventWord(body.kind, locale)}<small>${detailOf(body, locale)}</small></td><td>${who}</td></tr>`;
}

function detailOf(body: EventBody, locale: Locale): string {
  switch (body.kind) {
    case 'opened':
      return SOURCE_WORDS[body.source]?.[locale] ?? body.source;
    case 'signal':
      return [body.state, ...(body.observed === undefined || body.observed === null ? [] : [String(body.observed)])].join(' · ');
    case 'assigned':
      return body.name;
    case 'held':
      return body.awaits === undefined ? (UPDATE_WORDS[`held-${body.reason}`]?.[locale] ?? body.reason) : (AWAITED_WORDS[body.awaits]?.[locale] ?? body.awaits);
    case 'resolved':
      return RESOLUTION_WORDS[body.code]?.[locale] ?? body.code;
    case 'closed':
      return CLOSURE_WORDS[body.closure]?.[locale] ?? body.closure;
    case 'cancelled':
      return CANCEL_WORDS[body.reason]?.[locale] ?? body.reason;
    case 'releveled':
      return `${body.from} → ${body.to} · ${RELEVEL_WORDS[body.reason]?.[locale] ?? body.reason}`;
    case 'escalated':
      return body.to;
    case 'contact':
      return UPDATE_WORDS[body.contact]?.[locale] ?? body.contact;
    case 'note':
      return body.text;
    case 'clock':
      return `${CLOCK_WORDS[body.clock]?.[locale] ?? body.clock} ${body.percent} %`;
    default:
      return '';
  }
}
