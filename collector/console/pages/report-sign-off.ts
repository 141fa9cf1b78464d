/** What both sides say about a finished report on its page: the customer's confirmation, and who signed it, here or on paper. */
import { z } from 'zod';
import { html, type Markup, type Part } from '../../../reports/renderers/markup.ts';
import { sideOf } from '../../access/principal.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { IdParams, line } from '../../http/values.ts';
import { isUnsignable, type Report, SIDES, type Side, type Signature } from '../../reports/report.ts';
import { isSpokenFor, signOffNames } from '../../reports/sign-off.ts';
import { addForm } from '../page.ts';
import { field, form, hidden, textarea } from '../parts/forms.ts';
import type { View } from '../view.ts';

const Confirmation = z.strictObject({ accepted: z.enum(['yes', 'no']), note: z.string().trim().max(4_000).optional() });
/** Without a day it is signed here and now. */
const Signing = z.strictObject({
  side: z.enum(SIDES),
  name: line(120),
  position: z.string().trim().max(120).optional(),
  onPaper: z.literal('1').optional(),
  paperDay: z.iso.date().or(z.literal('')).optional(),
});

export function signOffForms(api: Api, { reports }: AppDeps): void {
  addForm(
    api,
    { path: '/reports/:id/confirm', id: 'confirmReportForm', summary: "Form of the customer's confirmation", permission: 'report.confirm', params: IdParams, body: Confirmation },
    ({ params }) => `/reports/${params.id}`,
    async ({ caller, params, body, now }) => {
      const accepted = body.accepted === 'yes';
      await reports.confirm(caller, params.id, { accepted, ...(body.note !== undefined && body.note !== '' && { note: body.note }) }, now);
      return { to: `/reports/${params.id}`, say: accepted ? 'confirmed' : 'objected' };
    },
  );
  addForm(
    api,
    {
      path: '/reports/:id/sign',
      id: 'signReportForm',
      summary: 'Form to sign a report, or to note who signed it on paper',
      permission: 'report.sign',
      params: IdParams,
      body: Signing,
    },
    ({ params }) => `/reports/${params.id}`,
    async ({ caller, principal, params, body: { side, name, position, onPaper, paperDay: day }, now }) => {
      if (onPaper !== undefined && (day === undefined || day === '')) throw new AppError('invalid', 'a signature on paper has a day', { details: { field: 'paperDay' } });
      const signature = { side, name, ...(position && { position }), ...(onPaper !== undefined && day && { paperDay: day }) };
      await reports.sign(caller, params.id, { ...signature, by: sideOf(principal) }, now);
      return { to: `/reports/${params.id}`, say: 'signed' };
    },
  );
}

export function confirmationWords(view: View, { state, confirmation, confirmedAt, confirmUntil }: Report, zone: string): Part {
  const { t } = view;
  if (confirmation)
    return html`${confirmation.accepted ? html`<span class="ok">✓ ${t('已确认', 'confirmed')}</span>` : html`<span class="mark warning">▲ ${t('有异议', 'objected')}</span>`}<small>${view.time(confirmedAt, zone)}</small>`;
  if (state !== 'done') return undefined;
  if (confirmUntil === undefined) return html`<small>${t('无需确认', 'none needed')}</small>`;
  return confirmUntil > view.now ? html`${t('待确认', 'awaited')} <small>${t('截至', 'until')} ${view.time(confirmUntil, zone)}</small>` : t('到期视为确认', 'counts as confirmed');
}

