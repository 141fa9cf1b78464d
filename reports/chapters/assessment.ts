import type { Locale, Reason } from '../../agent/wire/vocabulary.ts';
import type { Assessment } from '../assessment.ts';
import { assess, changesSentence, coverageInShort, GRADE_TONES, GRADE_WORDS, stateSentence, subjectWord } from '../assessment.ts';
import type { Block } from '../blocks.ts';
import { callout, figures, heading, paragraph, words } from '../blocks.ts';
import { scoreOverTime } from '../charts/figures.ts';
import { listsFact } from '../cover-facts.ts';
import { groupByCheck, titleOf } from '../findings.ts';
import { formatDate, formatNumber, formatTime, formatZone, NO_VALUE, plural, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { authoredBlocks } from '../sections/authored.ts';
import { backupActionRows, backupActions, openBackups } from '../sections/backup-actions.ts';
import { continuedPlan, hasOpenPlan, lateWords, planBlocks, plannedOnPaper, withBlanks } from '../sections/remediation-plan.ts';
import type { Chapter } from './chapter.ts';

/** The page that is signed: grade by fixed rules, what would change it, what is next, both sides' signatures. */
export const overallAssessment: Chapter = {
  id: 'assessment',
  places: ['recommendations'],
  title: { zh: '总评', en: 'Overall assessment' },

  write(model, locale) {
    const assessment = assess(model);
    const grade = GRADE_WORDS[assessment.grade][locale];
    const trend = scoreOverTime(model, locale);
    return [
      callout(GRADE_TONES[assessment.grade], say(locale, `总评：${grade}`, `Overall: ${grade}`), stateSentence(model, assessment, locale)),
      paragraph(`${coverageSentence(model, locale)}${say(locale, '', ' ')}${changesSentence(model, locale)}`),
      ...(trend ? [{ type: 'chart', chart: trend } as const] : []),
      ...levers(model, locale),
      ...authoredBlocks(model, 'recommendations', locale),
      heading(say(locale, '下一步', 'Next steps')),
      ...nextSteps(model, assessment, locale),
      ...(plannedOnPaper(model, assessment.groups) + backupActionRows(model) <= BESIDE_SIGNATURES ? [{ type: 'pageBreak' } as const] : []),
      ...planBlocks(model, assessment.groups, locale),
      ...backupActions(model, locale),
      ...signOff(model, grade, locale),
    ];
  },
};

function coverageSentence(model: ReportModel, locale: Locale): string {
  const missing = model.coverage.unknown.length;
  const share = coverageInShort(model, locale);
  return say(
    locale,
    `覆盖率 ${share}${missing > 0 ? `，${missing} 项未检查，清单见附录` : ''}。`,
    `Coverage ${share}${missing > 0 ? `; ${plural(missing, 'check')} returned no result (see appendix)` : ''}.`,
  );
}

function levers(model: ReportModel, locale: Locale): readonly Block[] {
  const useful = model.score.levers.filter(({ points }) => points > 0).slice(0, 5);
  if (useful.length === 0) return [];
  return [
    {
      type: 'table',
      title: say(locale, '对健康分影响最大的问题', 'Issues with the largest effect on the score'),
      columns: [words(say(locale, '问题', 'Problem'), 'text', 6), words(say(locale, '检查项', 'Check'), 'code', 4), figures(say(locale, '得分变化（分）', 'Change (points)'), 2)],
      rows: useful.map(({ check, points }) => [{ text: titleOf(model, check, locale) }, { text: check }, { text: `+${formatNumber(points)}`, value: points }]),
      total: model.score.levers.filter(({ points }) => points > 0).length,
      empty: '',
    },
  ];
}

/** The plan stands on the page that is signed, for both sides agree on it; with more rows it does not fit there, and a new page would only leave a gap. */
const BESIDE_SIGNATURES = 12;

/** Why a check has no answer, where somebody can give it what it lacks. */
const GRANTED: ReadonlySet<Reason> = new Set<Reason>(['forbidden', 'unauthorized', 'not-visible', 'tls-mismatch', 'unreachable']);
function nextSteps(model: ReportModel, { grade, counts }: Assessment, locale: Locale): readonly Block[] {
  const steps: string[] = [];
  if (counts.critical.kinds > 0)
    steps.push(
      say(
        locale,
        '逐项处理严重问题，处理前先执行处置建议中的只读命令核实现状。',
        'Resolve the critical issues one by one; run the read-only command of each remedy first to confirm the current state.',
      ),
    );
  if (counts.warning.kinds > 0) steps.push(say(locale, '为风险项排定变更窗口，确认责任方与回退方案。', 'Assign each warning a change window, an owner and a rollback plan.'));
  if (model.verdicts.some(({ verdict, reason }) => verdict === 'unknown' && reason !== undefined && GRANTED.has(reason)))
    steps.push(
      say(
        locale,
        '补齐附录所列未检查项缺少的权限、口令或挂载后复检。',
        'Grant what the unchecked items in the appendix lack (permissions, credentials or mounts), then inspect again.',
      ),
    );
  if (model.expired.length > 0) steps.push(say(locale, '对已到期的风险接受重新决定：整改或续期。', 'Review the expired risk acceptances: remediate or renew.'));
  const next = formatDate(model.period.asOf + NEXT_DAYS[grade] * 86_400, model.period.zoneMinutes);
  // Inspections go on by themselves: what people have to do is to look again, and to hand over the next report.
  steps.push(
    grade === 'excellent' || grade === 'good'
      ? say(locale, `下次报告建议不晚于 ${next}。`, `The next report is due by ${next}.`)
      : say(locale, `建议不晚于 ${next} 复查整改结果，并出具复查报告。`, `Verify the results of the remediation by ${next} and report on them.`),
  );
  return steps.map((step, index) => paragraph(`${index + 1}. ${step}`));
}
/** Days until the next report: quarterly as in the S360 service, sooner when there is something to verify. */
const NEXT_DAYS = { excellent: 90, good: 90, fair: 30, poor: 14, 'not-assessed': 14 } as const;

/** What is signed stands on the page that is signed. */
export function signOff(model: ReportModel, grade: string, locale: Locale): readonly Block[] {
  const lines = [say(locale, '单位', 'Organisation'), say(locale, '姓名', 'Name'), say(locale, '签字', 'Signature'), say(locale, '日期', 'Date')];
  const seal = say(locale, '盖章处', 'Seal');
  const { period, product, score } = model;
  const lists = listsWords(model, locale);
  const continued = continuedPlan(model, groupByCheck(model), locale).length > 0;
  const plan = { zh: `整改计划${continued ? '（含附录中的续表）' : ''}`, en: `the remediation plan${continued ? ' (with its continuation in the appendix)' : ''}` };
  const read = withBlanks({ zh: '双方确认已阅读本报告', en: 'Both parties have read it' }, [...(hasOpenPlan(model) ? [plan] : []), ...openBackups(model)]);
  const share = coverageInShort(model, locale);
  const points = score.total === null ? NO_VALUE : formatNumber(score.total);
  const asOf = `${formatTime(period.asOf, period.zoneMinutes)} (${formatZone(period.zoneMinutes)})`;
  return [
    heading(say(locale, '签字确认', 'Sign-off')),
    paragraph(
      say(
        locale,
        `本报告的对象为${subjectWord(model, 'zh').trim()}，数据截至 ${asOf}${lists}，总评${grade}，健康分 ${points}，覆盖率 ${share}。${read.zh}。${lateWords(model, 'zh')}`,
        `This report covers ${inSentence(subjectWord(model, 'en'))} as of ${asOf}${lists}: overall ${inSentence(grade)}, health score ${points}, coverage ${share}. ${read.en}.${lateWords(model, 'en')}`,
      ),
    ),
    paragraph(snapshotWords(product.snapshotSha256, locale), 'note'),
    {
      type: 'signOff',
      parties: [
        { title: say(locale, '客户方', 'Customer'), lines, seal },
        { title: say(locale, '服务方', 'Service provider'), lines, seal },
      ],
    },
  ];
}
/** Beside the time of the data, where lists are counted up to a later one. */
export function listsWords(model: ReportModel, locale: Locale): string {
  return listsFact(model, locale)
    .map(([, at]) => say(locale, `，事件与变更统计截至 ${at}`, `, with incidents and changes up to ${at}`))
    .join('');
}
/** Of the data behind the report, which other reports of the same moment share; it is not the file's own. */
export function snapshotWords(sha256: string, locale: Locale): string {
  return say(locale, `数据快照 SHA-256：${sha256}`, `SHA-256 of the data snapshot: ${sha256}`);
}
function inSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
