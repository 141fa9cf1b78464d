/** Chapters of the TongTech half-yearly health check, in the order of the vendor's four groups. */
import type { Area, Locale } from '../../agent/wire/vocabulary.ts';
import { GRADE_TONES, GRADE_WORDS } from '../assessment.ts';
import type { Block } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import { countCell, textCell } from '../cells.ts';
import { plural, say } from '../format.ts';
import { hostParametersList } from '../lists/host-parameters.ts';
import { type List, listTable } from '../lists/list.ts';
import { configurationItems, type InstanceItem, instancesList, itemsOf, licensesList, loadItems, logItems, platformItems, resourceItems } from '../lists/middleware.ts';
import { datasourcesList, listenersList } from '../lists/middleware-pools.ts';
import { gapsList, settingsList } from '../lists/middleware-settings.ts';
import { lifecyclesList } from '../lists/outlook.ts';
import { systemsList } from '../lists/systems.ts';
import type { MiddlewareAssessment } from '../middleware-assessment.ts';
import { assessMiddleware } from '../middleware-assessment.ts';
import { PLATFORM_AREAS, RESOURCE_AREAS, SYSTEM_AREAS } from '../middleware-problems.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { authoredBlocks } from '../sections/authored.ts';
import { checkResults } from '../sections/check-results.ts';
import { middlewareFindings } from '../sections/middleware-findings.ts';
import { optionalTable } from '../sections/optional.ts';
import { forecastBlocks } from '../sections/outlook.ts';
import { patchState } from '../sections/patches.ts';
import { trendCharts } from '../sections/trends.ts';
import type { Chapter } from './chapter.ts';
import { factTable, hostFactBlocks } from './facts.ts';
import { periodWords } from './method.ts';
import { selfCheckWay } from './self-check.ts';

export const tongtechScope: Chapter = {
  id: 'tongtech-scope',
  places: ['scope'],
  title: { zh: '巡检说明', en: 'About this inspection' },
  runsOn: true,
  awaits({ middleware }) {
    const part = { zh: '中间件数据', en: 'middleware data' };
    const how = {
      zh: '在中间件所在主机上运行 xunjian inspect，或由客户填写自查表（xunjian report --kind tongtech --template）后导入。',
      en: 'run xunjian inspect on the host of the middleware, or import a self-check form filled in by the customer (xunjian report --kind tongtech --template).',
    };
    if (!middleware || ('missing' in middleware && middleware.missing === 'not-gathered')) return [{ part, how }];
    // A report with the vendor's name that is about none of the vendor's products is signed by nobody.
    return known(middleware)?.rows.some(({ vendor }) => vendor === 'tongtech') ? [] : [{ part: { zh: '东方通产品的数据', en: 'data of TongTech products' }, how }];
  },
  write: (model, locale) => [
    factTable(
      say(locale, '方式与范围', 'Method and scope'),
      [
        [
          say(locale, '方式', 'How'),
          model.selfCheck
            ? selfCheckWay(model, locale)
            : say(locale, '工具自动采集（只读），不进入应用，不采集日志正文', 'Collected automatically, read-only; applications are not accessed and no log text is collected'),
        ],
        [say(locale, '主机', 'Host'), model.hosts.map(({ name }) => name).join(say(locale, '、', ', ')) || model.subject.host],
        [say(locale, '集群', 'Cluster'), model.subject.cluster],
        [say(locale, '周期', 'Period'), periodWords(model)],
        [
          say(locale, '内容', 'Content'),
          say(locale, '① 平台基本信息 ② 资源占用 ③ 负载与性能 ④ 关键配置及系统日志', '① platform ② resources ③ load and performance ④ key configuration and system log'),
        ],
      ],
      locale,
    ),
    listTable(instancesList, model, locale),
    ...authoredBlocks(model, 'scope', locale),
  ],
};

