import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { heading, paragraph } from '../blocks.ts';
import { listsFact } from '../cover-facts.ts';
import { formatDays, formatNumber, formatTime, formatZone, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { policyWords } from '../source-words.ts';
import { methodWords, privacy, sourcesNote, unknownChecks } from './appendix.ts';
import type { Chapter } from './chapter.ts';
import { factTable } from './facts.ts';

const TITLE: Text = { zh: '附录：口径与来源', en: 'Appendix: sources and method' };
/** What a report's lists are from: each says where its own come from, and nothing of the others. */
type Origin = 'incidents' | 'changes' | 'backups' | 'demands' | 'risks' | 'costs' | 'systems';
const ORIGINS: Readonly<Record<Origin, Text>> = {
  incidents: {
    zh: '事件与问题按事件日志生成，时间为系统记录的时间，统计到周期结束；服务时限只在合同约定的服务时间内累计，挂起期间按合同规则暂停。',
    en: 'Incidents and problems are generated from the event log, with the times that the system recorded, up to the end of the period. SLA time counts only within the service hours of the contract and is paused according to its rules.',
  },
  changes: {
    zh: '变更取自登记的变更窗口与变更记录，统计到周期结束。',
    en: 'Changes come from the registered change windows and change records, up to the end of the period.',
  },
  backups: {
    zh: '备份取自巡检读到的备份结果与登记的备份记录，为“数据截至”时刻的状态。',
    en: 'Backups come from backup results read by inspections and from registered backup records, as of the last inspection.',
  },
  demands: { zh: '需求取自登记的需求记录。', en: 'Requests come from the registered request records.' },
  risks: {
    zh: '风险取自期内最后一次巡检的结论，同一检查项的问题合为一行；整改计划取自登记的计划。',
    en: 'Risks come from the results of the last inspection of the period, one row per check; plans come from the registered remediation plans.',
  },
  costs: { zh: '资源与用量取自巡检；列有单价的，金额按单价折算。', en: 'Resources and usage come from inspections; amounts follow from the prices, where there are any.' },
  systems: {
    zh: '系统版本、软件包与参数取自巡检，缺陷取自导入的公告。',
    en: 'Releases, packages and parameters come from inspections, defects from the imported advisories.',
  },
};
/** Lists that hold sentences of people. */
const WRITTEN: ReadonlySet<Origin> = new Set<Origin>(['incidents', 'changes', 'demands']);
/** Where lists are from: period, versions, and how times are counted. */
export function methodOf(...origins: readonly Origin[]): Chapter {
  return {
    id: 'method',
    title: TITLE,
    runsOn: true,
    lookedUp: true,
    write: (model, locale) => [versions(model, locale), ...privacyBlocks(locale), ...listMethod(origins, locale)],
  };
}
/** The same for a report that also judges: what was not checked and why, where limits are from, how the score and the grade are made. */
export function methodOfChecks(...origins: readonly Origin[]): Chapter {
  const of = methodOf(...origins);
  return { ...of, write: (model, locale) => [...of.write(model, locale), ...uncheckedBlocks(model, locale), ...scoreMethod(model, locale)] };
}
/** The same where a chapter of its own tells what was not checked. */
export const methodOfScore: Chapter = {
  ...methodOf(),
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
function listMethod(origins: readonly Origin[], locale: Locale): readonly Block[] {
  return [
    heading(say(locale, '口径', 'Method')),
    paragraph(
      [
        ...origins.map((origin) => ORIGINS[origin][locale]),
        ...(origins.some((origin) => WRITTEN.has(origin))
          ? [say(locale, '人工填写的记录按原文引用。', 'Records written by people are quoted in the language they were written in.')]
          : []),
        say(
          locale,
          '“数据截至”是期内最后一次巡检的时间。纸面列出每份清单的前若干行，全部数据见同名 Excel 工作簿。“—”表示巡检与登记都没有该项数据，不视为没有发生；检查项没有结果的，注明原因。',
          'Figures are as of the last inspection of the period. Printed lists show the first rows; the workbook of the same name contains all of them. "—" stands for data that neither inspections nor records have, which does not mean that nothing happened; checks without a result are listed with the reason.',
        ),
      ].join(say(locale, '', ' ')),
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
