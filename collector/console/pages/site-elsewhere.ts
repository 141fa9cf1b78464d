/** What leaves the sites whose agents' folders are out of reach: the state as the agents tell it, and the commands that change it there. */
import { z } from 'zod';
import type { Leaves } from '../../../agent/wire/leaves.ts';
import { GROUPS, type Group, type Text } from '../../../agent/wire/vocabulary.ts';
import { formatNumber, plural } from '../../../reports/format.ts';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../http/deps.ts';
import { Id } from '../../http/values.ts';
import { type LeavingGroup, leavingOfCluster } from '../../store/leaving-store.ts';
import { checkbox, copyable, disclosure, field, filters, select } from '../parts/forms.ts';
import { empty } from '../parts/marks.ts';
import { clusterChoices } from '../parts/places.ts';
import type { View } from '../view.ts';
import { FILLED_GROUPS, GROUP_WORDS } from '../words/group-words.ts';
import { approveCommands, consentCommands, type Installation, keptLevelCommand, optOutCommand, readCommands, USUAL } from './site-commands.ts';

/** What a Kubernetes name is made of; it stands in commands that people paste. */
const KubeName = z
  .string()
  .trim()
  .regex(/^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/);
const given = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
/** The address holds what is asked: which cluster, how the chart is called there, which groups are to be off. */
export const ELSEWHERE_QUERY = {
  cluster: given(Id),
  namespace: given(KubeName),
  release: given(KubeName),
  groups: given(z.literal('1')),
  ...(Object.fromEntries(GROUPS.map((group) => [group, given(z.literal('1'))])) as Record<Group, ReturnType<typeof given<z.ZodLiteral<'1'>>>>),
};
export type ElsewhereQuery = { readonly [K in keyof typeof ELSEWHERE_QUERY]?: string | undefined };

const LEVEL_WORDS: Readonly<Record<Leaves['level'], Text>> = {
  heartbeat: { zh: '只发送心跳', en: 'signs of life only' },
  health: { zh: '心跳与问题', en: 'signs of life and what is wrong' },
  full: { zh: '全部（还有巡检数据）', en: 'everything, inspections too' },
};
const HOLD_WORDS: Readonly<Record<Leaves['hold'], Text | undefined>> = {
  none: undefined,
  timed: { zh: '除心跳外先等待异议期', en: 'all but heartbeats waits for an objection first' },
  manual: { zh: '除心跳外等待批准', en: 'all but heartbeats waits for approval' },
};

/** @param zone of the times */
export async function elsewhere(view: View, deps: Pick<AppDeps, 'database' | 'fleet' | 'installedAs'>, query: ElsewhereQuery, zone: string): Promise<Markup> {
  const { t } = view;
  const clusters = await clusterChoices(deps, view.visibility);
  const id = query.cluster ?? clusters[0]?.[0];
  if (id === undefined)
    return html`${empty(t('还没有集群接入。', 'No cluster is connected yet.'))}${chartCommands(view, { id, place: placeOf(query, deps.installedAs), query, told: [] })}${hostCommands(view)}`;
  const cluster = await deps.fleet.cluster(view.visibility, id);
  const groups = await leavingOfCluster(deps.database.db, view.visibility, cluster.id, view.now);
  const chooser = clusters.length > 1 && filters(view, '/privacy/site', select(t('集群', 'Cluster'), 'cluster', clusters, id));
  const place = placeOf(query, deps.installedAs?.cluster === cluster.name ? deps.installedAs : undefined);
  return html`${chooser}<h2>${t('现状', 'As it is now')} <small>${cluster.name}</small></h2>${state(view, groups, zone)}${cluster.kind === 'hosts' ? hostCommands(view) : chartCommands(view, { id, place, query, told: told(groups) })}`;
}

