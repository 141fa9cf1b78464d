/** /admin/agents, /admin/system: who is silent, how the collector is. */
import { z } from 'zod';
import { formatBytes, formatDuration, formatNumber } from '../../../../reports/format.ts';
import { html, type Part } from '../../../../reports/renderers/markup.ts';
import { listAgents } from '../../../fleet/agents.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { verifyAudit } from '../../../store/audit-store.ts';
import { silentAgentsOf } from '../../../store/cluster-state-store.ts';
import { type Health, readHealth } from '../../../store/health-store.ts';
import { listQuarantine } from '../../../store/quarantine-store.ts';
import { readTotals } from '../../../store/system-store.ts';
import { link } from '../../html.ts';
import { addPage } from '../../page.ts';
import { pages } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import { clusterChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { agentRole, tableWords } from '../../words/audit-words.ts';
import { agentTable } from '../cluster-tabs.ts';
import { auditPage } from './audit.ts';
import { adminPage } from './frame.ts';

const PAGE = 100;
const DEFAULT_ZONE = 'Asia/Shanghai';

export function systemPages(api: Api, deps: AppDeps): void {
  const { database, version, oidc } = deps;
  auditPage(api, deps);
  addPage(
    api,
    {
      path: '/admin/agents',
      id: 'agentsPage',
      summary: 'Page of agents',
      permission: 'agent.read',
      query: { silent: z.enum(['true', 'false']).optional(), cursor: z.string().max(400).optional() },
    },
    async (view, { query: { silent, cursor } }) => {
      const { t } = view;
      const names = new Map<string, string>(await clusterChoices(deps, view.visibility));
      const isSilent = silent === 'true';
      const found = await listAgents(database.db, view.visibility, { after: cursor, limit: PAGE + 1 });
      const shown = found.slice(0, PAGE);
      const last = found.length > PAGE ? shown.at(-1) : undefined;
      const list = isSilent
        ? await silentTable(deps, view)
        : shown.length === 0
          ? empty(t('还没有代理。', 'There is no agent yet.'))
          : agentTable(view, shown, DEFAULT_ZONE, (id) => names.get(id) ?? '');
      const choose = html`<p class="acts"><a class="button second" href="/admin/agents${isSilent ? '' : '?silent=true'}">${isSilent ? t('全部代理', 'All agents') : t('只看失联的', 'Silent ones only')}</a></p>`;
      return adminPage(
        view,
        'agents',
        t('代理', 'Agents'),
        html`${choose}${list}${!isSilent && pages(view, { first: cursor && '/admin/agents', next: last && link('/admin/agents', { cursor: `${last.clusterId}|${last.agent}` }) })}`,
        { site: DEFAULT_ZONE, live: true },
      );
    },
  );
  addPage(api, { path: '/admin/system', id: 'systemPage', summary: 'Page of how the collector is', permission: 'system.read' }, async (view) => {
    const { t } = view;
    const [totals, broken, quarantined, health] = await Promise.all([
      readTotals(database.db),
      verifyAudit(database.db),
      listQuarantine(database.db, view.visibility, { limit: 20 }),
      readHealth(database, view.now),
    ]);
    const rows = Object.entries(totals).map(
      ([table, count]) => html`<tr><td>${tableWords(table, view.locale)}<small><code>${table}</code></small></td><td class="n">${formatNumber(count)}</td></tr>`,
    );
    const facts: readonly (readonly [string, Part])[] = [
      [
        t('版本', 'Version'),
        html`${version} <small class="site">${t(`已运行 ${formatDuration(Math.round(process.uptime()), 'zh')}，内存`, `up ${formatDuration(Math.round(process.uptime()), 'en')}, memory`)} ${formatBytes(process.memoryUsage.rss())}</small>`,
      ],
      [t('数据库', 'Database'), html`${database.engine === 'postgres' ? 'PostgreSQL' : 'SQLite'} <small class="site">${formatBytes(health.databaseBytes)}</small>`],
      ...healthFacts(view, health),
      [
        t('审计日志', 'Audit log'),
        broken === undefined
          ? html`<span class="ok">✓ ${t('链条完整', 'its chain holds')}</span>`
          : html`<span class="mark critical">■ ${t(`从第 ${broken} 条起不一致`, `broken from entry ${broken}`)}</span>`,
      ],
      [t('单点登录', 'Single sign-on'), oidc ? oidc.label : t('未配置', 'not configured')],
      [
        t('无法读取的上报', 'Payloads that cannot be read'),
        quarantined.length === 0
          ? html`<span class="ok">✓ ${t('没有', 'none')}</span>`
          : html`<span class="mark warning">▲ ${quarantined.length}${quarantined.length === 20 ? '+' : ''}</span>`,
      ],
      [t('接口说明', 'Description of the API'), html`<a href="/api/v1/openapi.json">OpenAPI</a>`],
    ];
    return adminPage(
      view,
      'system',
      t('系统', 'System'),
      html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl><h2>${t('数据量', 'Rows')}</h2><div class="scroll"><table><thead><tr><th>${t('表', 'Table')}</th><th class="n">${t('行', 'Rows')}</th></tr></thead><tbody>${rows}</tbody></table></div>`,
    );
  });
}
/** What goes on by itself: fine, or what to look at. */
function healthFacts(view: View, health: Health): readonly (readonly [string, Part])[] {
  const { t } = view;
  const fine = (words: string): Part => html`<span class="ok">✓ ${words}</span>`;
  const look = (words: Part): Part => html`<span class="mark warning">▲ ${words}</span>`;
  const { agents, silent, late, notificationsWaiting, notificationsGivenUp, reportsWaiting, reportsFailed } = health;
  return [
    [
      t('代理', 'Agents'),
      agents === 0
        ? t('还没有代理', 'none yet')
        : html`${silent === 0 ? fine(t('全部有心跳', 'all are heard')) : look(html`<a href="/admin/agents?silent=true">${t(`${silent} / ${agents} 失联`, `${silent} of ${agents} silent`)}</a>`)} <small class="site">${t('最近收到', 'last heard')} ${view.ago(health.heardAt, DEFAULT_ZONE)}</small>`,
    ],
    [t('时限与定时任务', 'Clocks and timers'), late === 0 ? fine(t('准时', 'on time')) : look(t(`${late} 项晚于一分钟`, `${late} more than a minute late`))],
    [
      t('通知', 'Notifications'),
      html`${notificationsGivenUp === 0 ? fine(t('没有放弃的', 'none given up')) : look(html`<a href="/admin/notifications">${t(`${notificationsGivenUp} 条已放弃`, `${notificationsGivenUp} given up`)}</a>`)} <small class="site">${t(`${notificationsWaiting} 条等待发送`, `${notificationsWaiting} waiting`)}</small>`,
    ],
    [
      t('报告', 'Reports'),
      html`${reportsFailed === 0 ? fine(t('一周内没有失败', 'none failed within a week')) : look(html`<a href="/reports?state=failed">${t(`一周内 ${reportsFailed} 份失败`, `${reportsFailed} failed within a week`)}</a>`)} <small class="site">${t(`${reportsWaiting} 份等待或生成中`, `${reportsWaiting} waiting or being made`)}</small>`,
    ],
  ];
}
async function silentTable({ database }: AppDeps, view: View): Promise<Part> {
  const { t } = view;
  const items = await silentAgentsOf(database.db, view.visibility, 500);
  if (items.length === 0) return html`<p class="ok">✓ ${t('没有失联的代理。', 'No agent is silent.')}</p>`;
  const rows = items.map(
    (one) =>
      html`<tr data-row><td class="name">${one.node ?? agentRole(one.role, view.locale)}</td><td><a href="/clusters/${one.clusterId}/agents">${one.cluster}</a></td><td class="t">${view.ago(one.silentSince, one.zone)}</td></tr>`,
  );
  return html`<table><thead><tr><th>${t('机器', 'Machine')}</th><th>${t('集群', 'Cluster')}</th><th>${t('最后心跳', 'Last heartbeat')}</th></tr></thead><tbody>${rows}</tbody></table>`;
}
