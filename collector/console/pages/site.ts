/** /privacy/site: what leaves the site that this collector stands at, and who decides it; elsewhere, the commands for it. */
import { z } from 'zod';
import { PSEUDONYM } from '../../../agent/wire/pseudonym.ts';
import type { Text } from '../../../agent/wire/vocabulary.ts';
import { formatNumber } from '../../../reports/format.ts';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import { notFound } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { SITE_LEVELS, type SiteAgent, type SiteDesk, type SiteLevel } from '../../site.ts';
import { SiteActs } from '../../site-acts.ts';
import { NOTHING } from '../html.ts';
import type { Page } from '../layout.ts';
import { addForm, addPage } from '../page.ts';
import { copyable, disclosure, field, form, hidden, select } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { payloadTable } from '../parts/payload-table.ts';
import type { View } from '../view.ts';
import { privacyTabs } from './privacy.ts';
import { consentCommands, USUAL } from './site-commands.ts';
import { ELSEWHERE_QUERY, type ElsewhereQuery, elsewhere } from './site-elsewhere.ts';
import { optOuts } from './site-groups.ts';

const ZONE = 'Asia/Shanghai';
const LEDGER_LINES = 100;
const AgentId = z.strictObject({ id: z.string().regex(/^[\w.-]{1,100}$/) });
const HOLDS = ['0', '3600', '86400', '259200', 'manual'] as const;
const LEVEL_WORDS: Readonly<Record<SiteLevel, Text>> = {
  off: { zh: '什么都不发送', en: 'nothing leaves' },
  heartbeat: { zh: '只发送心跳', en: 'signs of life only' },
  health: { zh: '心跳与问题', en: 'also what is wrong' },
  full: { zh: '全部（还有巡检数据）', en: 'everything (inspections too)' },
};

export function sitePages(api: Api, deps: AppDeps): void {
  const { database, site } = deps;
  const acts = new SiteActs(database, site);
  const need = (): SiteDesk => {
    if (!site) throw notFound('site of this collector');
    return site;
  };
  addPage(
    api,
    { path: '/privacy/site', id: 'sitePage', summary: 'Page of what leaves this site', permission: 'cluster.read', query: ELSEWHERE_QUERY },
    async (view, { query }) => await sitePage(view, deps, query),
  );
  addPage(
    api,
    {
      path: '/privacy/site/:id/preview',
      id: 'sitePreviewPage',
      summary: 'Page of the last inspection as an agent of this site sealed it',
      permission: 'site.read',
      params: AgentId,
      query: { after: z.coerce.number().int().min(0).optional() },
    },
    async (view, { params: { id }, query: { after = 0 } }) => {
      const preview = await need().preview(id);
      if (!preview) throw notFound('inspection of this agent');
      const { about, content } = payloadTable(view, preview.json, after, `/privacy/site/${id}/preview`);
      return { ...frame(view, view.t(`${id} 发送的内容`, `What ${id} sends`)), about: html`${about} <small>sha256 <code>${preview.sha256}</code></small>`, content };
    },
  );
  addPage(
    api,
    { path: '/privacy/site/:id/ledger', id: 'siteLedgerPage', summary: "Page of the newest lines of an agent's ledger", permission: 'site.read', params: AgentId },
    async (view, { params: { id } }) => {
      const lines = await need().ledger(id, LEDGER_LINES);
      if (!lines) throw notFound('agent of this site');
      const { t } = view;
      const rows = lines.map(
        (one) =>
          html`<tr data-row><td class="t">${view.time(Date.parse(one.at), ZONE)}</td><td>${one.what === 'sending' ? t('→ 发出', '→ sent') : t('← 回执', '← receipt')}</td><td>${one.kind}</td><td class="n">${formatNumber(one.bytes)}</td><td>${one.what === 'sending' ? one.to : (one.answer ?? '')}</td><td><code>${one.sha256.slice(0, 16)}…</code></td></tr>`,
      );
      const heads = html`<tr><th>${t('时间', 'When')}</th><th>${t('方向', 'Way')}</th><th>${t('种类', 'Kind')}</th><th class="n">${t('字节', 'Bytes')}</th><th>${t('去向或答复', 'To, or the answer')}</th><th>sha256</th></tr>`;
      const content =
        rows.length === 0
          ? empty(t('还没有发送过。', 'Nothing was sent yet.'))
          : html`<div class="scroll"><table class="stack"><thead>${heads}</thead><tbody>${rows}</tbody></table></div>`;
      return {
        ...frame(view, t(`${id} 的外发记录`, `Ledger of ${id}`)),
        about: t(`最近 ${lines.length} 行；全部记录：xunjian ledger show`, `newest ${lines.length} lines; all of them: xunjian ledger show`),
        content,
      };
    },
  );
  addForm(
    api,
    {
      path: '/privacy/site/consent',
      id: 'siteConsentForm',
      summary: 'Form to decide what leaves this site',
      permission: 'site.write',
      body: z.strictObject({ level: z.enum(SITE_LEVELS), hold: z.enum(HOLDS) }),
    },
    () => '/privacy/site',
    async ({ caller, body, now }) => {
      await acts.decide(caller.actor, { level: body.level, hold: body.hold === 'manual' ? 'manual' : Number(body.hold) }, now);
      return { to: '/privacy/site', say: body.level === 'off' ? 'nothing-leaves' : 'saved' };
    },
  );
  addForm(
    api,
    {
      path: '/privacy/site/:id/approve',
      id: 'siteApproveForm',
      summary: 'Form to let go what an agent of this site holds',
      permission: 'site.write',
      params: AgentId,
      body: z.strictObject({}),
    },
    () => '/privacy/site',
    async ({ caller, params, now }) => {
      await acts.approve(caller.actor, params.id, now);
      return { to: '/privacy/site', say: 'approved' };
    },
  );
  addForm(
    api,
    {
      path: '/privacy/site/resolve',
      id: 'siteResolveForm',
      summary: 'Form to look up the name behind a pseudonym of this site',
      permission: 'site.read',
      body: z.strictObject({ pseudonym: z.string().trim().regex(PSEUDONYM).max(100) }),
      perMinute: 60,
    },
    () => '/privacy/site',
    async ({ caller, body, now }, view) => {
      const name = await acts.resolve(caller.actor, body.pseudonym, now);
      return { to: '/privacy/site', page: await sitePage(view, deps, {}, { pseudonym: body.pseudonym, name }) };
    },
  );
}

