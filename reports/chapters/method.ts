import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { heading, paragraph } from '../blocks.ts';
import { listsFact } from '../cover-facts.ts';
import { formatDays, formatNumber, formatTime, formatZone, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { policyWords } from '../source-words.ts';
import { methodWords, privacy, sourcesNote, unknownChecks } from './appendix.ts';
import type { Chapter } from './chapter.ts';
import { factTable } from './facts.ts';

/** Where a list comes from: period, versions, and how times are counted. */
export const method: Chapter = {
  id: 'method',
  title: { zh: '附录：口径与来源', en: 'Appendix: sources and method' },
  runsOn: true,
  lookedUp: true,
  write: (model, locale) => [versions(model, locale), ...privacyBlocks(locale), ...listMethod(locale)],
};

/** The same for a report that also judges: what was not checked and why, where limits are from, how the score and the grade are made. */
export const methodOfChecks: Chapter = {
  id: 'method',
  title: method.title,
  runsOn: true,
  lookedUp: true,
  write: (model, locale) => [versions(model, locale), ...privacyBlocks(locale), ...listMethod(locale), ...uncheckedBlocks(model, locale), ...scoreMethod(model, locale)],
};

/** The same where a chapter of its own tells what was not checked. */
export const methodOfScore: Chapter = {
  id: 'method',
  title: method.title,
  runsOn: true,
  lookedUp: true,
  write: (model, locale) => [versions(model, locale), ...privacyBlocks(locale), ...scoreMethod(model, locale)],
};

function versions(model: ReportModel, locale: Locale): Block {
  const { period, product, contract } = model;
  return factTable(
    say(locale, '数据与版本', 'Data and versions'),
    [
      [say(locale, '统计周期', 'Period'), periodWords(model)],
      [say(locale, '数据截至', 'As of'), `${formatTime(period.asOf, period.zoneMinutes)} (${formatZone(period.zoneMinutes)})`],
      ...listsFact(model, locale),
      [say(locale, '程序版本', 'Program'), `xunjian ${product.version}`],
      [say(locale, '规则集', 'Rule set'), product.rules ?? say(locale, `${formatNumber(product.checks)} 项`, plural(product.checks, 'check'))],
      [say(locale, '支持策略', 'Support policy'), contract && `${contract.policy[locale]} (${contract.policyId})`],
      [say(locale, '策略依据', 'Policy from'), policyWords(contract?.source, model, locale)],
      [say(locale, '快照 SHA-256', 'Snapshot SHA-256'), product.snapshotSha256],
    ],
    locale,
  );
}
function listMethod(locale: Locale): readonly Block[] {
  return [
    heading(say(locale, '口径', 'Method')),
    paragraph(
      say(
        locale,
        '清单按事件日志生成：时间为系统记录的时间；“数据截至”是期内最后一次巡检的时间，事件、问题与变更统计到周期结束；服务时限只在合同约定的服务时间内累计，挂起期间按合同规则暂停。纸面列出每份清单的前若干行，全部数据见同名 Excel 工作簿。没有采集到的部分注明“未采集”及原因，不视为没有发生。',
        'Lists are generated from the event log; times are system-recorded. Data are as of the last inspection of the period; incidents, problems and changes are counted up to its end. SLA time counts only within the service hours of the contract and is paused according to its rules. Printed lists show the first rows; the workbook of the same name contains all of them. Data that was not collected is marked with the reason and does not mean that nothing happened.',
      ),
    ),
  ];
}
function uncheckedBlocks(model: ReportModel, locale: Locale): readonly Block[] {
  return [heading(say(locale, '未检查项', 'Checks that returned no result')), ...unknownChecks(model, locale)];
}
function scoreMethod(model: ReportModel, locale: Locale): readonly Block[] {
  return [heading(say(locale, '方法与计分', 'Method and score')), ...methodWords(model, locale).map((text) => paragraph(text)), paragraph(sourcesNote(model, locale), 'note')];
}
function privacyBlocks(locale: Locale): readonly Block[] {
  return [heading(say(locale, '隐私声明', 'Privacy')), paragraph(privacy(locale))];
}

export function periodWords({ period }: ReportModel): string | undefined {
  const { from, to, asOf, zoneMinutes } = period;
  return from === undefined ? undefined : formatDays(from, to ?? asOf, zoneMinutes).join(' – ');
}
