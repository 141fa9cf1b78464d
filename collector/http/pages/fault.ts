/** What a person sees instead of a page. */
import type { FastifyReply } from 'fastify';
import type { Locale } from '../../../agent/wire/vocabulary.ts';
import { html, sendPage } from './page.ts';
import { TEXTS } from './texts.ts';

export function sendFault(reply: FastifyReply, locale: Locale, status: number, code: 'not-found' | 'forbidden'): void {
  const text = TEXTS[code === 'not-found' ? 'notThere' : 'notAllowed'][locale];
  sendPage(reply, locale, text, html`<h1>${text}</h1><a class="button" href="/incidents?lang=${locale}">${TEXTS.incidents[locale]}</a>`, { status });
}
