import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { heading, paragraph } from '../blocks.ts';
import { findingsByArea, scoreByArea } from '../charts/figures.ts';
import { troubleByNode } from '../charts/node-figures.ts';
import { checksWithMore, findingsAt, findingsTable } from '../findings.ts';
import { countWords, formatNumber, plural, say } from '../format.ts';
import type { ClusterFacts, ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { calendarBlocks, lifecycleBlocks } from '../sections/outlook.ts';
import { gravePatches } from '../sections/patches.ts';
import { severityOverTime, trendCharts } from '../sections/trends.ts';
import type { Chapter } from './chapter.ts';
import { componentsTable, factTable, gap, hostFactBlocks } from './facts.ts';

/** The platform as a whole: what it is, how it scores by area, what concerns all of it. */
export const overall: Chapter = {
  id: 'overall',
  title: { zh: '整体信息', en: 'Overall information' },

  write(model, locale) {
    const trouble = troubleByNode(model, locale);
    return [
      paragraph(conclusion(model, locale), 'lead'),
      { type: 'chart', chart: scoreByArea(model, locale) },
      { type: 'chart', chart: findingsByArea(model, locale) },
      ...(trouble ? [{ type: 'chart', chart: trouble } as const] : []),
      ...(model.cluster ? clusterBlocks(model.cluster, model, locale) : []),
      ...model.hosts.slice(0, MOST_HOSTS).flatMap((host) => hostFactBlocks(host, locale)),
      ...moreHosts(model, locale),
      ...ownFindings(model, locale),
      ...severityOverTime(model, locale),
      ...trendCharts(model, ['availability', 'cpu', 'memory', 'pods'], locale),
      ...lifecycles(model, locale),
      ...calendarBlocks(model, locale),
    ];
  },
};

/** Two tables each: more are in the workbook. */
const MOST_HOSTS = 6;
function moreHosts({ hosts }: ReportModel, locale: Locale): readonly Block[] {
  const rest = hosts.length - MOST_HOSTS;
  if (rest <= 0) return [];
  return [
    paragraph(
      say(
        locale,
        `另有 ${rest} 台被检主机，其配置与文件系统见本报告的 JSON 文件。`,
        `${plural(rest, 'more host')} inspected; their hardware and file systems are in the JSON file of this report.`,
      ),
      'note',
    ),
  ];
}

function lifecycles(model: ReportModel, locale: Locale): readonly Block[] {
  const blocks = [...lifecycleBlocks(model, locale), ...gravePatches(model, locale)];
  return blocks.length === 0 ? [] : [heading(say(locale, '版本与生命周期', 'Releases and support status')), ...blocks];
}

/** Without a cluster there is no platform apart from the machine: its findings stand in the chapter on nodes. */
function ownFindings(model: ReportModel, locale: Locale): readonly Block[] {
  if (!model.cluster) return [];
  const title = say(locale, '平台级问题（不属于单个节点或应用）', 'Platform-level issues (not specific to a node or application)');
  return [findingsTable(model, findingsAt(model, 'overall'), title, 'overall', locale)];
}

function conclusion(model: ReportModel, locale: Locale): string {
  const objects = new Set(model.findings.map(({ scope }) => `${scope.kind} ${scope.node ?? ''} ${scope.namespace ?? ''} ${scope.name}`)).size;
  const more = checksWithMore(model).size > 0;
  const checked = model.coverage.checked;
  const failed = model.verdicts.filter(({ verdict }) => verdict === 'fail').length;
  if (model.recalled)
    return say(
      locale,
      `期末有 ${failed} 类问题未解决，涉及 ${objects} 个对象；其余检查项的逐项结论已超过保留期。`,
      `At the end of the period ${plural(failed, 'issue')} remained open on ${plural(objects, 'object')}; individual results of the other checks are past their retention period.`,
    );
  if (checked === 0) return say(locale, '本次没有得到任何检查结果，无法说明整体状况。', 'This run returned no results, so the overall state is unknown.');
  if (failed === 0) return say(locale, `完成 ${checked} 项检查，均未发现问题。`, `${plural(checked, 'check')} completed; none found an issue.`);
  return say(
    locale,
    `完成 ${checked} 项检查，${checked - failed} 项未发现问题，${failed} 项发现问题，涉及 ${countWords(objects, more, 'zh')} 个对象。`,
    `${plural(checked, 'check')} completed: ${checked - failed} found nothing, ${failed} found issues on ${more ? 'at least ' : ''}${plural(objects, 'object')}.`,
  );
}

export function clusterBlocks({ platform, nodes, workloads, pods, addons }: ClusterFacts, { subject }: ReportModel, locale: Locale): readonly Block[] {
  const title = say(locale, '集群概况', 'Cluster overview');
  const facts = known(platform);
  const rows = known(nodes);
  const kinds = known(workloads);
  const podFacts = known(pods);
  if (!facts && !rows) return [gap(title, platform, locale)];
  const controlPlane = rows?.rows.filter((node) => node.controlPlane).length ?? 0;
  return [
    factTable(
      title,
      [
        [say(locale, '集群', 'Cluster'), subject.cluster],
        [say(locale, '平台', 'Platform'), facts?.platform],
        [say(locale, 'Kubernetes 版本', 'Kubernetes version'), facts?.kubernetes],
        [say(locale, '容器运行时', 'Container runtime'), facts?.runtime],
        [say(locale, '网络插件', 'Network plugin'), facts?.networkPlugin],
        [
          say(locale, '节点', 'Nodes'),
          rows &&
            say(
              locale,
              `${rows.total} 个（管理节点 ${controlPlane}，计算节点 ${rows.rows.length - controlPlane}）`,
              `${rows.total} (${controlPlane} control-plane, ${rows.rows.length - controlPlane} worker)`,
            ),
        ],
        [say(locale, '命名空间', 'Namespaces'), facts?.namespaces === undefined ? undefined : say(locale, `${formatNumber(facts.namespaces)} 个`, formatNumber(facts.namespaces))],
        [
          say(locale, '工作负载', 'Workloads'),
          kinds?.rows.map(({ kind, total }) => say(locale, `${formatNumber(total)} 个 ${kind}`, plural(total, kind))).join(say(locale, '，', ', ')),
        ],
        [say(locale, 'Pod', 'Pods'), podFacts && say(locale, `${formatNumber(podFacts.total)} 个`, formatNumber(podFacts.total))],
      ],
      locale,
    ),
    'value' in addons
      ? componentsTable(addons.value, say(locale, '附加组件', 'Add-ons'), say(locale, '没有识别出附加组件。', 'No add-ons were recognised.'), locale)
      : gap(say(locale, '附加组件', 'Add-ons'), addons, locale),
  ];
}
