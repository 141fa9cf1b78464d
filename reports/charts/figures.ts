/** The charts that chapters show, worded from the model. */
import type { Area, Locale, Severity } from '../../agent/wire/vocabulary.ts';
import { AREA_TITLES, SEVERITIES } from '../../agent/wire/vocabulary.ts';
import type { Tone } from '../blocks.ts';
import { worstFirst } from '../findings.ts';
import { formatDate, formatNumber, formatTime, formatZone, plural, say, spaced } from '../format.ts';
import type { NodeFacts, ReportModel } from '../model.ts';
import { SEVERITY_RANK } from '../model.ts';
import { SEVERITY_MARKS } from '../words.ts';
import type { ChartSpec } from './spec.ts';

/** Below these, an area's score is a risk or critical. 80 and 60 are the genre's steps (reference, 4.1). */
const SCORE_LIMITS = { warning: 80, critical: 60 } as const;
/** Node use and allocation that leave no room for the failure of a neighbour. */
const USE_LIMIT = 80;
/** Rows of a heat map or of node bars; the title says how many there are. */
const MOST_NODES = 20;

export function sourceLine(model: ReportModel, locale: Locale, from = model.period.from): string {
  const { asOf, zoneMinutes } = model.period;
  const until = `${formatTime(asOf, zoneMinutes)} (${formatZone(zoneMinutes)})`;
  if (from !== undefined) return say(locale, `来源：xunjian 巡检，${formatDate(from, zoneMinutes)} 至 ${until}`, `Source: xunjian inspections, ${formatDate(from, zoneMinutes)} to ${until}`);
  return say(locale, `来源：xunjian 单次巡检，${until}`, `Source: one xunjian inspection, ${until}`);
}

/** Points by area, worst first. */
export function scoreByArea(model: ReportModel, locale: Locale): ChartSpec {
  const source = sourceLine(model, locale);
  const areas = model.score.areas.filter(({ score, unknown }) => score !== null || unknown > 0).toSorted((a, b) => (a.score ?? 101) - (b.score ?? 101));
  const scored = areas.filter((area) => area.score !== null);
  if (scored.length === 0) {
    return { kind: 'noData', title: say(locale, '各领域得分', 'Score by area'), reason: say(locale, '没有数据：本次没有任何领域得到检查结果。', 'No data: no area was checked in this run.'), source };
  }
  const low = scored.filter(({ score }) => (score ?? 0) < SCORE_LIMITS.warning).length;
  const worst = scored[0];
  const worstWords = worst ? say(locale, `最低为${AREA_TITLES[worst.area].zh}，${formatNumber(worst.score ?? 0)} 分`, `the lowest is ${AREA_TITLES[worst.area].en} at ${formatNumber(worst.score ?? 0)}`) : '';
  const title =
    low === 0
      ? say(locale, `${scored.length} 个领域均不低于 ${SCORE_LIMITS.warning} 分`, `All ${plural(scored.length, 'area')} score ${SCORE_LIMITS.warning} or more`)
      : say(locale, spaced(`${scored.length} 个领域中 ${low} 个低于 ${SCORE_LIMITS.warning} 分，${worstWords}`), `${low} of ${plural(scored.length, 'area')} score below ${SCORE_LIMITS.warning}; ${worstWords}`);
  return {
    kind: 'bar',
    title,
    source,
    max: 100,
    limit: { value: SCORE_LIMITS.warning, label: limitWords(SCORE_LIMITS.warning, '', locale) },
    rows: areas.map(({ area, score, unknown }) => ({
      name: AREA_TITLES[area][locale],
      value: score,
      label: score === null ? say(locale, `? 未检查（${unknown} 项）`, `? not checked (${unknown})`) : scoreLabel(score),
      tone: score === null ? 'unknown' : score < SCORE_LIMITS.warning ? toneOfScore(score) : 'neutral',
    })),
  };
}
function limitWords(value: number, unit: string, locale: Locale): string {
  return say(locale, `阈值 ${value}${unit}`, `limit ${value}${unit}`);
}
/** A colour never stands alone: a low score carries the shape of its severity. */
function scoreLabel(score: number): string {
  if (score >= SCORE_LIMITS.warning) return formatNumber(score);
  return `${SEVERITY_MARKS[score < SCORE_LIMITS.critical ? 'critical' : 'warning'].shape} ${formatNumber(score)}`;
}
/** The colour of a score: status begins where somebody must look. */
export function toneOfScore(score: number | null): Tone {
  if (score === null) return 'unknown';
  if (score < SCORE_LIMITS.critical) return 'critical';
  return score < SCORE_LIMITS.warning ? 'warning' : 'ok';
}

