/** What may be done to an incident, as forms; and from a form to the command of the API. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { html, type Part } from '../../../reports/renderers/markup.ts';
import { permissionFor } from '../../access/command-rights.ts';
import { AppError } from '../../errors.ts';
import { line, paragraphs } from '../../http/values.ts';
import type { CommandKind } from '../../incidents/decide.ts';
import type { IncidentDetail } from '../../incidents/detail.ts';
import type { Awaited } from '../../incidents/event.ts';
import { CommandSchema } from '../../incidents/requests.ts';
import type { Assignee } from '../../store/assignee-store.ts';
import { NOTHING } from '../html.ts';
import { type Choices, disclosure, field, form, hidden, select, textarea } from '../parts/forms.ts';
import { incidentPath } from '../parts/incident-rows.ts';
import type { View } from '../view.ts';
import { CANCELS_CHOSEN, CHOSEN_CODES, CLOSURES_CHOSEN, CONTACTS_CHOSEN, HOLDS } from '../words/incident-words.ts';

const KINDS = [
  'acknowledge',
  'start',
  'assign',
  'hold',
  'resume',
  'resolve',
  'reopen',
  'close',
  'cancel',
  'relevel',
  'unsuppress',
  'note',
  'contact',
] as const satisfies readonly CommandKind[];
/** A form's fields; of each kind its own. */
export const ActBody = z.strictObject({
  act: z.enum(KINDS),
  version: z.coerce.number().int().min(1),
  to: z.string().max(64).optional(),
  hold: z.string().max(40).optional(),
  code: z.string().max(40).optional(),
  closure: z.string().max(40).optional(),
  reason: z.string().max(40).optional(),
  of: line(64).or(z.literal('')).optional(),
  level: z.coerce.number().int().min(1).max(5).optional(),
  contact: z.string().max(40).optional(),
  visibility: z.string().max(20).optional(),
  text: paragraphs(8_000).or(z.literal('')).optional(),
});
type Given = z.output<typeof ActBody>;
type CommandOfForm = z.output<typeof CommandSchema>;

/** @throws AppError `invalid` @param name of the assignee, looked up */
export function commandOf({ act, to, hold, code, closure, reason, of, level, contact, visibility, text }: Given, name?: string): CommandOfForm {
  const [why, awaits] = (hold ?? '').split(':');
  const bare: Readonly<Record<CommandKind, object>> = {
    acknowledge: {},
    start: {},
    resume: {},
    reopen: {},
    unsuppress: {},
    assign: { to, name },
    hold: { reason: why, ...(awaits !== undefined && { awaits }) },
    resolve: { code: code ?? 'fixed' },
    close: { closure },
    cancel: { reason, ...(of !== undefined && of !== '' && { of }) },
    relevel: { to: level, reason },
    note: { visibility, text },
    contact: { contact },
  };
  const command = CommandSchema.safeParse({ kind: act, ...bare[act] });
  if (!command.success) throw new AppError('invalid', 'the form is not complete', { details: { field: command.error.issues[0]?.path.join('.') || act } });
  return command.data;
}

/**
 * A comment is true whatever happened meanwhile, and losing what somebody wrote is worse: it needs no version. The same words of the
 * same person on the same page are one comment, however often they are sent.
 */
export function seenBy({ act, version, text, visibility }: Given, person: string): { readonly expectedVersion: number } | { readonly commandId: string } {
  if (act !== 'note') return { expectedVersion: version };
  const words = createHash('sha256').update(`${visibility} ${text}`).digest('base64url').slice(0, 22);
  return { commandId: `note:${person.slice(0, 36)}:${version}:${words}` };
}

