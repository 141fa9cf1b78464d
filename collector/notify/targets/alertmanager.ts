/**
 * Alertmanager, API v2 (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml). It forgets alerts that nobody repeats,
 * so a firing one is sent again every minute with an end that lies ahead; it is told to all instances, since they are not to be
 * load-balanced (https://prometheus.io/docs/alerting/latest/high_availability/). Sending the same labels again is the same alert.
 */
import { z } from 'zod';
import type { IncidentFacts } from '../change.ts';
import { compose } from '../compose.ts';
import { line, lines } from '../escape.ts';
import { assertAccepted, post } from '../http-post.ts';
import type { Message } from '../message.ts';
import { networkFailure, SendError } from '../send-error.ts';
import type { Topic } from '../topic.ts';
import { COMMON, defineTarget, HttpUrl, joinUrl, Pem, Token } from './target.ts';

const Config = z.strictObject({
  kind: z.literal('alertmanager'),
  /** Every instance of the cluster. */
  urls: z.array(HttpUrl).min(1).max(10),
  ca: Pem.optional(),
  repeatSeconds: z.int().min(1).max(3_600).default(60),
  /** An alert ends so long after its last repetition: longer than a collector needs to come back. */
  holdSeconds: z.int().min(10).max(86_400).default(900),
  ...COMMON,
});
const Secrets = z.strictObject({ username: Token.optional(), password: Token.optional(), bearer: Token.optional() });

const ENDED: ReadonlySet<Topic> = new Set(['resolved', 'closed', 'cancelled', 'test']);
const ACCEPTED: ReadonlySet<Topic> = new Set(['opened', 'acknowledged', 'reopened', 'level-changed', 'escalation', ...ENDED]);

export const alertmanager = defineTarget({
  kind: 'alertmanager',
  config: Config,
  secrets: Secrets,
  reader: 'machine',
  limit: undefined,
  accepts: (topic) => ACCEPTED.has(topic),
  perRecipient: false,

  async send({ urls, ca, repeatSeconds, holdSeconds, locale }, { username, password, bearer }, { message, now, signal, guard }) {
    const basic = username === undefined ? undefined : Buffer.from(`${username}:${password ?? ''}`).toString('base64');
    const headers: Record<string, string> = bearer !== undefined ? { Authorization: `Bearer ${bearer}` } : basic !== undefined ? { Authorization: `Basic ${basic}` } : {};
    const body = JSON.stringify(alertsOf(message, locale ?? message.locale, now, holdSeconds * 1_000));
    const secrets = [password, bearer, basic].filter((one) => one !== undefined);
    const results = await Promise.allSettled(urls.map(async (url) => assertAccepted(await post(joinUrl(url, '/api/v2/alerts'), body, { guard, signal, ca, headers, secrets }))));
    const failed = results.filter((one) => one.status === 'rejected').map(({ reason }) => networkFailure(reason));
    // One instance gossips to the others; those that missed it hear it at the next repetition.
    const [worst] = failed;
    if (failed.length === urls.length) throw worst ?? new SendError('unavailable');
    const isOver = ENDED.has(message.topic);
    if (isOver && worst) throw worst; // an end is said once, so everybody has to hear it
    return { externalId: message.incident?.id, ...(!isOver && { repeatAt: now + repeatSeconds * 1_000 }) };
  },
});

interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL?: string;
}
/** The alert, and the end of the one that it replaces when the level changed: labels are an alert's identity. */
function alertsOf(message: Message, locale: Message['locale'], now: number, holdMs: number): readonly Alert[] {
  const { subject, opening, remedy, link } = compose(message, locale, now);
  const { incident, detail, topic } = message;
  const startsAt = new Date(incident?.openedAt ?? now - 1_000).toISOString();
  const alert = (level: number, endsAt: number): Alert => ({
    labels: labelsOf(incident, level),
    annotations: { summary: subject, description: opening, ...(remedy && { remedy: lines(remedy.text, 1_000) }) },
    startsAt,
    endsAt: new Date(Math.max(endsAt, Date.parse(startsAt) + 1)).toISOString(),
    ...(link && { generatorURL: link.url }),
  });
  const level = incident?.level ?? 5;
  const from = topic === 'level-changed' ? detail?.fromLevel : undefined;
  return [alert(level, ENDED.has(topic) ? now : now + holdMs), ...(from !== undefined && from !== level ? [alert(from, now)] : [])];
}
function labelsOf(incident: IncidentFacts | undefined, level: number): Readonly<Record<string, string>> {
  if (!incident) return { alertname: 'XunjianTest', source: 'xunjian', severity: 'none' };
  const { id, number, rule, customerName, clusterName, scope } = incident;
  return {
    alertname: line(rule, 120),
    source: 'xunjian',
    incident_id: id,
    incident: String(number),
    level: String(level),
    severity: level <= 2 ? 'critical' : level === 3 ? 'warning' : 'info',
    customer: line(customerName, 120),
    ...(clusterName !== undefined && { cluster: line(clusterName, 120) }),
    ...(scope && {
      kind: line(scope.kind, 40),
      name: line(scope.name, 200),
      ...(scope.namespace !== undefined && { namespace: line(scope.namespace, 120) }),
      ...(scope.node !== undefined && { node: line(scope.node, 120) }),
    }),
  };
}
