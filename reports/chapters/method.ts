import { heading, paragraph } from '../blocks.ts';
import { formatDate, formatTime, formatZone, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { privacy } from './appendix.ts';
import type { Chapter } from './chapter.ts';
import { factTable } from './facts.ts';

/** Where a list comes from: period, versions, and how times are counted. */
export const method: Chapter = {
  id: 'method',
  title: { zh: '附录：口径与来源', en: 'Appendix: sources and method' },
  runsOn: true,
  write(model, locale) {
    const { period, product, contract } = model;
    return [
      factTable(
        say(locale, '数据与版本', 'Data and versions'),
        [
          [say(locale, '统计周期', 'Period'), periodWords(model)],
          [say(locale, '数据截至', 'As of'), `${formatTime(period.asOf, period.zoneMinutes)} (${formatZone(period.zoneMinutes)})`],
          [say(locale, '程序版本', 'Program'), `xunjian ${product.version}`],
          [say(locale, '规则集', 'Rule set'), product.rules ?? say(locale, `${product.checks} 项`, `${product.checks} checks`)],
          [say(locale, '支持策略', 'Support policy'), contract && `${contract.policy[locale]} (${contract.policyId})`],
          [say(locale, '策略依据', 'Policy from'), contract?.source],
          ['SHA-256', product.snapshotSha256],
        ],
        locale,
      ),
      heading(say(locale, '口径', 'Method')),
      paragraph(
        say(
          locale,
          '清单按事件日志生成：时间为系统记录的时间，服务时限只在合同约定的服务时间内累计，挂起期间按合同规则暂停。纸面列出每份清单的前若干行，全部数据见同名 Excel 工作簿。没有采集到的部分注明“未采集”及原因，不视为没有发生。',
          'Lists are made from the event log: times are those that the system recorded; clocks count only within the hours that the contract covers, and pause by its rules. Paper shows the first rows of a list; the workbook of the same name has all. What was not gathered is called so with its reason, and does not count as "nothing happened".',
        ),
      ),
      heading(say(locale, '隐私声明', 'Privacy')),
      paragraph(privacy(locale)),
    ];
  },
};

export function periodWords({ period }: ReportModel): string | undefined {
  const { from, to, asOf, zoneMinutes } = period;
  return from === undefined ? undefined : `${formatDate(from, zoneMinutes)} – ${formatDate(to ?? asOf, zoneMinutes)}`;
}
