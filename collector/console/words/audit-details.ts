/** What an entry of the audit log tells beside who, what and when, in the reader's words. Pure. */
import type { Locale, Text } from '../../../agent/wire/vocabulary.ts';
import { SEVERITY_MARKS } from '../../../reports/words.ts';
import { AWAITED_WORDS, CANCEL_WORDS, CLOSURE_WORDS, RELEVEL_WORDS, RESOLUTION_WORDS, UPDATE_WORDS } from '../../notify/terms.ts';
import { AUDIENCE_WORDS } from './incident-words.ts';
import { FORMAT_WORDS } from './report-words.ts';
import { ROLE_WORDS, SLOT_WORDS } from './role-words.ts';

type Words = Readonly<Record<string, Text>>;

const NAMES: Words = {
  administrator: { zh: '管理员席位', en: 'administrator' },
  approvedBy: { zh: '批准人', en: 'approved by' },
  attempts: { zh: '尝试次数', en: 'attempts' },
  audiences: { zh: '读者', en: 'readers' },
  awaits: { zh: '等待', en: 'waits for' },
  changed: { zh: '改动', en: 'changed' },
  check: { zh: '检查项', en: 'check' },
  closure: { zh: '关闭方式', en: 'how' },
  clusterId: { zh: '集群', en: 'cluster' },
  code: { zh: '结果', en: 'code' },
  contact: { zh: '往来', en: 'contact' },
  count: { zh: '数量', en: 'number' },
  cron: { zh: '时间表', en: 'timetable' },
  document: { zh: '文档摘要', en: 'digest of the document' },
  enabled: { zh: '启用', en: 'enabled' },
  endsAt: { zh: '结束', en: 'ends' },
  expiresAt: { zh: '有效至', en: 'expires' },
  failure: { zh: '故障', en: 'failure' },
  fields: { zh: '字段', en: 'fields' },
  files: { zh: '文件数', en: 'files' },
  formats: { zh: '格式', en: 'formats' },
  hold: { zh: '发送前', en: 'before it leaves' },
  incident: { zh: '事件', en: 'incident' },
  issuer: { zh: '身份提供方', en: 'identity provider' },
  kind: { zh: '类型', en: 'kind' },
  label: { zh: '用途', en: 'label' },
  level: { zh: '级别', en: 'level' },
  mail: { zh: '发送邮件', en: 'by mail' },
  name: { zh: '名称', en: 'name' },
  note: { zh: '说明', en: 'note' },
  origin: { zh: '来源', en: 'from' },
  owner: { zh: '责任人', en: 'owner' },
  paperDay: { zh: '纸质件日期', en: 'day on the paper' },
  policyId: { zh: '策略', en: 'policy' },
  policyVersion: { zh: '策略版本', en: 'version of the policy' },
  position: { zh: '职务', en: 'position' },
  purpose: { zh: '用途', en: 'purpose' },
  reason: { zh: '原因', en: 'reason' },
  role: { zh: '角色', en: 'role' },
  severity: { zh: '严重程度', en: 'severity' },
  side: { zh: '代表', en: 'for' },
  span: { zh: '时段', en: 'period' },
  startsAt: { zh: '开始', en: 'starts' },
  target: { zh: '目标', en: 'target' },
  tier: { zh: '级别', en: 'tier' },
  to: { zh: '到', en: 'to' },
  topic: { zh: '主题', en: 'about' },
  version: { zh: '版本', en: 'version' },
  visibility: { zh: '可见范围', en: 'visible to' },
  zone: { zh: '时区', en: 'time zone' },
};
const VALUES: Readonly<Record<string, Words>> = {
  administrator: SLOT_WORDS,
  audiences: AUDIENCE_WORDS,
  awaits: AWAITED_WORDS,
  closure: CLOSURE_WORDS,
  code: RESOLUTION_WORDS,
  contact: UPDATE_WORDS,
  formats: FORMAT_WORDS,
  hold: { manual: { zh: '等待批准', en: 'waits for approval' } },
  kind: {
    agent: { zh: '代理令牌', en: 'token of agents' },
    integration: { zh: '集成令牌', en: 'token of an integration' },
    reporter: { zh: '报告令牌', en: 'token for reports' },
    change: { zh: '计划变更', en: 'planned change' },
    maintenance: { zh: '维护窗口', en: 'maintenance window' },
  },
  level: {
    off: { zh: '什么都不发送', en: 'nothing leaves' },
    heartbeat: { zh: '只发送心跳', en: 'signs of life only' },
    health: { zh: '心跳与问题', en: 'also what is wrong' },
    full: { zh: '全部', en: 'everything' },
  },
  purpose: {
    'first-administrator': { zh: '首个管理员', en: 'first administrator' },
    invitation: { zh: '邀请', en: 'invitation' },
    'password-reset': { zh: '重设密码', en: 'new password' },
  },
  reason: {
    ...CANCEL_WORDS,
    ...RELEVEL_WORDS,
    customer: { zh: '等待客户', en: 'waiting for the customer' },
    vendor: { zh: '等待原厂', en: 'waiting for the vendor' },
    change: { zh: '等待变更', en: 'waiting for a change' },
    maintenance: { zh: '维护窗口', en: 'maintenance window' },
    replaced: { zh: '已被新的代理取代', en: 'another agent took its place' },
    'node-deleted': { zh: '节点已移出集群', en: 'its machine left the cluster' },
  },
  role: ROLE_WORDS,
  severity: { critical: SEVERITY_MARKS.critical.word, warning: SEVERITY_MARKS.warning.word, info: SEVERITY_MARKS.info.word },
  side: { customer: { zh: '客户方', en: 'the customer' }, provider: { zh: '服务方', en: 'the service provider' } },
  visibility: { customer: { zh: '客户与支持', en: 'customer and support' }, internal: { zh: '仅支持中心', en: 'support only' } },
};
const TIMES: ReadonlySet<string> = new Set(['startsAt', 'endsAt', 'expiresAt', 'until', 'at']);
/** What people cannot read and other columns tell. */
const LEFT_OUT: ReadonlySet<string> = new Set(['identity', 'request', 'commandId']);
const MOST_CHARACTERS = 300;

