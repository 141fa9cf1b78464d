/**
 * Alertmanager's webhook, version 4, as a source of facts. It has no event id and repeats itself: an alert is its fingerprint,
 * and its begin and end order what arrives. Labels are foreign text: names from a short list are kept, everything else is not.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Scope } from '../../agent/wire/inspection.ts';
import type { Severity } from '../../agent/wire/vocabulary.ts';
import { AppError } from '../errors.ts';
import type { Db } from '../store/database.ts';
import type { Fact } from './fact.ts';
import { foreignKey } from './identity.ts';
import type { Desk } from './rules.ts';
import { type Taken, take } from './take.ts';

/** Alerts of one notification; Alertmanager's `max_alerts` sends fewer. */
export const MOST_ALERTS = 2_000;
const Labels = z.record(z.string().max(1_024), z.string()).catch({});
const Alert = z.looseObject({
  status: z.enum(['firing', 'resolved']),
  labels: Labels,
  startsAt: z.string().max(64),
  endsAt: z.string().max(64).optional(),
  fingerprint: z
    .string()
    .regex(/^[0-9a-f]{1,64}$/)
    .optional()
    .catch(undefined),
});
/** Permissive: a foreign system's format may grow. */
export const AlertmanagerWebhook = z.looseObject({
  version: z.string().max(8),
  groupKey: z.string().optional(),
  truncatedAlerts: z.number().int().min(0).optional().catch(undefined),
  alerts: z.array(z.unknown()),
});

export interface AlertSender {
  readonly customerId: string;
  readonly clusterId: string;
  /** Id of the integration's credential. */
  readonly integration: string;
}
export interface AlertsTaken extends Taken {
  /** Not readable, or meant for nobody (severity `none`, such as Watchdog). */
  readonly skipped: number;
  /** Left out by Alertmanager itself. */
  readonly truncated: number;
}

/** @throws AppError `unsupported` for another version, `invalid` for another format, `too-large` */
export async function receiveAlerts(desk: Desk, db: Db, sender: AlertSender, body: unknown, now: number): Promise<AlertsTaken> {
  const parsed = AlertmanagerWebhook.safeParse(body);
  if (!parsed.success) throw new AppError('invalid', 'this is no notification of Alertmanager: version and alerts are expected');
  const { version, alerts, truncatedAlerts: truncated = 0 } = parsed.data;
  if (version !== '4') throw new AppError('unsupported', 'only version 4 of the webhook is understood');
  if (alerts.length > MOST_ALERTS) throw new AppError('too-large', `a notification has ${MOST_ALERTS} alerts at most: set max_alerts`);
  const facts = alerts.flatMap((alert) => factOf(sender, alert, now) ?? []);
  const { customerId, clusterId, integration } = sender;
  const actor = { kind: 'integration', id: integration } as const;
  const taken = await take(desk, db, { customerId, clusterId, agent: `alertmanager ${integration}`, epoch: 0, actor }, facts, now);
  return { ...taken, skipped: alerts.length - facts.length, truncated };
}

function factOf({ customerId, clusterId }: AlertSender, raw: unknown, now: number): Fact | undefined {
  const parsed = Alert.safeParse(raw);
  if (!parsed.success) return undefined;
  const { status, labels, startsAt, endsAt, fingerprint = digestOf(labels) } = parsed.data;
  const severity = severityOf(labels['severity']);
  const since = Date.parse(startsAt);
  const ended = Date.parse(endsAt ?? '');
  const at = Math.min(now, status === 'firing' ? since : ended);
  if (severity === undefined || !Number.isFinite(since) || !Number.isFinite(at)) return undefined;
  const rule = nameOf(labels['alertname'], 100) ?? 'unnamed';
  return {
    ...{ source: 'alertmanager', rule, family: rule, severity, incidentKind: severity === 'info' ? 'problem' : 'incident' },
    key: foreignKey(customerId, clusterId, 'alertmanager', `${rule} ${fingerprint}`),
    scope: scopeOf(rule, labels),
    state: status === 'firing' ? 'firing' : 'clear',
    ...{ at, since: Math.min(since, now), seenAt: now, flapping: false, maintenance: false },
  };
}

function digestOf(labels: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1))))
    .digest('hex');
}

/** Words in use; `none` is how kube-prometheus marks alerts that are for machines. */
function severityOf(word = 'warning'): Severity | undefined {
  switch (word.toLowerCase()) {
    case 'none':
      return undefined;
    case 'critical':
    case 'error':
    case 'page':
    case 'emergency':
      return 'critical';
    case 'info':
    case 'notice':
      return 'info';
    default:
      return 'warning';
  }
}

/** Kubernetes names, host names, addresses; anything else is not a name. */
function nameOf(text: string | undefined, longest = 253): string | undefined {
  return text !== undefined && text.length <= longest && /^[A-Za-z0-9][A-Za-z0-9_.:/[\]-]*$/.test(text) ? text : undefined;
}

/** Most particular first. */
const SCOPE_LABELS = [
  ['pod', 'Pod'],
  ['deployment', 'Deployment'],
  ['statefulset', 'StatefulSet'],
  ['daemonset', 'DaemonSet'],
  ['job_name', 'Job'],
  ['cronjob', 'CronJob'],
  ['persistentvolumeclaim', 'PersistentVolumeClaim'],
  ['horizontalpodautoscaler', 'HorizontalPodAutoscaler'],
  ['service', 'Service'],
] as const;
/** Alerts on machines carry the namespace and pod of the exporter that measures them. */
const ABOUT_MACHINES = /^(Node|Host|Kubelet)/;
function scopeOf(rule: string, labels: Readonly<Record<string, string>>): Scope {
  const namespace = nameOf(labels['namespace']);
  const node = nameOf(labels['node']) ?? nameOf(labels['instance']);
  if (node !== undefined && ABOUT_MACHINES.test(rule)) return { kind: 'Node', name: node };
  for (const [label, kind] of SCOPE_LABELS) {
    const name = nameOf(labels[label]);
    if (name !== undefined && namespace !== undefined) return { kind, namespace, name, ...(node !== undefined && kind === 'Pod' && { node }) };
  }
  if (node !== undefined) return { kind: 'Node', name: node };
  if (namespace !== undefined) return { kind: 'Namespace', name: namespace };
  return { kind: 'Cluster', name: nameOf(labels['cluster']) ?? 'cluster' };
}
