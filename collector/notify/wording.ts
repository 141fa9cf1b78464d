/** The sentence that opens a message, for the customer and for the support centre, in both languages. Pure. */
import type { Text } from '../../agent/wire/vocabulary.ts';
import type { IncidentFacts } from './change.ts';
import { line } from './escape.ts';
import type { Message, Voice } from './message.ts';
import { AWAITED_WORDS, CANCEL_WORDS, CLOCK_WORDS, CLOSURE_WORDS, RELEVEL_WORDS, RESOLUTION_WORDS, UPDATE_WORDS } from './terms.ts';
import { countdown, zonedTime } from './zoned-time.ts';

type Detail = NonNullable<Message['detail']>;

export function openingWords(message: Message, now: number): Text {
  const { incident, detail = {} } = message;
  if (message.topic === 'test')
    return {
      zh: '这是一条测试消息：本通知目标配置正确，可以收到巡检事件。无需处理。',
      en: 'This is a test message: the notification target works and can receive incidents. Nothing needs to be done.',
    };
  if (message.summary) {
    const { count, incidents } = message.summary;
    return {
      zh: `短时间内产生了 ${count} 条通知，涉及 ${incidents} 个事件，已合并为本条。事件记录完整，未丢失。`,
      en: `${count} notifications about ${incidents} incident${incidents === 1 ? '' : 's'} came up in a short time and are told together here. The incidents themselves are all kept.`,
    };
  }
  return incident ? aboutIncident(message, incident, detail, now) : { zh: '', en: '' };
}

function aboutIncident({ topic, voice, at }: Message, incident: IncidentFacts, detail: Detail, now: number): Text {
  const time = zonedTime(at, incident.zone);
  switch (topic) {
    case 'opened':
      return opened(incident, voice, zonedTime(incident.openedAt, incident.zone));
    case 'acknowledged':
      return { zh: `支持工程师已于 ${time} 受理。`, en: `A support engineer took it on at ${time}.` };
    case 'assigned':
      return { zh: `已分派给 ${line(detail.to ?? '')}。`, en: `It was assigned to ${line(detail.to ?? '')}.` };
    case 'update':
      return { zh: `${wordOf(UPDATE_WORDS, detail.reason, '有新的进展').zh}（${time}）。`, en: `${wordOf(UPDATE_WORDS, detail.reason, '', 'There is news').en} (${time}).` };
    case 'note':
      return { zh: `${line(detail.actor ?? '')}添加了内部备注。`, en: `${line(detail.actor ?? 'Somebody')} added an internal note.` };
    case 'waiting':
      return waiting(detail, voice);
    case 'status':
      return { zh: `截至 ${zonedTime(now, incident.zone)} 的处理状态如下。`, en: `This is the state as of ${zonedTime(now, incident.zone)}.` };
    case 'level-changed':
      return levelChanged(incident, detail);
    case 'escalation':
      return {
        zh: `${incident.levelLabel.zh} 事件已升级${detail.to ? `至${roleWords(detail.to).zh}` : ''}，请立即关注。`,
        en: `This ${incident.levelLabel.en} incident was escalated${detail.to ? ` to the ${roleWords(detail.to).en}` : ''}. It needs attention at once.`,
      };
    case 'clock-warning':
    case 'clock-breach':
      return clock(detail, incident, now);
    case 'reminder':
      return { zh: '合同约定的事项到期，请处理。', en: 'Something that the contract promises is due.' };
    case 'solution':
      return { zh: '我们已为该事件提供解决方案，请验证并答复是否可以关闭。', en: 'A solution was offered. Please try it and tell us whether the incident can be closed.' };
    case 'resolved':
      return resolved(detail, voice);
    case 'reopened':
      return { zh: '问题再次出现，事件已重新打开，编号不变。', en: 'The trouble came back; the incident was opened again under the same number.' };
    case 'closed':
      return closed(detail.reason ?? incident.closure, voice);
    case 'cancelled':
      return { zh: `事件已取消：${wordOf(CANCEL_WORDS, detail.reason).zh}。`, en: `The incident was cancelled: it is ${wordOf(CANCEL_WORDS, detail.reason).en}.` };
    case 'flapping':
      return {
        zh: '该问题反复出现和消失，归为同一事件。抖动期间每 6 小时通报一次，平息后另行通知。',
        en: 'The trouble comes and goes; all of it is one incident. You will hear every 6 hours while it does, and once when it settles.',
      };
    case 'settled':
      return { zh: '状态已稳定，恢复正常通知。', en: 'It has settled; messages come as usual again.' };
    case 'report':
      return { zh: '报告已生成。', en: 'A report is ready.' };
    case 'summary':
    case 'test':
      return { zh: '', en: '' };
    default:
      return topic satisfies never;
  }
}