/** Findings by area and severity, the most troubled first. */
export function findingsByArea(model: ReportModel, locale: Locale): ChartSpec {
  const source = sourceLine(model, locale);
  const counts = new Map<Area, Record<Severity, number>>();
  for (const { area, severity } of model.findings) {
    const row = counts.get(area) ?? { critical: 0, warning: 0, info: 0 };
    row[severity] += 1;
    counts.set(area, row);
  }
  if (counts.size === 0) return { kind: 'noData', title: say(locale, '各领域的问题', 'Problems by area'), reason: say(locale, '没有数据：已检查的部分没有发现问题。', 'No data: nothing was found in what was checked.'), source };
  const rows = [...counts].toSorted(([, a], [, b]) => b.critical - a.critical || b.warning - a.warning || b.info - a.info);
  const most = rows.toSorted(([, a], [, b]) => totalOf(b) - totalOf(a))[0];
  const total = model.findings.length;
  const title = most
    ? say(locale, spaced(`${total} 项问题分布在 ${rows.length} 个领域，${AREA_TITLES[most[0]].zh}最多（${totalOf(most[1])} 项）`), `${plural(total, 'problem')} in ${plural(rows.length, 'area')}; most in ${AREA_TITLES[most[0]].en} (${totalOf(most[1])})`)
    : '';
  return {
    kind: 'stackedBar',
    title,
    source,
    series: SEVERITIES.map((severity) => ({ name: SEVERITY_MARKS[severity].word[locale], shape: SEVERITY_MARKS[severity].shape, tone: severity })),
    rows: rows.map(([area, row]) => ({ name: AREA_TITLES[area][locale], values: SEVERITIES.map((severity) => row[severity]) })),
  };
}
function totalOf(row: Record<Severity, number>): number {
  return row.critical + row.warning + row.info;
}

/** What was answered in each area. */
export function coverageByArea(model: ReportModel, locale: Locale): ChartSpec {
  const source = sourceLine(model, locale);
  const areas = model.score.areas.filter(({ passed, failed, unknown }) => passed + failed + unknown > 0).toSorted((a, b) => b.unknown - a.unknown || b.failed - a.failed);
  const [worst] = areas;
  if (!worst) return { kind: 'noData', title: say(locale, '各领域覆盖情况', 'Coverage by area'), reason: say(locale, '没有数据：没有适用的检查项。', 'No data: no check applies.'), source };
  const gaps = areas.filter(({ unknown }) => unknown > 0).length;
  const title =
    gaps === 0
      ? say(locale, `${areas.length} 个领域的适用检查项全部得到结果`, `Every applicable check of ${plural(areas.length, 'area')} gave an answer`)
      : say(locale, spaced(`${areas.length} 个领域中 ${gaps} 个有未检查项，${AREA_TITLES[worst.area].zh}最多（${worst.unknown} 项）`), `${gaps} of ${plural(areas.length, 'area')} have checks without an answer; most in ${AREA_TITLES[worst.area].en} (${worst.unknown})`);
  return {
    kind: 'stackedBar',
    title,
    source,
    series: [
      { name: say(locale, '已检查', 'checked'), shape: '✓', tone: 'accent' },
      { name: say(locale, '未检查', 'not checked'), shape: '?', tone: 'unknown' },
    ],
    rows: areas.map(({ area, passed, failed, unknown }) => ({ name: AREA_TITLES[area][locale], values: [passed + failed, unknown] })),
  };
}

