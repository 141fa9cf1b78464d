/** /admin/on-call: who is on call, and the plans behind it; for everybody of the support centre. */
import { z } from 'zod';
import type { Text } from '../../../../agent/wire/vocabulary.ts';
import { html, type Part } from '../../../../reports/renderers/markup.ts';
import { AppError } from '../../../errors.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { IdParams } from '../../../http/values.ts';
import type { Actor } from '../../../incidents/event.ts';
import { onCallAt } from '../../../notify/rota.ts';
import { NOTHING } from '../../html.ts';
import type { Page } from '../../layout.ts';
import { addForm, addPage, type Outcome } from '../../page.ts';
import { disclosure, field, form, textarea } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import type { View } from '../../view.ts';
import { adminPage } from './frame.ts';
import { type Entered, enteredOf, planOf, rotaFields } from './rota-fields.ts';

const HOME = '/admin/on-call';
const PATH = '/admin/notifications/rotas';
const DEFAULT_ZONE = 'Asia/Shanghai';
type Rotas = Awaited<ReturnType<AppDeps['rotas']['list']>>;
const HOUR_MS = 3_600_000;
/** Who has the phone now and over the next week, by changes of hands. */
function rotaSection(view: View, rotas: Rotas): Part {
  const { t, now } = view;
  const mayWrite = view.may('rota.write');
  const list = rotas.map(({ id, name, plan }) => {
    const shifts: { readonly at: number; readonly who: string }[] = [];
    for (let at = now; at < now + 7 * 24 * HOUR_MS; at += HOUR_MS) {
      const { people, because } = onCallAt(plan, at);
      const who =
        people.length === 0
          ? t('无人', 'nobody')
          : `${people.map((one) => one.name ?? one.id ?? '').join(t('、', ', '))}${because === 'fallback' ? t('（后备）', ' (fallback)') : because === 'override' ? t('（替班）', ' (override)') : ''}`;
      if (shifts.at(-1)?.who !== who) shifts.push({ at, who });
    }
    const rows = shifts
      .slice(0, 14)
      .map(({ at, who }, index) => html`<tr><td class="t">${index === 0 ? t('现在', 'now') : view.time(Math.floor(at / HOUR_MS) * HOUR_MS, plan.zone)}</td><td>${who}</td></tr>`);
    const edit =
      mayWrite &&
      html`<p class="acts"><a class="button second" href="${PATH}/${id}">${t('编辑', 'Edit')}</a>${form(view, `${PATH}/${id}/remove`, NOTHING, t('删除', 'Remove'), { plain: true, confirm: t(`删除值班表“${name}”？`, `Remove the rota "${name}"?`) })}</p>`;
    return html`<h3>${name}<small>${plan.zone}</small></h3><table><thead><tr><th>${t('自', 'From')}</th><th>${t('值班', 'On call')}</th></tr></thead><tbody>${rows}</tbody></table>${edit}`;
  });
  return html`${list.length === 0 ? empty(t('没有值班表。值班表说明何时由谁接听；通知路由可以发给当前值班的人。', 'There is no rota. A rota says who is on call when; a route of notifications can reach whoever that is.')) : list}${mayWrite && html`<p class="acts"><a class="button second" href="${PATH}/new">${t('新增值班表', 'A new rota')}</a></p>`}`;
}

/** Fields of the form by name, or the whole plan as JSON. */
const RotaForm = z.record(z.string().regex(/^(?:name|zone|plan|[plo]\d{1,3}\.[a-zA-Z]{1,20})$/), z.string().max(14_000));

