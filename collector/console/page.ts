/** Pages and their forms as endpoints: one permission each, drawn for who asks, and acts that lead back to where they were made. */
import { z } from 'zod';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { html, type Markup, type Part } from '../../reports/renderers/markup.ts';
import type { Permission } from '../access/permissions.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import { type Api, addEndpoint, type Call } from '../http/endpoint.ts';
import { STATUS } from '../http/problem.ts';
import { documentMarkup, languages, PAGE_POLICY, type Page, pageMarkup } from './layout.ts';
import { keepOnce, type Once } from './once.ts';
import { enteredOf, faultsOf, type Refusal, refusedNotice } from './refused.ts';
import { askedLocale, localeOf, rememberLocale, themeOf, View } from './view.ts';
import { ERROR_WORDS, NOTICES, type NoticeName, UNDONE } from './words/notices.ts';

type Reply = Call<unknown, unknown, unknown>['reply'];
type Shape = Readonly<Record<string, z.ZodType>>;

/** Of every page: its language, and what the act before says. */
const COMMON = {
  lang: z.string().max(10).optional(),
  say: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  field: z
    .string()
    .regex(/^[\w.-]{1,100}$/)
    .optional(),
  /** Incidents that the notice is about. */
  about: z
    .string()
    .regex(/^\d{1,9}(?:\.\d{1,9}){0,99}$/)
    .optional(),
};

export interface PageSpec<P extends z.ZodType, Q extends Shape> {
  readonly path: `/${string}`;
  /** `…Page`, unique among the endpoints. */
  readonly id: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly params?: P;
  readonly query?: Q;
  /** Requests a minute, of a page that is work. */
  readonly perMinute?: number;
}

export function addPage<P extends z.ZodType = z.ZodObject, const Q extends Shape = Record<never, z.ZodType>>(
  api: Api,
  { path, id, summary, permission, params, query, perMinute }: PageSpec<P, Q>,
  draw: (
    view: View,
    call: { readonly params: z.output<P>; readonly query: z.output<z.ZodObject<Q>>; readonly request: Call<unknown, unknown, unknown>['request'] },
  ) => Promise<Page>,
): void {
  const schema = z.strictObject({ ...query, ...COMMON });
  const drawn: DrawnPage = {
    path,
    permission,
    draw: async (view, request, given) =>
      await draw(view, {
        params: (params ?? z.strictObject({})).parse(given.params) as z.output<P>,
        query: schema.parse(given.query) as unknown as z.output<z.ZodObject<Q>>,
        request,
      }),
  };
  PAGES.set(api, [...(PAGES.get(api) ?? []), drawn]);
  addEndpoint(
    api,
    {
      method: 'GET',
      path,
      id,
      summary,
      permission,
      query: schema,
      answer: z.string(),
      produces: 'text/html',
      ...(params && { params }),
      ...(perMinute !== undefined && { limit: { perMinute } }),
    },
    async (call) => {
      const view = new View(call);
      const given = call.query as z.output<z.ZodObject<typeof COMMON>>;
      const page = await draw(view, { params: call.params as z.output<P>, query: call.query as unknown as z.output<z.ZodObject<Q>>, request: call.request });
      sendDocument(call.reply, pageMarkup(view, page, noticeOf(view.locale, given.say === page.settled ? {} : given), themeOf(call.request)));
    },
  );
}

/** Pages by who drew them up, so that a form that was refused can be drawn on the page that has it. */
interface DrawnPage {
  readonly path: string;
  readonly permission: Permission;
  readonly draw: (view: View, request: Call<unknown, unknown, unknown>['request'], given: { readonly params: unknown; readonly query: unknown }) => Promise<Page>;
}
const PAGES = new WeakMap<Api, readonly DrawnPage[]>();
/** The page of an address; those that are named in full come before those with places. */
function pageAt(api: Api, path: string): { readonly page: DrawnPage; readonly params: Readonly<Record<string, string>> } | undefined {
  const segments = path.split('/');
  const found = (PAGES.get(api) ?? []).flatMap((page) => {
    const own = page.path.split('/');
    const isSame = own.length === segments.length && own.every((one, index) => one === segments[index] || (one.startsWith(':') && segments[index] !== ''));
    if (!isSame) return [];
    const params = Object.fromEntries(own.flatMap((one, index) => (one.startsWith(':') ? [[one.slice(1), decodeURIComponent(segments[index] ?? '')]] : [])));
    return [{ page, params }];
  });
  return found.toSorted((one, other) => Object.keys(one.params).length - Object.keys(other.params).length)[0];
}

