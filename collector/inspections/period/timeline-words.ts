/** Events of an incident as lines that a customer reads. What support says among itself has no line. */
import type { Text } from '../../../agent/wire/vocabulary.ts';
import type { TimelineEntry } from '../../../reports/facts/service.ts';
import type { Actor, Closure, EventBody, IncidentEvent } from '../../incidents/event.ts';
import { AWAITED_WORDS, CANCEL_WORDS, CLOSURE_WORDS, RELEVEL_WORDS, RESOLUTION_WORDS, UPDATE_WORDS } from '../../notify/terms.ts';

/** A note of a person is printed up to here; the whole of it is in the incident. */
const LONGEST_NOTE = 2_000;

/** @param levelLabel how the policy calls a level */
export function timelineOf(events: readonly IncidentEvent[], levelLabel: (level: number) => Text): readonly TimelineEntry[] {
  return events.flatMap(({ at, actor, body }) => {
    const text = wordsOf(body, actor, levelLabel);
    return text === undefined ? [] : [{ at: Math.round(at / 1_000), by: nameOf(actor), text: { zh: text.zh, en: text.en.charAt(0).toUpperCase() + text.en.slice(1) } }];
  });
}
function nameOf({ kind, name }: Actor): string {
  return name ?? (kind === 'agent' ? 'xunjian agent' : kind === 'integration' ? 'API' : 'xunjian');
}

function wordsOf(body: EventBody, actor: Actor, levelLabel: (level: number) => Text): Text | undefined {
  switch (body.kind) {
    case 'opened': {
      const level = levelLabel(body.level);
      const more = body.description === undefined ? '' : body.description.slice(0, LONGEST_NOTE);
      return { zh: `事件创建，${level.zh}${more === '' ? '' : `：${more}`}`, en: `Opened as ${level.en}${more === '' ? '' : `: ${more}`}` };
    }
    case 'acknowledged':
      return { zh: '已受理', en: 'Acknowledged' };
    case 'assigned':
      return { zh: `分派给 ${body.name}`, en: `Assigned to ${body.name}` };
    case 'started':
    case 'resumed':
    case 'recovering':
    case 'relapsed':
      return UPDATE_WORDS[body.kind];
    case 'held':
      if (body.reason !== 'customer') return UPDATE_WORDS[`held-${body.reason}`];
      return { zh: `挂起：${AWAITED_WORDS[body.awaits ?? '']?.zh ?? '等待客户'}`, en: `On hold: ${AWAITED_WORDS[body.awaits ?? '']?.en ?? 'waiting for the customer'}` };
    case 'resolved':
      return both('已解决', 'Resolved', RESOLUTION_WORDS[body.code]);
    case 'reopened':
      return { zh: '问题再次出现，重新打开', en: 'The trouble came back: opened again' };
    case 'closed':
      return closureWords(body.closure, actor);
    case 'cancelled':
      return both('已取消', 'Cancelled', CANCEL_WORDS[body.reason]);
    case 'suppressed':
    case 'unsuppressed':
      return UPDATE_WORDS[body.kind];
    case 'releveled': {
      const [from, to] = [levelLabel(body.from), levelLabel(body.to)];
      return both(`级别由 ${from.zh} 调整为 ${to.zh}`, `Level changed from ${from.en} to ${to.en}`, RELEVEL_WORDS[body.reason]);
    }
    case 'escalated':
      return { zh: `升级，第 ${body.step} 级`, en: `Escalated, step ${body.step}` };
    case 'contact':
      return CONTACT_WORDS[body.contact] ?? UPDATE_WORDS[body.contact];
    case 'note':
      return body.visibility === 'customer' ? { zh: body.text.slice(0, LONGEST_NOTE), en: body.text.slice(0, LONGEST_NOTE) } : undefined;
    case 'clock':
      return body.percent >= 100 ? { zh: '时限已超', en: 'Overdue' } : undefined;
    case 'grew':
      return { zh: `涉及对象增至 ${body.members} 个`, en: `Grew to ${body.members} objects` };
    case 'signal':
    case 'member-joined':
    case 'member-left':
      return undefined; // the table of findings tells them
    default:
      return body satisfies never;
  }
}
/** How an incident ended. Whose word a confirmation rests on is told with it: support closes what the customer confirmed, and nobody confirms what was only observed. */
export function closureWords(closure: Closure, actor: Actor | undefined): Text {
  const words = CLOSURE_WORDS[closure] ?? { zh: '已关闭', en: 'closed' };
  if (closure !== 'confirmed' || actor === undefined) return words;
  if (actor.kind === 'system')
    return { zh: `${words.zh}（观察到已恢复，到期自动关闭，无客户确认记录）`, en: 'closed by itself: recovery was observed, no confirmation by the customer on record' };
  const by = nameOf(actor);
  return { zh: `${words.zh}（客户的确认由 ${by} 登记）`, en: `${words.en} (the customer's confirmation was recorded by ${by})` };
}
const CONTACT_WORDS: Readonly<Record<string, Text>> = {
  'status-update': { zh: '已通报进展', en: 'Status update given' },
  notified: { zh: '已按合同通知', en: 'Notified as the contract asks' },
  'information-requested': { zh: '请客户提供信息', en: 'Information was asked for' },
  'solution-offered': { zh: '已提供解决方案', en: 'A solution was offered' },
};
function both(zh: string, en: string, more: Text | undefined): Text {
  return { zh: more === undefined ? zh : `${zh}：${more.zh}`, en: more === undefined ? en : `${en}: ${more.en}` };
}
