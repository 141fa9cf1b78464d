/** The charts about nodes. */
import type { Area, Locale, Severity } from '../../agent/wire/vocabulary.ts';
import { AREA_TITLES, SEVERITIES } from '../../agent/wire/vocabulary.ts';
import { worstFirst } from '../findings.ts';
import { formatNumber, plural, say } from '../format.ts';
import type { NodeFacts, ReportModel } from '../model.ts';
import { SEVERITY_RANK } from '../model.ts';
import { SEVERITY_MARKS } from '../words.ts';
import { limitWords, sourceLine } from './figures.ts';
import type { ChartSpec } from './spec.ts';

/** Node use and allocation that leave no room for the failure of a neighbour. */
const USE_LIMIT = 80;
/** Rows of a heat map and of node bars; the title says how many there are. */
const MOST_NODES = 20;
const MOST_BARS = 10;

/** Nodes × areas by the worst finding, sorted by trouble. Nothing to draw without findings on nodes: the tables say so. */
export function troubleByNode(model: ReportModel, locale: Locale): ChartSpec | undefined {
  const cells = new Map<string, Map<Area, Record<Severity, number>>>();
  for (const finding of model.findings.toSorted(worstFirst)) {
    const node = finding.scope.kind === 'Node' ? finding.scope.name : finding.scope.node;
    if (node === undefined) continue;
    const row = cells.get(node) ?? new Map<Area, Record<Severity, number>>();
    const cell = row.get(finding.area) ?? { critical: 0, warning: 0, info: 0 };
    row.set(finding.area, { ...cell, [finding.severity]: cell[finding.severity] + 1 });
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
    title:
      say(locale, `${nodes.length} 个节点有问题，${worst} 最重`, `${plural(nodes.length, 'node')} with problems; ${worst} is the worst`) +
      (nodes.length > shown.length ? say(locale, `（显示前 ${shown.length} 个）`, ` (first ${shown.length} shown)`) : ''),
    source: sourceLine(model, locale) + legend(locale),
    columns: areas.map((area) => AREA_TITLES[area][locale]),
    rows: shown.map(({ node }) => node),
    cells: shown.flatMap(({ row }, index) =>
      [...row].map(([area, counts]) => {
        const found = SEVERITIES.filter((severity) => counts[severity] > 0);
        return {
          row: index,
          column: areas.indexOf(area),
          label: found.map((severity) => `${SEVERITY_MARKS[severity].shape} ${counts[severity]}`).join('  '),
          tone: found[0] ?? 'info',
        };
      }),
    ),
  };
}
const AREA_ORDER: readonly string[] = Object.keys(AREA_TITLES);
function weightOf(counts: Record<Severity, number>): number {
  return SEVERITIES.reduce((sum, severity) => sum + counts[severity] * 100 ** (2 - SEVERITY_RANK[severity]), 0);
}
/** The colour is the worst severity of a cell; the counts stand beside their shapes, as in the tables of findings. */
function legend(locale: Locale): string {
  const marks = SEVERITIES.map((severity) => `${SEVERITY_MARKS[severity].shape} ${SEVERITY_MARKS[severity].word[locale]}`).join(say(locale, '，', ', '));
  return say(locale, `；${marks}，颜色取最重者`, `. ${marks}; the colour is the worst`);
}

/** One measure of nodes as bars, fullest first; which measure decides `pick`. */
export function nodeBars(
  model: ReportModel,
  nodes: readonly NodeFacts[],
  measure: { readonly name: string; readonly pick: (node: NodeFacts) => number | undefined },
  locale: Locale,
): ChartSpec {
  const source = sourceLine(model, locale);
  const known = nodes.flatMap((node) => {
    const value = measure.pick(node);
    return value === undefined || !Number.isFinite(value) ? [] : [{ name: node.name, value }];
  });
  const fullest = known.toSorted((a, b) => b.value - a.value || (a.name < b.name ? -1 : 1));
  const [first] = fullest;
  if (!first)
    return {
      kind: 'noData',
      title: measure.name,
      reason: say(locale, `没有数据：本次未采集到节点的${measure.name}。`, `No data: not collected in this run (${measure.name}).`),
      source,
    };
  const over = fullest.filter(({ value }) => value >= USE_LIMIT).length;
  const title =
    over === 0
      ? say(
          locale,
          `${measure.name}：${fullest.length} 个节点均低于 ${USE_LIMIT} %，最高 ${formatNumber(first.value)} %`,
          `${measure.name}: all ${plural(fullest.length, 'node')} below ${USE_LIMIT} %, highest ${formatNumber(first.value)} %`,
        )
      : say(
          locale,
          `${measure.name}：${fullest.length} 个节点中 ${over} 个达到 ${USE_LIMIT} %，最高 ${first.name}`,
          `${measure.name}: ${over} of ${plural(fullest.length, 'node')} at ${USE_LIMIT} % or more, highest ${first.name}`,
        );
  return {
    kind: 'bar',
    title,
    source,
    max: Math.max(100, Math.ceil(first.value / 20) * 20),
    limit: { value: USE_LIMIT, label: limitWords(USE_LIMIT, ' %', locale) },
    rows: fullest.slice(0, MOST_BARS).map(({ name, value }) => ({
      name,
      value,
      label: `${value >= USE_LIMIT ? `${SEVERITY_MARKS.warning.shape} ` : ''}${formatNumber(Number(value.toPrecision(3)))} %`,
      tone: value >= USE_LIMIT ? 'warning' : 'neutral',
    })),
  };
}
