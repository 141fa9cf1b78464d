/** Sections about all instances of whatever product: which there are and why, their settings, and what moved away from the baseline. */
import { bool, counter, gauge, list, name, oneOf, optional, someOf, text, timestamp, version } from '../../fields.ts';
import { defineSection } from '../../section.ts';
import { INSTANCE_FIELDS, MEMBER_FIELDS, MOST_INSTANCES, MOST_MEMBERS, MOST_PARTS } from './instance-fields.ts';
import { PRODUCT_SETTINGS } from './product-settings.ts';
import { ANSWERERS, EVIDENCE, FORKS, PLACES, PRODUCTS } from './products.ts';

const TYPES = Object.values(PRODUCT_SETTINGS).flatMap((settings) => Object.values(settings));
/** Keys of all products' allow-lists. */
export const SETTING_KEYS: readonly string[] = [...new Set(Object.values(PRODUCT_SETTINGS).flatMap((settings) => Object.keys(settings)))].sort();
/** Words that settings may have; `other` stands for a word outside the list, `unset` for none. */
export const SETTING_WORDS: readonly string[] = [...new Set(['other', 'unset', ...TYPES.flatMap((type) => (type.type === 'word' ? type.words : []))])].sort();

const NUMBER = { min: -Number.MAX_SAFE_INTEGER };
function valueFields(zh: string, en: string) {
  return {
    number: optional(gauge(text(`${zh}（数值）`, `${en}, a number`), 'value', NUMBER)),
    flag: optional(bool(text(`${zh}（开关）`, `${en}, on or off`))),
    word: optional(oneOf(text(`${zh}（枚举）`, `${en}, a word of the product`), SETTING_WORDS)),
    version: optional(version(text(`${zh}（版本）`, `${en}, a version`))),
  };
}

const LOOKS_LIKE = text('应答的不是该产品时，应答者像是什么', 'Where another product answers: what it looks like');

export const middleware = defineSection({
  id: 'middleware',
  domain: 'middleware',
  group: 'inventory',
  purpose: text(
    '中间件实例清单：如何发现、产品、版本、模式、成员数与本次读取的结果',
    'Middleware instances: how they were found, product, version, mode, members, and how reading ended',
  ),
  fields: {
    complete: bool(text('发现过程是否完整（有来源无法读取则为否）', 'Whether looking for instances was complete; false when a source could not be read')),
    ignored: counter(text('按配置忽略的实例数', 'Instances left out by configuration')),
    dropped: counter(text('因上限未列出的实例数', 'Instances left out by the cap')),
    rows: list(text('实例', 'Instances'), MOST_INSTANCES, {
      ...INSTANCE_FIELDS,
      product: oneOf(text('产品', 'Product'), PRODUCTS),
      looksLike: optional(oneOf(LOOKS_LIKE, ANSWERERS)),
      fork: optional(oneOf(text('版本独立的分支实现', 'A fork with releases of its own'), FORKS)),
      place: oneOf(text('位于集群、本机或其他地方', 'In the cluster, on this host, or elsewhere'), PLACES),
      evidence: someOf(text('判定依据', 'Why it is held for one'), EVIDENCE),
      platform: optional(bool(text('属于平台自身（故障时平台受影响，级别上调一级）', 'The platform itself stands on it: its findings are one severity up'))),
      overridden: bool(text('发现结果被配置修正', 'What was found was corrected by configuration')),
      namespace: optional(name(text('命名空间', 'Namespace'), 'namespace')),
      node: optional(name(text('主机', 'Host'), 'node')),
      members: counter(text('成员数', 'Members')),
      desired: optional(counter(text('工作负载声明的副本数', 'Replicas that the workload asks for'))),
      ready: optional(counter(text('就绪的副本数', 'Replicas that are ready'))),
      nodes: optional(counter(text('成员所在的不同节点数', 'Different nodes that its members are on'))),
      backupDeclared: optional(bool(text('配置声明了备份时间的来源', 'The configuration says where the time of its backups is told'))),
      backupFound: optional(bool(text('声明的备份位置存在且有备份文件', 'The place that the configuration names for backups is there and holds one'))),
      backupAt: optional(timestamp(text('最近一次备份的时间', 'When it was last backed up'))),
      restoreTestedAt: optional(timestamp(text('最近一次恢复演练的时间', 'When a restore was last tried'))),
      answered: counter(text('作出应答的成员数', 'Members that answered')),
      denied: counter(text('被拒绝的语句数（缺少权限）', 'Statements that were refused for want of rights')),
      statements: counter(text('本次发出的语句数', 'Statements that this run asked')),
      durationMs: gauge(text('读取耗时', 'Time that reading took'), 'milliseconds'),
    }),
    members: list(text('成员', 'Members'), MOST_MEMBERS, {
      ...MEMBER_FIELDS,
      looksLike: optional(oneOf(LOOKS_LIKE, ANSWERERS)),
      version: optional(version(text('成员版本', 'Version of the member'))),
      uptimeSeconds: optional(counter(text('运行时长', 'Uptime'), 'seconds')),
      restarted: optional(bool(text('自以前的巡检以来重新启动过', 'It was started again since an inspection before'))),
    }),
  },
});

const SETTING = {
  instance: name(text('实例', 'Instance'), 'instance'),
  product: oneOf(text('产品', 'Product'), PRODUCTS),
  key: oneOf(text('配置项（白名单）', 'Setting, of the allow-list'), SETTING_KEYS),
};
export const middlewareSettings = defineSection({
  id: 'middlewareSettings',
  domain: 'middleware',
  group: 'configuration',
  purpose: text('白名单内的非敏感配置项，用于基线与成员间对比', 'Allow-listed settings without secrets, for baselines and for comparing members'),
  fields: {
    dropped: counter(text('因上限未列出的配置项数', 'Settings left out by the cap')),
    rows: list(text('配置项', 'Settings'), MOST_PARTS, { ...SETTING, member: optional(name(text('成员', 'Member'), 'member')), ...valueFields('值', 'Value') }),
  },
});

export const middlewareDrift = defineSection({
  id: 'middlewareDrift',
  domain: 'middleware',
  group: 'configuration',
  purpose: text('偏离已批准基线的配置项：原值与现值', 'Settings that moved away from the approved baseline: what was approved, what is'),
  fields: {
    dropped: counter(text('因上限未列出的偏离数', 'Differences left out by the cap')),
    approved: list(text('已批准的基线', 'Approved baselines'), MOST_INSTANCES, {
      instance: name(text('实例', 'Instance'), 'instance'),
      approvedAt: optional(timestamp(text('批准时间（仅由配置文件批准则无）', 'When it was approved; none where only the configuration approves it'))),
      settings: counter(text('其中的配置项数', 'Settings in it')),
    }),
    rows: list(text('偏离', 'Differences'), MOST_PARTS, {
      ...SETTING,
      member: optional(name(text('成员', 'Member'), 'member')),
      against: oneOf(text('与什么不同', 'What it differs from'), ['baseline', 'members']),
      ...valueFields('现值', 'Value now'),
      wasNumber: optional(gauge(text('批准的值（数值）', 'Approved value, a number'), 'value', NUMBER)),
      wasFlag: optional(bool(text('批准的值（开关）', 'Approved value, on or off'))),
      wasWord: optional(oneOf(text('批准的值（枚举）', 'Approved value, a word of the product'), SETTING_WORDS)),
      wasVersion: optional(version(text('批准的值（版本）', 'Approved value, a version'))),
    }),
  },
});
