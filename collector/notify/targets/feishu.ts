/**
 * A custom bot of a Feishu group, as a card. Contract: https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot (address, signature
 * over `timestamp + "\n" + secret` as the key, 20 KB, 100 messages a minute and 5 a second, codes). A refusal has `code`.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { type Composed, compose, type Tone } from '../compose.ts';
import { cutBytes, line } from '../escape.ts';
import { assertAccepted, post } from '../http-post.ts';
import { type Dialect, markdown } from '../plain-text.ts';
import { type Failure, SendError } from '../send-error.ts';
import { COMMON, defineTarget, EVERYTHING, joinUrl, serviceUrl, Token } from './target.ts';

const Config = z.strictObject({ kind: z.literal('feishu'), baseUrl: serviceUrl('https://open.feishu.cn'), ...COMMON });
const Secrets = z.strictObject({ hookToken: Token.regex(/^[\w-]+$/, 'the last part of the hook address'), signSecret: Token.optional() });

/** The request may have 20 KB; JSON escapes in the card need room. */
const LONGEST_BYTES = 12_000;
const DIALECT: Dialect = {
  heading: (text) => `**${text}**`,
  bold: (text) => `**${text}**`,
  quote: (text) => `> ${text}`,
  link: (label, url) => `[${label}](${url})`,
  lineEnd: '\n',
};
const TOO_FAST_MS = 60_000;
const COLOURS: Readonly<Record<Tone, string>> = { critical: 'red', warning: 'orange', info: 'yellow', ok: 'green', neutral: 'grey' };
const FAILURES: Readonly<Record<number, Failure>> = {
  19001: 'unauthorized', // no such hook
  19021: 'unauthorized', // signature, or the clocks differ by more than an hour
  19022: 'unauthorized', // address not in the bot's list
  19024: 'misconfigured', // keyword not in the text
  11232: 'throttled', // frequency limited
  99991400: 'throttled',
  9499: 'rejected', // bad request
  11246: 'rejected', // the card is not accepted
  230020: 'throttled',
};
const Verdict = z.object({ code: z.number(), msg: z.string().optional() });

export const feishu = defineTarget({
  kind: 'feishu',
  config: Config,
  secrets: Secrets,
  reader: 'people',
  limit: { burst: 5, perMinute: 90 },
  accepts: EVERYTHING,
  perRecipient: false,

  async send({ baseUrl, locale }, { hookToken, signSecret }, { message, now, signal, guard }) {
    const composed = compose(message, locale ?? message.locale, now);
    const mentions = message.mentions.flatMap(({ feishuOpenId }) => (feishuOpenId === undefined ? [] : [`<at id=${feishuOpenId}></at>`])).join(' ');
    const timestamp = String(Math.floor(now / 1_000));
    const body = JSON.stringify({
      ...(signSecret !== undefined && { timestamp, sign: createHmac('sha256', `${timestamp}\n${signSecret}`).update('').digest('base64') }),
      msg_type: 'interactive',
      card: cardOf(composed, mentions),
    });
    const answer = await post(joinUrl(baseUrl, `/open-apis/bot/v2/hook/${hookToken}`), body, {
      guard,
      signal,
      secrets: [hookToken, ...(signSecret === undefined ? [] : [signSecret])],
    });
    const verdict = Verdict.safeParse(answer.json);
    // Feishu sends its codes with HTTP 400 too: the code says more than the status.
    if (!verdict.success) {
      assertAccepted(answer);
      throw new SendError('misconfigured', `not the answer of a bot: ${answer.body}`);
    }
    const { code, msg = '' } = verdict.data;
    if (code === 0) return {};
    const failure = FAILURES[code] ?? 'unavailable';
    throw new SendError(
      failure,
      `code ${code}${answer.body.includes(msg) ? `: ${line(msg, 200)}` : ''}`,
      failure === 'throttled' ? (answer.retryAfterMs ?? TOO_FAST_MS) : answer.retryAfterMs,
    );
  },
});

function cardOf(composed: Composed, mentions: string): object {
  const { kicker, title, tone, link } = composed;
  const { link: _, ...withoutLink } = composed;
  const content = cutBytes(markdown({ ...withoutLink, kicker: '' }, { ...DIALECT, heading: () => '' }), LONGEST_BYTES);
  return {
    config: { wide_screen_mode: true },
    header: { template: COLOURS[tone], title: { tag: 'plain_text', content: line(`${kicker} · ${title}`, 120) } },
    elements: [
      { tag: 'markdown', content: mentions === '' ? content : `${content}\n${mentions}` },
      ...(link ? [{ tag: 'action', actions: [{ tag: 'button', type: 'primary', text: { tag: 'plain_text', content: link.label }, url: link.url }] }] : []),
    ],
  };
}
