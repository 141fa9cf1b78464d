/** Published defects of the operating systems in reports that are about more than these: no check finds them, so no list of problems has them. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Block } from '../blocks.ts';
import { callout, paragraph } from '../blocks.ts';
import type { AdvisoryMatch } from '../facts/middleware.ts';
import { formatDate, plural, say } from '../format.ts';
import { worstFirst } from '../lists/systems.ts';
import { known, type ReportModel } from '../model.ts';

const DAY = 86_400;
/** A fix of a critical defect that is older than this and not installed makes a report on operating systems critical. */
export const DAYS_FOR_CRITICAL = 30;
const GRAVE_SCORE = 9;
/** Advisories listed in a sentence. */
const MOST_LISTED = 8;
/** Defects named with their day. */
const MOST_NAMED = 3;

/** Grave defects that a fix exists for and that are not fixed, by whether the days to fix them are over. */
export function graveDefects({ advisories, period: { asOf } }: Pick<ReportModel, 'advisories' | 'period'>): {
  readonly overdue: readonly AdvisoryMatch[];
  readonly due: readonly AdvisoryMatch[];
} {
  const open = known(advisories)?.matches.filter(({ score, severity, obtainable }) => obtainable && ((score ?? 0) >= GRAVE_SCORE || severity === 'critical')) ?? [];
  const isDue = ({ publishedAt }: AdvisoryMatch): boolean => publishedAt >= asOf - DAYS_FOR_CRITICAL * DAY;
  return { overdue: open.filter((match) => !isDue(match)), due: open.filter(isDue) };
}
/** The gravest few by name, each with the day by which it is, or was, to be fixed. */
export function fixByWords(defects: readonly AdvisoryMatch[], { period }: Pick<ReportModel, 'period'>, locale: Locale): string {
  const words = defects
    .toSorted((one, other) => one.publishedAt - other.publishedAt)
    .slice(0, MOST_NAMED)
    .map(({ id, component, publishedAt }) => {
      const at = publishedAt + DAYS_FOR_CRITICAL * DAY;
      const day = formatDate(at, period.zoneMinutes);
      return at < period.asOf
        ? say(locale, `${component}（${id}）应在 ${day} 前修复，已超期`, `${component} (${id}), overdue since ${day}`)
        : say(locale, `${component}（${id}）须在 ${day} 前修复`, `${component} (${id}), to be fixed by ${day}`);
    });
  const more = defects.length > MOST_NAMED ? say(locale, ' 等', ' and others') : '';
  return `${words.join(say(locale, '，', '; '))}${more}`;
}
/** Grave defects beside a list of problems that cannot have them; nothing where there is none. */
export function gravePatches(model: ReportModel, locale: Locale): readonly Block[] {
  const { overdue, due } = graveDefects(model);
  const open = [...overdue, ...due];
  if (open.length === 0) return [];
  return [
    callout(
      overdue.length > 0 ? 'critical' : 'warning',
      say(locale, `操作系统另有 ${open.length} 个严重缺陷未修复`, `${plural(open.length, 'critical defect')} of the operating systems not fixed`),
      say(
        locale,
        `${fixByWords(open, model, 'zh')}。依据厂商公告比对已安装的软件包，不在检查项内，不计入健康分与上述数量。`,
        `${fixByWords(open, model, 'en')}. Found by matching installed packages against the vendor's advisories; not part of the checks, the health score or the counts above.`,
      ),
    ),
  ];
}
/** What can be said of patches, also when it is nothing. */
export function patchState(model: ReportModel, locale: Locale): readonly Block[] {
  const facts = known(model.advisories);
  if (!facts)
    return [
      callout(
        'unknown',
        say(locale, '补丁未判断', 'Patches not assessed'),
        say(
          locale,
          '没有导入操作系统厂商的缺陷公告，本报告不说明补丁是否齐全。',
          "No advisories of the operating systems' vendors were imported, so this report makes no statement about missing patches.",
        ),
      ),
    ];
  const { unmatchedNodes } = facts;
  const matches = worstFirst(facts.matches);
  const day = formatDate(facts.feedAt, model.period.zoneMinutes);
  const missed = unmatchedNodes.length > 0 ? say(locale, `；${unmatchedNodes.length} 台主机未能比对`, `; ${plural(unmatchedNodes.length, 'host')} could not be matched`) : '';
  if (matches.length === 0)
    return [paragraph(say(locale, `补丁：与截至 ${day} 的公告比对，没有待修复的缺陷${missed}。`, `Patches: no defect to be fixed among the advisories up to ${day}${missed}.`))];
  const ids = matches.slice(0, MOST_LISTED).map(({ id, component, nodes }) => `${component} ${id}（${nodes.length} 台）`);
  const listed = matches.slice(0, MOST_LISTED).map(({ id, component, nodes }) => `${component} ${id} (${plural(nodes.length, 'host')})`);
  const rest = matches.length - ids.length;
  return [
    paragraph(
      say(
        locale,
        `补丁：与截至 ${day} 的公告比对，${matches.length} 个公告的修复尚未安装${missed}：${ids.join('、')}${rest > 0 ? ` 等 ${matches.length} 个` : ''}。`,
        `Patches: the fixes of ${plural(matches.length, 'advisory', 'advisories')} up to ${day} are not installed${missed}: ${listed.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`,
      ),
    ),
    ...gravePatches(model, locale),
  ];
}