function frame({ t }: View, title: string): Omit<Page, 'content'> {
  return {
    title,
    area: 'privacy',
    site: ZONE,
    trail: [
      [t('隐私', 'Privacy'), '/privacy'],
      [t('本站点', 'This site'), '/privacy/site'],
    ],
  };
}

interface Answer {
  readonly pseudonym: string;
  readonly name: string | undefined;
}
async function sitePage(view: View, deps: AppDeps, query: ElsewhereQuery, answer?: Answer): Promise<Page> {
  const { t } = view;
  const { site } = deps;
  const page = { title: t('本站点', 'This site'), area: 'privacy', site: ZONE, trail: [[t('隐私', 'Privacy'), '/privacy']], tabs: privacyTabs(view, 'site') } as const;
  const others = await elsewhere(view, deps, query, ZONE);
  if (!site || !view.may('site.read')) return { ...page, live: true, content: html`${site && decidedHere(view)}${others}` };
  const [agents, canDecide] = await Promise.all([site.agents(), site.canDecide()]);
  const [first] = agents;
  const content = html`${first ? decision(view, deps, first.consent, canDecide) : empty(t('本机的代理还没有启动过。', 'No agent of this machine has started yet.'))}
${first && html`<h2>${t('代理', 'Agents')}</h2>${agentTable(view, agents)}${await optOuts(view, site, agents)}`}
<h2>${t('由假名查回名称', 'The name behind a pseudonym')}</h2><p class="note">${t('对照表与密钥只在本机；每次查询记入审计日志。', 'Table and key are on this machine alone; every question stands in the audit log.')}</p>${answer && found(view, answer)}${form(view, '/privacy/site/resolve', field(t('假名', 'Pseudonym'), 'pseudonym', { required: true, max: 100, placeholder: 'node~…', value: answer?.pseudonym }), t('查询', 'Look up'), { class: 'grid', second: true })}
<h2>${t('其他站点的集群', 'Clusters of other sites')}</h2>${disclosure(t('现状与命令', 'Their state, and the commands'), others, {
    open: agents.length === 0 || (query.cluster ?? query.namespace ?? query.groups) !== undefined,
  })}`;
  return { ...page, about: t('与命令 approve、ledger、preview、resolve 使用同一套功能', 'by the same functions as the commands approve, ledger, preview and resolve'), content };
}
function found({ t }: View, { pseudonym, name }: Answer): Markup {
  return name === undefined
    ? html`<p class="notice bad" role="alert">■ <code>${pseudonym}</code>: ${t('本站点的对照表中没有', "not in this site's table")}</p>`
    : html`<p class="notice good" role="status">✓ <code>${pseudonym}</code> = <strong>${name}</strong></p>`;
}

