/** What a person sees instead of a page: what it means, and where to go on. */

import type { Text } from '../../agent/wire/vocabulary.ts';
import { html } from '../../reports/renderers/markup.ts';
import type { AppError } from '../errors.ts';
import type { Call, EndpointSpec } from '../http/endpoint.ts';
import { STATUS } from '../http/problem.ts';
import { sendPlain } from './page.ts';
import { localeOf } from './view.ts';
import { ERROR_WORDS } from './words/notices.ts';

/** An address of ours that is not, or not any more, one that a page has. */
const BROKEN_ADDRESS: Text = {
  zh: '这个地址不完整、有误或已失效（例如列表在此期间变化）。请回到总览，从那里再打开。',
  en: 'This address is incomplete, wrong, or no longer valid, as when a list has changed meanwhile. Go to the overview and open the page from there.',
};
type Reply = Call<unknown, unknown, unknown>['reply'];

/** Whether an endpoint is for eyes. */
export function isPage({ produces }: Pick<EndpointSpec, 'produces'>): boolean {
  return produces === 'text/html';
}

export function sendFault(reply: Reply, { code, details, retryAfterSeconds, text: said }: AppError, status: number = STATUS[code]): void {
  const locale = localeOf(reply.request);
  const zh = locale === 'zh';
  // Who only followed an address has changed nothing that could have been left alone.
  const isAddress = code === 'invalid' && reply.request.method === 'GET';
  const text = said?.[locale] ?? (isAddress ? BROKEN_ADDRESS : ERROR_WORDS[code])[locale];
  const faults = Array.isArray(details?.['faults']) ? (details['faults'] as readonly { readonly path?: unknown; readonly text?: Text }[]) : [];
  const places = faults
    .slice(0, 5)
    .map(({ path, text: words }) => html`<li><code>${String(path).replace(/^(?:body|querystring|params)(?:\.|$)/, '')}</code> ${words?.[locale]}</li>`);
  sendPlain(
    reply,
    text,
    html`<h1>${text}</h1>${places.length > 0 && html`<ul>${places}</ul>`}${retryAfterSeconds !== undefined && html`<p>${zh ? `${Math.ceil(retryAfterSeconds)} 秒后可再试。` : `Try again in ${Math.ceil(retryAfterSeconds)} s.`}</p>`}<p class="acts"><a class="button" href="/">${zh ? '回到总览' : 'Go to the overview'}</a></p><p class="note">${zh ? '请求编号' : 'Request'} <code>${reply.request.id}</code></p>`,
    { status },
  );
}
