import type { Locale } from '../../agent/wire/vocabulary.ts';
import type { Assessment } from '../assessment.ts';
import { assess, changesSentence, commonReasons, GRADE_TONES, GRADE_WORDS, stateSentence } from '../assessment.ts';
import type { Block, KeyFigure } from '../blocks.ts';
import { callout, heading, paragraph } from '../blocks.ts';
import { toneOfScore } from '../charts/figures.ts';
import { dueWords } from '../due-dates.ts';
import { findingBlock, noProblems, scopesInShort, worstMeasured } from '../findings.ts';
import { countWords, formatNumber, NO_VALUE, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { SEVERITY_MARKS } from '../words.ts';
import type { Chapter } from './chapter.ts';

const MOST_ACTIONS = 3;

/** One page: the state, what to do, what changed, what was not looked at. */
export const summary: Chapter = {
  id: 'summary',
  title: { zh: '摘要', en: 'Summary' },

  write(model, locale) {
    const assessment = assess(model);
    return [
      ...interruption(model, locale),
      paragraph(stateSentence(model, assessment, locale), 'lead'),
      { type: 'keyFigures', figures: keyFigures(model, assessment, locale) },
      ...actions(model, assessment, locale),
      heading(say(locale, '与上次相比', 'Since the last inspection')),
      paragraph(changesSentence(model, locale)),
      heading(say(locale, '未检查的部分', 'What was not checked')),
      notChecked(model, locale),
    ];
  },
};

/** Stands before everything: a part is not the whole. */
function interruption({ interrupted }: ReportModel, locale: Locale): readonly Block[] {
  if (!interrupted) return [];
  return [
    callout(
      'warning',
      say(locale, '巡检在完成之前被中断', 'The inspection was interrupted'),
      say(
        locale,
        '本报告只含中断之前读到的内容；当时尚未读完的部分按未检查计，其采集器的结果记为超时。请重新运行以得到完整报告。',
        'This report contains what had been read up to that point. Unfinished parts count as not checked (timed out). Run the inspection again for a complete report.',
      ),
    ),
  ];
}

export function keyFigures(model: ReportModel, { grade, counts }: Assessment, locale: Locale): readonly KeyFigure[] {
  const { score, coverage, recalled } = model;
  const isKnown = recalled || coverage.applicable > 0;
  const capped = score.total !== null && score.uncapped !== null && score.total < score.uncapped;
  const severities = (['critical', 'warning', 'info'] as const).map((severity) => {
    const { shape, word } = SEVERITY_MARKS[severity];
    const { kinds, findings, atLeast } = counts[severity];
    const places = kinds === 0 ? undefined : say(locale, `共 ${countWords(findings, atLeast, 'zh')} 处`, `in ${atLeast ? 'at least ' : ''}${plural(findings, 'place')}`);
    return {
      label: `${shape} ${word[locale]}`,
      value: formatNumber(kinds),
      unit: say(locale, '类', kinds === 1 ? 'type' : 'types'),
      note: places,
      tone: kinds > 0 ? severity : ('neutral' as const),
    };
  });
  return [
    { label: say(locale, '总评', 'Grade'), value: GRADE_WORDS[grade][locale], tone: GRADE_TONES[grade] },
    {
      label: say(locale, '健康分', 'Health score'),
      value: score.total === null ? NO_VALUE : formatNumber(score.total),
      unit: score.total === null ? undefined : '/ 100',
      note: capped ? say(locale, `受覆盖率限制，原始分 ${formatNumber(score.uncapped ?? 0)}`, `capped by coverage; uncapped ${formatNumber(score.uncapped ?? 0)}`) : undefined,
      tone: grade === 'not-assessed' ? 'unknown' : toneOfScore(score.total, score.uncapped),
    },
    {
      label: say(locale, '覆盖率', 'Coverage'),
      value: isKnown ? formatNumber(coverage.percent) : NO_VALUE,
      unit: isKnown ? '%' : undefined,
      note: recalled
        ? say(locale, '逐项结论已超过保留期', 'individual results past retention')
        : say(
            locale,
            `${coverage.checked} / ${coverage.applicable} 项，${coverage.unknown.length} 项未检查`,
            `${coverage.checked} of ${coverage.applicable}, ${coverage.unknown.length} not checked`,
          ),
      tone: 'neutral',
    },
    ...severities,
  ];
}

function actions(model: ReportModel, { groups }: Assessment, locale: Locale): readonly Block[] {
  const title = heading(say(locale, '优先处理', 'Top priorities'));
  const urgent = groups.filter((group) => group.severity !== 'info').slice(0, MOST_ACTIONS);
  const first = urgent.length > 0 ? urgent : groups.slice(0, MOST_ACTIONS);
  if (first.length === 0) return [title, noProblems(model, locale)];
  return [title, ...first.map((group, index) => actionBlock(model, group, index + 1, locale))];
}
/** The note names the object; all of them stand in the chapter on problems. */
function actionBlock(model: ReportModel, group: Assessment['groups'][number], rank: number, locale: Locale): Block {
  return { ...findingBlock(model, group, locale, { rank, note: actionNote(model, group, locale) }), objects: [], objectTotal: 0, objectsAtLeast: false };
}
function actionNote(model: ReportModel, group: Assessment['groups'][number], locale: Locale): string {
  const due = say(locale, `建议完成：${dueWords(model, group, locale)}`, `Proposed: ${dueWords(model, group, locale)}`);
  const gain = group.points > 0 ? say(locale, `解决后 +${formatNumber(group.points)} 分`, `+${formatNumber(group.points)} points when resolved`) : '';
  return [scopesInShort(model, group, locale), worstMeasured(model, group, locale), due, gain].filter((part) => part !== '').join(' · ');
}

function notChecked(model: ReportModel, locale: Locale): Block {
  const { coverage } = model;
  if (model.recalled)
    return callout(
      'unknown',
      say(locale, '逐项结论不再保留', 'Individual results are no longer available'),
      say(
        locale,
        `当时的覆盖率为 ${formatNumber(coverage.percent)} %；当时没有结果的检查项已无法列出。未检查不等于正常。`,
        `Coverage was ${formatNumber(coverage.percent)} % at the time; checks without a result can no longer be listed. Not checked does not mean healthy.`,
      ),
    );
  if (coverage.applicable === 0)
    return callout('unknown', say(locale, '没有适用的检查项', 'No applicable checks'), say(locale, '本次没有得到任何检查结果。', 'This run returned no results.'));
  if (coverage.unknown.length === 0)
    return paragraph(say(locale, `${coverage.applicable} 个适用的检查项全部得到结果。`, `All ${plural(coverage.applicable, 'applicable check')} returned a result.`));
  return callout(
    'unknown',
    say(locale, `${coverage.unknown.length} 个检查项没有结果`, `${plural(coverage.unknown.length, 'check')} returned no result`),
    say(
      locale,
      `未检查不等于正常。主要原因：${commonReasons(model, locale)}。清单见附录。`,
      `Not checked does not mean healthy. Main reasons: ${commonReasons(model, locale)}. See the appendix for the list.`,
    ),
  );
}