/** What only the page knows. Each answers `undefined` for what it does not. */
export interface DetailNames {
  readonly cluster: (id: string) => string | undefined;
  readonly check: (id: string) => string | undefined;
  readonly reportKind: (id: string) => string | undefined;
  /** Unix milliseconds in words. */
  readonly time: (at: number) => string;
}

/** Never a secret: the log holds none. */
export function detailsInWords(action: string, details: Readonly<Record<string, unknown>>, locale: Locale, names: DetailNames): string {
  const act = action.slice(action.indexOf('.') + 1);
  return Object.entries(details)
    .filter(([name, value]) => value !== null && value !== undefined && !LEFT_OUT.has(name))
    .filter(([name, value]) => !action.startsWith('incident.') || (name !== 'version' && !(name === 'kind' && value === act))) // the act says it
    .map(([name, value]) => `${NAMES[name]?.[locale] ?? name}${locale === 'zh' ? '：' : ': '}${valueInWords(name, value, locale, names)}`)
    .join(' · ')
    .slice(0, MOST_CHARACTERS);
}
function valueInWords(name: string, value: unknown, locale: Locale, names: DetailNames): string {
  if (Array.isArray(value)) return value.map((one) => valueInWords(name, one, locale, names)).join(locale === 'zh' ? '、' : ', ');
  if (typeof value === 'boolean') return (value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })[locale];
  if (typeof value === 'number') return TIMES.has(name) && value > 1e11 ? names.time(value) : String(value);
  return typeof value === 'string' ? textInWords(name, value, locale, names) : JSON.stringify(value);
}
function textInWords(name: string, value: string, locale: Locale, names: DetailNames): string {
  const lookUp: Readonly<Record<string, ((id: string) => string | undefined) | undefined>> = { clusterId: names.cluster, check: names.check, kind: names.reportKind };
  const known = lookUp[name]?.(value);
  return known ?? VALUES[name]?.[value]?.[locale] ?? shortId(value);
}
/** Ids and digests mean little to people. */
function shortId(value: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$|^[0-9a-f]{40,}$/.test(value) ? `${value.slice(0, 8)}…` : value;
}
