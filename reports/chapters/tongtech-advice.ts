/** What was found, worst first, with the advice of each. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { figures, heading, words } from '../blocks.ts';
import { severityCell, textCell } from '../cells.ts';
import type { MiddlewareInstance, MiddlewareItem } from '../facts/middleware.ts';
import { findingBlock, groupByCheck, noProblems } from '../findings.ts';
import { formatObserved, say } from '../format.ts';
import { advisedWords, instanceWords, itemWords, together } from '../lists/middleware.ts';
import { PLATFORM_AREAS, RESOURCE_AREAS, SYSTEM_AREAS } from '../middleware-assessment.ts';
import { known } from '../model.ts';
import { authoredBlocks } from '../sections/authored.ts';
import { areItems, isMiddleware } from '../sections/middleware-findings.ts';
import { unreadRemedy } from '../unread-remedies.ts';
import type { Chapter } from './chapter.ts';

export const adviceChapter: Chapter = {
  id: 'tongtech-advice',
  places: ['recommendations'],
  title: { zh: '问题清单与调整建议', en: 'Problems and what to adjust' },
  runsOn: true,
  write(model, locale) {
    const all = groupByCheck(model);
    const groups = all.filter(({ area }) => [...PLATFORM_AREAS, ...RESOURCE_AREAS, ...SYSTEM_AREAS].includes(area));
    const own = areItems(model) ? [] : all.filter(isMiddleware);
    const failed = (known(model.middleware)?.rows ?? []).flatMap((instance) => instance.items.filter(({ verdict }) => verdict === 'fail').map((item) => ({ instance, item })));
    const order = { critical: 0, warning: 1, info: 2 } as const;
    const rows = together(failed.toSorted((a, b) => order[a.item.severity] - order[b.item.severity]));
    return [
      ...(rows.length > 0
        ? [
            {
              type: 'table' as const,
              title: say(locale, '中间件问题与调整建议', 'Middleware: problems and what to adjust'),
              columns: [
                figures('#', 0.7),
                words(say(locale, '级别', 'Severity'), 'status', 2),
                words(say(locale, '实例', 'Instance'), 'name', 3.4),
                words(say(locale, '问题', 'Problem'), 'name', 4),
                words(say(locale, '当前值', 'Observed'), 'text', 2),
                words(say(locale, '建议', 'Advice'), 'prose', 9),
                words(say(locale, '责任方 / 日期', 'Owner / date'), 'text', 1.6),
              ],
              rows: rows
                .slice(0, 40)
                .map(({ item, ...alike }, index) => [
                  { text: String(index + 1), value: index + 1 },
                  severityCell(item.severity, locale),
                  textCell(instanceWords(alike, locale)),
                  textCell(itemWords(item, locale)),
                  textCell(formatObserved(item.observed, item.unit, locale, model.period.zoneMinutes)),
                  textCell(adviceOf(item, alike.instance, locale) ?? advisedWords(item, locale, model.period.zoneMinutes)),
                  { text: '' },
                ]),
              total: rows.length,
              empty: '',
            },
          ]
        : []),
      ...(own.length > 0
        ? [heading(say(locale, '中间件检查发现的问题', 'Problems that the checks of middleware found')), ...own.slice(0, 20).map((group) => findingBlock(model, group, locale))]
        : []),
      ...(groups.length > 0 ? [heading(say(locale, '宿主机问题', 'Problems of the machine')), ...groups.slice(0, 20).map((group) => findingBlock(model, group, locale))] : []),
      ...(groups.length === 0 && own.length === 0 && rows.length === 0 ? [noProblems(model, locale)] : []),
      ...authoredBlocks(model, 'recommendations', locale),
    ];
  },
};
/** Of an instance that was not read, the way for its own reason: the check's remedy goes through all of them. */
function adviceOf({ check, remedy }: MiddlewareItem, { gap }: MiddlewareInstance, locale: Locale): string | undefined {
  const own = check === 'middleware-instance-unread' && gap ? unreadRemedy(gap.product, gap.reach) : undefined;
  return (own ?? remedy)?.[locale];
}
