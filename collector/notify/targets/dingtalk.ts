/**
 * A custom robot of a DingTalk group, Markdown. Contract: https://open.dingtalk.com/document/robots/custom-robot-access (address,
 * message types, 20 messages a minute, then ten minutes' ban) and https://open.dingtalk.com/document/robots/customize-robot-security-settings
 * (signature). A refusal is HTTP 200 with `errcode`.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { compose } from '../compose.ts';
import { cutBytes, escapeMarkdown, line } from '../escape.ts';
import { type Answer, assertAccepted, post } from '../http-post.ts';
import { type Dialect, markdown } from '../plain-text.ts';
import { type Failure, SendError } from '../send-error.ts';
import { COMMON, defineTarget, EVERYTHING, joinUrl, serviceUrl, Token } from './target.ts';

const Config = z.strictObject({
  kind: z.literal('dingtalk'),
  baseUrl: serviceUrl('https://oapi.dingtalk.com'),
  /** Word that the robot's security setting asks for; put before the title when it is not in it. */
  keyword: z.string().min(1).max(20).optional(),
  ...COMMON,
});
const Secrets = z.strictObject({ accessToken: Token, signSecret: Token.optional() });

/** The body may have 20,000 bytes; the frame around the text needs some of them, and JSON escapes more. */
const LONGEST_BYTES = 15_000;
const DIALECT: Dialect = {
  heading: (text) => `### ${text}`,
  bold: (text) => `**${text}**`,
  quote: (text) => `> ${text}`,
  link: (label, url) => `[${label}](${url})`,
  lineEnd: '  \n',
};
const TOO_FAST_MS = 600_000;

/** Codes of https://open.dingtalk.com/document/orgapp/custom-bots-send-group-messages; others are tried again. */
const FAILURES: Readonly<Record<number, Failure>> = {
  310000: 'unauthorized', // signature, keyword or address list of the security settings
  300001: 'unauthorized', // token is not exist
  300005: 'unauthorized',
  400101: 'unauthorized', // no such access_token
  400102: 'unauthorized', // robot switched off
  400013: 'misconfigured', // group dissolved
  400106: 'misconfigured', // robot gone
  130101: 'throttled', // send too fast
  410100: 'throttled',
  '-1': 'unavailable',
  430101: 'rejected',
  430102: 'rejected',
  430103: 'rejected',
  430104: 'rejected',
  460101: 'rejected', // too long
  400105: 'rejected',
  40035: 'rejected',
  43004: 'rejected',
};

export const dingtalk = defineTarget({
  kind: 'dingtalk',
  config: Config,
  secrets: Secrets,
  reader: 'people',
  limit: { burst: 10, perMinute: 10 }, // together never more than 20 within a minute
  accepts: EVERYTHING,
  perRecipient: false,

  async send({ baseUrl, keyword, locale }, { accessToken, signSecret }, { message, now, signal, guard }) {
    const composed = compose(message, locale ?? message.locale, now);
    const mobiles = message.mentions.flatMap(({ mobile }) => (mobile === undefined ? [] : [mobile.replaceAll('-', '')]));
    const title = line(`${keyword !== undefined && !composed.subject.includes(keyword) ? `${keyword} ` : ''}${composed.subject}`, 120);
    const text = cutBytes(`${keyword === undefined ? '' : `${escapeMarkdown(keyword)}\n\n`}${markdown(composed, DIALECT)}`, LONGEST_BYTES);
    const url = new URL(joinUrl(baseUrl, '/robot/send'));
    url.searchParams.set('access_token', accessToken);
    if (signSecret !== undefined) {
      url.searchParams.set('timestamp', String(now));
      url.searchParams.set('sign', createHmac('sha256', signSecret).update(`${now}\n${signSecret}`).digest('base64'));
    }
    const body = JSON.stringify({
      msgtype: 'markdown',
      markdown: { title, text: mobiles.length === 0 ? text : `${text}\n\n${mobiles.map((mobile) => `@${mobile}`).join(' ')}` },
      at: { atMobiles: mobiles, isAtAll: false },
    });
    const answer = await post(url.href, body, { guard, signal, secrets: [accessToken, ...(signSecret === undefined ? [] : [signSecret])] });
    assertAccepted(answer);
    assertZero(answer, FAILURES, TOO_FAST_MS);
    return {};
  },
});

const Verdict = z.object({ errcode: z.number(), errmsg: z.string().optional() });
/** Robots of DingTalk and WeCom answer `{errcode, errmsg}`. @param throttledMs how long to leave it alone */
export function assertZero(answer: Answer, failures: Readonly<Record<number, Failure>>, throttledMs: number): void {
  const verdict = Verdict.safeParse(answer.json);
  if (!verdict.success) throw new SendError('misconfigured', `not the answer of a robot: ${answer.body}`);
  const { errcode, errmsg = '' } = verdict.data;
  if (errcode === 0) return;
  const failure = failures[errcode] ?? 'unavailable';
  const said = answer.body.includes(errmsg) ? line(errmsg, 200) : ''; // the body has its secrets taken out
  throw new SendError(failure, `errcode ${errcode}${said === '' ? '' : `: ${said}`}`, failure === 'throttled' ? (answer.retryAfterMs ?? throttledMs) : answer.retryAfterMs);
}
