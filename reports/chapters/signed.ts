/** Who signed a finished report, for whom, when and which document: the page that a signed report is handed over with. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { type Block, type Cell, callout, figures, paragraph, words } from '../blocks.ts';
import { textCell } from '../cells.ts';
import { type PartySignature, SIGNING_SIDES, type SigningSide, type SignOffState } from '../facts/sign-off.ts';
import { formatBytes, formatTime, formatZone, say } from '../format.ts';
import type { ReportModel } from '../model.ts';
import { OK_MARK } from '../words.ts';
import type { Chapter } from './chapter.ts';
import { factTable } from './facts.ts';
import { periodWords } from './method.ts';

export const signedPage: Chapter = {
  id: 'signed',
  title: { zh: '签字与确认', en: 'Signatures and confirmation' },
  write(model, locale) {
    const { signOff } = model;
    if (!signOff) return [];
    return [
      paragraph(
        say(
          locale,
          `《${signOff.title.zh}》的签字与确认，截至 ${moment(model, signOff.statedAt)}。签字针对下列文档，文档及其文件在签字后没有改动。`,
          `Signatures and confirmation of the ${signOff.title.en.toLowerCase()}, as of ${moment(model, signOff.statedAt)}. The signed document is listed below; neither it nor its files have changed since signing.`,
        ),
        'lead',
      ),
      signaturesTable(model, signOff, locale),
      ...customersWord(model, signOff, locale),
      documentTable(model, signOff, locale),
      filesTable(signOff, locale),
      paragraph(provenance(locale), 'note'),
    ];
  },
};

function moment({ period: { zoneMinutes } }: ReportModel, at: number): string {
  return `${formatTime(at, zoneMinutes)} (${formatZone(zoneMinutes)})`;
}

export function sideWord(side: SigningSide, locale: Locale): string {
  return side === 'customer' ? say(locale, '客户方', 'Customer') : say(locale, '服务方', 'Service provider');
}

function signaturesTable(model: ReportModel, { organisations, signatures, documentSha256 }: SignOffState, locale: Locale): Block {
  const rowOf = (side: SigningSide): readonly Cell[] => {
    const signature = signatures[side];
    const own = [{ text: sideWord(side, locale) }, textCell(organisations[side])];
    if (!signature) return [...own, textCell(undefined), textCell(undefined), { text: say(locale, '– 尚未签字', '– Not signed yet'), tone: 'unknown' }, textCell(undefined)];
    return [...own, textCell(signature.name), textCell(signature.position), stateOf(signature, documentSha256, locale), textCell(whenWords(model, signature, locale))];
  };
  return {
    type: 'table',
    title: say(locale, '签字', 'Signatures'),
    columns: [
      words(say(locale, '方', 'Side'), 'text', 2),
      words(say(locale, '单位', 'Organisation'), 'text', 4),
      words(say(locale, '签字人', 'Signed by'), 'text', 3),
      words(say(locale, '职务', 'Position'), 'text', 2),
      words(say(locale, '状态', 'State'), 'status', 3),
      words(say(locale, '时间与方式', 'When and how'), 'text', 5),
    ],
    rows: SIGNING_SIDES.map(rowOf),
    total: SIGNING_SIDES.length,
    empty: '',
  };
}
/** A signature of another document is none of this one. */
function stateOf({ documentSha256: signed }: PartySignature, documentSha256: string, locale: Locale): Cell {
  if (signed === documentSha256) return { text: `${OK_MARK.shape} ${say(locale, '已签字', 'Signed')}`, tone: 'ok' };
  return { text: `■ ${say(locale, '签的是另一份文档', 'Signed another document')}`, tone: 'critical' };
}
function whenWords(model: ReportModel, { name, paperDay, at, recordedBy }: PartySignature, locale: Locale): string {
  if (paperDay === undefined) return say(locale, `${moment(model, at)}，在系统中签字`, `${moment(model, at)}, in the system`);
  const by = recordedBy === undefined || recordedBy === name ? '' : say(locale, `由${recordedBy}`, ` by ${recordedBy}`);
  return say(locale, `${paperDay}，纸质件，${by}于 ${moment(model, at)} 登记`, `${paperDay}, on paper, noted${by} on ${moment(model, at)}`);
}