function placeOf({ namespace, release }: ElsewhereQuery, own: Installation | undefined): Installation {
  const known = own ?? USUAL;
  if ((namespace ?? known.namespace) === known.namespace && (release ?? known.release) === known.release) return known;
  return { namespace: namespace ?? known.namespace, release: release ?? known.release };
}
/** Groups that any agent says are off. */
function told(groups: readonly LeavingGroup[]): readonly Group[] {
  return GROUPS.filter((group) => groups.some(({ leaves, isHeard }) => isHeard && leaves?.optOut.includes(group)));
}

/** In words: a sentence for every group of agents that says the same, and what their silence may mean. */
function state(view: View, groups: readonly LeavingGroup[], zone: string): Part {
  const { t } = view;
  if (groups.length === 0) return empty(t('该集群还没有代理。', 'No agent of this cluster has been heard of yet.'));
  const heard = groups.filter(({ isHeard }) => isHeard);
  const quiet = groups.filter(({ isHeard }) => !isHeard);
  const all = groups.reduce((sum, { agents }) => sum + agents, 0);
  const quietAgents = quiet.reduce((sum, { agents }) => sum + agents, 0);
  const isOne = new Set(heard.map(({ leaves }) => JSON.stringify(leaves))).size === 1;
  const lines = heard.map((one) => html`<li>${sentence(view, one, all, zone)}</li>`);
  const since = Math.max(...quiet.map(({ heardAt }) => heardAt));
  return html`${lines.length > 0 && html`<ul class="plain">${lines}</ul>`}${
    lines.length > 0 &&
    !isOne &&
    html`<p class="notice warning" role="status">▲ ${t('各代理说法不一：更改经 ConfigMap 到达各节点需要约一分钟，随下一次心跳显示在这里。', 'They do not say the same: a change takes about a minute to reach every node by the ConfigMap, and shows here with the next heartbeat.')}</p>`
  }${
    quiet.length > 0 &&
    html`<p class="notice ${quietAgents === all ? 'good' : 'warning'}" role="status">${quietAgents === all ? '✓' : '▲'} ${
      quietAgents === all
        ? t(`全部 ${all} 个代理都没有再发来任何内容，最后一次是 `, `Nothing has arrived from ${all === 1 ? 'the one agent' : `any of the ${formatNumber(all)} agents`} since `)
        : t(`${all} 个代理中有 ${quietAgents} 个没有再发来任何内容，最后一次是 `, `Nothing has arrived from ${formatNumber(quietAgents)} of ${plural(all, 'agent')} since `)
    }${view.time(since, zone)}${t('。', '.')} <small>${t(
      '停止外发（off）之后就是这样：连“已停止”也不会发出。故障或断网看起来相同，请在站点用 ledger verify 核对。',
      'That is what “off” looks like: not even “stopped” leaves. A fault or a broken link looks the same; make sure at the site with `ledger verify`.',
    )}</small></p>`
  }`;
}
function sentence(view: View, { leaves, agents, since, heardAt }: LeavingGroup, all: number, zone: string): Markup {
  const { t, locale } = view;
  const who =
    agents === all
      ? t(`全部 ${formatNumber(all)} 个代理`, all === 1 ? 'The one agent' : `All ${formatNumber(all)} agents`)
      : t(`${formatNumber(agents)} 个代理`, plural(agents, 'agent'));
  if (!leaves)
    return html`${who}${t('：没有说明（版本较早，或刚刚启动）', ': they do not say (an older version, or just started)')} <small>${t('最近一次心跳', 'last heard')} ${view.ago(heardAt, zone)}</small>`;
  const hold = HOLD_WORDS[leaves.hold];
  const off = leaves.optOut.map((group) => GROUP_WORDS[group][locale]);
  return html`${who}${t('：', ': ')}<strong>${LEVEL_WORDS[leaves.level][locale]}</strong>${hold && t(`，${hold.zh}`, `, ${hold.en}`)}${t('；', '; ')}${
    off.length === 0 ? t('没有关闭的分组', 'no group is off') : html`${t('关闭的分组：', 'groups that are off: ')}${off.join(t('、', ', '))}`
  } <small>${since !== null && html`${t('自', 'since')} ${view.time(since, zone)} · `}${t('最近一次心跳', 'last heard')} ${view.ago(heardAt, zone)}</small>`;
}

