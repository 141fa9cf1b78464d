import type { Cell } from '../blocks.ts';
import { callout, figures, paragraph, words } from '../blocks.ts';
import { shareCell } from '../cells.ts';
import type { Forecast } from '../facts/period.ts';
import { formatDate, NO_VALUE, say } from '../format.ts';
import { known } from '../model.ts';
import { confidenceWord, forecastGap, seriesWord } from '../service-words.ts';
import type { Chapter } from './chapter.ts';

const DAYS_AHEAD = [30, 90] as const;
/** Use of the next months if it goes on as in the period; the cost of nodes changes in whole nodes, so it is told beside and not derived. */
export const costForecast: Chapter = {
  id: 'cost-forecast',
  title: { zh: '下期预测', en: 'What comes next' },
  runsOn: true,
  write(model, locale) {
    const isPriced = known(model.costs)?.prices !== undefined;
    const title = say(locale, '集群资源使用预测', 'Cluster usage forecast');
    const own = (known(model.forecasts) ?? []).filter(({ kind }) => kind === 'cpu' || kind === 'memory').toSorted((one, other) => other.current - one.current);
    const clusterWide = own.filter(({ name }) => name === '');
    const shown = (clusterWide.length > 0 ? clusterWide : own).slice(0, 10);
    if (shown.length === 0) return [callout('unknown', title, say(locale, '没有使用量的历史数据，不作预测。', 'There is no usage history, so no forecast is made.'))];
    const at = ({ current, slopePerDay, unknown }: Forecast, days: number): Cell =>
      slopePerDay === undefined || unknown === 'too-few-points' || unknown === 'stepped' ? { text: NO_VALUE } : shareCell(Math.max(0, current + slopePerDay * days));
    const changed = shown.filter(({ since }) => since !== undefined);
    return [
      {
        type: 'table',
        title,
        columns: [
          words(say(locale, '资源', 'Resource'), 'name', 4),
          figures(say(locale, '当前（%）', 'Now (%)'), 2),
          ...DAYS_AHEAD.map((days) => figures(say(locale, `${days} 天后（%）`, `In ${days} days (%)`), 2)),
          figures(say(locale, '上限（%）', 'Limit (%)'), 2),
          words(say(locale, '可信度', 'Confidence'), 'text', 2),
        ],
        rows: shown.map((forecast) => [
          { text: [seriesWord(forecast.kind, locale, forecast.source), forecast.name].filter((word) => word !== '').join(' ') },
          shareCell(forecast.current),
          ...DAYS_AHEAD.map((days) => at(forecast, days)),
          shareCell(forecast.limit),
          { text: forecast.unknown === undefined || forecast.unknown === 'no-trend' ? confidenceWord(forecast.confidence, locale) : forecastGap(forecast.unknown, locale) },
        ]),
        total: shown.length,
        empty: '',
      },
      paragraph(
        say(
          locale,
          `按本期的变化趋势外推${changed.map((row) => `，${seriesWord(row.kind, 'zh')}按 ${formatDate(row.since ?? 0, model.period.zoneMinutes)} 以来的走势`).join('')}${isPriced ? '；费用随节点数变化，节点不增减时月费用不变' : ''}。`,
          `Extrapolated from the trend of the period${changed.map((row) => `, ${seriesWord(row.kind, 'en').toLowerCase()} from its trend since ${formatDate(row.since ?? 0, model.period.zoneMinutes)}`).join('')}${isPriced ? '. Cost depends on the number of nodes and stays the same as long as that does' : ''}.`,
        ),
        'note',
      ),
    ];
  },
};