/** What was found counts, however little was looked at. */
function nevertheless(critical: number, locale: Locale): string {
  if (critical === 0) return '';
  const found = critical === 1 ? 'the critical issue found no less urgent: address it first' : `the ${critical} critical issues found no less urgent: address them first`;
  return say(locale, `；已发现的 ${critical} 类严重问题不因此减轻，须优先处理`, `; this makes ${found}`);
}
function gradeSentence(model: ReportModel, { grade, instances, critical, warning, answered, unanswered, licensesEnding }: MiddlewareAssessment, locale: Locale): string {
  const many = instances.length === 0 ? say(locale, '中间件', 'Middleware') : say(locale, `${instances.length} 个中间件实例`, plural(instances.length, 'middleware instance'));
  switch (grade) {
    case 'not-assessed':
      return instances.length === 0 && answered + unanswered === 0
        ? say(
            locale,
            known(model.middleware) ? '没有发现中间件实例，本次不作中间件总体评价；宿主机部分的结论见各章。' : '中间件数据未采集，本次不作中间件总体评价；宿主机部分的结论见各章。',
            known(model.middleware)
              ? 'No middleware instance was found, so middleware is not assessed; the chapters report the host checks.'
              : 'Middleware data was not collected, so middleware is not assessed; the chapters report the host checks.',
          )
        : say(
            locale,
            `${many}的检查项只有 ${answered} / ${answered + unanswered} 得到结果，本次不作总体评价${nevertheless(critical, locale)}。`,
            `Only ${answered} of ${answered + unanswered} items of ${many} returned a result, so there is no overall assessment${nevertheless(critical, locale)}.`,
          );
    case 'poor':
      return say(
        locale,
        `${many}存在影响业务连续性的重大风险（严重 ${critical} 项），建议立即启动整改并安排变更窗口。`,
        `${many}: major risks to business continuity (${critical} critical). Start remediation now and schedule a change window.`,
      );
    case 'fair':
      return say(
        locale,
        `${many}可用，但有需优先处理的问题：严重 ${critical} 项，风险 ${warning} 项${licensesEnding > 0 ? `，${licensesEnding} 个 License 在 30 天内到期` : ''}。`,
        `${many}: operational, with issues to resolve first (${critical} critical, ${warning} warning)${licensesEnding > 0 ? `, ${plural(licensesEnding, 'licence')} ending within 30 days` : ''}.`,
      );
    case 'good':
      return say(locale, `${many}整体运行正常，有 ${warning} 项需规划整改的风险。`, `${many}: healthy overall, with ${plural(warning, 'warning')} to schedule for remediation.`);
    case 'excellent':
      return say(
        locale,
        `${many}运行平稳，已检查的部分未发现影响业务连续性的风险，建议保持例行巡检。`,
        `${many}: stable. The checks that ran found no risk to business continuity. Keep up the regular inspections.`,
      );
    default:
      return grade satisfies never;
  }
}
export const tongtechConclusion: Chapter = {
  id: 'tongtech-conclusion',
  title: { zh: '巡检结论（总评）', en: 'Conclusion (overall assessment)' },
  runsOn: true,
  write(model, locale) {
    const assessment = assessMiddleware(model);
    return [
      callout(
        GRADE_TONES[assessment.grade],
        say(locale, `总评：${GRADE_WORDS[assessment.grade].zh}`, `Overall: ${GRADE_WORDS[assessment.grade].en}`),
        gradeSentence(model, assessment, locale),
      ),
      ...othersOnly(assessment, locale),
      ...products(assessment, locale),
      ...optionalTable(gapsList, model, locale),
    ];
  },
};
/** A report with the vendor's name says so where none of the vendor's products was met. */
function othersOnly({ instances }: MiddlewareAssessment, locale: Locale): readonly Block[] {
  if (instances.length === 0 || instances.some(({ vendor }) => vendor === 'tongtech')) return [];
  return [
    paragraph(
      say(locale, '本次没有发现东方通的产品；以下是同一环境中的其他中间件。', 'No TongTech product was found; the following covers other middleware in the same environment.'),
    ),
  ];
}
function products({ instances }: MiddlewareAssessment, locale: Locale): readonly Block[] {
  if (instances.length === 0) return [];
  const names = [...new Set(instances.map(({ product }) => product))].toSorted();
  return [
    {
      type: 'table',
      title: say(locale, '结论汇总', 'Summary by product'),
      columns: [
        words(say(locale, '产品', 'Product'), 'text', 4),
        figures(say(locale, '实例数', 'Instances'), 2),
        figures(say(locale, '正常（项）', 'OK (items)'), 2),
        figures(say(locale, '关注（项）', 'Notice (items)'), 2),
        figures(say(locale, '异常（项）', 'Problem (items)'), 2),
        figures(say(locale, '未采集（项）', 'Not checked (items)'), 2),
      ],
      rows: names.map((product) => {
        const own = instances.filter((instance) => instance.product === product);
        const items = own.flatMap(itemsOf);
        const failed = items.filter(({ verdict }) => verdict === 'fail');
        return [
          textCell(product),
          countCell(own.length),
          countCell(items.filter(({ verdict }) => verdict === 'pass').length),
          countCell(failed.filter(({ severity }) => severity === 'info').length),
          countCell(failed.filter(({ severity }) => severity !== 'info').length, 'warning'),
          countCell(items.filter(({ verdict }) => verdict === 'unknown').length, 'unknown'),
        ];
      }),
      total: names.length,
      empty: '',
    },
  ];
}

