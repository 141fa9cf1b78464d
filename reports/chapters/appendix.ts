import type { CheckVerdict, GathererReport } from '../../agent/wire/inspection.ts';
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { AREA_TITLES, AREAS } from '../../agent/wire/vocabulary.ts';
import type { Block, Cell, TableBlock } from '../blocks.ts';
import { callout, figures, heading, paragraph, words } from '../blocks.ts';
import { checkOf } from '../findings.ts';
import { countWords, formatNumber, NO_VALUE, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { missingWords, problemVerdict, REASON_WORDS, sectionWords } from '../words.ts';
import type { Chapter } from './chapter.ts';
import { numberCell } from './facts.ts';
import { selfCheckAppendix } from './self-check.ts';

/** Everything in full: what was not checked, each check's verdict, how data was gathered, method, formula, privacy. */
export const appendix: Chapter = {
  id: 'appendix',
  title: { zh: '附录', en: 'Appendix' },
  lookedUp: true,

  write(model, locale) {
    if (model.selfCheck) return selfCheckAppendix(model, locale);
    return [
      heading(say(locale, '未检查项', 'Checks that returned no result')),
      ...unknownChecks(model, locale),
      heading(say(locale, '检查项明细', 'All checks')),
      verdictsByArea(model, locale),
      ...everyVerdict(model, locale),
      paragraph(sourcesNote(model, locale), 'note'),
      heading(say(locale, '数据采集', 'Data collection')),
      ...gathering(model, locale),
      heading(say(locale, '隐私声明', 'Privacy')),
      paragraph(privacy(locale)),
      heading(say(locale, '方法与计分', 'Method and score')),
      ...methodWords(model, locale).map((text) => paragraph(text)),
    ];
  },
};

/** More checks than this of one area and one reason are named in a sentence: a table would say the same in page after page. */
const MOST_ALIKE = 8;
/** What was not checked and why: a row each, and a sentence for many of the same reason. */
export function unknownChecks(model: ReportModel, locale: Locale): readonly Block[] {
  if (model.recalled) return [gone(say(locale, '未检查项与原因', 'Checks that returned no result, and why'), locale)];
  const groups = [...Map.groupBy(model.coverage.unknown.toSorted(byArea), ({ area, reason, missing }) => JSON.stringify([area, reason ?? 'failed', missing ?? []])).values()];
  const many = groups.filter((group) => group.length > MOST_ALIKE);
  const few = groups.filter((group) => group.length <= MOST_ALIKE).flat();
  return [...(few.length > 0 || many.length === 0 ? [unknownTable(model, few, locale)] : []), ...many.flatMap((group) => alikeWords(model, group, locale))];
}
function alikeWords(model: ReportModel, group: readonly CheckVerdict[], locale: Locale): readonly Block[] {
  const [first] = group;
  if (!first) return [];
  const area = AREA_TITLES[first.area][locale];
  const why = REASON_WORDS[first.reason ?? 'failed'][locale];
  const missing = first.missing?.slice(0, 5).join(', ');
  const names = group.map(({ check }) => checkOf(model, check)?.title[locale] ?? check);
  return [
    paragraph(
      say(
        locale,
        `${area}未检查 ${group.length} 项，原因均为：${why}${missing ? `（${missing}）` : ''}。${names.join('、')}。`,
        `${area}: ${group.length} checks returned no result, all for the same reason: ${why}${missing ? ` (${missing})` : ''}. ${names.join('; ')}.`,
      ),
      'note',
    ),
  ];
}

function unknownTable(model: ReportModel, unknown: readonly CheckVerdict[], locale: Locale): Block {
  return {
    type: 'table',
    title: say(locale, '未检查项与原因', 'Checks that returned no result, and why'),
    columns: [
      words(say(locale, '领域', 'Area'), 'text', 3),
      words(say(locale, '检查项', 'Check'), 'text', 5),
      words(say(locale, '标识', 'Id'), 'code', 4),
      words(say(locale, '原因', 'Reason'), 'text', 6),
      { ...words(say(locale, '缺少的数据', 'Missing data'), 'code', 2.5), optional: true },
    ],
    rows: unknown
      .toSorted(byArea)
      .map((verdict) => [
        { text: AREA_TITLES[verdict.area][locale] },
        { text: checkOf(model, verdict.check)?.title[locale] ?? verdict.check },
        { text: verdict.check },
        { text: REASON_WORDS[verdict.reason ?? 'failed'][locale] },
        { text: verdict.missing?.slice(0, 5).join(', ') ?? NO_VALUE },
      ]),
    total: unknown.length,
    empty: say(locale, '适用的检查项全部得到结果。', 'Every applicable check returned a result.'),
  };
}
function gone(title: string, locale: Locale): Block {
  return callout('unknown', title, `${missingWords('expired', locale)}${say(locale, '。', '.')}`);
}
function byArea(a: CheckVerdict, b: CheckVerdict): number {
  return AREAS.indexOf(a.area) - AREAS.indexOf(b.area) || (a.check < b.check ? -1 : 1);
}

/** What every area answered, on one page; the checks themselves are a click away. */
export function verdictsByArea({ score, recalled }: ReportModel, locale: Locale): Block {
  if (recalled) return gone(say(locale, '各领域结论', 'Verdicts by area'), locale);
  return {
    type: 'table',
    title: say(locale, '各领域结论', 'Verdicts by area'),
    columns: [
      words(say(locale, '领域', 'Area'), 'text', 5),
      figures(say(locale, '得分', 'Score'), 2),
      figures(say(locale, '正常', 'OK'), 2),
      figures(say(locale, '问题', 'Problem'), 2),
      figures(say(locale, '未检查', 'Not checked'), 2),
      figures(say(locale, '不适用', 'Not applicable'), 2),
    ],
    rows: score.areas.map(({ area, score: points, passed, failed, unknown, notApplicable }) => [
      { text: AREA_TITLES[area][locale] },
      points === null ? { text: NO_VALUE } : numberCell(points),
      numberCell(passed),
      numberCell(failed),
      { ...numberCell(unknown), tone: unknown > 0 ? 'unknown' : undefined },
      numberCell(notApplicable),
    ]),
    total: score.areas.length,
    empty: say(locale, '本次没有检查结果。', 'This run has no results.'),
  };
}

/** Hundreds of rows that nobody reads on paper: where they are, and the rows for a screen. */
function everyVerdict(model: ReportModel, locale: Locale): readonly Block[] {
  const blocks = verdictTables(model, locale);
  if (blocks.length === 0 || model.recalled) return [];
  const total = model.verdicts.length;
  return [
    paragraph(
      say(
        locale,
        `全部 ${formatNumber(total)} 项检查的逐项结论可在 HTML 版中展开查看，Excel 工作簿与 JSON 文件中也有。`,
        `The result of each of the ${plural(total, 'check')} can be expanded in the HTML version, and is in the workbook and the JSON file of this report.`,
      ),
      'note',
    ),
    { type: 'collapsed', title: say(locale, `展开全部 ${formatNumber(total)} 项检查的结论`, `Show the results of all ${plural(total, 'check')}`), blocks },
  ];
}

const VERDICT_ORDER = ['fail', 'unknown', 'pass', 'not-applicable'] as const;

function verdictTables(model: ReportModel, locale: Locale): readonly TableBlock[] {
  const found = new Map<string, number>();
  for (const { check } of model.findings) found.set(check, (found.get(check) ?? 0) + 1);
  return AREAS.flatMap((area) => {
    const verdicts = model.verdicts
      .filter((verdict) => verdict.area === area)
      .toSorted((a, b) => VERDICT_ORDER.indexOf(a.verdict) - VERDICT_ORDER.indexOf(b.verdict) || (a.check < b.check ? -1 : 1));
    return verdicts.length === 0 ? [] : [verdictTable(model, AREA_TITLES[area][locale], verdicts, found, locale)];
  });
}
function verdictTable(model: ReportModel, title: string, verdicts: readonly CheckVerdict[], found: ReadonlyMap<string, number>, locale: Locale): TableBlock {
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '结论', 'Verdict'), 'status', 3),
      words(say(locale, '检查项', 'Check'), 'text', 7),
      words(say(locale, '标识', 'Id'), 'code', 6),
      words(say(locale, '说明', 'Note'), 'text', 5),
    ],
    rows: verdicts.map((verdict) => [
      problemVerdict(verdict.verdict, verdict.severity, locale),
      { text: checkOf(model, verdict.check)?.title[locale] ?? verdict.check },
      { text: verdict.check },
      noteOf(verdict, found.get(verdict.check) ?? 0, locale),
    ]),
    total: verdicts.length,
    empty: '',
  };
}
function noteOf({ verdict, reason, atLeast }: CheckVerdict, findings: number, locale: Locale): Cell {
  if (verdict === 'fail' && findings === 0) return { text: say(locale, '已接受的风险', 'Accepted risk') };
  if (verdict === 'fail') return { text: say(locale, `${countWords(findings, atLeast === true, 'zh')} 个对象`, `${atLeast ? 'at least ' : ''}${plural(findings, 'object')}`) };
  return { text: reason ? REASON_WORDS[reason][locale] : '' };
}