export interface FormSpec<P extends z.ZodType, B extends z.ZodType> {
  readonly path: `/${string}`;
  /** `…Form`, unique among the endpoints. */
  readonly id: string;
  readonly summary: string;
  readonly permission: Permission;
  readonly params?: P;
  readonly body: B;
  /** Requests a minute. */
  readonly perMinute?: number;
  /** Fields by the name that the domain gives them, where the form calls them otherwise. */
  readonly names?: Readonly<Record<string, string>>;
}
/** Where an act leads, and what it says there. */
export interface Outcome {
  readonly to: string;
  readonly say?: NoticeName;
  /** Numbers of the incidents that it says it of. */
  readonly about?: readonly number[];
  /** Drawn at once instead of leading on: for what is shown once. */
  readonly page?: Page;
  /** Shown to this session for a few minutes and never again; `to` is the page that does. */
  readonly once?: Once;
}

/** @param back where a refused act leads; it says why there */
export function addForm<P extends z.ZodType = z.ZodObject, B extends z.ZodType = z.ZodObject>(
  api: Api,
  { path, id, summary, permission, params, body, perMinute, names = {} }: FormSpec<P, B>,
  back: (given: { readonly params: z.output<P>; readonly body: z.output<B> }) => string,
  act: (call: Call<z.output<P>, unknown, z.output<B>>, view: View) => Promise<Outcome>,
): void {
  /** On its page, open and as it was entered; else on to that page, which says what it was. */
  const refuse = async (call: Call<z.output<P>, unknown, z.output<B>>, error: AppError): Promise<void> => {
    const to = back({ params: call.params, body: call.body });
    if (await drawRefused(api, call, { to, error, names })) return;
    call.reply.redirect(withNotice(to, error.code, fieldOf(error)), 303);
  };
  addEndpoint(
    api,
    {
      ...{
        method: 'POST' as const,
        path,
        id,
        summary,
        permission,
        body,
        consumes: 'application/x-www-form-urlencoded' as const,
        answer: z.string(),
        produces: 'text/html' as const,
      },
      onInvalidBody: async (untyped, error) => {
        const call = untyped as Call<z.output<P>, unknown, z.output<B>>;
        // What no form of ours sends has no form to correct.
        if (!(await drawRefused(api, call, { to: back({ params: call.params, body: (call.body ?? {}) as z.output<B> }), error, names }))) throw error;
      },
      query: z.strictObject({ lang: COMMON.lang }),
      ...(params && { params }),
      ...(perMinute !== undefined && { limit: { perMinute } }),
    },
    async (untyped) => {
      const call = untyped as unknown as Call<z.output<P>, unknown, z.output<B>>;
      const view = new View(call);
      try {
        const { to, say, page, once, about } = await act(call, view);
        if (page) return sendDocument(call.reply, pageMarkup(view, page, undefined, themeOf(call.request), to));
        if (once) keepOnce(call.reply, once);
        call.reply.redirect(withNotice(to, say, undefined, about), 303);
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'not-found' || error.code === 'unauthenticated') throw error;
        if (error.code === 'forbidden' && error.text === undefined) throw error;
        await refuse(call, error);
      }
    },
  );
}

