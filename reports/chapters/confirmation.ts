import { callout, paragraph } from '../blocks.ts';
import { formatDate, formatTime, say } from '../format.ts';
import { authoredBlocks } from '../sections/authored.ts';
import type { Chapter } from './chapter.ts';

/** Contracts of this kind give the customer seven days to confirm a delivered report. */
const DAYS_TO_CONFIRM = 7;

/** What comes next, and the customer's confirmation. */
export const confirmation: Chapter = {
  id: 'confirmation',
  places: ['next'],
  title: { zh: '下期计划与客户确认', en: 'Next period and confirmation' },
  runsOn: true,
  awaits: ({ authored }) =>
    authored?.some(({ place, markdown }) => place === 'next' && markdown.trim() !== '')
      ? []
      : [{ part: { zh: '下期计划', en: 'the plan for the next period' }, how: { zh: '由服务方写成 next.md。', en: 'to be written by the provider as next.md.' } }],

  write(model, locale) {
    const { confirmation: state, period } = model;
    const next = authoredBlocks(model, 'next', locale);
    const plan = next.length > 0 ? next : [paragraph(say(locale, '下期计划未填写。', 'No plan for the next period has been entered.'), 'note')];
    if (state === undefined) {
      // Without the plan it is a draft, which nobody is asked to confirm.
      if (next.length === 0) return plan;
      return [
        ...plan,
        paragraph(
          say(
            locale,
            `客户应于收到本报告之日起 ${DAYS_TO_CONFIRM} 日内线上确认。`,
            `The customer is asked to confirm this report online within ${DAYS_TO_CONFIRM} days of receipt.`,
          ),
        ),
      ];
    }
    const due = formatDate(state.dueAt, period.zoneMinutes);
    switch (state.state) {
      case 'confirmed':
        return [
          ...plan,
          callout(
            'ok',
            say(locale, '已确认', 'Confirmed'),
            say(
              locale,
              `${state.by ?? '客户'}于 ${formatTime(state.confirmedAt ?? state.dueAt, period.zoneMinutes)} 确认。`,
              `Confirmed by ${state.by ?? 'the customer'} on ${formatTime(state.confirmedAt ?? state.dueAt, period.zoneMinutes)}.`,
            ),
          ),
        ];
      case 'waiting':
        return [...plan, callout('info', say(locale, '待确认', 'Waiting for confirmation'), say(locale, `请于 ${due} 前线上确认。`, `Please confirm online by ${due}.`))];
      case 'overdue':
        return [
          ...plan,
          callout(
            'warning',
            say(locale, '超期未确认', 'Confirmation overdue'),
            say(locale, `确认期限 ${due} 已过，未收到客户确认。`, `The confirmation period ended on ${due}; no confirmation was received.`),
          ),
        ];
      default:
        return state.state satisfies never;
    }
  },
};
