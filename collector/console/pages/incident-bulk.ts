/** Acts on many incidents at once: each by its own version, so that what changed meanwhile is left alone. */
import { z } from 'zod';
import { html, type Markup } from '../../../reports/renderers/markup.ts';
import { requireAssignee } from '../../access/assignees.ts';
import { requirePermission } from '../../access/command-rights.ts';
import { AppError } from '../../errors.ts';
import type { AppDeps } from '../../http/deps.ts';
import type { Api } from '../../http/endpoint.ts';
import { Id } from '../../http/values.ts';
import type { CommandSchema } from '../../incidents/requests.ts';
import type { IncidentSummary } from '../../store/incident-list.ts';
import { addForm, type Outcome } from '../page.ts';
import { type Choices, field, form, hidden, select } from '../parts/forms.ts';
import type { View } from '../view.ts';
import { CHOSEN_CODES, CLOSURES_CHOSEN, CONTACTS_CHOSEN, HOLDS } from '../words/incident-words.ts';
import { commandOf } from './incident-acts.ts';

const MOST_AT_ONCE = 100;
const BULK = ['acknowledge', 'take', 'start', 'hold', 'contact', 'note', 'resolve', 'close'] as const;

export function bulkForm(view: View): Markup {
  const { t, locale } = view;
  const acts: Choices = [
    ['acknowledge', t('受理', 'acknowledge')],
    ['take', t('由我处理', 'take them')],
    ['start', t('开始处理', 'start work')],
    ['hold', t('挂起', 'hold')],
    ['contact', t('记录与客户的往来', 'record a contact')],
    ['note', t('添加备注', 'add a comment')],
    ['resolve', t('标记为已解决', 'resolve')],
    ['close', t('关闭', 'close')],
  ];
  const words = (choices: readonly (readonly [string, Readonly<Record<'zh' | 'en', string>>])[]): Choices => choices.map(([value, text]) => [value, text[locale]] as const);
  /** Shown when that act is chosen; without a style that can tell, always. */
  const only = (act: (typeof BULK)[number], content: Markup): Markup => html`<div class="only only-${act}">${content}</div>`;
  const fields = html`${hidden('back', view.here)}<span>${t('已选', 'Picked')} <strong data-picked>0</strong></span>${select(t('对所选事件', 'With those picked'), 'act', acts)}${only('hold', select(t('挂起：等待', 'Hold: waiting for'), 'hold', words(HOLDS)))}${only('contact', select(t('往来：发生了什么', 'Contact: what happened'), 'contact', words(CONTACTS_CHOSEN)))}${only('note', field(t('备注（内部可见）', 'Comment (internal)'), 'text', { max: 2_000 }))}${only('resolve', select(t('如何解决', 'Resolved: how'), 'code', words(CHOSEN_CODES)))}${only('close', select(t('关闭：结果', 'Closed: result'), 'closure', words(CLOSURES_CHOSEN)))}`;
  return form(view, '/incidents/bulk', fields, t('执行', 'Do it'), { class: 'stick', id: 'bulk' });
}

const Choice = z.string().max(40).optional();
const BulkBody = z
  .object({
    act: z.enum(BULK),
    code: Choice,
    hold: Choice,
    contact: Choice,
    closure: Choice,
    text: z.string().trim().max(2_000).default(''),
    back: z.string().max(1_000).default('/incidents'),
  })
  .catchall(z.string().max(20));
type Command = z.output<typeof CommandSchema>;

export function bulkForms(api: Api, { incidents, database }: AppDeps): void {
  addForm(
    api,
    { path: '/incidents/bulk', id: 'incidentsForm', summary: 'Form of several incidents', permission: 'incident.work', body: BulkBody, perMinute: 60 },
    () => '/incidents',
    async ({ caller, principal, visibility, body, now }, view): Promise<Outcome> => {
      const { act, code, hold, contact, closure, text, back, ...rest } = body;
      const to = /^\/incidents(?:\?[\w%.:+,&=-]*)?$/.test(back) ? back : '/incidents';
      const picked = Object.entries(rest).flatMap(([name, version]) =>
        name.startsWith('pick-') && /^\d{1,9}$/.test(version) ? [{ id: name.slice(5), version: Number(version) }] : [],
      );
      if (picked.length === 0) return { to, say: 'none-chosen' };
      if (picked.length > MOST_AT_ONCE) throw new AppError('too-large', `at most ${MOST_AT_ONCE} incidents at once`);
      const failed: number[] = [];
      for (const { id, version } of picked) {
        const { summary } = await incidents.detail(visibility, Id.parse(id), { now, internal: false });
        const command = await commandFor(summary);
        requirePermission(principal, command);
        try {
          await incidents.command({ ...caller, incidentId: summary.id, command, ...(act !== 'note' && { expectedVersion: version }) }, now);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
          failed.push(summary.number);
        }
      }
      return failed.length > 0 ? { to, say: 'partly', about: failed } : { to, say: 'done' };

      async function commandFor(summary: IncidentSummary): Promise<Command> {
        if (act === 'take') {
          const { userId } = view.person;
          return { kind: 'assign', to: userId, name: (await requireAssignee(database.db, userId, summary.customerId)).name };
        }
        return commandOf({ act, version: 1, code, hold, contact, closure, visibility: 'internal', text });
      }
    },
  );
}
