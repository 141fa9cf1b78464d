/** Words for the states, clocks and reasons that messages name; the same as in console and reports. */
import type { Text } from '../../agent/wire/vocabulary.ts';

type Words = Readonly<Record<string, Text>>;

export const STATE_WORDS: Words = {
  open: { zh: '待受理', en: 'open' },
  new: { zh: '待受理', en: 'open' },
  acknowledged: { zh: '已受理', en: 'acknowledged' },
  'in-progress': { zh: '处理中', en: 'in progress' },
  'on-hold': { zh: '挂起', en: 'on hold' },
  recovering: { zh: '观察恢复中', en: 'recovering' },
  resolved: { zh: '已解决', en: 'resolved' },
  closed: { zh: '已关闭', en: 'closed' },
  suppressed: { zh: '已抑制', en: 'suppressed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};
export const CLOCK_WORDS: Words = {
  respond: { zh: '响应', en: 'Response' },
  rescue: { zh: '故障救援', en: 'Fault rescue' },
  arrive: { zh: '到达现场', en: 'On-site arrival' },
  'call-back': { zh: '首次回访', en: 'First call-back' },
  'action-plan': { zh: '行动方案', en: 'Action plan' },
  update: { zh: '进展通报', en: 'Status update' },
  resolve: { zh: '解决', en: 'Solution' },
  notify: { zh: '故障通知', en: 'Notification' },
};
/** How DaoCloud's policy names the ends of an incident, and the others in its manner. */
export const CLOSURE_WORDS: Words = {
  confirmed: { zh: '已确认关闭', en: 'closed, solution confirmed' },
  transferred: { zh: '已转移给客户', en: 'transferred to the customer' },
  'cancelled-by-customer': { zh: '已由客户取消', en: 'cancelled by the customer' },
  expired: { zh: '到期关闭', en: 'closed, time expired' },
};
export const CANCEL_WORDS: Words = {
  duplicate: { zh: '与另一事件重复', en: 'a duplicate of another incident' },
  'false-positive': { zh: '误报', en: 'a false alarm' },
  policy: { zh: '不在支持范围内', en: 'outside of what the contract covers' },
  'member-of-group': { zh: '已并入汇总事件', en: 'now part of a group incident' },
};
export const RESOLUTION_WORDS: Words = {
  cleared: { zh: '问题已自行消除', en: 'the trouble cleared by itself' },
  fixed: { zh: '已修复', en: 'fixed' },
  workaround: { zh: '已提供临时方案', en: 'a workaround is in place' },
  configuration: { zh: '已调整配置', en: 'configuration changed' },
  'customer-action': { zh: '客户已处理', en: 'solved by the customer' },
  'vendor-fix': { zh: '已提供产品修复', en: 'fixed in the product' },
  'not-reproducible': { zh: '无法复现', en: 'not reproducible' },
  'accepted-risk': { zh: '客户接受该风险', en: 'risk accepted by the customer' },
};
export const AWAITED_WORDS: Words = {
  information: { zh: '请提供所需信息', en: 'we need information from you' },
  confirmation: { zh: '请确认解决方案是否有效', en: 'please confirm that the solution works' },
  access: { zh: '请提供远程访问', en: 'we need access to your system' },
};
export const RELEVEL_WORDS: Words = {
  severity: { zh: '严重程度变化', en: 'its severity changed' },
  person: { zh: '人工调整', en: 'changed by a person' },
  'no-access': { zh: '未能在约定时间内获得访问', en: 'access was not given within the agreed time' },
  'customer-impact': { zh: '业务影响变化', en: 'its impact on the business changed' },
  'outage-beyond-change': { zh: '中断超出计划变更窗口', en: 'the outage outlasted the planned change' },
};
/** What happened, for updates. */
export const UPDATE_WORDS: Words = {
  started: { zh: '工程师已开始处理', en: 'An engineer has started to work on it' },
  resumed: { zh: '处理已恢复', en: 'Work on it goes on' },
  recovering: { zh: '指标已恢复正常，正在观察', en: 'The readings are normal again; it is being watched' },
  relapsed: { zh: '问题再次出现', en: 'The trouble is back' },
  'held-vendor': { zh: '挂起：等待原厂', en: 'On hold: waiting for the vendor' },
  'held-change': { zh: '挂起：等待变更', en: 'On hold: waiting for a change' },
  'held-maintenance': { zh: '挂起：维护窗口', en: 'On hold: maintenance window' },
  suppressed: { zh: '已抑制：由上级问题或维护引起', en: 'Suppressed: caused by another trouble or by maintenance' },
  unsuppressed: { zh: '抑制已解除', en: 'No longer suppressed' },
  'first-contact': { zh: '已与客户取得联系', en: 'First contact was made' },
  'call-back': { zh: '已完成首次回访', en: 'The first call-back was made' },
  'action-plan': { zh: '已提供行动方案', en: 'The action plan was given' },
  dispatched: { zh: '工程师已出发', en: 'An engineer is on the way' },
  arrived: { zh: '工程师已到达现场', en: 'An engineer has arrived' },
  notified: { zh: '已按合同通知', en: 'Notified as the contract asks' },
  'status-update': { zh: '已通报状态', en: 'Status was given' },
  'information-requested': { zh: '已请客户提供信息', en: 'Information was asked for' },
  'solution-offered': { zh: '已提供解决方案', en: 'A solution was offered' },
  'information-received': { zh: '已收到所需信息', en: 'The information has arrived' },
};