function opened({ source, number, kind }: IncidentFacts, voice: Voice, time: string): Text {
  if (voice === 'support') {
    if (source === 'person') return { zh: `${time} 由人员提交。`, en: `Reported by a person at ${time}.` };
    return source === 'agent-silent'
      ? { zh: `自 ${time} 起未收到该代理的数据：缺少数据不等于正常。`, en: `No data from this agent since ${time}: no data does not mean that all is well.` }
      : { zh: `${time} 由系统自动发现并创建。`, en: `Found and opened by the system at ${time}.` };
  }
  const noun: Text = kind === 'problem' ? { zh: '问题', en: 'problem' } : { zh: '事件', en: 'incident' };
  return source === 'person'
    ? {
        zh: `您好！我们已于 ${time} 收到您的请求，并登记为${noun.zh} #${number}。本函为电子确认函，支持工程师将在下列时限内与您联系。`,
        en: `Your request reached us at ${time} and is registered as ${noun.en} #${number}. This is its confirmation; a support engineer will contact you within the times below.`,
      }
    : {
        zh: `您好！主动巡检于 ${time} 发现以下情况，并已自动创建${noun.zh} #${number}。本函为电子确认函，支持工程师将在下列时限内与您联系。`,
        en: `Proactive inspection found the following at ${time} and opened ${noun.en} #${number} by itself. This is its confirmation; a support engineer will contact you within the times below.`,
      };
}
function waiting({ reason }: Detail, voice: Voice): Text {
  const what = wordOf(AWAITED_WORDS, reason, '需要您的答复', 'we need your answer');
  return voice === 'customer'
    ? { zh: `${what.zh}，以便我们继续处理。`, en: `To go on, ${what.en}.` }
    : { zh: `已挂起，等待客户：${what.zh}。`, en: `On hold, waiting for the customer: ${what.en}.` };
}
function levelChanged({ levelLabel }: IncidentFacts, { reason }: Detail): Text {
  const why = wordOf(RELEVEL_WORDS, reason);
  return { zh: `级别调整为 ${levelLabel.zh}：${why.zh}。`, en: `It is ${levelLabel.en} now: ${why.en}.` };
}
function clock({ clock: name, percent = 100, dueAt, late }: Detail, { zone }: IncidentFacts, now: number): Text {
  const what = wordOf(CLOCK_WORDS, name);
  const due = dueAt === undefined ? undefined : { time: zonedTime(dueAt, zone), zh: countdown(dueAt, now, 'zh'), en: countdown(dueAt, now, 'en') };
  const when: Text = due ? { zh: `：${due.time}（${due.zh}）`, en: `: ${due.time} (${due.en})` } : { zh: '', en: '' };
  const delayed: Text = late ? { zh: '本通知因采集端停机而迟发。', en: ' This message is late: the collector was down.' } : { zh: '', en: '' };
  return percent >= 100
    ? { zh: `${what.zh}时限已超${when.zh}。${delayed.zh}`, en: `${what.en} is overdue${when.en}.${delayed.en}` }
    : {
        zh: `${what.zh}时限已用 ${Math.round(percent)} %${when.zh}。${delayed.zh}`,
        en: `${Math.round(percent)} % of the time for ${what.en.toLowerCase()} has passed${when.en}.${delayed.en}`,
      };
}
function resolved({ reason }: Detail, voice: Voice): Text {
  const how = wordOf(RESOLUTION_WORDS, reason);
  return voice === 'customer'
    ? { zh: `事件已解决：${how.zh}。如问题仍然存在，请答复，我们将重新打开。`, en: `The incident is solved: ${how.en}. If the trouble persists, tell us and it is opened again.` }
    : { zh: `事件已解决：${how.zh}。`, en: `The incident is solved: ${how.en}.` };
}
function closed(closure: string | undefined, voice: Voice): Text {
  const word = wordOf(CLOSURE_WORDS, closure, '已关闭', 'closed');
  if (closure === 'transferred')
    return {
      zh: '提供解决方案后，在约定期限内未收到答复，事件标记为“已转移给客户”并关闭。',
      en: 'No answer to the solution came within the agreed time: the incident is marked “transferred to the customer” (已转移给客户) and closed.',
    };
  if (closure === 'cancelled-by-customer')
    return {
      zh: '在约定期限内未收到所请求的信息，事件标记为“已由客户取消”并关闭。',
      en: 'The requested information did not come within the agreed time: the incident is marked “cancelled by the customer” (已由客户取消) and closed.',
    };
  return voice === 'customer'
    ? { zh: `事件${word.zh}。感谢您的配合。`, en: `The incident is ${word.en}. Thank you for your help.` }
    : { zh: `事件${word.zh}。`, en: `The incident is ${word.en}.` };
}

const ROLES: Readonly<Record<string, Text>> = {
  'duty-manager': { zh: '当班主管', en: 'duty manager' },
  'customer-representative': { zh: '客户服务代表', en: 'customer representative' },
};
function roleWords(role: string): Text {
  const name = line(role, 80);
  return ROLES[role] ?? { zh: ` ${name}`, en: name };
}
/** A word of ours, else the fallback, else the code itself made visible. */
export function wordOf(words: Readonly<Record<string, Text>>, code: string | undefined, zh?: string, en?: string): Text {
  const known = code !== undefined && Object.hasOwn(words, code) ? words[code] : undefined;
  const plain = line(code ?? '', 60);
  return known ?? { zh: zh ?? plain, en: en ?? plain };
}