export const platformChapter: Chapter = {
  id: 'tongtech-platform',
  title: { zh: '运行平台基本信息', en: 'Platform' },
  runsOn: true,
  write: (model, locale) => [
    listTable(systemsList, model, locale),
    ...optionalTable(hostParametersList, model, locale),
    ...machineResults(model, PLATFORM_AREAS, say(locale, '核心参数与系统基线', 'Kernel parameters and baseline'), locale),
    ...patchState(model, locale),
    ...optionalTable(platformItems, model, locale),
    ...middlewareFindings(model, ['platform'], say(locale, '中间件版本与运行环境', 'Middleware releases and environment'), locale),
  ],
};
export const resourcesChapter: Chapter = {
  id: 'tongtech-resources',
  title: { zh: '资源占用情况', en: 'Resources' },
  runsOn: true,
  write: (model, locale) => [
    ...model.hosts.flatMap((host) => (model.selfCheck ? hostFactBlocks(host, locale).slice(0, 1) : hostFactBlocks(host, locale))),
    ...machineResults(model, RESOURCE_AREAS, say(locale, '磁盘、CPU、内存、网络', 'Disk, CPU, memory, network'), locale),
    ...optionalTable(resourceItems, model, locale),
    ...middlewareFindings(model, ['resources'], say(locale, '中间件资源占用', 'Middleware resource usage'), locale),
    ...trendCharts(model, ['cpu', 'memory', 'disk', 'network'], locale),
    ...forecastBlocks(model, locale),
  ],
};
export const loadChapter: Chapter = {
  id: 'tongtech-load',
  title: { zh: '负载情况与性能表现', en: 'Load and performance' },
  runsOn: true,
  write: (model, locale) => [
    ...ownOr(model, loadItems, middlewareFindings(model, ['load'], say(locale, '负载与性能检查', 'Load and performance'), locale), locale),
    ...optionalTable(listenersList, model, locale, 40),
    ...optionalTable(datasourcesList, model, locale, 40),
  ],
};
/** Rows of settings on paper; all of them are in the workbook. */
const MOST_SETTINGS = 80;

export const configurationChapter: Chapter = {
  id: 'tongtech-configuration',
  title: { zh: '关键配置检查', en: 'Key configuration' },
  runsOn: true,
  write: (model, locale) => [
    ...ownOr(model, configurationItems, middlewareFindings(model, ['configuration'], say(locale, '关键配置检查', 'Key configuration'), locale), locale),
    ...optionalTable(settingsList, model, locale, MOST_SETTINGS),
  ],
};
export const logChapter: Chapter = {
  id: 'tongtech-log',
  title: { zh: '系统日志分析', en: 'System log' },
  runsOn: true,
  write: (model, locale) => [
    ...(model.selfCheck
      ? []
      : [paragraph(say(locale, '只统计特征出现的次数与时间，不采集日志正文。', 'Only the number and time of pattern matches are recorded; no log text is collected.'), 'note')]),
    ...ownOr(model, logItems, middlewareFindings(model, ['log'], say(locale, '日志特征检查', 'Log patterns'), locale), locale),
    ...trendCharts(model, ['log-errors'], locale),
    ...machineResults(model, SYSTEM_AREAS, say(locale, '宿主机的系统服务与日志', 'Host system services and logs'), locale),
  ],
};
export const licenseChapter: Chapter = {
  id: 'tongtech-license',
  title: { zh: 'License 与产品版本', en: 'Licences and releases' },
  runsOn: true,
  write: (model, locale) => [listTable(licensesList, model, locale), ...optionalTable(lifecyclesList, model, locale), ...unknownLives(model, locale)],
};

/** A table of support dates that leaves out the product that the report is about says so. */
function unknownLives({ middleware, lifecycles }: ReportModel, locale: Locale): readonly Block[] {
  const told = new Set(known(lifecycles)?.map(({ product }) => product.toLowerCase()));
  const own = known(middleware)?.rows.filter(({ vendor }) => vendor === 'tongtech') ?? [];
  const products = [...new Set(own.map(({ product }) => product))].filter((product) => !told.has(product.toLowerCase())).toSorted();
  if (!known(lifecycles) || products.length === 0) return [];
  return [
    paragraph(
      say(
        locale,
        `没有 ${products.join('、')} 的停止支持日期，不能判断其支持状态，请向厂商确认。`,
        `No end-of-support date is known for ${products.join(', ')}: ask the vendor for the support status.`,
      ),
      'note',
    ),
  ];
}
/** A form asks about the machine in items of its own: there are no checks that could be missing. */
function machineResults(model: ReportModel, areas: readonly Area[], title: string, locale: Locale): readonly Block[] {
  return model.selfCheck ? [] : checkResults(model, areas, title, locale);
}

/** The instances' items, or the findings of the checks where nothing else was read; neither: why. */
function ownOr(model: ReportModel, list: List<InstanceItem>, found: readonly Block[], locale: Locale): readonly Block[] {
  const rows = known(list.pick(model))?.rows.length ?? 0;
  return rows === 0 && found.length > 0 ? found : [listTable(list, model, locale, 40), ...found];
}

/** Problems of instances and of the machine below, with what to adjust. */
/** What was said on the phone; left out where nobody wrote anything. */
export const feedbackChapter: Chapter = {
  id: 'tongtech-feedback',
  places: ['feedback'],
  title: { zh: '回访记录', en: 'Call-backs' },
  runsOn: true,
  write: (model, locale) => authoredBlocks(model, 'feedback', locale),
};
