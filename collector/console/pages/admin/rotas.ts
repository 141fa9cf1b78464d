/** Who is on call, and the plans behind it. */
import { z } from 'zod';
import { html, type Part } from '../../../../reports/renderers/markup.ts';
import { AppError } from '../../../errors.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { IdParams, line } from '../../../http/values.ts';
import { onCallAt } from '../../../notify/rota.ts';
import { NOTHING } from '../../html.ts';
import { addForm } from '../../page.ts';
import { disclosure, field, form, textarea } from '../../parts/forms.ts';
import { empty } from '../../parts/marks.ts';
import type { View } from '../../view.ts';

const HOME = '/admin/notifications';
const DEFAULT_ZONE = 'Asia/Shanghai';
type Rotas = Awaited<ReturnType<AppDeps['rotas']['list']>>;
const HOUR_MS = 3_600_000;
/** Who has the phone now and over the next week, by changes of hands. */
export function rotaSection(view: View, rotas: Rotas): Part {
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
      html`${disclosure(t('编辑…', 'Edit…'), form(view, `${HOME}/rotas/${id}`, rotaFields(view, name, plan), t('保存', 'Save'), { class: 'grid' }))}${form(view, `${HOME}/rotas/${id}/remove`, NOTHING, t('删除', 'Remove'), { plain: true, confirm: t(`删除值班表“${name}”？`, `Remove the rota "${name}"?`) })}`;
    return html`<h3>${name}<small>${plan.zone}</small></h3><table><thead><tr><th>${t('自', 'From')}</th><th>${t('值班', 'On call')}</th></tr></thead><tbody>${rows}</tbody></table>${edit}`;
  });
  const example = {
    zone: DEFAULT_ZONE,
    people: [{ id: 'wang', name: '王工', email: 'wang@example.com', locale: 'zh' }],
    layers: [{ name: 'week', startsOn: new Date(now).toISOString().slice(0, 10), handover: '09:00', shiftDays: 7, people: ['wang'] }],
    overrides: [],
    fallback: ['wang'],
  };
  return html`${list.length === 0 ? empty(t('没有值班表。', 'There is no rota.')) : list}${mayWrite && disclosure(t('新增值班表…', 'A new rota…'), form(view, `${HOME}/rotas`, rotaFields(view, '', example), t('新增', 'Add it'), { class: 'grid' }))}`;
}
function rotaFields(view: View, name: string, plan: unknown): Part {
  const { t } = view;
  return [
    field(t('名称', 'Name'), 'name', { required: true, max: 100, value: name }),
    textarea(t('班次计划（JSON）：人员、分层轮换、替班、后备', 'Plan (JSON): people, layers that take turns, overrides, fallback'), 'plan', {
      required: true,
      rows: 14,
      max: 14_000,
      code: true,
      value: JSON.stringify(plan, undefined, 2),
      hint: t('保存时检查：任何无人值班且没有后备的时段都会被拒绝。', 'Looked at when saved: an hour without anybody and without a fallback is refused.'),
    }),
  ];
}
const RotaForm = z.strictObject({ name: line(100), plan: z.string().max(14_000) });
export function rotaForms(api: Api, { rotas }: AppDeps): void {
  const planOf = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new AppError('invalid', 'the plan is not JSON', { details: { field: 'plan' }, cause });
    }
  };
  addForm(
    api,
    { path: `${HOME}/rotas`, id: 'newRotaForm', summary: 'Form of a new rota', permission: 'rota.write', body: RotaForm },
    () => HOME,
    async ({ caller, body, now }) => {
      await rotas.save({ name: body.name, plan: planOf(body.plan) }, caller.actor, now);
      return { to: HOME, say: 'created' };
    },
  );
  addForm(
    api,
    { path: `${HOME}/rotas/:id`, id: 'rotaForm', summary: 'Form of a rota', permission: 'rota.write', params: IdParams, body: RotaForm },
    () => HOME,
    async ({ caller, params, body, now }) => {
      await rotas.save({ id: params.id, name: body.name, plan: planOf(body.plan) }, caller.actor, now);
      return { to: HOME, say: 'saved' };
    },
  );
  addForm(
    api,
    { path: `${HOME}/rotas/:id/remove`, id: 'removeRotaForm', summary: 'Form to remove a rota', permission: 'rota.write', params: IdParams, body: z.strictObject({}) },
    () => HOME,
    async ({ caller, params, now }) => {
      await rotas.remove(params.id, caller.actor, now);
      return { to: HOME, say: 'removed' };
    },
  );
}
