/** /privacy: what may leave a site, field by field with its purpose, and what an inspection really carried. */
import { z } from 'zod';
import { ENVELOPE_PURPOSES, HEARTBEAT_PURPOSES, SIGNAL_PURPOSES } from '../../../agent/wire/explain.ts';
import type { Field, Fields } from '../../../agent/wire/fields.ts';
import { SECTIONS } from '../../../agent/wire/registry.ts';
import type { SectionDefinition } from '../../../agent/wire/section.ts';
import { GROUPS, type Text } from '../../../agent/wire/vocabulary.ts';
import { breakable, html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { notFound } from '../../errors.ts';
import { listAgents } from '../../fleet/agents.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id } from '../../http/values.ts';
import { newestSnapshots, readSnapshot, type SnapshotSummary } from '../../store/snapshot-store.ts';
import { addPage } from '../page.ts';
import { disclosure, filters, select, tabs } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { payloadTable } from '../parts/payload-table.ts';
import { clusterChoices } from '../parts/places.ts';
import type { View } from '../view.ts';
import { agentRole } from '../words/audit-words.ts';
import { GROUP_WORDS } from '../words/group-words.ts';

const DEFAULT_ZONE = 'Asia/Shanghai';
/** Whose machine is named; of more, the number of the agent tells them apart. */
const MOST_AGENTS = 1_000;
const DEFINITIONS: readonly SectionDefinition[] = Object.values(SECTIONS);
const chosen = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

export function privacyPages(api: Api, deps: AppDeps): void {
  const { database, fleet } = deps;
  addPage(
    api,
    { path: '/privacy', id: 'privacyPage', summary: 'Page of what may leave a site', permission: 'cluster.read', query: { cluster: chosen(Id) } },
    async (view, { query }) => {
      const { t } = view;
      const clusters = await clusterChoices(deps, view.visibility);
      const cluster = query.cluster ?? clusters[0]?.[0];
      const arrived = cluster === undefined ? [] : await newestSnapshots(database.db, view.visibility, (await fleet.cluster(view.visibility, cluster)).id);
      const agents = arrived.length === 0 ? [] : await listAgents(database.db, view.visibility, { clusterId: cluster, limit: MOST_AGENTS });
      const names = new Map(agents.map(({ agent, node }) => [agent, node]));
      return {
        title: t('隐私', 'Privacy'),
        area: 'privacy',
        site: DEFAULT_ZONE,
        tabs: privacyTabs(view, 'arrived'),
        about: t(
          '没有登记的字段无法表示；没有自由文本；名称离开站点时是站点自有密钥的假名。',
          "A field that is not registered cannot be expressed; there is no free text; names leave as pseudonyms under the site's own key.",
        ),
        content: html`<h2>${t('实际到达的内容', 'What really arrived')}</h2>${clusters.length > 1 && filters(view, '/privacy', select(t('集群', 'Cluster'), 'cluster', clusters, cluster))}${arrivedTable(view, arrived, names)}
<h2>${t('可能离开站点的全部内容', 'Everything that may leave')}<small>${t(`${DEFINITIONS.length} 个小节`, `${DEFINITIONS.length} sections`)}</small></h2>${registry(view)}`,
      };
    },
  );
  addPage(
    api,
    {
      path: '/privacy/sections/:id',
      id: 'privacySectionPage',
      summary: 'Page of the fields of a section',
      permission: 'cluster.read',
      params: z.strictObject({ id: z.string().regex(/^[a-zA-Z0-9]{1,60}$/) }),
    },
    async (view, { params }) => {
      const definition = DEFINITIONS.find(({ id }) => id === params.id);
      if (!definition) throw notFound('section');
      return {
        title: definition.id,
        area: 'privacy',
        trail: [[view.t('隐私', 'Privacy'), '/privacy']],
        about: definition.purpose[view.locale],
        content: fieldTable(view, definition.fields),
      };
    },
  );
  addPage(
    api,
    {
      path: '/privacy/snapshots/:id',
      id: 'privacySnapshotPage',
      summary: 'Page of an inspection as it travelled',
      permission: 'snapshot.read',
      params: z.strictObject({ id: z.string().min(1).max(100) }),
      query: { after: z.coerce.number().int().min(0).optional() },
    },
    async (view, { params, query: { after = 0 } }) => {
      const { t } = view;
      const json = await readSnapshot(database.db, view.visibility, params.id);
      if (json === undefined) throw notFound('snapshot, or it has expired');
      const table = payloadTable(view, json, after, `/privacy/snapshots/${params.id}`);
      return {
        title: t('这次巡检发送的内容', 'What this inspection sent'),
        area: 'privacy',
        trail: [[t('隐私', 'Privacy'), '/privacy']],
        about: html`${table.about} <a href="/api/v1/snapshots/${params.id}">${t('原始字节（JSON）', 'the very bytes (JSON)')}</a>`,
        content: table.content,
      };
    },
  );
}

export function privacyTabs(view: View, current: 'arrived' | 'site'): Markup {
  return tabs(view, current, [
    ['arrived', view.t('到达的与可能离开的', 'What arrived, what may leave'), '/privacy'],
    ['site', view.t('本站点：预览、批准、停止', 'This site: preview, approve, stop'), '/privacy/site'],
  ]);
}

function arrivedTable(view: View, items: readonly SnapshotSummary[], names: ReadonlyMap<string, string | null>): Part {
  const { t } = view;
  if (items.length === 0) return empty(t('还没有巡检到达。', 'No inspection has arrived yet.'));
  const nameOf = ({ agent }: SnapshotSummary): string => names.get(agent) ?? agent.slice(0, 12);
  const byName = items.toSorted((one, other) => nameOf(one).localeCompare(nameOf(other), 'en', { numeric: true }));
  const rows = byName.map(
    (one) =>
      html`<tr data-row><td class="name">${breakable(nameOf(one))}<small><a href="/privacy/snapshots/${one.id}">${t('逐字段查看', 'field by field')}</a></small></td><td>${agentRole(one.role, view.locale)}</td><td class="t">${view.time(one.takenAt, DEFAULT_ZONE)}</td><td class="n">${Math.round(one.bytes / 1024)}</td><td><code>${one.sha256.slice(0, 16)}…</code></td></tr>`,
  );
  return html`<div class="scroll"><table class="stack"><thead><tr><th>${t('最近一次巡检', 'Newest inspection')}</th><th>${t('角色', 'Role')}</th><th>${t('时间', 'Taken')}</th><th class="n">KiB</th><th>sha256</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function registry(view: View): Markup {
  const { t, locale } = view;
  const groups = GROUPS.map((group) => ({ group, own: DEFINITIONS.filter((one) => one.group === group) })).filter(({ own }) => own.length > 0);
  const purposes = (title: string, of: Readonly<Record<string, Text>>): Part =>
    disclosure(title, html`<dl class="facts">${Object.entries(of).map(([name, text]) => html`<dt><code>${name}</code></dt><dd>${text[locale]}</dd>`)}</dl>`);
  return html`<p class="muted">${t('每一组都可以在站点的配置中整组关闭（optOut）。', "Each group can be switched off as a whole in the site's configuration (optOut).")}</p>${groups.map(
    ({ group, own }) =>
      disclosure(
        `${GROUP_WORDS[group][locale]} · optOut: [${group}] · ${own.length}`,
        html`<table><thead><tr><th>${t('小节', 'Section')}</th><th>${t('用途', 'Purpose')}</th><th class="n">${t('字段', 'Fields')}</th></tr></thead><tbody>${own.map((one) => html`<tr><td><a href="/privacy/sections/${one.id}"><code>${one.id}</code></a></td><td>${one.purpose[locale]}</td><td class="n">${countOf(one.fields)}</td></tr>`)}</tbody></table>`,
      ),
  )}${purposes(t('巡检的信封', 'Envelope of an inspection'), ENVELOPE_PURPOSES)}${purposes(t('信号', 'Signals'), SIGNAL_PURPOSES)}${purposes(t('心跳', 'Heartbeats'), HEARTBEAT_PURPOSES)}`;
}
function countOf(fields: Fields): number {
  return Object.values(fields).reduce((sum, one) => sum + (one.type === 'list' ? countOf(one.row) : 1), 0);
}
function fieldTable(view: View, fields: Fields): Markup {
  const { t, locale } = view;
  const rowsOf = (own: Fields, before: string): Part[] =>
    Object.entries(own).flatMap(([name, one]): Part[] => {
      const path = `${before}${name}`;
      const row = html`<tr><td><code>${path}</code></td><td>${typeWords(one)}</td><td>${one.purpose[locale]}</td></tr>`;
      return one.type === 'list' ? [row, ...rowsOf(one.row, `${path}[].`)] : [row];
    });
  return html`<div class="scroll"><table><thead><tr><th>${t('字段', 'Field')}</th><th>${t('类型', 'Type')}</th><th>${t('用途', 'Purpose')}</th></tr></thead><tbody>${rowsOf(fields, '')}</tbody></table></div>`;
}
function typeWords(field: Field): string {
  switch (field.type) {
    case 'gauge':
    case 'counter':
    case 'map':
      return `${field.type} (${field.unit})`;
    case 'enum':
    case 'enum-set':
      return `${field.type}: ${field.values.slice(0, 8).join(', ')}${field.values.length > 8 ? ' …' : ''}`;
    case 'name':
      return `name (${field.kind})`;
    case 'list':
      return `list ≤ ${field.cap}`;
    case 'bool':
    case 'version':
    case 'timestamp':
      return field.type;
    default:
      return field satisfies never;
  }
}