/** @returns whether its page could be drawn, and has the form */
async function drawRefused(
  api: Api,
  call: Call<unknown, unknown, unknown>,
  { to, error, names }: { readonly to: string; readonly error: AppError; readonly names: Readonly<Record<string, string>> },
): Promise<boolean> {
  const faults = faultsOf(error);
  // What changed meanwhile is looked at anew, not entered again.
  if (error.code !== 'invalid' && faults.length === 0) return false;
  const address = new URL(to, 'http://localhost');
  const found = pageAt(api, address.pathname);
  if (!found) return false;
  const action = call.request.url.split('?')[0] ?? '';
  const refused: Refusal = { action, entered: enteredOf(call.request.body), error, faults, names, labels: new Map(), isShown: false };
  const view = new View(call, { at: to, refused });
  if (!view.may(found.page.permission)) return false;
  const page = await found.page.draw(view, call.request, { params: found.params, query: Object.fromEntries(address.searchParams) });
  if (!refused.isShown) return false;
  // What somebody corrects is not exchanged below their hands.
  sendDocument(call.reply, pageMarkup(view, { ...page, live: false }, refusedNotice(refused, view.locale), themeOf(call.request)), STATUS[error.code]);
  return true;
}

/** Only a name of a field of ours; never a value. */
function fieldOf({ details }: AppError): string | undefined {
  const fields = details?.['fields'];
  const faults = details?.['faults'];
  const named: unknown = Array.isArray(fields) ? (fields[0] as { readonly path?: unknown } | undefined)?.path : details?.['field'];
  const first: unknown = Array.isArray(faults) && typeof faults[0] === 'string' ? faults[0].split(':')[0] : named;
  return typeof first === 'string' && COMMON.field.safeParse(first).success ? first : undefined;
}
/** Keeps the part behind `#`. */
function withNotice(to: string, say: string | undefined, field?: string, about: readonly number[] = []): string {
  if (say === undefined) return to;
  const address = new URL(to, 'http://localhost');
  address.searchParams.set('say', say);
  if (field !== undefined) address.searchParams.set('field', field);
  if (about.length > 0) address.searchParams.set('about', about.join('.'));
  return `${address.pathname}${address.search}${address.hash}`;
}

function noticeOf(locale: Locale, { say, field, about }: z.output<z.ZodObject<typeof COMMON>>): Part {
  if (say === undefined) return undefined;
  if (Object.hasOwn(NOTICES, say)) {
    const name = say as NoticeName;
    const numbers = about?.split('.').map((one) => html` <a href="/incidents/${one}">#${one}</a>`);
    if (UNDONE.has(name)) return html`<p class="notice warning" role="alert">▲ ${NOTICES[name][locale]}${numbers}</p>`;
    return html`<p class="notice good" role="status">✓ ${NOTICES[name][locale]}</p>`;
  }
  if (!Object.hasOwn(ERROR_WORDS, say)) return undefined;
  return html`<p class="notice bad" role="alert">■ ${ERROR_WORDS[say as ErrorCode][locale]}${field && html` ${locale === 'zh' ? '请检查：' : 'Look at: '}<code>${field}</code>`}</p>`;
}

export function sendDocument(reply: Reply, document: Markup, status = 200): void {
  const asked = askedLocale(reply.request);
  if (asked) rememberLocale(reply, asked);
  reply.code(status).type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).header('cache-control', 'no-store').send(document.text);
}

/** A page for who is not signed in, or has to be told something: no rail, one column. */
export function sendPlain(reply: Reply, title: string, content: Part, { status = 200, secret = false }: { readonly status?: number; readonly secret?: boolean } = {}): void {
  const { request } = reply;
  const locale = localeOf(request);
  const path = request.url.split('?')[0] ?? '/';
  // A link's secret must not wander into another address: there the language follows the browser.
  const choice = secret ? undefined : languages(path, locale);
  const body = html`<main id="main" class="card"><div class="brand">xunjian <span>${locale === 'zh' ? '巡检' : 'proactive inspection'}</span></div>${content}</main><footer><span class="tastes">${choice}</span></footer>`;
  sendDocument(reply, documentMarkup(locale, `${title} · xunjian`, body, themeOf(request), { classes: 'plain', scripted: !secret }), status);
}
