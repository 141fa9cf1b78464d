/**
 * PagerDuty Events API v2. Contract: https://developer.pagerduty.com/docs/send-alert-event and
 * https://github.com/PagerDuty/api-schema (reference/events-v2/openapiv3.json): 202 accepted, 400 invalid event, 429 too many, at most 512 KB.
 * After a resolve the same key opens a new incident, so a reopened one has a key of its own. Repeating an event with its
 * `dedup_key` changes nothing: an attempt that timed out is safe to repeat.
 */
import { z } from 'zod';
import type { IncidentFacts } from '../change.ts';
import { compose, scopeWords } from '../compose.ts';
import { line } from '../escape.ts';
import { assertAccepted, post } from '../http-post.ts';
import type { Topic } from '../topic.ts';
import { COMMON, defineTarget, joinUrl, serviceUrl } from './target.ts';

const Config = z.strictObject({ kind: z.literal('pagerduty'), baseUrl: serviceUrl('https://events.pagerduty.com'), ...COMMON });
const Secrets = z.strictObject({ routingKey: z.string().regex(/^[0-9A-Za-z]{32}$/, 'the integration key: 32 letters and digits') });

type Action = 'trigger' | 'acknowledge' | 'resolve';
const ACTIONS: Partial<Readonly<Record<Topic, Action>>> = {
  opened: 'trigger',
  reopened: 'trigger',
  'level-changed': 'trigger',
  escalation: 'trigger',
  acknowledged: 'acknowledge',
  resolved: 'resolve',
  closed: 'resolve',
  cancelled: 'resolve',
  test: 'trigger',
};
const TOO_FAST_MS = 180_000; // "a few minutes"

export const pagerduty = defineTarget({
  kind: 'pagerduty',
  config: Config,
  secrets: Secrets,
  reader: 'machine',
  limit: undefined,
  accepts: (topic) => ACTIONS[topic] !== undefined,
  perRecipient: false,

  async send({ baseUrl, locale }, { routingKey }, { eventId, message, now, signal, guard }) {
    const { incident, topic } = message;
    const action = ACTIONS[topic];
    if (action === undefined) return {};
    const key = incident ? dedupKeyOf(incident) : `test-${eventId}`;
    const event = async (event_action: Action): Promise<void> => {
      const body = JSON.stringify({ routing_key: routingKey, event_action, dedup_key: key, ...(event_action === 'trigger' && triggerOf()) });
      const answer = await post(joinUrl(baseUrl, '/v2/enqueue'), body, { guard, signal, secrets: [routingKey] });
      assertAccepted(answer.status === 429 ? { ...answer, retryAfterMs: answer.retryAfterMs ?? TOO_FAST_MS } : answer);
    };
    const triggerOf = (): object => {
      const { subject, link, facts } = compose(message, locale ?? message.locale, now);
      return {
        client: 'xunjian',
        ...(link && { client_url: link.url, links: [{ href: link.url, text: link.label }] }),
        payload: {
          summary: line(subject, 1_000),
          source: line(incident?.clusterName ?? incident?.customerName ?? 'xunjian', 200),
          severity: incident ? severityOf(incident.level) : 'info',
          timestamp: new Date(message.at).toISOString(),
          ...(incident && { component: incident.scope ? scopeWords(incident.scope) : incident.rule, group: line(incident.customerName, 200), class: incident.rule }),
          custom_details: Object.fromEntries(facts.map(({ label, value }) => [label, value])),
        },
      };
    };
    await event(action);
    if (topic === 'test') await event('resolve'); // a test wakes nobody for long
    return { externalId: key };
  },
});

export function dedupKeyOf({ id, reopened }: IncidentFacts): string {
  return reopened === 0 ? id : `${id}#reopen${reopened}`;
}
function severityOf(level: IncidentFacts['level']): 'critical' | 'error' | 'warning' | 'info' {
  switch (level) {
    case 1:
      return 'critical';
    case 2:
      return 'error';
    case 3:
      return 'warning';
    case 4:
    case 5:
      return 'info';
    default:
      return level satisfies never;
  }
}
