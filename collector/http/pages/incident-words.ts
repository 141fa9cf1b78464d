/** Words of the incident pages, beside those that messages use too. */
import type { Locale, Severity, Text } from '../../../agent/wire/vocabulary.ts';
import type { RESOLUTION_CODES } from '../../incidents/event.ts';
import type { ClockState, Segment } from '../../support/clock.ts';

export const WORDS = {
  active: { zh: '未关闭', en: 'Not closed' },
  all: { zh: '全部', en: 'All' },
  none: { zh: '没有事件。接入集群后，巡检发现的问题会在一分钟内出现在这里。', en: 'No incidents. Once a cluster is connected, what is found appears here within a minute.' },
  next: { zh: '下一页', en: 'Next page' },
  level: { zh: '级别', en: 'Level' },
  what: { zh: '问题', en: 'What' },
  where: { zh: '客户与集群', en: 'Customer, cluster' },
  state: { zh: '状态', en: 'State' },
  opened: { zh: '创建', en: 'Opened' },
  due: { zh: '最近时限', en: 'Next due' },
  late: { zh: '已超时', en: 'overdue' },
  demo: { zh: '演示数据', en: 'demo data' },
  evidence: { zh: '证据', en: 'Evidence' },
  observed: { zh: '观测值', en: 'Observed' },
  threshold: { zh: '阈值', en: 'Threshold' },
  rule: { zh: '检查项', en: 'Check' },
  scope: { zh: '对象', en: 'Object' },
  source: { zh: '来源', en: 'Source' },
  remedy: { zh: '处置建议', en: 'Remedy' },
  clocks: { zh: '合同时限', en: 'Clocks of the contract' },
  clock: { zh: '时限', en: 'Clock' },
  started: { zh: '开始', en: 'Started' },
  ends: { zh: '到期', en: 'Due' },
  elapsed: { zh: '已计时', en: 'Counted' },
  goal: { zh: '目标', en: 'Goal' },
  arithmetic: { zh: '计算过程', en: 'arithmetic' },
  from: { zh: '从', en: 'From' },
  to: { zh: '至', en: 'To' },
  counted: { zh: '计入', en: 'Counts' },
  because: { zh: '原因', en: 'Because' },
  provisional: { zh: '暂定：该年份尚无法定节假日数据', en: 'provisional: no holiday data for a year that it touches' },
  noGoal: { zh: '合同未规定', en: 'none in the contract' },
  ahead: { zh: '若无人处理，接下来', en: 'What happens when nobody does anything' },
  timeline: { zh: '经过', en: 'Timeline' },
  members: { zh: '包含的对象', en: 'Members' },
  behind: { zh: '由它引起', en: 'Explained by it' },
  assignee: { zh: '处理人', en: 'Assignee' },
  policy: { zh: '支持策略', en: 'Policy' },
  acknowledge: { zh: '响应', en: 'Acknowledge' },
  start: { zh: '开始处理', en: 'Start work' },
  contacted: { zh: '已联系客户', en: 'First contact made' },
  resolve: { zh: '标记为已解决', en: 'Resolve' },
  conflict: { zh: '事件在此期间已变化，请看最新状态再操作。', en: 'The incident changed meanwhile: look at it again before you act.' },
  shown: { zh: '显示', en: 'showing' },
} as const satisfies Readonly<Record<string, Text>>;

export const SEVERITY_WORDS: Readonly<Record<Severity, { readonly mark: string; readonly text: Text }>> = {
  critical: { mark: '■', text: { zh: '严重', en: 'critical' } },
  warning: { mark: '▲', text: { zh: '风险', en: 'warning' } },
  info: { mark: '●', text: { zh: '关注', en: 'notice' } },
};
export const CLOCK_STATE_WORDS: Readonly<Record<ClockState['state'], Text>> = {
  waiting: { zh: '未开始', en: 'not started' },
  running: { zh: '计时中', en: 'running' },
  paused: { zh: '暂停', en: 'paused' },
  met: { zh: '按时完成', en: 'met' },
  breached: { zh: '超时', en: 'breached' },
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
  acknowledged: { zh: '已响应', en: 'Acknowledged' },
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
/** What a person may choose when resolving; the observation's own code is not among them. */
export const CHOSEN_CODES: readonly (typeof RESOLUTION_CODES)[number][] = [
  'fixed',
  'workaround',
  'configuration',
  'customer-action',
  'vendor-fix',
  'not-reproducible',
  'accepted-risk',
];
