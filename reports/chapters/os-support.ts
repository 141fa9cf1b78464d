/** Chapters of the support report on operating systems: what runs, until when it is supported, which fixes to push, who does what. */

import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, paragraph } from '../blocks.ts';
import { sourceLine } from '../charts/figures.ts';
import type { ChartSpec } from '../charts/spec.ts';
import type { AdvisoryFacts } from '../facts/middleware.ts';
import { formatDate, plural, say } from '../format.ts';
import { incidentsList, problemsList } from '../lists/incidents.ts';
import { listTable } from '../lists/list.ts';
import { lifecyclesList } from '../lists/outlook.ts';
import { advisoriesList, installCommand, packagesList, systemsList } from '../lists/systems.ts';
import { goalsList, responsibilitiesList } from '../lists/terms.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { authoredBlocks } from '../sections/authored.ts';
import { checkResults } from '../sections/check-results.ts';
import { differenceBlocks } from '../sections/differences.ts';
import { optionalTable } from '../sections/optional.ts';
import { lifecycleBlocks } from '../sections/outlook.ts';
import type { Chapter } from './chapter.ts';

/** Packages named in a sentence. */
const MOST_NAMED = 8;

export const osScope: Chapter = {
  id: 'os-scope',
  places: ['scope'],
  title: { zh: '服务范围与对象', en: 'Scope' },
  runsOn: true,
  write: (model, locale) => [...authoredBlocks(model, 'scope', locale), listTable(systemsList, model, locale, 30), ...packageBlocks(model, locale)],
};
/** How many packages are known, and those that differ between machines; the whole list is in the workbook. */
function packageBlocks({ packages, ...model }: ReportModel, locale: Locale): readonly Block[] {
  const value = known(packages);
  if (!value) return [];
  const versions = Map.groupBy(value.rows, ({ name }) => name);
  const differing = value.rows.filter(({ name }) => (versions.get(name)?.length ?? 0) > 1);
  const count = new Set(differing.map(({ name }) => name)).size;
  const words = say(
    locale,
    `已采集 ${versions.size} 个关键软件包的已安装版本，全部列在工作簿“软件包版本”中；${count === 0 ? '各节点版本一致。' : `其中 ${count} 个在节点之间版本不一致。`}`,
    `The installed versions of ${plural(versions.size, 'key package')} were read and are listed in the "Packages" sheet of the workbook; ${count === 0 ? 'all machines are identical.' : `${plural(count, 'of them differs', 'of them differ')} between machines.`}`,
  );
  const table = count === 0 ? [] : [listTable(packagesList, { ...model, packages: { value: { rows: differing, total: differing.length } } }, locale, 20)];
  return [paragraph(words), ...table];
}
/** Middleware has its own report, and product lines of the contract that nothing here uses are about no system. */
function ofSystems(model: ReportModel): ReportModel {
  const rows = known(model.lifecycles);
  return rows ? { ...model, lifecycles: { value: rows.filter(({ of, inUse }) => of !== 'middleware' && inUse > 0) } } : model;
}
export const osLifecycle: Chapter = {
  id: 'os-lifecycle',
  title: { zh: '版本生命周期', en: 'Release support status' },
  runsOn: true,
  write: (model, locale) => (model.lifecycles === undefined ? [listTable(lifecyclesList, model, locale)] : lifecycleBlocks(ofSystems(model), locale)),
};

