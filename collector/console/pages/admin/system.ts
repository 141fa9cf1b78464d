/** /admin/audit, /admin/agents, /admin/system: who changed what, who is silent, how the collector is. */
import { z } from 'zod';
import { formatNumber } from '../../../../reports/format.ts';
import { html, type Part } from '../../../../reports/renderers/markup.ts';
import { listAgents } from '../../../fleet/agents.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { listAudit, verifyAudit } from '../../../store/audit-store.ts';
import { silentAgentsOf } from '../../../store/cluster-state-store.ts';
import { listQuarantine } from '../../../store/quarantine-store.ts';
import { readTotals } from '../../../store/system-store.ts';
import { link } from '../../html.ts';
import { addPage } from '../../page.ts';
import { pages } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import { clusterChoices } from '../../parts/places.ts';
import type { View } from '../../view.ts';
import { agentTable } from '../cluster-tabs.ts';
import { adminPage } from './frame.ts';

const PAGE = 100;
const DEFAULT_ZONE = 'Asia/Shanghai';

export function systemPages(api: Api, deps: AppDeps): void {
  const { database, version, oidc } = deps;
  addPage(
    api,
    { path: '/admin/audit', id: 'auditPage', summary: 'Page of the audit log', permission: 'audit.read', query: { before: z.coerce.number().int().min(1).optional() } },
    async (view, { query: { before } }) => {
      const { t } = view;
      const found = await listAudit(database.db, view.visibility, { ...(before !== undefined && { before }), limit: PAGE + 1 });
      const shown = found.slice(0, PAGE);
      const next = found.length > PAGE ? shown.at(-1)?.id : undefined;
      const rows = shown.map(
        (one) =>
          html`<tr data-row><td class="t">${view.time(one.at, DEFAULT_ZONE)}</td><td>${one.actor.name ?? one.actor.kind}</td><td><code>${one.action}</code></td><td><small>${one.object}</small></td><td><small>${detailsOf(one.details)}</small></td></tr>`,
      );
      const list =
        rows.length === 0
          ? empty(t('还没有记录。', 'There is no entry yet.'))
          : html`<div class="scroll"><table class="stack"><thead><tr><th>${t('时间', 'When')}</th><th>${t('谁', 'Who')}</th><th>${t('做了什么', 'What')}</th><th>${t('对象', 'Object')}</th><th>${t('详情', 'Details')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
      return adminPage(
        view,
        'audit',
        t('审计日志', 'Audit log'),
        html`${list}${pages(view, { first: before !== undefined ? '/admin/audit' : undefined, next: next === undefined ? undefined : link('/admin/audit', { before: next }) })}`,
        {
          about: t('只追加，逐条以摘要相连：删改会被发现。', 'Append-only and chained by digest: what is taken out or changed shows.'),
          site: DEFAULT_ZONE,
        },
      );
    },
  );
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
    const [totals, broken, quarantined] = await Promise.all([readTotals(database.db), verifyAudit(database.db), listQuarantine(database.db, view.visibility, { limit: 20 })]);
    const rows = Object.entries(totals).map(([table, count]) => html`<tr><td><code>${table}</code></td><td class="n">${formatNumber(count)}</td></tr>`);
    const facts: readonly (readonly [string, Part])[] = [
      [t('版本', 'Version'), version],
      [t('数据库', 'Database'), database.engine === 'postgres' ? 'PostgreSQL' : 'SQLite'],
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
async function silentTable({ database }: AppDeps, view: View): Promise<Part> {
  const { t } = view;
  const items = await silentAgentsOf(database.db, view.visibility, 500);
  if (items.length === 0) return html`<p class="ok">✓ ${t('没有失联的代理。', 'No agent is silent.')}</p>`;
  const rows = items.map(
    (one) =>
      html`<tr data-row><td class="name">${one.node ?? one.role}</td><td><a href="/clusters/${one.clusterId}/agents">${one.cluster}</a></td><td class="t">${view.ago(one.silentSince, one.zone)}</td></tr>`,
  );
  return html`<table><thead><tr><th>${t('机器', 'Machine')}</th><th>${t('集群', 'Cluster')}</th><th>${t('最后心跳', 'Last heartbeat')}</th></tr></thead><tbody>${rows}</tbody></table>`;
}
/** Never a secret: the log holds none. */
function detailsOf(details: Readonly<Record<string, unknown>> = {}): string {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' · ')
    .slice(0, 300);
}
