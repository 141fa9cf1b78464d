/** On the page of a site: the groups of facts that its agents do not read at all. */
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import type { SiteAgent, SiteDesk } from '../../site.ts';
import { copyable } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { groupsOff } from '../parts/payload-table.ts';
import type { View } from '../view.ts';
import { FILLED_GROUPS, GROUP_WORDS } from '../words/group-words.ts';

/** Agents whose newest payload is looked into. */
const MOST_READ = 20;

/** Groups that are not read at all, as the newest payload of each agent says it, and how that is changed: only in the site's own file. */
export async function optOuts(view: View, site: SiteDesk, agents: readonly SiteAgent[]): Promise<Markup> {
  const { t, locale } = view;
  const payloads = await Promise.all(agents.slice(0, MOST_READ).map(async ({ id }) => (await site.preview(id))?.json));
  const known = payloads.filter((json) => json !== undefined);
  const off = new Set(known.flatMap((json) => groupsOff(json)));
  const rows = FILLED_GROUPS.map(
    (group) =>
      html`<tr><td>${GROUP_WORDS[group][locale]}<small><code>${group}</code></small></td><td>${off.has(group) ? html`<strong>${t('已关闭，不采集', 'off: not read')}</strong>` : t('采集并发送', 'read and sent')}</td></tr>`,
  );
  const table =
    known.length === 0
      ? empty(t('还没有发送过巡检。', 'No inspection was sent yet.'))
      : html`<table><thead><tr><th>${t('分组', 'Group')}</th><th>${t('最近一次巡检', 'Newest inspection')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  return html`<h2 id="groups">${t('关闭整组采集内容', 'Switching whole groups off')}<small><a href="/privacy">${t('每组有哪些字段', 'what is in each group')}</a></small></h2>${table}<p class="note">${t('只有站点自己的配置文件能改变它：写入代理以 --config 读取的文件并重启代理，例如关闭日志计数与安全：', "Only the site's own file changes it: write this into what the agent reads with --config and start the agent again, here without counts in logs and security:")}</p>${copyable(view, 'optOut: [log-counts, security]')}`;
}
