/** What inspections saw happen to machines in the period and nobody registered as a change: a hint, for whoever keeps the list. */
import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, words } from '../blocks.ts';
import { formatDate, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { rowsShown } from '../words.ts';

const DAY = 86_400;
/** Packages are often installed on the day before a window, and restarts follow on the day after it. */
const BESIDE_WINDOW_SECONDS = DAY;

interface Seen {
  readonly machine: string;
  readonly at: number;
  readonly kind: 'updated' | 'started';
}
function seenOf({ systems, hosts, period }: ReportModel): readonly Seen[] {
  const updated = known(systems)?.rows.flatMap(({ node, updatedAt }): Seen[] => (updatedAt === undefined ? [] : [{ machine: node, at: updatedAt, kind: 'updated' }])) ?? [];
  const started = hosts.flatMap(({ name, system }): Seen[] => {
    const up = known(system)?.uptimeSeconds;
    return up === undefined ? [] : [{ machine: name, at: period.asOf - up, kind: 'started' }];
  });
  return [...updated, ...started];
}

/** Newest day first. Nothing where changes are unknown: then nobody could have registered any. */
function unregisteredDays(model: ReportModel): readonly (readonly [day: string, seen: readonly Seen[]])[] {
  const changes = known(model.changeRecords)?.rows;
  const { from, to = model.period.asOf, zoneMinutes } = model.period;
  if (!changes || from === undefined) return [];
  const isRegistered = ({ at }: Seen): boolean => changes.some((change) => at >= change.from - BESIDE_WINDOW_SECONDS && at <= change.until + BESIDE_WINDOW_SECONDS);
  const seen = seenOf(model).filter((one) => one.at >= from && one.at < to && !isRegistered(one));
  return [...Map.groupBy(seen, ({ at }) => formatDate(at, zoneMinutes))].toSorted(([one], [other]) => (one < other ? 1 : -1));
}
/** The lead of a list that counts what was registered alone. */
export function unregisteredWords(model: ReportModel, locale: Locale): string {
  const days = unregisteredDays(model).length;
  return days === 0 ? '' : say(locale, `另有 ${days} 天的操作没有登记为变更，见下文。`, ` Work on ${plural(days, 'day')} was not registered as a change; see below.`);
}
/** What signatures stand for, where the table has to be filled in before them. */
export function withUnregistered(meaning: Text, model: ReportModel): Text {
  if (unregisteredDays(model).length === 0) return meaning;
  return {
    zh: `${meaning.zh}；“未登记操作的核对”表中的核对结果由双方在签字前填写`,
    en: `${meaning.en}; both fill in the results in the check of unregistered work before they sign`,
  };
}
/** What was seen, with room for what came of looking into it: an unanswered question is no record. */
export function unregisteredChanges(model: ReportModel, locale: Locale): readonly Block[] {
  const days = unregisteredDays(model);
  if (days.length === 0) return [];
  return [
    callout(
      'warning',
      say(locale, '巡检所见、未登记为变更的操作', 'Seen by inspections, no change registered'),
      say(
        locale,
        `共 ${days.length} 天，见下表。请服务方在签字前核对并填写结果：属计划内操作的补登记为变更，其余查明原因。`,
        `${plural(days.length, 'day')}, in the table below. To be checked by the provider before signing, with the result written in: register planned work as a change, and find out the reason for the rest.`,
      ),
    ),
    {
      type: 'table',
      title: say(locale, '未登记操作的核对（核对结果在签字前填写）', 'Check of unregistered work (results to be written in before signing)'),
      columns: [
        words(say(locale, '日期', 'Day'), 'text', 2.2),
        words(say(locale, '巡检所见', 'Seen'), 'text', 6),
        words(say(locale, '核对结果', 'Result of the check'), 'text', 3.4),
        words(say(locale, '变更单号或原因', 'Change number or reason'), 'text', 3.4),
        words(say(locale, '核对人', 'Checked by'), 'text', 2),
      ],
      rows: days.slice(0, rowsShown(days.length, MOST_DAYS)).map(([day, ones]) => [{ text: day }, { text: dayWords(ones, locale) }, { text: '' }, { text: '' }, { text: '' }]),
      total: days.length,
      empty: '',
    },
  ];
}
const MOST_DAYS = 5;
const MOST_NAMED = 3;
function dayWords(ones: readonly Seen[], locale: Locale): string {
  const machines = (kind: Seen['kind']): readonly string[] => [...new Set(ones.filter((one) => one.kind === kind).map(({ machine }) => machine))].toSorted();
  const named = (names: readonly string[]): string =>
    names.length <= MOST_NAMED
      ? names.join(say(locale, '、', ', '))
      : say(locale, `${names.slice(0, MOST_NAMED).join('、')} 等 ${names.length} 台主机`, `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`);
  const [updated, started] = [machines('updated'), machines('started')];
  const parts =
    updated.join() === started.join()
      ? [say(locale, `${named(updated)} 更新软件包并重启`, `packages updated and restarted: ${named(updated)}`)]
      : [
          ...(updated.length > 0 ? [say(locale, `${named(updated)} 更新软件包`, `packages updated: ${named(updated)}`)] : []),
          ...(started.length > 0 ? [say(locale, `${named(started)} 重启`, `restarted: ${named(started)}`)] : []),
        ];
  return parts.join(say(locale, '，', ', '));
}
