/** What inspections saw happen to machines in the period and nobody registered as a change: a hint, for whoever keeps the list. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout } from '../blocks.ts';
import { formatDate, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';

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

/** Nothing where changes are unknown: then nobody could have registered any. */
export function unregisteredChanges(model: ReportModel, locale: Locale): readonly Block[] {
  const changes = known(model.changeRecords)?.rows;
  const { from, to = model.period.asOf, zoneMinutes } = model.period;
  if (!changes || from === undefined) return [];
  const isRegistered = ({ at }: Seen): boolean => changes.some((change) => at >= change.from - BESIDE_WINDOW_SECONDS && at <= change.until + BESIDE_WINDOW_SECONDS);
  const seen = seenOf(model).filter((one) => one.at >= from && one.at < to && !isRegistered(one));
  const days = [...Map.groupBy(seen, ({ at }) => formatDate(at, zoneMinutes))].toSorted(([one], [other]) => (one < other ? 1 : -1));
  if (days.length === 0) return [];
  const lines = days.slice(0, MOST_DAYS).map(([day, ones]) => dayWords(day, ones, locale));
  const more = days.length > MOST_DAYS ? say(locale, `；另有 ${days.length - MOST_DAYS} 天`, `; and ${plural(days.length - MOST_DAYS, 'more day')}`) : '';
  return [
    callout(
      'info',
      say(locale, '巡检所见、未登记为变更的操作', 'Seen by inspections, no change registered'),
      say(
        locale,
        `${lines.join('；')}${more}。请服务方在签字前核对：属计划内操作的补登记为变更，其余查明原因。`,
        `${lines.join('; ')}${more}. To be checked by the provider before signing: register planned work as a change, and find out the reason for the rest.`,
      ),
    ),
  ];
}
const MOST_DAYS = 5;
const MOST_NAMED = 3;
function dayWords(day: string, ones: readonly Seen[], locale: Locale): string {
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
  return `${day}${say(locale, '，', ', ')}${parts.join(say(locale, '，', ', '))}`;
}
