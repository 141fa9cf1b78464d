/** Lines over time: each is named at its end, and the limit where no line runs. */
import { LIGHT } from '../palette.ts';
import { nameWidthOf, SMALL, shortName, TEXT, valueAxis, WIDTH, widthOf } from './lettering.ts';
import type { Limit, LineChart } from './spec.ts';

export const LINE_HEIGHT = 220;
const LINE_LEFT = 44;
const LINE_TOP = 16;
const LINE_BOTTOM = 28;
/** Of two labels, one above the other. */
const LABEL_HEIGHT = 15;
/** How far each label moves so that none touches another and all stay beside the plot. @param places pixels from its top */
export function apart(places: readonly number[], room: number): readonly number[] {
  const order = places.map((place, index) => ({ place, index, at: place })).toSorted((one, other) => one.place - other.place || one.index - other.index);
  for (const [rank, label] of order.entries()) label.at = Math.max(label.at, (order[rank - 1]?.at ?? -LABEL_HEIGHT) + LABEL_HEIGHT);
  for (const [rank, label] of [...order.entries()].toReversed()) label.at = Math.min(label.at, (order[rank + 1]?.at ?? room + LABEL_HEIGHT) - LABEL_HEIGHT);
  const shifts: number[] = [];
  for (const { index, at, place } of order) shifts[index] = Math.round(at - place);
  return shifts;
}

/** Where the words of a limit can stand beside its line: first where people look first. */
const LIMIT_PLACES = ['insideStartTop', 'insideEndTop', 'insideStartBottom', 'insideEndBottom'] as const;
type LimitPlace = (typeof LIMIT_PLACES)[number];
/** The first place where no line runs through the words; where there is none, the first. @param plot pixels */
export function freePlace({ series, min = 0, max }: LineChart, { value: limit, label }: Limit, plot: number): LimitPlace {
  const height = ((max - min) / (LINE_HEIGHT - LINE_TOP - LINE_BOTTOM)) * (LABEL_HEIGHT + 3);
  const share = Math.min(1, (widthOf(label) + 14) / Math.max(1, plot));
  const isFree = (place: LimitPlace): boolean => {
    const [low, high] = place.endsWith('Top') ? [limit, limit + height] : [limit - height, limit];
    if (low < min || high > max + height / 2) return false;
    return series.every(({ values }) => {
      const some = Math.ceil((values.length - 1) * share) + 1;
      const near = place.includes('Start') ? values.slice(0, some) : values.slice(-some);
      return near.every((value) => value === null || value < low || value > high);
    });
  };
  return LIMIT_PLACES.find(isFree) ?? LIMIT_PLACES[0];
}

export function lineOption(chart: LineChart, width: number): Record<string, unknown> {
  const ends = chart.series.map(({ name, values }) => `${shortName(name, nameWidthOf(width))} ${values.at(-1) ?? ''}`);
  const { min = 0, max } = chart;
  const plot = LINE_HEIGHT - LINE_TOP - LINE_BOTTOM;
  const shifts = apart(
    chart.series.map(({ values }) => plot * (1 - ((values.at(-1) ?? min) - min) / (max - min || 1))),
    plot,
  );
  const right = Math.min(width < WIDTH ? 172 : 250, Math.max(60, ...ends.map(widthOf)) + 12);
  return {
    grid: { left: LINE_LEFT, right, top: LINE_TOP, bottom: LINE_BOTTOM },
    xAxis: {
      type: 'category',
      data: [...chart.labels],
      boundaryGap: false,
      axisLine: { lineStyle: { color: LIGHT.neutral } },
      axisTick: { show: false },
      axisLabel: { ...SMALL, hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
    },
    yAxis: { ...valueAxis(max, true), min, interval: (max - min) / 5, axisLabel: { ...SMALL, formatter: (value: number) => String(Number(value.toPrecision(4))) } },
    series: chart.series.map(({ values, tone }, index) => ({
      type: 'line',
      silent: true,
      data: [...values],
      symbol: 'circle',
      symbolSize: 5,
      showSymbol: values.length <= 12,
      connectNulls: false,
      lineStyle: { color: LIGHT[tone], width: 2 },
      itemStyle: { color: LIGHT[tone] },
      endLabel: { ...TEXT, show: true, color: LIGHT[tone], offset: [0, shifts[index] ?? 0], formatter: () => ends[index] ?? '' },
      ...(index === 0 &&
        chart.limit && {
          markLine: {
            silent: true,
            symbol: 'none',
            animation: false,
            lineStyle: { color: LIGHT.muted, type: 'dashed', width: 1 },
            label: { ...SMALL, backgroundColor: LIGHT.page, position: freePlace(chart, chart.limit, width - LINE_LEFT - right), formatter: chart.limit.label },
            data: [{ yAxis: chart.limit.value }],
          },
        }),
    })),
  };
}
