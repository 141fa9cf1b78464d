/** The frame around every page: rail, head, foot, language, theme. */
import { LOCALES, type Locale } from '../../agent/wire/vocabulary.ts';
import { html, type Markup, type Part } from '../../reports/renderers/markup.ts';
import type { Permission } from '../access/permissions.ts';
import { LIVE_WORKER_PATH, SCRIPT_PATH, STYLE_PATH } from './assets.ts';
import { link } from './html.ts';
import type { View } from './view.ts';
import type { NoticeName } from './words/notices.ts';

/** What a page may load and do: our own sheet, script and addresses; nothing inline and nothing from elsewhere. */
export const PAGE_POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export type Area = 'overview' | 'clusters' | 'incidents' | 'reports' | 'privacy' | 'administration';
export interface Page {
  readonly title: string;
  readonly area: Area;
  readonly content: Part;
  /** What the page is about, beside its title: states, names. */
  readonly about?: Part;
  /** The one thing to do first, and a few more. */
  readonly actions?: Part;
  /** The way here. */
  readonly trail?: readonly (readonly [title: string, path: string])[];
  readonly tabs?: Part;
  /** Site that times are told of, where it is one. */
  readonly site?: string | undefined;
  /** Notice that has come true: it is not said any more. */
  readonly settled?: NoticeName | undefined;
  /** Whether the page follows what happens. */
  readonly live?: boolean;
}

const RAIL: readonly { readonly area: Area; readonly path: string; readonly zh: string; readonly en: string; readonly key: string; readonly permission: Permission }[] = [
  { area: 'overview', path: '/', zh: '总览', en: 'Overview', key: 'o', permission: 'cluster.read' },
  { area: 'clusters', path: '/clusters', zh: '集群', en: 'Clusters', key: 'c', permission: 'cluster.read' },
  { area: 'incidents', path: '/incidents', zh: '事件', en: 'Incidents', key: 'i', permission: 'incident.read' },
  { area: 'reports', path: '/reports', zh: '报告', en: 'Reports', key: 'r', permission: 'report.read' },
  { area: 'privacy', path: '/privacy', zh: '隐私', en: 'Privacy', key: 'p', permission: 'cluster.read' },
  { area: 'administration', path: '/admin', zh: '管理', en: 'Administration', key: 'a', permission: 'customer.read' },
];

/** @param here where another language is read */
export function pageMarkup(view: View, page: Page, notice: Part, theme: 'light' | 'dark' | undefined, here = view.here): Markup {
  const { title, area, content, about, actions, trail = [], tabs, site, live } = page;
  const rail = RAIL.filter(({ permission }) => view.may(permission)).map(
    (one) => html`<li><a href="${one.path}" data-go="${one.key}"${one.area === area ? html` aria-current="page"` : ''}>${one[view.locale]}</a></li>`,
  );
  const crumbs =
    trail.length > 0 && html`<nav class="trail" aria-label="${view.t('路径', 'Path')}"><ol>${trail.map(([name, path]) => html`<li><a href="${path}">${name}</a></li>`)}</ol></nav>`;
  const body = html`<a class="skip" href="#main">${view.t('跳到正文', 'Skip to content')}</a>
<header class="rail"><div class="stuck"><a class="brand" href="/">xunjian <span lang="zh-CN">巡检</span></a>
<nav aria-label="${view.t('主导航', 'Main')}"><ul>${rail}</ul></nav>
<div class="me"><a href="/account" class="name">${view.person.name}</a>
<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="${view.csrf}"><button class="plain">${view.t('退出登录', 'Sign out')}</button></form></div></div></header>
<main id="main" tabindex="-1"${live ? html` data-live="/live" data-live-worker="${LIVE_WORKER_PATH}"` : ''}>${crumbs}
<div class="head" data-fresh="head"><div><h1>${title}</h1>${about && html`<div class="about">${about}</div>`}</div>${actions && html`<div class="actions">${actions}</div>`}</div>
${tabs && html`<div data-fresh="tabs">${tabs}</div>`}${notice}<div data-fresh="content">${content}</div></main>
<footer><span>${view.zoneNote(site ?? view.zone ?? 'Asia/Shanghai')}</span><span class="tastes">${languages(here, view.locale)}<button class="plain" data-theme-next hidden>${view.t('切换明暗', 'Light or dark')}</button><button class="plain" data-help hidden>${view.t('快捷键', 'Keyboard')} <kbd>?</kbd></button></span></footer>
${help(view)}`;
  return documentMarkup(view.locale, `${title} · xunjian`, body, theme);
}

export function documentMarkup(
  locale: Locale,
  title: string,
  body: Markup,
  theme: 'light' | 'dark' | undefined,
  { classes = '', scripted = true }: { readonly classes?: string; readonly scripted?: boolean } = {},
): Markup {
  return html`<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}"${theme && html` data-theme="${theme}"`}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="${STYLE_PATH}">${scripted && html`<script src="${SCRIPT_PATH}" defer></script>`}</head>
<body class="${classes}">${body}</body></html>
`;
}

export function languages(here: string, locale: Locale): Part {
  const [path = '/', query = ''] = here.split('?');
  return LOCALES.map(
    (one) =>
      html`<a href="${link(path, { ...Object.fromEntries(new URLSearchParams(query)), lang: one })}" hreflang="${one === 'zh' ? 'zh-CN' : 'en'}" lang="${one === 'zh' ? 'zh-CN' : 'en'}"${one === locale ? html` aria-current="true"` : ''}>${one === 'zh' ? '中文' : 'English'}</a>`,
  );
}

const KEYS: readonly (readonly [keys: string, zh: string, en: string])[] = [
  ['/', '搜索', 'search'],
  ['j k', '下一行、上一行', 'next row, row before'],
  ['Enter', '打开所选的行', 'open the row'],
  ['x', '选中该行', 'pick the row'],
  ['a', '受理（事件）', 'acknowledge (incident)'],
  ['c', '写备注（事件）', 'write a comment (incident)'],
  ['g o · g c · g i · g r', '总览、集群、事件、报告', 'overview, clusters, incidents, reports'],
  ['?', '本说明', 'this help'],
];
function help(view: View): Markup {
  return html`<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">${view.t('快捷键', 'Keyboard')}</h2><dl>${KEYS.map(([keys, zh, en]) => html`<dt>${keys.split(' ').map((key) => (key === '·' ? html` · ` : html`<kbd>${key}</kbd> `))}</dt><dd>${view.t(zh, en)}</dd>`)}</dl><p><label class="check"><input type="checkbox" data-keys><span>${view.t('使用单键快捷键', 'use single keys')}</span></label></p><form method="dialog"><button>${view.t('关闭', 'Close')}</button></form></dialog>`;
}