/** Where limits are from, and that the site may set its own. */
export function sourcesNote(model: ReportModel, locale: Locale): string {
  const known = model.checks.filter(({ source }) => source !== undefined).length;
  const of = known > 0 ? say(locale, `（${formatNumber(known)} 项在检查目录中注明出处）`, ` (the check catalogue cites the source of ${formatNumber(known)} of them)`) : '';
  return say(
    locale,
    `阈值取自公开的同类规则、标准或注明理由的实践经验${of}，可按检查项与对象用配置调整；本报告中的阈值为实际生效值。规则集共 ${formatNumber(model.product.checks)} 项。`,
    `Thresholds are taken from published rules, standards or documented operating experience${of}. Each can be changed per check and object; this report shows the values in force. The rule set has ${plural(model.product.checks, 'check')}.`,
  );
}

/** How gathering went in one sentence, what failed or was cut in a table, the rest a click away. */
function gathering({ gatherers }: ReportModel, locale: Locale): readonly Block[] {
  const count = (status: GathererReport['status']): number => gatherers.filter((report) => report.status === status).length;
  const incomplete = gatherers.filter(({ status, dropped }) => status === 'failed' || dropped > 0);
  const title = say(locale, '采集器运行情况', 'Result of each data source');
  return [
    paragraph(
      say(
        locale,
        `${gatherers.length} 个采集器：${count('ok')} 个已采集，${count('absent')} 个在本环境中没有对象，${count('failed')} 个未能采集。各采集器的耗时与结果见 HTML 版、Excel 工作簿与 JSON 文件。`,
        `${plural(gatherers.length, 'data source')}: ${count('ok')} read, ${count('absent')} not present here, ${count('failed')} failed. Duration and result of each are in the HTML version, the workbook and the JSON file.`,
      ),
    ),
    ...(incomplete.length > 0 ? [gatherersTable(incomplete, say(locale, '未能采集或被截断的数据', 'Data that could not be collected or was truncated'), locale)] : []),
    ...(gatherers.length > 0
      ? [{ type: 'collapsed', title: say(locale, '展开各采集器', 'Show all data sources'), blocks: [gatherersTable(gatherers, title, locale)] } as const]
      : []),
  ];
}
function gatherersTable(gatherers: readonly GathererReport[], title: string, locale: Locale): TableBlock {
  const order = { failed: 0, ok: 1, absent: 2 } as const;
  const sorted = gatherers.toSorted((a, b) => order[a.status] - order[b.status] || (a.section < b.section ? -1 : 1));
  return {
    type: 'table',
    title,
    columns: [
      words(say(locale, '状态', 'Status'), 'status', 3),
      words(say(locale, '数据', 'Data'), 'text', 6),
      words(say(locale, '标识', 'Id'), 'code', 4),
      words(say(locale, '说明', 'Note'), 'text', 4),
      figures(say(locale, '耗时（毫秒）', 'Took (ms)'), 2),
      figures(say(locale, '截去', 'Cut'), 1),
    ],
    rows: sorted.map(({ section, status, reason, durationMs, dropped }) => [
      statusCell(status, locale),
      { text: sectionWords(section, locale) },
      { text: section },
      { text: reason ? REASON_WORDS[reason][locale] : '' },
      { text: formatNumber(Math.round(durationMs)), value: Math.round(durationMs) },
      { text: formatNumber(dropped), value: dropped, tone: dropped > 0 ? 'unknown' : undefined },
    ]),
    total: gatherers.length,
    empty: say(locale, '没有运行采集器。', 'No gatherer ran.'),
  };
}
function statusCell(status: 'ok' | 'absent' | 'failed', locale: Locale): Cell {
  if (status === 'ok') return { text: say(locale, '✓ 已采集', '✓ gathered'), tone: 'ok' };
  if (status === 'absent') return { text: say(locale, '– 不存在', '– absent'), tone: 'neutral' };
  return { text: say(locale, '? 未采集', '? failed'), tone: 'unknown' };
}

