/** Words of the incident pages, beside those that messages use too. */
import type { Locale, Text } from '../../../agent/wire/vocabulary.ts';
import type { Awaited, CancelReason, Closure, Contact, HoldReason, ResolutionCode } from '../../incidents/event.ts';
import { CANCEL_WORDS, CLOSURE_WORDS, RESOLUTION_WORDS, UPDATE_WORDS } from '../../notify/terms.ts';
import type { ClockState, Segment } from '../../support/clock.ts';

export const CLOCK_STATE_WORDS: Readonly<Record<ClockState['state'], Text>> = {
  waiting: { zh: '未开始', en: 'not started' },
  running: { zh: '计时中', en: 'running' },
  paused: { zh: '暂停', en: 'paused' },
  met: { zh: '✓ 按时完成', en: '✓ met' },
  breached: { zh: '■ 超时', en: '■ breached' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};
export const BECAUSE_WORDS: Readonly<Record<Segment['because'], Text>> = {
  coverage: { zh: '服务时段', en: 'within coverage' },
  'around-the-clock': { zh: '全天候', en: 'around the clock' },
  'outside-coverage': { zh: '服务时段之外', en: 'outside coverage' },
  holiday: { zh: '法定节假日', en: 'public holiday' },
  'make-up-workday': { zh: '调休上班日', en: 'make-up workday' },
  weekend: { zh: '周末', en: 'weekend' },
  break: { zh: '休息时段', en: 'break' },
  paused: { zh: '暂停', en: 'paused' },
  'whole-working-day': { zh: '工作日', en: 'working day' },
};
export const SOURCE_WORDS: Readonly<Record<string, Text>> = {
  agent: { zh: '巡检代理', en: 'inspection agent' },
  'agent-silent': { zh: '收集端：代理失联', en: 'collector: the agent is silent' },
  alertmanager: { zh: 'Alertmanager', en: 'Alertmanager' },
  person: { zh: '人员提交', en: 'a person' },
  api: { zh: '其他系统', en: 'another system' },
  group: { zh: '汇总', en: 'group' },
};
const EVENT_WORDS: Readonly<Record<string, Text>> = {
  opened: { zh: '创建', en: 'Opened' },
  signal: { zh: '观测更新', en: 'Seen again' },
  acknowledged: { zh: '已受理', en: 'Acknowledged' },
  started: { zh: '开始处理', en: 'Work started' },
  assigned: { zh: '已分派', en: 'Assigned' },
  held: { zh: '挂起', en: 'On hold' },
  resumed: { zh: '处理已恢复', en: 'Resumed' },
  recovering: { zh: '恢复中，观察', en: 'Recovering, watched' },
  relapsed: { zh: '再次出现', en: 'Back again' },
  resolved: { zh: '已解决', en: 'Resolved' },
  reopened: { zh: '重新打开', en: 'Reopened' },
  closed: { zh: '已关闭', en: 'Closed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  suppressed: { zh: '已抑制', en: 'Suppressed' },
  unsuppressed: { zh: '抑制解除', en: 'No longer suppressed' },
  releveled: { zh: '级别变更', en: 'Level changed' },
  escalated: { zh: '已上报', en: 'Escalated' },
  contact: { zh: '与客户往来', en: 'Contact' },
  note: { zh: '备注', en: 'Note' },
  clock: { zh: '时限', en: 'Clock' },
  grew: { zh: '范围扩大', en: 'Grew' },
  'member-joined': { zh: '对象加入', en: 'Member joined' },
  'member-left': { zh: '对象离开', en: 'Member left' },
};
/** For events and for what duties do. */
export function eventWord(kind: string, locale: Locale): string {
  return EVENT_WORDS[kind]?.[locale] ?? kind;
}
export const SIGNAL_WORDS: Readonly<Record<string, Text>> = {
  firing: { zh: '仍然存在', en: 'still there' },
  clear: { zh: '已恢复正常', en: 'normal again' },
  stale: { zh: '无法获知', en: 'not known' },
  inhibited: { zh: '由其他问题引起', en: 'explained by another trouble' },
};
export const AUDIENCE_WORDS: Readonly<Record<string, Text>> = {
  customer: { zh: '客户', en: 'customer' },
  'customer-representative': { zh: '客户服务代表', en: 'customer representative' },
  support: { zh: '支持中心', en: 'support' },
  assignee: { zh: '处理人', en: 'assignee' },
  'duty-manager': { zh: '值班经理', en: 'duty manager' },
};
const word = (words: Readonly<Record<string, Text>>, key: string): Text => words[key] ?? { zh: key, en: key };

/** What a person may choose when resolving; the observation's own code is not among them. */
export const CHOSEN_CODES = (
  ['fixed', 'workaround', 'configuration', 'customer-action', 'vendor-fix', 'not-reproducible', 'accepted-risk'] as const satisfies readonly ResolutionCode[]
).map((code) => [code, word(RESOLUTION_WORDS, code)] as const);
export const CLOSURES_CHOSEN = (['confirmed', 'transferred', 'cancelled-by-customer'] as const satisfies readonly Closure[]).map((one) => [one, word(CLOSURE_WORDS, one)] as const);
export const CANCELS_CHOSEN = (['false-positive', 'duplicate', 'policy'] as const satisfies readonly CancelReason[]).map((one) => [one, word(CANCEL_WORDS, one)] as const);
export const HOLDS: readonly (readonly [`${HoldReason}` | `customer:${Awaited}`, Text])[] = [
  ['customer:information', { zh: '客户提供信息', en: 'information from the customer' }],
  ['customer:confirmation', { zh: '客户确认解决方案', en: "the customer's word on the solution" }],
  ['customer:access', { zh: '客户开放访问', en: "access to the customer's system" }],
  ['vendor', { zh: '原厂', en: 'the vendor' }],
  ['change', { zh: '变更', en: 'a change' }],
  ['maintenance', { zh: '维护窗口结束', en: 'the end of a maintenance window' }],
];
/** What an incident on hold waits for, whoever reads it. */
export function holdWords(reason: HoldReason, awaits: Awaited | undefined, locale: Locale): string {
  const [, text] = HOLDS.find(([key]) => key === (awaits === undefined ? reason : `${reason}:${awaits}`)) ?? [];
  return text?.[locale] ?? (locale === 'zh' ? '客户' : 'the customer');
}
export const CONTACTS_CHOSEN = (
  [
    'first-contact',
    'call-back',
    'action-plan',
    'status-update',
    'dispatched',
    'arrived',
    'notified',
    'information-requested',
    'solution-offered',
  ] as const satisfies readonly Contact[]
).map((one) => [one, word(UPDATE_WORDS, one)] as const);
