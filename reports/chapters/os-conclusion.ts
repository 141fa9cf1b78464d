/** The conclusion on the operating systems: its rules and its words. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Grade } from '../assessment.ts';
import { GRADE_TONES, GRADE_WORDS } from '../assessment.ts';
import type { Block } from '../blocks.ts';
import { callout } from '../blocks.ts';
import type { AdvisoryMatch } from '../facts/middleware.ts';
import { plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { known } from '../model.ts';
import { authoredBlocks } from '../sections/authored.ts';
import { DAYS_FOR_CRITICAL, fixByWords, graveDefects } from '../sections/patches.ts';
import type { Chapter } from './chapter.ts';

/** With a larger share of the nodes not matched, nothing is said of all. */
const MOST_UNMATCHED = 0.3;

/** What the conclusion on the systems is made of: its grade, and how much of each kind counts against it. */
interface SystemsAssessment {
  readonly grade: Grade;
  readonly ended: number;
  readonly overdue: number;
  /** Grave, and still within the days to fix it. */
  readonly grave: readonly AdvisoryMatch[];
  readonly unobtainable: number;
}
/** Out of support, or with a grave defect not fixed yet, is "fair" at best; an old fix of a grave defect, or one that cannot be had, is "poor". */
export function assessSystems(model: ReportModel): SystemsAssessment {
  const { asOf } = model.period;
  const facts = known(model.advisories);
  const systems = known(model.systems)?.rows;
  const ended = systems?.filter(({ endOfSupportAt }) => endOfSupportAt !== undefined && endOfSupportAt < asOf).length ?? 0;
  const { overdue: late, due: grave } = graveDefects(model);
  const overdue = late.length;
  const unobtainable = facts?.matches.filter(({ obtainable }) => !obtainable).length ?? 0;
  return { grade: gradeOf(), ended, overdue, grave, unobtainable };

  function gradeOf(): Grade {
    if (!facts || !systems || systems.length === 0) return 'not-assessed';
    if (systems.some(({ endOfSupportAt }) => endOfSupportAt === undefined) || facts.unmatchedNodes.length > systems.length * MOST_UNMATCHED) return 'not-assessed';
    if (overdue > 0 || unobtainable > 0) return 'poor';
    if (ended > 0 || grave.length > 0) return 'fair';
    return facts.matches.length === 0 && facts.unmatchedNodes.length === 0 ? 'excellent' : 'good';
  }
}
/** What the grade lacks, and nothing that it has. */
function notAssessed(model: ReportModel, locale: Locale): string {
  const systems = known(model.systems)?.rows ?? [];
  const facts = known(model.advisories);
  const unknown = systems.filter(({ endOfSupportAt }) => endOfSupportAt === undefined).length;
  const reasons = [
    systems.length === 0 ? say(locale, '没有节点的操作系统数据', 'no operating system was read') : '',
    unknown > 0 ? say(locale, `${unknown} 个节点的系统版本没有生命周期数据`, `the release of ${plural(unknown, 'node')} has no known end of support`) : '',
    facts ? '' : say(locale, '未导入缺陷公告，不能说明是否有待修复的缺陷', 'no advisories were imported, and defects to be fixed are unknown'),
    facts && facts.unmatchedNodes.length > systems.length * MOST_UNMATCHED
      ? say(locale, `${facts.unmatchedNodes.length} 个节点未能与缺陷公告比对`, `${plural(facts.unmatchedNodes.length, 'node')} could not be matched against the advisories`)
      : '',
  ].filter((reason) => reason !== '');
  return reasons.join(say(locale, '；', '; '));
}
export const osConclusion: Chapter = {
  id: 'os-conclusion',
  // What experts recommend for the cluster is no advice on its operating systems.
  places: ['os-recommendations'],
  title: { zh: '结论', en: 'Conclusion' },
  runsOn: true,
  write(model, locale): readonly Block[] {
    const { grade, ended, overdue, grave, unobtainable } = assessSystems(model);
    const facts = known(model.advisories);
    const sentences = [
      grade === 'not-assessed'
        ? say(
            locale,
            `${notAssessed(model, 'zh')}，本次不作总体评价；已检查部分的结论见各章。`,
            `No overall assessment: ${notAssessed(model, 'en')}. The chapters report what was checked.`,
          )
        : '',
      ended > 0
        ? say(
            locale,
            `${ended} 个节点的系统版本已停止维护，社区不再发布补丁，需先升级 SP。`,
            `${plural(ended, 'node')} run an unsupported release: no fixes are published for it, so upgrade the service pack first.`,
          )
        : '',
      overdue > 0
        ? say(
            locale,
            `${overdue} 个严重缺陷的修复已发布超过 ${DAYS_FOR_CRITICAL} 天，尚未安装。`,
            `${plural(overdue, 'serious defect')} had a fix available for more than ${DAYS_FOR_CRITICAL} days that is not installed.`,
          )
        : '',
      unobtainable > 0
        ? say(locale, `${unobtainable} 个缺陷在当前 SP 上没有修复包，需升级 SP。`, `${plural(unobtainable, 'defect')} cannot be fixed on the current service pack.`)
        : '',
      grave.length > 0
        ? say(
            locale,
            `${grave.length} 个严重缺陷的修复尚未安装：${fixByWords(grave, model, 'zh')}。`,
            `${plural(grave.length, 'critical defect')} not fixed yet: ${fixByWords(grave, model, 'en')}.`,
          )
        : '',
      facts && facts.matches.length > grave.length && (grade === 'good' || (grade === 'fair' && grave.length > 0))
        ? say(
            locale,
            `${grave.length > 0 ? '其余' : '有'} ${facts.matches.length - grave.length} 个公告的修复待安装，请安排变更窗口。`,
            `Fixes of ${plural(facts.matches.length - grave.length, grave.length > 0 ? 'other advisory' : 'advisory', grave.length > 0 ? 'other advisories' : 'advisories')} are to be installed: schedule a change window.`,
          )
        : '',
      grade === 'excellent' ? say(locale, '所有节点在支持期内，导入的公告中没有匹配的缺陷。', 'Every node is supported, and no imported advisory applies.') : '',
    ].filter((sentence) => sentence !== '');
    return [
      callout(GRADE_TONES[grade], say(locale, `结论：${GRADE_WORDS[grade].zh}`, `Conclusion: ${GRADE_WORDS[grade].en}`), sentences.join(say(locale, '', ' '))),
      ...authoredBlocks(model, 'os-recommendations', locale),
    ];
  },
};