interface Asked {
  readonly id: string | undefined;
  readonly place: Installation;
  readonly query: ElsewhereQuery;
  readonly told: readonly Group[];
}
function chartCommands(view: View, { id, place, query, told: now }: Asked): Markup {
  const { t, locale } = view;
  const wanted = query.groups === '1' ? GROUPS.filter((group) => query[group] === '1') : now;
  const keep = { groups: '1', cluster: id, namespace: place.namespace, release: place.release };
  const until = new Date(view.now).toISOString().replace(/\.\d+Z$/, 'Z');
  const names = html`${field(t('命名空间', 'Namespace'), 'namespace', { value: place.namespace, max: 63 })}${field(t('Helm release', 'Helm release'), 'release', { value: place.release, max: 53 })}`;
  const groupChoices = FILLED_GROUPS.map((group) => checkbox(`${GROUP_WORDS[group][locale]} (${group})`, group, wanted.includes(group)));
  const level = (word: string): Markup => copyable(view, consentCommands(place, { level: word }));
  return html`<h2>${t('更改', 'Changing it')}</h2><p>${t(
    '收集端在该集群没有任何写权限，也不应有：由站点的管理员粘贴下面的命令，结果随心跳显示在上面。',
    "This collector has no right to write in that cluster, and should have none: the site's administrator pastes these, and what came of it shows above with the heartbeats.",
  )}</p>${filters(view, '/privacy/site', names, { cluster: id }, t('填入命令', 'Put into the commands'))}
<h3>${t('立即全部停止', 'Stop everything now')}</h3>${level('off')}<p class="note">${t('一分钟内生效，无需重启；正在进行的请求会被中断。收集端随后会把这些代理显示为失联。', 'It counts within a minute, without a restart; a request under way is broken off. The collector will then show these agents as silent.')}</p>
${disclosure(
  t('其他级别', 'Other levels'),
  html`<p>${t('只发送心跳', 'Signs of life only')}</p>${level('heartbeat')}<p>${t('心跳与问题，不含巡检数据', 'Signs of life and what is wrong, no inspections')}</p>${level('health')}<p>${t('恢复全部', 'Everything again')}</p>${level('full')}<p>${t('升级图表时不被改回（以停止为例）', 'So that an upgrade of the chart does not take it back (here: stopped)')}</p>${copyable(view, keptLevelCommand(place, 'off'))}`,
)}
<h3>${t('发送前先批准', 'Approve before it leaves')}</h3>${copyable(view, consentCommands(place, { hold: 'manual' }))}<p class="note">${t('此后除心跳外都等待；下面的命令放行到此刻为止的内容：', 'From then on all but heartbeats waits; this lets go what was kept until this moment:')}</p>${copyable(view, approveCommands(place, until))}
<h3 id="groups">${t('关闭整组采集内容', 'Switching whole groups off')}</h3>${filters(view, '/privacy/site#groups', html`<fieldset class="options"><legend>${t('不采集', 'Not to be read')}</legend>${groupChoices}</fieldset>`, keep, t('填入命令', 'Put into the command'))}${copyable(view, optOutCommand(place, wanted))}
<h3>${t('核对', 'Making sure')}</h3><p class="note">${t('预览将要发送的内容、校验已发送的记录、由假名查回名称：', 'What would be sent, the record of what was, and the name behind a pseudonym:')}</p>${copyable(view, readCommands(place))}`;
}

export function hostCommands(view: View): Markup {
  return html`<h2>${view.t('没有 Kubernetes 的主机', 'A host without Kubernetes')}</h2>${copyable(
    view,
    [
      'xunjian preview --explain --state-dir /var/lib/xunjian',
      'xunjian ledger verify --state-dir /var/lib/xunjian',
      'xunjian approve --state-dir /var/lib/xunjian',
      'xunjian resolve --state-dir /var/lib/xunjian PSEUDONYM',
      'echo off > /etc/xunjian/consent/level',
    ].join('\n'),
  )}`;
}