export function rotaForms(api: Api, { rotas }: AppDeps): void {
  addPage(api, { path: HOME, id: 'onCallPage', summary: 'Page of who is on call', permission: 'rota.read' }, async (view) =>
    adminPage(view, 'on-call', view.t('值班', 'On call'), rotaSection(view, await rotas.list()), { site: DEFAULT_ZONE }),
  );
  addPage(api, { path: `${PATH}/new`, id: 'newRotaPage', summary: 'Page to make a rota', permission: 'rota.write' }, async (view) => {
    const day = new Date(view.now).toISOString().slice(0, 10);
    return editor(view, undefined, { name: '', zone: DEFAULT_ZONE, 'l0.name': view.t('每周', 'weekly'), 'l0.startsOn': day, 'l0.handover': '09:00', 'l0.shiftDays': '7' });
  });
  addPage(api, { path: `${PATH}/:id`, id: 'rotaPage', summary: 'Page to change a rota', permission: 'rota.write', params: IdParams }, async (view, { params }) => {
    const { id, name, plan } = await rotas.get(params.id);
    return editor(view, id, enteredOf(name, plan));
  });
  /** What was refused is shown again as it was entered, with why. */
  const save = async (view: View, id: string | undefined, entered: Entered, actor: Actor, now: number): Promise<Outcome> => {
    try {
      await rotas.save({ id, name: entered['name'] ?? '', plan: entered['plan'] === undefined ? planOf(entered) : jsonOf(entered['plan']) }, actor, now);
      return { to: HOME, say: id === undefined ? 'created' : 'saved' };
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'invalid') throw error;
      return { to: id === undefined ? `${PATH}/new` : `${PATH}/${id}`, page: editor(view, id, entered, error) };
    }
  };
  addForm(
    api,
    { path: `${PATH}`, id: 'newRotaForm', summary: 'Form of a new rota', permission: 'rota.write', body: RotaForm },
    () => HOME,
    async ({ caller, body, now }, view) => await save(view, undefined, body, caller.actor, now),
  );
  addForm(
    api,
    { path: `${PATH}/:id`, id: 'rotaForm', summary: 'Form of a rota', permission: 'rota.write', params: IdParams, body: RotaForm },
    () => HOME,
    async ({ caller, params, body, now }, view) => await save(view, params.id, body, caller.actor, now),
  );
  addForm(
    api,
    { path: `${PATH}/:id/remove`, id: 'removeRotaForm', summary: 'Form to remove a rota', permission: 'rota.write', params: IdParams, body: z.strictObject({}) },
    () => HOME,
    async ({ caller, params, now }) => {
      await rotas.remove(params.id, caller.actor, now);
      return { to: HOME, say: 'removed' };
    },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('invalid', 'the plan is not JSON', { details: { field: 'plan' }, cause });
  }
}
function editor(view: View, id: string | undefined, entered: Entered, fault?: AppError): Page {
  const { t } = view;
  const path = id === undefined ? `${PATH}` : `${PATH}/${id}`;
  const save = t('保存', 'Save');
  const json = [
    field(t('名称', 'Name'), 'name', { required: true, max: 100, value: entered['name'] ?? '' }),
    textarea(t('班次计划（JSON）', 'Plan (JSON)'), 'plan', { required: true, rows: 14, max: 14_000, code: true, value: entered['plan'] ?? jsonText(entered) }),
  ];
  return adminPage(
    view,
    'on-call',
    id === undefined ? t('新增值班表', 'A new rota') : t(`值班表：${entered['name'] ?? ''}`, `Rota: ${entered['name'] ?? ''}`),
    html`${fault && faultWords(view, fault)}${form(view, path, rotaFields(view, entered), save, { class: 'rota' })}${disclosure(t('作为 JSON 编辑…', 'As JSON…'), form(view, path, json, save, { class: 'grid', second: true }), { open: entered['plan'] !== undefined })}`,
    {
      trail: [[t('值班', 'On call'), HOME]],
      about: t('无人值班且没有后备的时段会被拒绝。', 'An hour without anybody and without a fallback is refused.'),
    },
  );
}
function jsonText(entered: Entered): string {
  try {
    return JSON.stringify(planOf(entered), undefined, 2);
  } catch {
    return ''; // not complete yet
  }
}
function faultWords({ locale, t }: View, { details }: AppError): Part {
  const problems = Array.isArray(details?.['problems']) ? (details['problems'] as readonly Text[]) : [];
  const at = details?.['field'];
  return html`<div class="notice bad" role="alert"><p>■ ${t('没有保存。', 'It was not saved.')}${typeof at === 'string' && html` ${t('请检查：', 'Look at: ')}<code>${at}</code>`}</p>${problems.length > 0 && html`<ul>${problems.map((one) => html`<li>${one[locale]}</li>`)}</ul>`}</div>`;
}
