/** /incidents: the list and the incident that messages link to, as plain pages. Reading needs no script; acts are forms. */
import { z } from 'zod';
import { requirePermission } from '../../access/command-rights.ts';
import { may } from '../../access/permissions.ts';
import { csrfTokenOf } from '../../access/secret.ts';
import { AppError } from '../../errors.ts';
import { RESOLUTION_CODES } from '../../incidents/event.ts';
import type { CommandSchema } from '../../incidents/requests.ts';
import { cookieOf } from '../cookies.ts';
import type { AppDeps } from '../deps.ts';
import { type Api, addEndpoint, personOf } from '../endpoint.ts';
import { Id, IdParams } from '../values.ts';
import { listContent } from './incident-list.ts';
import { incidentContent } from './incident-page.ts';
import { html, localeOf, type Markup, sendPage } from './page.ts';
import { TEXTS } from './texts.ts';

const Lang = z.string().max(10).optional();
const ListQuery = z.strictObject({ lang: Lang, show: z.enum(['active', 'all']).default('active'), cursor: z.string().max(400).optional() });
const ItemQuery = z.strictObject({ lang: Lang, say: z.enum(['conflict']).optional() });
const Act = z.strictObject({
  act: z.enum(['acknowledge', 'start', 'first-contact', 'resolve']),
  code: z.enum(RESOLUTION_CODES).default('fixed'),
  version: z.coerce.number().int().min(1),
});
const PAGE = 50;

export function incidentPages(api: Api, deps: AppDeps): void {
  const { incidents } = deps;
  const navigation = (csrf: string, locale: 'zh' | 'en', name: string): Markup =>
    html`<nav><a href="/incidents?lang=${locale}">${TEXTS.incidents[locale]}</a><a href="/api/v1/openapi.json">API</a><span>${name}</span><form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="${csrf}"><button>${TEXTS.signOut[locale]}</button></form></nav>`;
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/incidents',
      id: 'incidentsPage',
      summary: 'Page of incidents',
      permission: 'incident.read',
      query: ListQuery,
      answer: z.string(),
      produces: 'text/html',
    },
    async ({ visibility, query, principal, request, reply, now }) => {
      const { name } = personOf(principal);
      const locale = localeOf(request);
      const csrf = csrfTokenOf(cookieOf(request, 'session') ?? '');
      const page = await incidents.list(visibility, query.show === 'active' ? { active: true } : {}, { now, order: 'newest', cursor: query.cursor, limit: PAGE });
      sendPage(reply, locale, TEXTS.incidents[locale], await listContent(deps, page, { visibility, locale, now, show: query.show }), { wide: navigation(csrf, locale, name) });
    },
  );
  addEndpoint(
    api,
    {
      method: 'GET',
      path: '/incidents/:id',
      id: 'incidentPage',
      summary: 'Page of an incident',
      permission: 'incident.read',
      params: IdParams,
      query: ItemQuery,
      answer: z.string(),
      produces: 'text/html',
    },
    async ({ visibility, params, query, principal, request, reply, now }) => {
      const { name } = personOf(principal);
      const locale = localeOf(request);
      const csrf = csrfTokenOf(cookieOf(request, 'session') ?? '');
      const id = /^\d{1,9}$/.test(params.id) ? Number(params.id) : params.id;
      const reading = { now, internal: may(principal, 'incident.internal') };
      const detail = await incidents.detail(visibility, id, reading);
      const explanation = await incidents.explain(visibility, detail.summary.id, now, reading.internal);
      const { title, content } = await incidentContent(deps, detail, explanation, { visibility, locale, now, csrf, mayWork: may(principal, 'incident.work'), say: query.say });
      sendPage(reply, locale, title, content, { wide: navigation(csrf, locale, name) });
    },
  );
  addEndpoint(
    api,
    {
      method: 'POST',
      path: '/incidents/:id',
      id: 'incidentForm',
      summary: 'Form of an incident',
      permission: 'incident.answer',
      params: z.strictObject({ id: Id }),
      query: z.strictObject({ lang: Lang }),
      body: Act,
      consumes: 'application/x-www-form-urlencoded',
      answer: z.string(),
      produces: 'text/html',
    },
    async ({ caller, principal, params, body, request, reply, now }) => {
      const command = commandOf(body);
      requirePermission(principal, command);
      const back = `/incidents/${params.id}?lang=${localeOf(request)}`;
      try {
        await incidents.command({ ...caller, incidentId: params.id, command, expectedVersion: body.version }, now);
        reply.redirect(back, 303);
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
        reply.redirect(`${back}&say=conflict`, 303);
      }
    },
  );
}

function commandOf({ act, code }: z.output<typeof Act>): z.output<typeof CommandSchema> {
  if (act === 'resolve') return { kind: 'resolve', code };
  return act === 'first-contact' ? { kind: 'contact', contact: 'first-contact' } : { kind: act };
}
