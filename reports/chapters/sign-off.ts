import type { Locale, Text } from '../../agent/wire/vocabulary.ts';
import { assess, GRADE_WORDS } from '../assessment.ts';
import { type Block, paragraph } from '../blocks.ts';
import { formatTime, formatZone, say } from '../format.ts';
import { isRegisterOpen } from '../lists/risks.ts';
import { middlewareProblems } from '../middleware-problems.ts';
import type { ReportModel } from '../model.ts';
import { backupActionRows } from '../sections/backup-actions.ts';
import { lateWords } from '../sections/remediation-plan.ts';
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
/** Tables of a report that both sides write into: its list of risks, its remediation of backups. */
interface Blanks {
  readonly register?: true;
  readonly backups?: true;
}
/** What both write in when they sign, of the blanks that the report has. */
function blankWords(model: ReportModel, { register, backups }: Blanks): Text {
  const places: readonly Text[] = [
    ...(register && isRegisterOpen(model) ? [{ zh: '风险清单“整改计划”一栏', en: 'the list of risks' }] : []),
    ...(backups && backupActionRows(model) > 0 ? [{ zh: '备份整改表', en: 'the remediation of backups' }] : []),
  ];
  if (places.length === 0) return { zh: '', en: '' };
  return {
    zh: `；${places.map(({ zh }) => zh).join('与')}的空白（责任方与日期）由双方在签字时填写`,
    en: `; owners and dates still blank in ${places.map(({ en }) => en).join(' and ')} are filled in by both when signing`,
  };
}
function signedWith(meaning: Text, blanks: Blanks): Chapter {
  return signedFor((model) => {
    const { zh, en } = blankWords(model, blanks);
    const late = blanks.register ? { zh: lateWords(model, 'zh'), en: lateWords(model, 'en') } : { zh: '', en: '' };
    return { zh: `${meaning.zh}${zh}。${late.zh}`.replace(/。$/, ''), en: `${meaning.en}${en}.${late.en}`.replace(/\.$/, '') };
  });
}
/** Both parties sign a report with a list of risks, and write in who solves what until when. */
export const riskSignOff = signedWith(AGREED, { register: true });
/** The same, with the backups that cannot be relied on. */
export const operationsSignOff = signedWith(AGREED, { register: true, backups: true });
/** Both parties sign that the list of backups is right, and who mends what until when. */
export const backupSignOff = signedWith(CHECKED, { backups: true });
/** The same for the vendor's table of advice. */
export const adviceSignOff = signedFor((model) =>
  middlewareProblems(model).items.length === 0
    ? AGREED
    : {
        zh: `${AGREED.zh}；问题清单中“责任方 / 日期”一栏由双方在签字时填写`,
        en: `${AGREED.en}; the column "Owner / date" in the list of issues is filled in by both when signing`,
      },
);
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
