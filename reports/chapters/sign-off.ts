import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { assess, GRADE_WORDS } from '../assessment.ts';
import { type Block, paragraph } from '../blocks.ts';
import { planTooLate } from '../due-dates.ts';
import { groupByCheck } from '../findings.ts';
import { formatTime, formatZone, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { listsWords, signOff, snapshotWords } from './assessment.ts';
import type { Chapter } from './chapter.ts';

/** Both parties sign what the report grades. */
export const signOffPage: Chapter = {
  id: 'sign-off',
  signs: true,
  title: { zh: '签字确认', en: 'Sign-off' },
  write: (model, locale) => signOff(model, GRADE_WORDS[assess(model).grade][locale], locale),
};

/** What the signatures stand for. */
const AGREED: Text = {
  zh: '双方确认已阅读本报告，并认可其中的结论；未填写的责任方与日期由双方在签字时填写。',
  en: 'Both parties confirm that they have read this report and agree with its conclusions; owners and dates that are still open are filled in when signing.',
};
const CHECKED: Text = {
  zh: '双方确认已核对本清单，内容与各自的记录一致。签字不表示对清单中事项的处理结果无异议。',
  en: 'Both parties confirm that they have checked this list and that it agrees with their own records. Signing does not accept how its items were handled.',
};

/** Both parties sign a report that grades nothing: an incident, a project. */
export const plainSignOff: Chapter = signedFor(AGREED);
/** Both parties sign that a list is right, which draws no conclusions. */
export const listSignOff: Chapter = signedFor(CHECKED);

function signedFor(meaning: Text): Chapter {
  return { id: 'sign-off', signs: true, title: { zh: '签字确认', en: 'Sign-off' }, runsOn: true, write: (model, locale) => signBlocks(model, meaning, locale) };
}
function signBlocks(model: ReportModel, meaning: Text, locale: Locale): readonly Block[] {
  const lines = [say(locale, '单位', 'Organisation'), say(locale, '姓名', 'Name'), say(locale, '签字', 'Signature'), say(locale, '日期', 'Date')];
  const seal = say(locale, '盖章处', 'Seal');
  const asOf = `${formatTime(model.period.asOf, model.period.zoneMinutes)} (${formatZone(model.period.zoneMinutes)})`;
  return [
    paragraph(
      say(
        locale,
        `${meaning.zh}${lateWords(model, 'zh')}数据截至 ${asOf}${listsWords(model, 'zh')}。`,
        `${meaning.en}${lateWords(model, 'en')} Data as of ${asOf}${listsWords(model, 'en')}.`,
      ),
    ),
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
/** Nobody signs for a day that the report itself calls too late. */
function lateWords(model: ReportModel, locale: Locale): string {
  if (!groupByCheck(model).some((group) => planTooLate(model, group))) return '';
  return say(locale, '标注“计划晚于后果”的计划日期不在认可之列，须先提前。', ' Dates marked "Planned too late" are not agreed to: they are to be moved forward first.');
}
