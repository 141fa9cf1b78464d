/** What a report is about, whose it is and what it was made from: the table on its cover, and the first sheet of a workbook of lists. */
import type { Locale } from '../agent/wire/vocabulary.ts';
import { formatDays, formatNumber, formatTime, formatZone, plural, say } from './format.ts';
import { known, type ReportModel } from './model.ts';

/** Names and values, in the order of the cover. */
export function coverFacts(model: ReportModel, locale: Locale): readonly (readonly [string, string])[] {
  const { subject, period, product, contract } = model;
  return [
    ...(subject.customer ? [[say(locale, '客户', 'Customer'), subject.customer] as const] : []),
    ...(contract?.number ? [[say(locale, '合同', 'Contract'), contract.number] as const] : []),
    ...(contract?.provider ? [[say(locale, '服务方', 'Provider'), contract.provider] as const] : []),
    ...(subject.domains.includes('cluster') ? [[say(locale, '集群', 'Cluster'), subject.cluster ?? say(locale, '未命名', 'unnamed')] as const] : []),
    ...(subject.host ? [[say(locale, '主机', 'Host'), subject.host] as const] : []),
    [
      say(locale, '周期', 'Period'),
      period.from === undefined ? say(locale, '单次巡检', 'Single inspection') : formatDays(period.from, period.to ?? period.asOf, period.zoneMinutes).join(' – '),
    ],
    [say(locale, '数据截至', 'As of'), `${formatTime(period.asOf, period.zoneMinutes)} (${formatZone(period.zoneMinutes)})`],
    ...listsFact(model, locale),
    [
      say(locale, '巡检程序', 'Inspected with'),
      say(locale, `xunjian ${product.version}，规则集 ${formatNumber(product.checks)} 项`, `xunjian ${product.version}, rule set of ${plural(product.checks, 'check')}`),
    ],
    ...(product.rules ? [[say(locale, '规则集版本', 'Rule set'), product.rules] as const] : []),
    ...(contract ? [[say(locale, '支持策略', 'Support policy'), `${contract.policy[locale]} (${contract.policyId})`] as const] : []),
    [say(locale, '快照 SHA-256', 'Snapshot SHA-256'), product.snapshotSha256],
    [say(locale, '密级', 'Classification'), say(locale, '内部', 'Internal')],
  ];
}

/** Incidents, problems and changes are counted up to the end of the period, which is later than its last inspection. */
export function listsFact({ period, incidents, problems, changeRecords }: ReportModel, locale: Locale): readonly (readonly [string, string])[] {
  const { to, asOf, zoneMinutes } = period;
  if (to === undefined || to <= asOf || (!known(incidents) && !known(problems) && !known(changeRecords))) return [];
  return [[say(locale, '事件统计截至', 'Records up to'), `${formatTime(to, zoneMinutes)} (${formatZone(zoneMinutes)})`]];
}
