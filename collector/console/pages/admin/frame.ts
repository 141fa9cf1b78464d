/** What the pages of administration have in common. */
import type { Part } from '../../../../reports/renderers/markup.ts';
import type { Permission } from '../../../access/permissions.ts';
import type { Page } from '../../layout.ts';
import { tabs } from '../../parts/forms.ts';
import type { View } from '../../view.ts';

export type AdminTab = 'customers' | 'users' | 'policies' | 'notifications' | 'on-call' | 'agents' | 'audit' | 'system';

const TABS: readonly (readonly [id: AdminTab, zh: string, en: string, path: string, permission: Permission])[] = [
  ['customers', '客户与集群', 'Customers, clusters', '/admin', 'customer.read'],
  ['users', '用户', 'Users', '/admin/users', 'user.read'],
  ['policies', '支持策略', 'Policies', '/admin/policies', 'policy.read'],
  ['on-call', '值班', 'On call', '/admin/on-call', 'rota.read'],
  ['notifications', '通知', 'Notifications', '/admin/notifications', 'target.read'],
  ['agents', '代理', 'Agents', '/admin/agents', 'agent.read'],
  ['audit', '审计日志', 'Audit log', '/admin/audit', 'audit.read'],
  ['system', '系统', 'System', '/admin/system', 'system.read'],
];

export function adminPage(view: View, tab: AdminTab, title: string, content: Part, more: Partial<Page> = {}): Page {
  const shown = TABS.filter(([, , , , permission]) => view.may(permission)).map(([id, zh, en, path]) => [id, view.t(zh, en), path] as const);
  return { title, area: 'administration', tabs: tabs(view, tab, shown), content, ...more };
}