function customersWord(model: ReportModel, { word }: SignOffState, locale: Locale): readonly Block[] {
  if (!word) return [];
  const until = moment(model, word.until);
  const by = word.by ?? say(locale, '客户', 'the customer');
  const at = moment(model, word.at ?? word.until);
  const note = word.note === undefined || word.note === '' ? '' : say(locale, `说明：${word.note}`, ` Note: ${word.note}`);
  switch (word.state) {
    case 'confirmed':
      return [callout('ok', say(locale, '客户已确认', 'Confirmed by the customer'), say(locale, `${by}于 ${at} 确认。${note}`, `${by} confirmed it on ${at}.${note}`))];
    case 'objected':
      return [callout('warning', say(locale, '客户有异议', 'The customer objects'), say(locale, `${by}于 ${at} 提出异议。${note}`, `${by} objected on ${at}.${note}`))];
    case 'awaited':
      return [callout('info', say(locale, '待客户确认', 'Waiting for the customer'), say(locale, `确认期限 ${until}。`, `The time to confirm ends on ${until}.`))];
    case 'lapsed':
      return [
        callout(
          'unknown',
          say(locale, '到期视为确认', 'Deemed confirmed'),
          say(
            locale,
            `客户在 ${until} 之前没有确认，也没有提出异议；按约定视为确认。`,
            `The customer neither confirmed nor objected by ${until}; as agreed, the report counts as confirmed.`,
          ),
        ),
      ];
    default:
      return word.state satisfies never;
  }
}

function documentTable(model: ReportModel, { reportId, title, documentSha256, madeAt }: SignOffState, locale: Locale): Block {
  return factTable(
    say(locale, '所签文档', 'What was signed'),
    [
      [say(locale, '报告', 'Report'), title[locale]],
      [say(locale, '编号', 'Id'), reportId],
      [say(locale, '周期', 'Period'), periodWords(model)],
      [say(locale, '数据截至', 'Data as of'), moment(model, model.period.asOf)],
      [say(locale, '生成于', 'Made'), moment(model, madeAt)],
      [say(locale, '文档 SHA-256', 'SHA-256 of the document'), documentSha256],
    ],
    locale,
  );
}
function filesTable({ files }: SignOffState, locale: Locale): Block {
  return {
    type: 'table',
    title: say(locale, '报告的文件', 'Files of the report'),
    columns: [words(say(locale, '文件', 'File'), 'name', 4), figures(say(locale, '大小', 'Size'), 1.4), words('SHA-256', 'code', 7)],
    rows: files.map(({ name, bytes, sha256 }) => [{ text: name }, { text: formatBytes(bytes) }, { text: sha256 }]),
    total: files.length,
    empty: say(locale, '没有文件。', 'There are no files.'),
  };
}

/** What it is worth, and what it is not. */
function provenance(locale: Locale): string {
  return say(
    locale,
    `本页由签字记录生成：登录账号的操作与文档摘要一起记入审计日志，不能更改；本页不是经第三方认证的电子签名。核对：把报告文件、manifest.json、manifest.sig.json 与 sign-off.json、sign-off.sig.json、本页放在同一目录，运行 \`xunjian report verify 目录\`。`,
    'This page is generated from the signature record: actions of authenticated accounts, kept unalterably in the audit log with the digest of the document. It is not an electronic signature certified by a third party. To verify, put the files of the report, manifest.json, manifest.sig.json, sign-off.json, sign-off.sig.json and this page into one directory and run `xunjian report verify DIR`.',
  );
}
