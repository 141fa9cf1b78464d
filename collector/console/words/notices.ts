/** What a page says about the act before it. */
import type { Text } from '../../../agent/wire/vocabulary.ts';
import type { ErrorCode } from '../../errors.ts';

export const NOTICES = {
  saved: { zh: '已保存。', en: 'Saved.' },
  created: { zh: '已创建。', en: 'Created.' },
  removed: { zh: '已删除。', en: 'Removed.' },
  revoked: { zh: '已吊销，立即生效。', en: 'Revoked, at once.' },
  accepted: { zh: '已登记为接受的风险：到期前不计入得分。', en: 'Accepted: it costs no points until it expires.' },
  withdrawn: { zh: '已撤回：该问题重新计入得分。', en: 'Withdrawn: it counts again.' },
  approved: { zh: '已批准：现有数据可以离开。', en: 'Approved: what waits now may leave.' },
  'nothing-leaves': { zh: '已停止：从下一次请求起不再发送任何内容。', en: 'Stopped: nothing leaves from the next request on.' },
  done: { zh: '已完成。', en: 'Done.' },
  partly: {
    zh: '部分已完成；这些事件在此期间已变化或不接受该操作，请看最新状态：',
    en: 'Partly done; these incidents changed meanwhile, or do not take this: look at them again:',
  },
  'none-chosen': { zh: '没有选中任何事件。', en: 'No incident was picked.' },
  'inspection-requested': {
    zh: '已请求：代理在下一次心跳时得知，进展见下。',
    en: 'Asked for: agents hear of it with their next heartbeat. How far they are stands below.',
  },
  'inspection-impossible': {
    zh: '没有请求巡检：该集群没有可请求的代理，原因见下。',
    en: 'No inspection was asked for: no agent of this cluster takes requests; why stands below.',
  },
  requested: { zh: '已提交，报告正在生成。', en: 'The report is being made.' },
  'report-sent': { zh: '已交给邮件发送。', en: 'It is on its way by mail.' },
  confirmed: { zh: '已确认。', en: 'Confirmed.' },
  signed: { zh: '签字已记录。', en: 'The signature is recorded.' },
  objected: { zh: '异议已记录。', en: 'The objection is recorded.' },
  subscribed: { zh: '每次更新都会发到您的邮箱。', en: 'Every update goes to your mailbox.' },
  unsubscribed: { zh: '不再发送更新。', en: 'No more updates are sent.' },
  'password-changed': { zh: '密码已修改，其他会话已退出。', en: 'The password is changed; all other sessions are over.' },
  'test-sent': { zh: '测试消息已送出。', en: 'The test message is on its way.' },
  'test-failed': { zh: '测试消息没有送达，原因见该目标一行。', en: 'The test message did not arrive; the line of the target says why.' },
} as const satisfies Readonly<Record<string, Text>>;
export type NoticeName = keyof typeof NOTICES;
/** Of those, what did not come about, or not wholly. */
export const UNDONE: ReadonlySet<NoticeName> = new Set(['partly', 'none-chosen', 'inspection-impossible', 'test-failed']);

/** What a refusal means and what to do now. */
export const ERROR_WORDS: Readonly<Record<ErrorCode, Text>> = {
  invalid: { zh: '有内容不符合要求，没有做任何更改。', en: 'Something is not as it should be, and nothing was changed.' },
  unauthenticated: { zh: '请先登录。', en: 'Sign in first.' },
  forbidden: { zh: '您没有此权限。', en: 'You may not do this.' },
  'not-found': { zh: '没有这个页面，或您无权查看。', en: 'There is no such page, or it is not yours to see.' },
  conflict: { zh: '在此期间已有变化，没有做任何更改。请看最新状态再操作。', en: 'It changed meanwhile, and nothing was done: look at it again before you act.' },
  'too-large': { zh: '内容过大。', en: 'That is too large.' },
  'too-many': { zh: '请求过多，请稍等片刻再试。', en: 'Too many at once: wait a little and try again.' },
  unavailable: { zh: '暂时不可用，请稍后再试。', en: 'Not available now: try again in a moment.' },
  unsupported: { zh: '不支持这种内容。', en: 'This kind of content is not taken here.' },
};