/** Nodes × areas by the worst finding, sorted by trouble. Nothing to draw without findings on nodes: the tables say so. */
export function troubleByNode(model: ReportModel, locale: Locale): ChartSpec | undefined {
  const cells = new Map<string, Map<Area, { severity: Severity; count: number }>>();
  for (const finding of model.findings.toSorted(worstFirst)) {
    const node = finding.scope.kind === 'Node' ? finding.scope.name : finding.scope.node;
    if (node === undefined) continue;
    const row = cells.get(node) ?? new Map<Area, { severity: Severity; count: number }>();
    const cell = row.get(finding.area);
    row.set(finding.area, { severity: cell?.severity ?? finding.severity, count: (cell?.count ?? 0) + 1 });
    cells.set(node, row);
  }
  if (cells.size < 2) return undefined;
  const weights = [...cells].map(([node, row]) => ({ node, row, weight: [...row.values()].map(weightOf).reduce((a, b) => a + b, 0) }));
  const nodes = weights.toSorted((a, b) => b.weight - a.weight || (a.node < b.node ? -1 : 1));
  const shown = nodes.slice(0, MOST_NODES);
  const areas = [...new Set(shown.flatMap(({ row }) => [...row.keys()]))].toSorted((a, b) => AREA_ORDER.indexOf(a) - AREA_ORDER.indexOf(b));
  const worst = nodes[0]?.node ?? '';
  return {
    kind: 'heatMap',
    title: say(locale, `${nodes.length} 个节点有问题，${worst} 最重`, `${plural(nodes.length, 'node')} with problems; ${worst} is the worst`) + (nodes.length > shown.length ? say(locale, `（显示前 ${shown.length} 个）`, ` (first ${shown.length} shown)`) : ''),
    source: sourceLine(model, locale),
    columns: areas.map((area) => AREA_TITLES[area][locale]),
    rows: shown.map(({ node }) => node),
    cells: shown.flatMap(({ row }, index) =>
      [...row].map(([area, { severity, count }]) => ({ row: index, column: areas.indexOf(area), label: `${SEVERITY_MARKS[severity].shape} ${count}`, tone: severity })),
    ),
  };
}
const AREA_ORDER: readonly string[] = Object.keys(AREA_TITLES);
function weightOf({ severity, count }: { readonly severity: Severity; readonly count: number }): number {
  return count * 100 ** (2 - SEVERITY_RANK[severity]);
}

/** One measure of nodes as bars, fullest first; which measure decides `pick`. */
export function nodeBars(model: ReportModel, nodes: readonly NodeFacts[], measure: { readonly name: string; readonly pick: (node: NodeFacts) => number | undefined }, locale: Locale): ChartSpec {
  const source = sourceLine(model, locale);
  const known = nodes.flatMap((node) => {
    const value = measure.pick(node);
    return value === undefined || !Number.isFinite(value) ? [] : [{ name: node.name, value }];
  });
  const fullest = known.toSorted((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  const [first] = fullest;
  if (!first) return { kind: 'noData', title: measure.name, reason: say(locale, `没有数据：本次未采集到节点的${measure.name}。`, `No data: this run did not gather it (${measure.name}).`), source };
  const over = fullest.filter(({ value }) => value >= USE_LIMIT).length;
  const title =
    over === 0
      ? say(locale, `${measure.name}：${fullest.length} 个节点均低于 ${USE_LIMIT} %，最高 ${formatNumber(first.value)} %`, `${measure.name}: all ${plural(fullest.length, 'node')} below ${USE_LIMIT} %, highest ${formatNumber(first.value)} %`)
      : say(locale, `${measure.name}：${fullest.length} 个节点中 ${over} 个达到 ${USE_LIMIT} %，最高 ${first.name}`, `${measure.name}: ${over} of ${plural(fullest.length, 'node')} at ${USE_LIMIT} % or more, highest ${first.name}`);
  return {
    kind: 'bar',
    title,
    source,
    max: Math.max(100, Math.ceil(first.value / 20) * 20),
    limit: { value: USE_LIMIT, label: limitWords(USE_LIMIT, ' %', locale) },
    rows: fullest.slice(0, MOST_NODES).map(({ name, value }) => ({ name, value, label: `${value >= USE_LIMIT ? `${SEVERITY_MARKS.warning.shape} ` : ''}${formatNumber(Number(value.toPrecision(3)))} %`, tone: value >= USE_LIMIT ? 'warning' : 'neutral' })),
  };
}

/** The score over time, when there is a time. */
export function scoreOverTime(model: ReportModel, locale: Locale): ChartSpec | undefined {
  const points = [...model.history, { at: model.period.asOf, score: model.score.total }];
  if (points.filter(({ score }) => score !== null).length < 2) return undefined;
  const known = points.filter(({ score }) => score !== null);
  const first = known[0]?.score ?? 0;
  const last = known.at(-1)?.score ?? 0;
  const direction = last > first ? say(locale, '升至', 'rose to') : last < first ? say(locale, '降至', 'fell to') : say(locale, '保持', 'stayed at');
  return {
    kind: 'line',
    title: say(locale, `健康分从 ${formatNumber(first)} ${direction} ${formatNumber(last)}`, `The health score ${direction} ${formatNumber(last)} from ${formatNumber(first)}`),
    source: sourceLine(model, locale, points[0]?.at),
    max: 100,
    labels: points.map(({ at }) => formatDate(at, model.period.zoneMinutes)),
    series: [{ name: say(locale, '健康分', 'Health score'), values: points.map(({ score }) => score), tone: 'accent' }],
    limit: { value: SCORE_LIMITS.warning, label: limitWords(SCORE_LIMITS.warning, '', locale) },
  };
}
