/** Words of the audit log and of the collector's tables. */
import type { Locale, Text } from '../../../agent/wire/vocabulary.ts';

const THINGS: Readonly<Record<string, Text>> = {
  advisory: { zh: '缺陷公告', en: 'advisory' },
  agent: { zh: '代理', en: 'agent' },
  bundle: { zh: '数据包', en: 'bundle' },
  certificate: { zh: '证书', en: 'certificate' },
  cluster: { zh: '集群', en: 'cluster' },
  contract: { zh: '合同', en: 'contract' },
  customer: { zh: '客户', en: 'customer' },
  incident: { zh: '事件', en: 'incident' },
  inspection: { zh: '巡检', en: 'inspection' },
  link: { zh: '一次性链接', en: 'one-time link' },
  notification: { zh: '通知', en: 'notification' },
  pack: { zh: '规则包', en: 'rule pack' },
  report: { zh: '报告', en: 'report' },
  'report-record': { zh: '报告素材', en: 'part of reports' },
  'report-schedule': { zh: '报告计划', en: 'report schedule' },
  risk: { zh: '接受的风险', en: 'accepted risk' },
  rota: { zh: '值班表', en: 'rota' },
  route: { zh: '通知路由', en: 'route' },
  session: { zh: '会话', en: 'session' },
  site: { zh: '站点', en: 'site' },
  target: { zh: '通知目标', en: 'target' },
  token: { zh: '令牌', en: 'token' },
  user: { zh: '用户', en: 'user' },
  window: { zh: '变更与维护', en: 'planned window' },
};
const ACTS: Readonly<Record<string, Text>> = {
  accept: { zh: '登记', en: 'accept' },
  acknowledge: { zh: '受理', en: 'acknowledge' },
  apply: { zh: '应用', en: 'apply' },
  approve: { zh: '批准', en: 'approve' },
  assign: { zh: '分派', en: 'assign' },
  bind: { zh: '绑定', en: 'bind' },
  cancel: { zh: '取消', en: 'cancel' },
  close: { zh: '关闭', en: 'close' },
  confirm: { zh: '确认', en: 'confirm' },
  contact: { zh: '往来', en: 'contact' },
  create: { zh: '新建', en: 'create' },
  dead: { zh: '放弃', en: 'given up' },
  disable: { zh: '停用', en: 'disable' },
  done: { zh: '完成', en: 'done' },
  enable: { zh: '重新启用', en: 'enable' },
  hold: { zh: '挂起', en: 'hold' },
  import: { zh: '导入', en: 'import' },
  invite: { zh: '邀请', en: 'invite' },
  'link-identity': { zh: '关联身份', en: 'link an identity' },
  note: { zh: '备注', en: 'note' },
  open: { zh: '打开', en: 'open' },
  password: { zh: '修改密码', en: 'change the password' },
  plan: { zh: '登记', en: 'announce' },
  register: { zh: '注册', en: 'register' },
  relevel: { zh: '调整级别', en: 'change the level' },
  remove: { zh: '删除', en: 'remove' },
  reopen: { zh: '重新打开', en: 'reopen' },
  request: { zh: '请求', en: 'request' },
  resolve: { zh: '解决', en: 'resolve' },
  resume: { zh: '恢复处理', en: 'resume' },
  retire: { zh: '停用', en: 'retire' },
  revive: { zh: '重新发送', en: 'send again' },
  revoke: { zh: '吊销', en: 'revoke' },
  role: { zh: '更改角色', en: 'change the role' },
  rollback: { zh: '回退', en: 'roll back' },
  rotate: { zh: '轮换', en: 'rotate' },
  save: { zh: '保存', en: 'save' },
  send: { zh: '发送', en: 'send' },
  sign: { zh: '签字', en: 'sign' },
  start: { zh: '开始处理', en: 'start work' },
  trust: { zh: '信任', en: 'trust' },
  unsuppress: { zh: '解除抑制', en: 'lift the suppression' },
  update: { zh: '修改', en: 'change' },
  use: { zh: '使用', en: 'use' },
  withdraw: { zh: '撤回', en: 'withdraw' },
};
/** `token.revoke` in words; what is not known stays as it is. */
export function actionWords(action: string, locale: Locale): string {
  const [thing = '', ...rest] = action.split('.');
  const act = rest.join('.');
  const name = THINGS[thing]?.[locale] ?? thing;
  return act === '' ? name : `${name}${locale === 'zh' ? '：' : ': '}${ACTS[act]?.[locale] ?? act}`;
}
/** Who did it, where it is nobody with a name. */
export const ACTOR_WORDS: Readonly<Record<string, Text>> = {
  system: { zh: '系统', en: 'the collector' },
  agent: { zh: '巡检代理', en: 'an agent' },
  user: { zh: '用户', en: 'a user' },
  integration: { zh: '其他系统', en: 'another system' },
};
/** Pages of things by their id. */
export const OBJECT_PATHS: Readonly<Record<string, string>> = {
  cluster: '/admin/clusters/',
  customer: '/admin/customers/',
  incident: '/incidents/',
  report: '/reports/',
};
export const AGENT_ROLE_WORDS: Readonly<Record<string, Text>> = {
  node: { zh: '节点代理', en: 'node agent' },
  cluster: { zh: '集群代理', en: 'cluster agent' },
  host: { zh: '主机代理', en: 'host agent' },
};
export function agentRole(role: string, locale: Locale): string {
  return AGENT_ROLE_WORDS[role]?.[locale] ?? role;
}
const TABLE_WORDS: Readonly<Record<string, Text>> = {
  customers: { zh: '客户', en: 'customers' },
  clusters: { zh: '集群', en: 'clusters' },
  agents: { zh: '代理', en: 'agents' },
  users: { zh: '用户', en: 'users' },
  sessions: { zh: '会话', en: 'sessions' },
  snapshots: { zh: '巡检', en: 'inspections' },
  findings: { zh: '问题', en: 'findings' },
  incidents: { zh: '事件', en: 'incidents' },
  incident_events: { zh: '事件经过', en: 'events of incidents' },
  signals: { zh: '信号', en: 'signals' },
  rollups: { zh: '趋势汇总', en: 'roll-ups' },
  receipts: { zh: '回执', en: 'receipts' },
  quarantine: { zh: '无法读取的上报', en: 'payloads that cannot be read' },
  timers: { zh: '定时', en: 'timers' },
  windows: { zh: '变更与维护', en: 'planned windows' },
  targets: { zh: '通知目标', en: 'targets' },
  notifications: { zh: '通知', en: 'notifications' },
  'notifications.pending': { zh: '等待发送的通知', en: 'notifications that wait' },
  reports: { zh: '报告', en: 'reports' },
  report_files: { zh: '报告文件', en: 'files of reports' },
  audit: { zh: '审计记录', en: 'audit entries' },
  relays: { zh: '待转发', en: 'to be forwarded' },
};
export function tableWords(table: string, locale: Locale): string {
  return TABLE_WORDS[table]?.[locale] ?? table;
}
