/**
 * Who may do what, in one table. Deny by default: what is not listed is forbidden, and every route names exactly one permission.
 * Which customers' things somebody may do it to is {@link visibilityOf}'s business, not this table's.
 */
import type { Principal, Role } from './principal.ts';

type Holder = Role | 'agent' | 'integration' | 'reporter' | 'collector';

const EVERYBODY = ['customer-viewer', 'customer-administrator', 'support-engineer', 'duty-manager', 'administrator'] as const satisfies readonly Role[];
const SUPPORT = ['support-engineer', 'duty-manager', 'administrator'] as const satisfies readonly Role[];
const MANAGERS = ['duty-manager', 'administrator'] as const satisfies readonly Role[];
/** Of a customer's own matters. */
const ADMINISTRATORS = ['customer-administrator', 'administrator'] as const satisfies readonly Role[];
const ACTIVE = ['customer-administrator', ...SUPPORT] as const satisfies readonly Role[];

const HOLDERS = {
  'ingest.write': ['agent', 'collector'],
  /** What the support centre did about the incidents of the credential's cluster. */
  'federation.read': ['collector'],
  'alerts.write': ['integration'],
  'session.own': EVERYBODY,
  'customer.read': EVERYBODY,
  'customer.write': ['administrator'],
  'contract.read': EVERYBODY,
  'contract.write': ['administrator'],
  'cluster.read': EVERYBODY,
  'cluster.write': ['administrator'],
  'token.read': ADMINISTRATORS,
  'token.write': ADMINISTRATORS,
  'agent.read': EVERYBODY,
  'agent.retire': ACTIVE,
  /** An inspection ahead of its time. */
  'inspection.request': ACTIVE,
  'finding.read': EVERYBODY,
  /** Answering for a finding until a date. */
  'risk.write': ACTIVE,
  'snapshot.read': EVERYBODY,
  'trend.read': EVERYBODY,
  'incident.read': EVERYBODY,
  'incident.create': [...ACTIVE, 'integration'],
  /** What a customer says about its own incident: an answer, a confirmation, that it is back. */
  'incident.answer': ACTIVE,
  'incident.work': SUPPORT,
  /** What the support centre writes for itself. */
  'incident.internal': SUPPORT,
  'window.read': EVERYBODY,
  'window.write': ACTIVE,
  'target.read': ADMINISTRATORS,
  'target.write': ADMINISTRATORS,
  'rota.read': SUPPORT,
  'rota.write': MANAGERS,
  'policy.read': EVERYBODY,
  'policy.simulate': SUPPORT,
  'report.read': [...EVERYBODY, 'reporter'],
  'report.create': [...ACTIVE, 'reporter'],
  /** To contacts of its customer. */
  'report.send': ACTIVE,
  /** The customer's own word: nobody of the vendor gives it for them. */
  'report.confirm': ['customer-administrator'],
  /** Each for their own side; for the other only what came back signed on paper. */
  'report.sign': ACTIVE,
  'report-schedule.read': EVERYBODY,
  /** Demands, plans, parts of reports: what both sides write down. */
  'report-record.read': EVERYBODY,
  'report-record.write': ACTIVE,
  'advisory.read': EVERYBODY,
  'advisory.write': MANAGERS,
  'report-schedule.write': ACTIVE,
  'user.read': ADMINISTRATORS,
  'user.write': ADMINISTRATORS,
  /** What leaves the site that this collector stands at: for who runs it. */
  'site.read': ['administrator'],
  'site.write': ['administrator'],
  'audit.read': ADMINISTRATORS,
  'system.read': ['administrator'],
} as const satisfies Readonly<Record<string, readonly Holder[]>>;

export type Permission = keyof typeof HOLDERS;
export const PERMISSIONS = Object.keys(HOLDERS) as readonly Permission[];

export function may(principal: Principal, permission: Permission): boolean {
  const holder: Holder = principal.kind === 'user' ? principal.role : principal.kind;
  const holders: readonly Holder[] = HOLDERS[permission];
  return holders.includes(holder);
}
