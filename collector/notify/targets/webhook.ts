/**
 * A signed webhook. The receiver computes `HMAC-SHA256(key, timestamp + "." + body)` and compares it with a signature of
 * `X-Xunjian-Signature: v1=<hex>[,v1=<hex>]`; it refuses timestamps that are more than five minutes old and tells repetitions by
 * `X-Xunjian-Event-Id`, which is the same at every attempt. `incident.version` orders the events of an incident.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { compose } from '../compose.ts';
import { lines } from '../escape.ts';
import { assertAccepted, post } from '../http-post.ts';
import type { Message } from '../message.ts';
import { COMMON, defineTarget, EVERYTHING, HttpUrl, Pem, Token } from './target.ts';

const Config = z.strictObject({ kind: z.literal('webhook'), url: HttpUrl, ca: Pem.optional(), ...COMMON });
const Secrets = z.strictObject({
  signingKey: z.string().min(16).max(500),
  /** While the receiver changes over. */
  previousKey: z.string().min(16).max(500).optional(),
  bearer: Token.optional(),
});

export const webhook = defineTarget({
  kind: 'webhook',
  config: Config,
  secrets: Secrets,
  reader: 'machine',
  limit: undefined,
  accepts: EVERYTHING,
  perRecipient: false,

  async send({ url, ca }, { signingKey, previousKey, bearer }, { eventId, message, now, signal, guard }) {
    const body = webhookBody(eventId, message, now);
    const timestamp = String(Math.floor(now / 1_000));
    const keys = previousKey === undefined ? [signingKey] : [signingKey, previousKey];
    const answer = await post(url, body, {
      guard,
      signal,
      ca,
      secrets: [signingKey, ...(previousKey === undefined ? [] : [previousKey]), ...(bearer === undefined ? [] : [bearer])],
      headers: {
        'X-Xunjian-Event-Id': eventId,
        'Idempotency-Key': eventId,
        'X-Xunjian-Timestamp': timestamp,
        'X-Xunjian-Signature': keys.map((key) => `v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`).join(','),
        ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
      },
    });
    assertAccepted(answer);
    return { externalId: eventId };
  },
});

/** Facts as JSON, and both languages' one-line text for receivers that only show it. */
export function webhookBody(eventId: string, message: Message, now: number): string {
  const { topic, at, voice, incident, detail, summary } = message;
  return JSON.stringify(
    {
      id: eventId,
      schemaVersion: 1,
      type: `incident.${topic}`,
      occurredAt: new Date(at).toISOString(),
      voice,
      text: { zh: compose(message, 'zh', now).subject, en: compose(message, 'en', now).subject },
      ...(incident && { incident }),
      ...(detail && { detail }),
      ...(summary && { summary }),
    },
    wordOfBody,
  );
}

/** Foreign names visible and bounded; every moment the same way (`openedAt`, `dueAt`, `flappingSince`). */
function wordOfBody(key: string, value: unknown): unknown {
  if (typeof value === 'string') return lines(value, LONGEST_TEXT);
  return typeof value === 'number' && Math.abs(value) <= LAST_MOMENT_MS && /(?:At|Since)$/.test(key) ? new Date(value).toISOString() : value;
}
const LONGEST_TEXT = 4_000;
const LAST_MOMENT_MS = 8.64e15;
