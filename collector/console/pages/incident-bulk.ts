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
import { CHOSEN_CODES } from '../words/incident-words.ts';
import { commandOf } from './incident-acts.ts';

const MOST_AT_ONCE = 100;
const BULK = ['acknowledge', 'take', 'start', 'note', 'resolve'] as const;
export function bulkForm(view: View): Markup {
  const { t, locale } = view;
  const acts: Choices = [
    ['acknowledge', t('受理', 'acknowledge')],
    ['take', t('由我处理', 'take them')],
    ['start', t('开始处理', 'start work')],
    ['note', t('添加备注', 'add a comment')],
    ['resolve', t('标记为已解决', 'resolve')],
  ];
  const fields = html`${hidden('back', view.here)}<span>${t('已选', 'Picked')} <strong data-picked>0</strong></span>${select(t('对所选事件', 'With those picked'), 'act', acts)}${select(
    t('如何解决（仅用于“已解决”）', 'How (to resolve)'),
    'code',
    CHOSEN_CODES.map(([code, text]) => [code, text[locale]] as const),
  )}${field(t('备注（仅用于“备注”，内部可见）', 'Comment (internal)'), 'text', { max: 2_000 })}`;
  return form(view, '/incidents/bulk', fields, t('执行', 'Do it'), { class: 'stick', id: 'bulk' });
}

const BulkBody = z
  .object({ act: z.enum(BULK), code: z.string().max(40).default('fixed'), text: z.string().trim().max(2_000).default(''), back: z.string().max(1_000).default('/incidents') })
  .catchall(z.string().max(20));
type Command = z.output<typeof CommandSchema>;

export function bulkForms(api: Api, { incidents, database }: AppDeps): void {
  addForm(
    api,
    { path: '/incidents/bulk', id: 'incidentsForm', summary: 'Form of several incidents', permission: 'incident.work', body: BulkBody, perMinute: 60 },
    () => '/incidents',
    async ({ caller, principal, visibility, body, now }, view): Promise<Outcome> => {
      const { act, code, text, back, ...rest } = body;
      const to = /^\/incidents(?:\?[\w%.:+,&=-]*)?$/.test(back) ? back : '/incidents';
      const picked = Object.entries(rest).flatMap(([name, version]) =>
        name.startsWith('pick-') && /^\d{1,9}$/.test(version) ? [{ id: name.slice(5), version: Number(version) }] : [],
      );
      if (picked.length === 0) return { to, say: 'none-chosen' };
      if (picked.length > MOST_AT_ONCE) throw new AppError('too-large', `at most ${MOST_AT_ONCE} incidents at once`);
      let failed = 0;
      for (const { id, version } of picked) {
        const { summary } = await incidents.detail(visibility, Id.parse(id), { now, internal: false });
        const command = await commandFor(act, { code, text }, summary);
        requirePermission(principal, command);
        try {
          await incidents.command({ ...caller, incidentId: summary.id, command, expectedVersion: version }, now);
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'conflict') throw error;
          failed += 1;
        }
      }
      return { to, say: failed > 0 ? 'partly' : 'done' };

      async function commandFor(kind: (typeof BULK)[number], more: { readonly code: string; readonly text: string }, summary: IncidentSummary): Promise<Command> {
        if (kind === 'take') {
          const { userId } = view.person;
          return { kind: 'assign', to: userId, name: (await requireAssignee(database.db, userId, summary.customerId)).name };
        }
        return commandOf({ act: kind, version: 1, code: more.code, visibility: 'internal', text: more.text });
      }
    },
  );
}