/** @param zone of the site */
export function signOff(view: View, report: Report, zone: string): Markup {
  const { t } = view;
  if (isUnsignable(report))
    return html`<h2>${t('签字', 'Sign-off')}</h2><p class="notice">${t(
      '本报告不请客户确认，也不签字：它是草稿，或本期没有需要签字的内容。缺什么、怎样补充写在报告首页；补齐后重新生成。',
      'This report is neither confirmed nor signed: it is a draft, or there is nothing to sign for this period. Its first page says what is missing and how to add it; then make it again.',
    )}</p>`;
  return html`${confirmation(view, report, zone)}<h2>${t('签字', 'Sign-off')}</h2><div class="columns">${SIDES.map((side) => html`<section class="sign">${party(view, report, side, zone)}</section>`)}</div>${isSpokenFor(report, view.now) && page(view, report)}`;
}
const PAGE_WORDS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  pdf: ['签字确认页 PDF', 'Sign-off page, PDF'],
  docx: ['签字确认页 Word', 'Sign-off page, Word'],
  html: ['签字确认页 HTML', 'Sign-off page, HTML'],
  'sig.json': ['记录的签名', 'Signature of the record'],
  json: ['签字记录', 'Record'],
};
/** Beside the report, whose files stay what was signed. */
function page({ t, locale }: View, { id, locales }: Report): Markup {
  const own = locales.includes(locale) ? locale : locales[0];
  const links = signOffNames(locales.filter((one) => one === own)).map((name) => {
    const [zh, en] = PAGE_WORDS[name.replace(/^sign-off\.(?:zh\.|en\.)?/, '')] ?? [name, name];
    return html`<li><a href="/api/v1/reports/${id}/sign-off/${name}" download>${t(zh, en)}</a></li>`;
  });
  const note = t(
    '写明谁在何时代表谁签了哪一份文档（含其摘要）；报告的文件在签字后不变。放进报告文件所在的目录，用 xunjian report verify 一起核对。',
    'It says who signed which document, by its digest, for whom and when; the files of the report stay as they were signed. Put it beside them: xunjian report verify checks both.',
  );
  return html`<ul class="quiet">${links}</ul><p class="note">${note}</p>`;
}
function confirmation(view: View, report: Report, zone: string): Part {
  const { t } = view;
  const { confirmation: given, confirmedBy, confirmedAt, confirmUntil, id } = report;
  if (given)
    return html`<h2>${t('客户确认', "The customer's word")}</h2><div class="sign"><p>${confirmationWords(view, report, zone)}</p><p>${confirmedBy?.name} · ${view.time(confirmedAt, zone)}</p>${given.note !== undefined && html`<p>${given.note}</p>`}</div>`;
  if (confirmUntil === undefined) return undefined;
  const isOpen = confirmUntil > view.now;
  if (!isOpen || !view.may('report.confirm')) return html`<h2>${t('客户确认', "The customer's word")}</h2><p>${confirmationWords(view, report, zone)}</p>`;
  const content = html`<fieldset class="options"><legend>${t('对本报告', 'About this report')}</legend><label class="check"><input type="radio" name="accepted" value="yes" required><span>${t('确认', 'we confirm it')}</span></label><label class="check"><input type="radio" name="accepted" value="no"><span>${t('有异议', 'we object')}</span></label></fieldset>${textarea(t('说明', 'Note'), 'note', { max: 4_000 })}`;
  return html`<h2>${t('客户确认', "The customer's word")}</h2><div class="sign"><p>${t('请在期限内确认或提出异议，逾期视为确认：', 'Confirm or object in time; without a word it counts as confirmed: ')}${view.time(confirmUntil, zone)}</p>${form(view, `/reports/${id}/confirm`, content, t('提交', 'Send'), { class: 'grid' })}</div>`;
}

function party(view: View, report: Report, side: Side, zone: string): Markup {
  const { t } = view;
  const title = side === 'customer' ? t('客户方', 'Customer') : t('服务方', 'Service provider');
  const signature = report.signatures[side];
  if (signature) return html`<h3>${title}</h3>${signed(view, signature, zone)}`;
  if (!view.may('report.sign')) return html`<h3>${title}</h3><p class="muted">${t('尚未签字', 'not signed yet')}</p>`;
  const mine = sideOf(view.person);
  if (side === 'provider' && mine === 'customer') return html`<h3>${title}</h3><p class="muted">${t('尚未签字', 'not signed yet')}</p>`;
  if (side === 'customer' && report.confirmation?.accepted === false)
    return html`<h3>${title}</h3><p class="muted">${t('客户有异议：解决后重新生成报告再签字。', 'The customer objects: make the report again when that is settled.')}</p>`;
  const isOwn = side === mine;
  const paper = isOwn
    ? html`<label class="check"><input type="checkbox" name="onPaper" value="1"><span>${t('已在纸质件上签字', 'signed on paper')}</span></label>${field(t('纸质件日期', 'Day on the paper'), 'paperDay', { type: 'date', hint: t('仅纸质件需要', 'for paper only') })}`
    : html`${hidden('onPaper', '1')}${field(t('纸质件日期', 'Day on the paper'), 'paperDay', { type: 'date', required: true })}`;
  const fields = html`${hidden('side', side)}${field(t('签字人', 'Name'), 'name', { required: true, max: 120, value: isOwn ? view.person.name : undefined })}${field(t('职务', 'Position'), 'position', { max: 120 })}${paper}`;
  const note = isOwn
    ? t('签字与文档摘要一起记入审计日志，不能更改。', 'It stands in the audit log with the digest of the document and cannot be changed.')
    : t('客户在此页面自行签字；这里只登记收到的纸质签字件。', 'Customers sign on this page themselves; this only notes a paper that came back signed.');
  return html`<h3>${title}</h3>${form(view, `/reports/${report.id}/sign`, fields, isOwn ? t('签字', 'Sign') : t('登记纸质件', 'Note the paper'), { class: 'grid', second: true })}<p class="note">${note}</p>`;
}
function signed(view: View, { name, position, paperDay, at, recordedBy, documentSha256 }: Signature, zone: string): Markup {
  const { t } = view;
  const how = paperDay === undefined ? html`${t('在此页面签字', 'signed on this page')}, ${view.time(at, zone)}` : html`${t('纸质件签字', 'signed on paper')}, ${paperDay}`;
  const noted = recordedBy.name !== undefined && recordedBy.name !== name && html`<small>${t('登记人', 'noted by')} ${recordedBy.name}, ${view.time(at, zone)}</small>`;
  return html`<p class="signed"><strong>${name}</strong>${position !== undefined && html` <small>${position}</small>`}</p><p><span class="ok">✓</span> ${how}${noted}</p><p><small>sha256 <code>${documentSha256.slice(0, 16)}…</code></small></p>`;
}
