/** What a notification is about. Routes choose by it, receivers see it, texts are written for it. */
import { z } from 'zod';
import type { Text } from '../../agent/wire/vocabulary.ts';

export const TOPICS = [
  'opened',
  'acknowledged',
  'assigned',
  'update',
  'note',
  'waiting',
  'status',
  'level-changed',
  'escalation',
  'clock-warning',
  'clock-breach',
  'reminder',
  'solution',
  'resolved',
  'reopened',
  'closed',
  'cancelled',
  'flapping',
  'settled',
  'summary',
  'report',
  'test',
] as const;
export const Topic = z.enum(TOPICS);
export type Topic = z.infer<typeof Topic>;

/** Titles as the support centre reads them; a customer's confirmation is named so. */
export const TOPIC_TITLES: Readonly<Record<Topic, Text>> = {
  opened: { zh: '新事件', en: 'New incident' },
  acknowledged: { zh: '已受理', en: 'Acknowledged' },
  assigned: { zh: '已分派', en: 'Assigned' },
  update: { zh: '进展', en: 'Update' },
  note: { zh: '内部备注', en: 'Internal note' },
  waiting: { zh: '等待客户', en: 'Waiting for the customer' },
  status: { zh: '状态通报', en: 'Status report' },
  'level-changed': { zh: '级别变更', en: 'Level changed' },
  escalation: { zh: '升级', en: 'Escalation' },
  'clock-warning': { zh: '时限预警', en: 'Due soon' },
  'clock-breach': { zh: '时限已超', en: 'Overdue' },
  reminder: { zh: '提醒', en: 'Reminder' },
  solution: { zh: '已提供解决方案', en: 'Solution offered' },
  resolved: { zh: '已解决', en: 'Resolved' },
  reopened: { zh: '重新打开', en: 'Reopened' },
  closed: { zh: '已关闭', en: 'Closed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
  flapping: { zh: '状态抖动', en: 'Flapping' },
  settled: { zh: '抖动平息', en: 'Settled' },
  summary: { zh: '通知汇总', en: 'Summary of notifications' },
  report: { zh: '巡检报告', en: 'Report' },
  test: { zh: '测试消息', en: 'Test message' },
};

/** The customer gets these only on request, by subscribing or by a route that names them. */
export const ON_REQUEST: ReadonlySet<Topic> = new Set(['update', 'acknowledged', 'assigned', 'level-changed']);
/** A newer one of the same incident says all that an older one did. */
export const SUPERSEDED: ReadonlySet<Topic> = new Set(['status', 'clock-warning']);