function bySeverity({ matches }: AdvisoryFacts, model: ReportModel, locale: Locale): ChartSpec | undefined {
  if (matches.length === 0) return undefined;
  const months = [...new Set(matches.map(({ publishedAt }) => formatDate(publishedAt, model.period.zoneMinutes).slice(0, 7)))].toSorted().slice(-12);
  const levels = ['critical', 'important', 'moderate', 'low'] as const;
  const urgent = matches.filter(({ severity }) => severity === 'critical' || severity === 'important').length;
  return {
    kind: 'stackedBar',
    title: say(
      locale,
      `${matches.length} 个公告待修复，其中严重或重要 ${urgent} 个`,
      `${plural(matches.length, 'advisory', 'advisories')} to be fixed, ${urgent} critical or important`,
    ),
    source: sourceLine(model, locale),
    series: [
      { name: say(locale, '严重', 'Critical'), shape: '■', tone: 'critical' },
      { name: say(locale, '重要', 'Important'), shape: '▲', tone: 'warning' },
      { name: say(locale, '中等', 'Moderate'), shape: '●', tone: 'info' },
      { name: say(locale, '低', 'Low'), shape: '–', tone: 'neutral' },
    ],
    rows: months.map((month) => ({
      name: month,
      values: levels.map(
        (level) => matches.filter(({ severity, publishedAt }) => severity === level && formatDate(publishedAt, model.period.zoneMinutes).startsWith(month)).length,
      ),
    })),
  };
}
export const osDefects: Chapter = {
  id: 'os-defects',
  title: { zh: '已知缺陷推送', en: 'Known defects and fixes' },
  runsOn: true,
  awaits: (model) =>
    known(model.advisories)
      ? []
      : [
          {
            part: { zh: '操作系统缺陷公告', en: 'advisories for the operating systems' },
            how: {
              zh: '导入 openEuler CSAF 或 updateinfo.xml：xunjian advisory import 文件。',
              en: 'import openEuler CSAF or updateinfo.xml: xunjian advisory import FILE.',
            },
          },
        ],
  write(model, locale) {
    const facts = known(model.advisories);
    if (!facts)
      return [
        callout(
          'unknown',
          say(locale, '未与缺陷公告比对', 'Not matched against advisories'),
          say(
            locale,
            '没有导入缺陷公告（openEuler CSAF 或 updateinfo.xml），因此不能说明是否存在已知缺陷。导入方法：`xunjian advisory import 文件`。',
            'No advisories (openEuler CSAF or updateinfo.xml) were imported, so known defects cannot be determined. To import them: `xunjian advisory import FILE`.',
          ),
        ),
      ];
    const chart = bySeverity(facts, model, locale);
    const stamp = formatDate(facts.feedAt, model.period.zoneMinutes);
    return [
      paragraph(
        say(locale, `漏洞库截至 ${stamp}（${facts.feed}）；此后发布的公告不在本报告内。`, `Advisories as of ${stamp} (${facts.feed}); later advisories are not included.`),
        'note',
      ),
      ...comparedWords(facts, locale),
      ...(chart ? [{ type: 'chart', chart } as const] : []),
      listTable(advisoriesList, model, locale, 40),
      ...(facts.matches.some(({ obtainable, installed }) => obtainable && !installed)
        ? [
            paragraph(
              say(locale, `安装命令：\`${installCommand('公告编号')}\`，逐节点排空后执行。`, `To install: \`${installCommand('ADVISORY')}\`, one drained node after the other.`),
              'note',
            ),
          ]
        : []),
      ...(facts.unmatchedNodes.length > 0
        ? [
            callout(
              'unknown',
              say(locale, `${facts.unmatchedNodes.length} 个节点未能比对`, `${plural(facts.unmatchedNodes.length, 'node')} could not be matched`),
              say(
                locale,
                `没有读到已安装软件包的版本，或公告不涉及其系统：${facts.unmatchedNodes.slice(0, 10).join('、')}${facts.unmatchedNodes.length > 10 ? ' 等' : ''}。未比对不等于没有缺陷。`,
                `Their package versions were not read, or the advisories do not cover their operating system: ${facts.unmatchedNodes.slice(0, 10).join(', ')}${facts.unmatchedNodes.length > 10 ? ' and others' : ''}. This does not mean they are free of defects.`,
              ),
            ),
          ]
        : []),
    ];
  },
};
/** What the advisories were held against, and what follows for nothing. */
function comparedWords({ compared, fixedAlready = 0, notCompared = 0 }: AdvisoryFacts, locale: Locale): readonly Block[] {
  if (compared === undefined) return [];
  const names = compared
    .slice(0, MOST_NAMED)
    .map((name) => `\`${name}\``)
    .join(say(locale, '、', ', '));
  const more = compared.length > MOST_NAMED ? say(locale, `等 ${compared.length} 个`, ` and ${compared.length - MOST_NAMED} more`) : '';
  const first =
    compared.length === 0
      ? say(locale, '没有可比对的软件包版本。', 'There were no package versions to compare.')
      : say(
          locale,
          `已比对的软件包：${names}${more}（内核取运行中的版本，其余取已安装的版本）；其中 ${fixedAlready} 个公告的修复在所有节点上都已具备。`,
          `Compared packages: ${names}${more} (the running kernel; installed versions of the others). Fixes from ${plural(fixedAlready, 'advisory', 'advisories')} for them are already on every node.`,
        );
  const rest =
    notCompared === 0
      ? ''
      : say(
          locale,
          `同一系统版本另有 ${notCompared} 个公告，其软件包未安装或不在采集清单内，未比对，不能说明是否受影响。`,
          `${plural(notCompared, 'further advisory', 'further advisories')} for the same releases concern packages that are not installed or not collected. They were not compared, so no statement is made about them.`,
        );
  return [paragraph(`${first}${say(locale, '', ' ')}${rest}`.trim())];
}
export const osBaseline: Chapter = {
  id: 'os-baseline',
  title: { zh: '系统参数与基线', en: 'Parameters and baseline' },
  runsOn: true,
  write: (model, locale) => [...checkResults(model, ['os'], say(locale, '系统参数与基线检查', 'Parameter and baseline checks'), locale), ...differenceBlocks(model, locale)],
};
export const osUrgent: Chapter = {
  id: 'os-urgent',
  title: { zh: '紧急问题定位与补丁开发', en: 'Urgent issues and patches' },
  runsOn: true,
  write: (model, locale) => [...optionalTable(incidentsList, model, locale), listTable(problemsList, model, locale), ...optionalTable(goalsList, model, locale)],
};
export const osResponsibilities: Chapter = {
  id: 'os-responsibilities',
  title: { zh: '责任分工', en: 'Division of responsibilities' },
  runsOn: true,
  awaits: (model) =>
    (model.responsibilities?.length ?? 0) > 0
      ? []
      : [
          {
            part: { zh: '责任分工（RACI）', en: 'division of responsibilities (RACI)' },
            how: {
              zh: '由合同的支持策略给出（responsibilities 一节）：登记操作系统支持合同，或在所用策略中补充。',
              en: 'comes from the support policy of the contract (its section "responsibilities"): register the contract for operating system support, or add them to the policy in use.',
            },
          },
        ],
  write: (model, locale) => [listTable(responsibilitiesList, model, locale, 30)],
};