export interface ActsContext {
  readonly assignees: readonly Assignee[];
  readonly levels: Choices;
}
/** First what comes next, then the rest on request. */
export function actForms(view: View, { summary, incident, allowed }: IncidentDetail, { assignees, levels }: ActsContext): Part {
  const { t, locale } = view;
  const can = (kind: CommandKind, more: { readonly contact?: string; readonly closure?: string } = {}): boolean =>
    allowed.includes(kind) && view.may(permissionFor({ kind, ...more }));
  const one = (act: CommandKind, button: string, fields: Part = NOTHING, options: Parameters<typeof form>[4] = {}): Part =>
    form(view, incidentPath(summary), html`${hidden('act', act)}${hidden('version', summary.version)}${fields}`, button, options);
  const words = (choices: readonly (readonly [string, Readonly<Record<'zh' | 'en', string>>])[]): Choices => choices.map(([value, text]) => [value, text[locale]] as const);
  const reveal = (label: string, ...content: readonly Part[]): Part => disclosure(label, content, { button: true });
  const isMine = incident.assignee?.id === view.person.userId;
  const first: Part[] = [
    can('acknowledge') && html`<div data-key="a">${one('acknowledge', t('受理', 'Acknowledge'))}</div>`,
    can('start') && one('start', t('开始处理', 'Start work')),
    can('resume') && one('resume', t('恢复处理', 'Resume')),
    can('unsuppress') && one('unsuppress', t('解除抑制', 'Lift the suppression')),
    can('reopen') && one('reopen', t('重新打开', 'Reopen'), NOTHING, { confirm: t(`重新打开事件 #${summary.number}？`, `Reopen incident #${summary.number}?`) }),
    can('close', { closure: 'confirmed' }) && !view.may('incident.work') && one('close', t('确认已解决并关闭', 'Confirm the solution and close'), hidden('closure', 'confirmed')),
  ];
  const more: Part[] = [
    can('assign') &&
      reveal(
        t('分派', 'Assign'),
        !isMine && assignees.some(({ id }) => id === view.person.userId) && one('assign', t('由我处理', 'Take it'), hidden('to', view.person.userId)),
        one(
          'assign',
          t('分派', 'Assign'),
          select(
            t('处理人', 'Assignee'),
            'to',
            assignees.map(({ id, name }) => [id, name] as const),
            incident.assignee?.id,
          ),
        ),
      ),
    can('contact') && reveal(t('与客户往来', 'Contact'), one('contact', t('记录', 'Record'), select(t('发生了什么', 'What happened'), 'contact', words(CONTACTS_CHOSEN)))),
    can('contact', { contact: 'information-received' }) &&
      summary.state === 'on-hold' &&
      incident.hold?.reason === 'customer' &&
      one('contact', given(view, incident.hold.awaits), hidden('contact', 'information-received')),
    can('hold') && reveal(t('挂起', 'Hold'), one('hold', t('挂起', 'Hold'), select(t('等待', 'Waiting for'), 'hold', words(HOLDS)))),
    can('resolve') && reveal(t('标记为已解决', 'Resolve'), one('resolve', t('已解决', 'Resolved'), select(t('如何解决', 'How'), 'code', words(CHOSEN_CODES)))),
    can('close') && view.may('incident.work') && reveal(t('关闭', 'Close'), one('close', t('关闭', 'Close'), select(t('结果', 'Result'), 'closure', words(CLOSURES_CHOSEN)))),
    can('relevel') &&
      reveal(
        t('调整级别', 'Change level'),
        one('relevel', t('调整', 'Change'), [
          select(t('级别', 'Level'), 'level', levels, String(summary.level)),
          select(t('原因', 'Why'), 'reason', [
            ['person', t('人工判断', 'own judgement')],
            ['customer-impact', t('业务影响变化', 'impact on the business')],
            ['no-access', t('未获得访问', 'no access was given')],
          ]),
        ]),
      ),
    can('cancel') &&
      reveal(
        t('取消', 'Cancel'),
        one(
          'cancel',
          t('取消事件', 'Cancel the incident'),
          html`${select(t('原因', 'Why'), 'reason', words(CANCELS_CHOSEN))}<div class="only only-duplicate">${field(t('与哪个事件重复（编号）', 'Duplicate of (number)'), 'of', { max: 10, placeholder: '#12' })}</div>`,
          { danger: true, confirm: t(`取消事件 #${summary.number}？`, `Cancel incident #${summary.number}?`) },
        ),
      ),
  ];
  const shown = [...first, ...more].filter((part) => part !== false && part !== undefined);
  return shown.length > 0 && html`<div class="acts">${shown}</div>`;
}

/** The customer's answer to what is waited for. */
function given({ t }: View, awaits: Awaited | undefined): string {
  if (awaits === 'access') return t('访问已开放，请继续', 'Access is given, please go on');
  return awaits === 'confirmation' ? t('已答复，请继续', 'We have answered, please go on') : t('信息已提供，请继续', 'The information is given, please go on');
}

/** A comment: whoever may answer writes to the customer's side; support also among itself. */
export function noteForm(view: View, { summary, allowed }: IncidentDetail): Part {
  const { t } = view;
  const both: Choices = [
    ['customer', t('客户可见', 'the customer sees it')],
    ['internal', t('仅内部可见', 'internal')],
  ];
  const choices = both.filter(([visibility]) => view.may(permissionFor({ kind: 'note', visibility })));
  if (!allowed.includes('note') || choices.length === 0) return undefined;
  const fields = html`${hidden('act', 'note')}${hidden('version', summary.version)}${textarea(t('备注', 'Comment'), 'text', { required: true, max: 8_000 })}${choices.length > 1 ? select(t('谁能看到', 'Who sees it'), 'visibility', choices) : hidden('visibility', choices[0]?.[0] ?? 'customer')}`;
  return form(view, incidentPath(summary), fields, t('添加备注', 'Add the comment'), { class: 'grid' });
}
