/** What was found, worst first, with the advice of each. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { figures, heading, words } from '../blocks.ts';
import { severityCell, textCell } from '../cells.ts';
import type { MiddlewareItem } from '../facts/middleware.ts';
import { findingBlock, noProblems } from '../findings.ts';
import { formatObserved, NO_VALUE, say } from '../format.ts';
import { advisedWords, instanceWords, itemWords } from '../lists/middleware.ts';
import { middlewareProblems } from '../middleware-problems.ts';
import { authoredBlocks } from '../sections/authored.ts';
import type { Chapter } from './chapter.ts';

export const adviceChapter: Chapter = {
  id: 'tongtech-advice',
  places: ['recommendations'],
  title: { zh: '问题清单与调整建议', en: 'Issues and recommendations' },
  runsOn: true,
  write(model, locale) {
    const { items: rows, checks: own, machine: groups } = middlewareProblems(model);
    return [
      ...(rows.length > 0
        ? [
            {
              type: 'table' as const,
              title: say(locale, '中间件问题与调整建议', 'Middleware issues and recommendations'),
              columns: [
                figures('#', 0.7),
                words(say(locale, '级别', 'Severity'), 'status', 2),
                words(say(locale, '实例', 'Instance'), 'name', 3),
                words(say(locale, '问题', 'Problem'), 'name', 3.4),
                words(say(locale, '建议', 'Advice'), 'prose', 12),
                words(say(locale, '责任方 / 日期', 'Owner / date'), 'text', 1.6),
              ],
              rows: rows
                .slice(0, 40)
                .map(({ item, ...alike }, index) => [
                  { text: String(index + 1), value: index + 1 },
                  severityCell(item.severity, locale),
                  textCell(instanceWords(alike, model, locale)),
                  textCell(problemWords(item, locale, model.period.zoneMinutes)),
                  textCell(item.remedy?.[locale] ?? standardWords(item, locale, model.period.zoneMinutes)),
                  { text: '' },
                ]),
              total: rows.length,
              empty: '',
            },
          ]
        : []),
      ...(own.length > 0 ? [heading(say(locale, '中间件检查发现的问题', 'Issues found by the middleware checks')), ...own.map((group) => findingBlock(model, group, locale))] : []),
      ...(groups.length > 0 ? [heading(say(locale, '宿主机问题', 'Host issues')), ...groups.map((group) => findingBlock(model, group, locale))] : []),
      ...(groups.length === 0 && own.length === 0 && rows.length === 0 ? [noProblems(model, locale)] : []),
      ...authoredBlocks(model, 'recommendations', locale),
    ];
  },
};
/** With what was observed: a column of its own would take the room of the advice. */
function problemWords(item: MiddlewareItem, locale: Locale, zoneMinutes: number): string {
  const observed = formatObserved(item.observed, item.unit, locale, zoneMinutes);
  const words = itemWords(item, locale);
  return observed === NO_VALUE ? words : say(locale, `${words}（当前值 ${observed}）`, `${words} (observed: ${observed})`);
}
/** Where nobody wrote a remedy: what the value should be. */
function standardWords(item: MiddlewareItem, locale: Locale, zoneMinutes: number): string | undefined {
  const advised = advisedWords(item, locale, zoneMinutes);
  return advised === undefined ? undefined : say(locale, `调整为：${advised}`, `Should be: ${advised}`);
}
