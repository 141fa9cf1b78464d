/** Pages rendered here, without script. Everything that is put into one is escaped unless it is markup of ours. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOCALES, type Locale } from '../../../agent/wire/vocabulary.ts';
import { cspHash } from '../safety.ts';

/** Markup that may stand as it is. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export function html(parts: TemplateStringsArray, ...values: readonly (string | Markup | readonly Markup[])[]): Markup {
  const shown = values.map((value) =>
    value instanceof Markup ? value.text : typeof value === 'string' ? value.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '') : value.map(({ text }) => text).join(''),
  );
  return new Markup(parts.map((part, index) => part + (shown[index] ?? '')).join(''));
}

const STYLE = `
:root{color-scheme:light dark;--ink:#16202c;--soft:#5b6b7d;--line:#d8dfe7;--paper:#fff;--ground:#f3f6f9;--brand:#0b6bcb;--bad:#b42318;--good:#157347}
@media (prefers-color-scheme:dark){:root{--ink:#e8edf3;--soft:#9aa9ba;--line:#2d3947;--paper:#18212c;--ground:#0f1620;--brand:#5aa9f5;--bad:#ff8a80;--good:#6fd29b}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;grid-template-rows:1fr auto;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{width:min(25rem,calc(100vw - 2rem));margin:auto;background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:2rem;box-shadow:0 8px 30px rgb(0 20 50/.07)}
.brand{display:flex;align-items:baseline;gap:.6rem;font-weight:650;font-size:1.15rem;margin:0 0 1.5rem}
.brand span{color:var(--soft);font-weight:400;font-size:.9rem}
h1{font-size:1.35rem;line-height:1.3;margin:0 0 .4rem}
p{margin:0 0 1rem;color:var(--soft)}
label{display:block;font-size:.9rem;margin:0 0 1rem}
input{display:block;width:100%;margin-top:.3rem;padding:.65rem .75rem;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:8px}
input:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid color-mix(in srgb,var(--brand) 45%,transparent);outline-offset:1px}
button,.button{display:block;width:100%;padding:.7rem 1rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:var(--paper);background:var(--brand);border:1px solid var(--brand);border-radius:8px;cursor:pointer}
.button{margin-top:.75rem;color:var(--brand);background:transparent}
.bad,.good{border-left:3px solid;padding:.5rem .75rem;border-radius:4px;background:var(--ground)}
.bad{color:var(--bad)}.good{color:var(--good)}
main.wide{width:min(76rem,calc(100vw - 2rem));margin:1.5rem auto;padding:1.5rem 2rem}
.wide h1{font-size:1.375rem}.wide h2{font-size:1rem;margin:1.75rem 0 .5rem}
.wide .brand{justify-content:flex-start;margin-bottom:1rem}
.wide .brand{flex-wrap:wrap}.wide .brand span{white-space:nowrap}
.wide .brand nav{margin-left:auto;display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline;font-weight:400;font-size:.9rem}
.wide nav form{display:inline}.wide nav button{width:auto;padding:0;border:0;background:none;color:var(--brand);font-weight:400}
.wide a{color:var(--brand)}
.scroll{overflow-x:auto}.scroll details{min-width:12rem}
.wide code{font:.9em ui-monospace,monospace;background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:0 .25rem}
@media (max-width:40rem){main.wide{padding:1rem}}
table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
th{text-align:left;font-weight:600;color:var(--soft);white-space:nowrap}
th,td{padding:.45rem .75rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right}td.t:first-child{width:12rem}td.t{white-space:nowrap}
td small,dd small{color:var(--soft);display:block}
.critical{color:#c0362c}.warning{color:#a85a00}.info{color:#8a6d00}
@media (prefers-color-scheme:dark){.critical{color:#ff8a80}.warning{color:#f5b041}.info{color:#e3c34a}}
.late{color:var(--bad);font-weight:600}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:0;font-size:.9rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
details summary{cursor:pointer;color:var(--brand);font-size:.85rem}
.acts{display:flex;flex-wrap:wrap;gap:.5rem;margin:1rem 0 0}
.acts form{display:flex;gap:.5rem}.acts button{width:auto;padding:.45rem .9rem}
select{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:8px;padding:.4rem}
.remedy{border-left:3px solid var(--brand);padding:.5rem .9rem;background:var(--ground);border-radius:4px;color:var(--ink);overflow-wrap:anywhere}
.tag{border:1px solid var(--line);border-radius:99px;padding:0 .5rem;font-size:.8rem;color:var(--soft);white-space:nowrap}
footer{padding:1rem;text-align:center;font-size:.85rem;color:var(--soft)}
footer a{color:inherit;margin:0 .4rem}
`;
/** A page may style itself with our sheet and send forms home; nothing else. */
const PAGE_POLICY = `default-src 'none'; style-src ${cspHash(STYLE)}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'self'`;

/** Addresses of pages that a sign-in may lead back to. */
export const PAGE_PATH = /^\/incidents(\/[\w-]{1,64})?$/;

/** `?lang`, else the browser's first language that we have, else Chinese. */
export function localeOf(request: FastifyRequest): Locale {
  const asked = (request.query as { readonly lang?: unknown } | undefined)?.lang;
  const known = LOCALES.find((locale) => locale === asked);
  if (known) return known;
  const wanted = (request.headers['accept-language'] ?? '').split(',').map((one) => one.trim().slice(0, 2).toLowerCase());
  return wanted.map((tag) => LOCALES.find((locale) => locale === tag)).find((locale) => locale !== undefined) ?? 'zh';
}

export interface PageOptions {
  readonly status?: number;
  /** For tables; with what stands at the right of the head. */
  readonly wide?: Markup;
}
export function sendPage(reply: FastifyReply, locale: Locale, title: string, content: Markup, { status = 200, wide }: PageOptions = {}): void {
  const languages = LOCALES.map((one) => html`<a href="?lang=${one}" hreflang="${one}" lang="${one}">${one === 'zh' ? '中文' : 'English'}</a>`);
  // A link's secret must not wander into another address: there the language follows the browser.
  const footer = (reply.request.query as { readonly link?: unknown } | undefined)?.link === undefined ? html`<footer>${languages}</footer>` : html`<footer></footer>`;
  const page = html`<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><title>${title} · xunjian</title><style>${new Markup(STYLE)}</style></head>
<body><main class="${wide ? 'wide' : ''}"><div class="brand">xunjian <span>${locale === 'zh' ? '巡检' : 'proactive inspection'}</span>${wide ?? new Markup('')}</div>${content}</main>${footer}</body></html>
`;
  reply.code(status).type('text/html; charset=utf-8').header('content-security-policy', PAGE_POLICY).header('cache-control', 'no-store').send(page.text);
}