function decision(view: View, deps: AppDeps, { level, hold }: SiteAgent['consent'], canDecide: boolean): Markup {
  const { t, locale } = view;
  const state =
    level === 'off'
      ? html`<p class="notice bad" role="status">■ ${t('已停止：代理不发送任何内容，包括给本收集端的。', 'Stopped: the agents send nothing, not even to this collector.')}</p>`
      : html`<p>${t('目前发送：', 'Leaves now: ')}<strong>${LEVEL_WORDS[level][locale]}</strong>${hold !== 0 && t(`；${holdWords(view, String(hold))}`, `; ${holdWords(view, String(hold))}`)}</p>`;
  const own = HOLDS.find((one) => one === String(hold)) ?? '0';
  if (!canDecide || !view.may('site.write'))
    return html`<h2>${t('可以离开的内容', 'What may leave')}</h2>${state}<p class="note">${t('级别来自别处（ConfigMap 或只读目录），请在那里修改：', 'The level comes from elsewhere (a ConfigMap, or a folder that is read-only): change it there.')}</p>${copyable(view, consentCommands(deps.installedAs ?? USUAL, { level: 'off' }))}`;
  const stop =
    level !== 'off' &&
    form(view, '/privacy/site/consent', html`${hidden('level', 'off')}${hidden('hold', own)}`, t('立即全部停止', 'Stop everything now'), {
      danger: true,
      confirm: t('停止后代理不发送任何内容，收集端会把它们显示为失联。确定停止？', 'Nothing will leave, and the collector will show the agents as silent. Stop everything?'),
    });
  const fields = html`${select(
    t('可以离开的内容', 'What may leave'),
    'level',
    SITE_LEVELS.map((one) => [one, LEVEL_WORDS[one][locale]]),
    level,
  )}${select(
    t('发送前', 'Before it leaves'),
    'hold',
    HOLDS.map((one) => [one, holdWords(view, one)]),
    own,
  )}`;
  return html`<h2>${t('可以离开的内容', 'What may leave')}</h2>${state}${stop}${form(view, '/privacy/site/consent', fields, t('保存', 'Save'), { class: 'grid', second: true })}<p class="note">${t('从代理的下一次请求起生效；正在进行的请求会被中断。', 'It counts from the next request on; one that is under way is broken off.')}</p>`;
}
function holdWords({ t }: View, hold: string): string {
  if (hold === '0') return t('不等待', 'nothing waits');
  if (hold === 'manual') return t('除心跳外等待批准', 'everything but heartbeats waits for approval');
  const hours = Math.round(Number(hold) / 3_600);
  return t(`除心跳外等待 ${hours} 小时，可提出异议`, `everything but heartbeats waits ${hours} h for an objection`);
}

function agentTable(view: View, agents: readonly SiteAgent[]): Markup {
  const { t } = view;
  const rows = agents.map(({ id, waiting, oldestKeptAt, givenUp, consent, ledger }) => {
    const approve =
      waiting > 0 &&
      view.may('site.write') &&
      form(view, `/privacy/site/${id}/approve`, NOTHING, t('批准现有的', 'Approve what waits'), {
        plain: true,
        confirm: t(`${id} 现有的 ${waiting} 份数据可以离开？`, `May the ${waiting} payloads of ${id} that wait now leave?`),
      });
    const whole =
      ledger.faults === 0
        ? html`<span class="ok">✓ ${t('完好', 'whole')}</span>`
        : html`<span class="mark critical">■ ${t(`${ledger.faults} 处被改动`, `${ledger.faults} changed lines`)}</span>`;
    return html`<tr data-row><td class="name">${id}<small><a href="/privacy/site/${id}/preview">${t('逐字段查看最近一次', 'the last one, field by field')}</a></small></td><td class="n">${formatNumber(waiting)}${oldestKeptAt !== undefined && html`<small>${t('最早', 'oldest')} ${view.ago(oldestKeptAt * 1_000, ZONE)}</small>`}${givenUp > 0 && html`<small class="warning">▲ ${t(`${givenUp} 份未发送而放弃`, `${givenUp} given up`)}</small>`}</td><td>${approve}${consent.approvedUntil > 0 && html`<small>${t('已批准至', 'approved until')} ${view.time(consent.approvedUntil * 1_000, ZONE)}</small>`}</td><td>${whole}<small><a href="/privacy/site/${id}/ledger">${t(`${formatNumber(ledger.payloads)} 份，${formatNumber(ledger.unanswered)} 份无回执`, `${formatNumber(ledger.payloads)} payloads, ${formatNumber(ledger.unanswered)} without a receipt`)}</a></small></td><td><code>${ledger.root.slice(0, 16)}</code></td></tr>`;
  });
  const heads = [t('代理', 'Agent'), t('等待发送', 'Waiting'), t('批准', 'Approval'), t('外发记录', 'Ledger'), t('末行摘要', 'Digest of its end')];
  return html`<div class="scroll"><table class="stack"><thead><tr>${heads.map((head, index) => html`<th${index === 1 && html` class="n"`}>${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Who may not decide here is told who does. */
function decidedHere({ t }: View): Markup {
  return html`<p>${t('收集端所在的站点由其管理员在此管理。', 'What leaves the site of this collector is decided here by its administrator.')}</p>`;
}