function scoreWords({ scoreShares }: ReportModel, locale: Locale): string {
  if (!scoreShares) return '';
  const { critical, warning, info } = scoreShares;
  return say(
    locale,
    `每个发现问题的检查项按级别扣去剩余分的一部分：严重 ${formatNumber(critical)} %、风险 ${formatNumber(warning)} %、关注 ${formatNumber(info)} %。`,
    `Each failed check deducts a share of the remaining points: critical ${formatNumber(critical)} %, warning ${formatNumber(warning)} %, notice ${formatNumber(info)} %. `,
  );
}
/** How verdicts, score and grade are made. */
export function methodWords(model: ReportModel, locale: Locale): readonly string[] {
  return locale === 'zh'
    ? [
        '数据由采集器以只读方式读取主机文件与 Kubernetes API，不执行变更，不进入容器。每个检查项只根据列出的数据给出四种结论之一：正常、问题、未检查、不适用；缺少数据一律记为未检查，不记为正常。',
        `计分从 100 分开始。${scoreWords(model, 'zh')}同一检查项无论涉及多少对象只扣一次；得分不超过覆盖率，因此未检查的部分不会抬高得分；没有任何检查结果时不给分。领域得分按同一方法只看该领域。已接受的风险在有效期内不扣分。`,
        '总评按固定规则得出：优——没有严重问题、风险不超过 3 类、覆盖率不低于 95 %；良——没有严重问题但不满足优；中——1 至 2 类严重问题；差——3 类及以上严重问题，或控制面、etcd 没有冗余，或本期发生最高级别事件；同一严重问题连续两期、同一风险连续三期未解决时降一级；无法评价——覆盖率低于 70 %，或节点、控制面未能检查。',
      ]
    : [
        'Data is collected read-only from host files and the Kubernetes API; nothing is changed and no container is entered. Each check returns one of four results: OK, problem, not checked, or not applicable. Missing data always counts as "not checked", never as "OK".',
        `The score starts at 100. ${scoreWords(model, 'en')}A check counts once, however many objects fail it. The score never exceeds the coverage, so unchecked items cannot raise it; without any result there is no score. Area scores are calculated in the same way from that area alone. Accepted risks are not deducted until they expire.`,
        'The grade follows fixed rules. Excellent: no critical issue, at most 3 warnings, coverage of at least 95 %. Good: no critical issue, but not excellent. Fair: 1 or 2 critical issues. Poor: 3 or more, or a control plane or etcd without redundancy, or an incident of the highest level in the period. One grade lower if a critical issue stays open over two reports or a warning over three. Not assessed: coverage below 70 %, or nodes or control plane not checked.',
      ];
}

export function privacy(locale: Locale): string {
  return say(
    locale,
    '采集内容逐项登记，只包含数字、布尔值、枚举、版本、时间与名称；不采集日志正文、事件消息、标签、注解、环境变量、命令行、Secret 与 ConfigMap 内容。名称在现场以明文显示；数据离开现场时默认替换为带密钥的假名。本报告含有名称，请按密级传阅。',
    'Only data on a fixed field list is collected: numbers, booleans, enumerations, versions, times and names. Log lines, event messages, labels, annotations, environment variables, command lines and the contents of Secrets and ConfigMaps are not collected. Names appear in clear text on site; data leaving the site carries keyed pseudonyms by default. This report contains names: distribute it according to its classification.',
  );
}
