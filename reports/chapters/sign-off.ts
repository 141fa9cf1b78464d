import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { assess, GRADE_WORDS } from '../assessment.ts';
import { type Block, paragraph } from '../blocks.ts';
import { formatTime, formatZone, say } from '../format.ts';
import { isRegisterOpen } from '../lists/risks.ts';
import { middlewareProblems } from '../middleware-problems.ts';
import type { ReportModel } from '../model.ts';
import { openBackups } from '../sections/backup-actions.ts';
import { lateWords, withBlanks } from '../sections/remediation-plan.ts';
import { withUnregistered } from '../sections/unregistered-changes.ts';
import { listsWords, signOff, snapshotWords } from './assessment.ts';
import type { Chapter } from './chapter.ts';

/** Both parties sign what the report grades. */
export const signOffPage: Chapter = {
  id: 'sign-off',
  signs: true,
  title: { zh: '签字确认', en: 'Sign-off' },
  write: (model, locale) => signOff(model, GRADE_WORDS[assess(model).grade][locale], locale),
};

/** What the signatures stand for: only what the report has. */
const AGREED: Text = {
  zh: '双方确认已阅读本报告，并认可其中的结论',
  en: 'Both parties confirm that they have read this report and agree with its conclusions',
};
const CORRECTED: Text = {
  zh: '双方确认已阅读本报告，并认可其中的结论与改进措施',
  en: 'Both parties confirm that they have read this report and agree with its conclusions and improvement actions',
};
const CHECKED: Text = {
  zh: '双方确认已核对本清单，内容与各自的记录一致。签字不表示对清单中事项的处理结果无异议',
  en: 'Both parties confirm that they have checked this list and that it agrees with their own records. Signing does not imply acceptance of how its items were handled',
};

/** Both parties sign a report that proposes nothing to agree on. */
export const plainSignOff = signedFor(() => AGREED);
/** Both parties sign what was learnt from an incident. */
export const faultSignOff = signedFor(() => CORRECTED);
/** Both parties sign a report with a list of risks, and write in who solves what until when. */
export const riskSignOff = signedFor((model) => register(model, [...openRisks(model)]));
/** The same with the backups that need work. */
export const operationsSignOff = signedFor((model) => register(model, [...openRisks(model), ...openBackups(model)], withUnregistered(AGREED, model)));
/** The same for the vendor's table of advice. */
export const adviceSignOff = signedFor((model) =>
  withBlanks(AGREED, middlewareProblems(model).items.length === 0 ? [] : [{ zh: '问题清单“责任方 / 日期”一栏', en: 'the column "Owner / date" of the list of issues' }]),
);
/** Both parties sign the list of backups, and write in who mends which until when. */
export const backupSignOff = signedFor((model) => withBlanks(CHECKED, openBackups(model)));

function openRisks(model: ReportModel): readonly Text[] {
  return isRegisterOpen(model) ? [{ zh: '风险清单“整改计划”一栏', en: 'the column "Plan" of the list of risks' }] : [];
}
function register(model: ReportModel, places: readonly Text[], meaning = AGREED): Text {
  const { zh, en } = withBlanks(meaning, places);
  const [late, lateEn] = [lateWords(model, 'zh'), lateWords(model, 'en')];
  return { zh: late === '' ? zh : `${zh}。${late.replace(/。$/, '')}`, en: lateEn === '' ? en : `${en}.${lateEn.replace(/\.$/, '')}` };
}

/** The same of changes, with what came of looking into work that nobody registered. */
export const changeSignOff = signedFor((model) => withUnregistered(CHECKED, model));
/** Both parties sign that a list is right, which draws no conclusions. */
export const listSignOff = signedFor(() => CHECKED);

function signedFor(meaning: (model: ReportModel) => Text): Chapter {
  return { id: 'sign-off', signs: true, title: { zh: '签字确认', en: 'Sign-off' }, runsOn: true, write: (model, locale) => signBlocks(model, meaning(model), locale) };
}
function signBlocks(model: ReportModel, meaning: Text, locale: Locale): readonly Block[] {
  const lines = [say(locale, '单位', 'Organisation'), say(locale, '姓名', 'Name'), say(locale, '签字', 'Signature'), say(locale, '日期', 'Date')];
  const seal = say(locale, '盖章处', 'Seal');
  const asOf = `${formatTime(model.period.asOf, model.period.zoneMinutes)} (${formatZone(model.period.zoneMinutes)})`;
  return [
    paragraph(say(locale, `${meaning.zh}。数据截至 ${asOf}${listsWords(model, 'zh')}。`, `${meaning.en}. Data as of ${asOf}${listsWords(model, 'en')}.`)),
    paragraph(snapshotWords(model.product.snapshotSha256, locale), 'note'),
    {
      type: 'signOff',
      parties: [
        { title: say(locale, '客户方', 'Customer'), lines, seal },
        { title: say(locale, '服务方', 'Service provider'), lines, seal },
      ],
    },
  ];
}
