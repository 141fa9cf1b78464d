/**
 * A robot of a WeCom (企业微信) group, Markdown. Contract: https://developer.work.weixin.qq.com/document/path/91770 (4,096 bytes of Markdown,
 * 20 messages a minute) and https://developer.work.weixin.qq.com/document/path/90313 (codes). A refusal is HTTP 200 with `errcode`.
 */
import { z } from 'zod';
import { compose } from '../compose.ts';
import { cutBytes } from '../escape.ts';
import { assertAccepted, post } from '../http-post.ts';
import { type Dialect, markdown } from '../plain-text.ts';
import type { Failure } from '../send-error.ts';
import { assertZero } from './dingtalk.ts';
import { COMMON, defineTarget, EVERYTHING, joinUrl, serviceUrl, Token } from './target.ts';

const Config = z.strictObject({ kind: z.literal('wecom'), baseUrl: serviceUrl('https://qyapi.weixin.qq.com'), ...COMMON });
const Secrets = z.strictObject({ key: Token });

const LONGEST_BYTES = 4_096;
const DIALECT: Dialect = {
  heading: (text) => `### ${text}`,
  bold: (text) => `**${text}**`,
  quote: (text) => `> ${text}`,
  link: (label, url) => `[${label}](${url})`,
  lineEnd: '\n',
};
const TOO_FAST_MS = 60_000;
const FAILURES: Readonly<Record<number, Failure>> = {
  93000: 'unauthorized', // invalid webhook url: the key is wrong, or the robot was taken out of the group
  93008: 'unauthorized',
  40014: 'unauthorized',
  45009: 'throttled', // api freq out of limit
  45033: 'throttled',
  40058: 'rejected', // invalid parameter
  40008: 'rejected',
  44004: 'rejected', // empty content
  45002: 'rejected', // too long
  '-1': 'unavailable',
};

export const wecom = defineTarget({
  kind: 'wecom',
  config: Config,
  secrets: Secrets,
  reader: 'people',
  limit: { burst: 10, perMinute: 10 },
  accepts: EVERYTHING,
  perRecipient: false,

  async send({ baseUrl, locale }, { key }, { message, now, signal, guard }) {
    const mentions = message.mentions.flatMap(({ wecomUserId }) => (wecomUserId === undefined ? [] : [`<@${wecomUserId}>`])).join(' ');
    const room = LONGEST_BYTES - Buffer.byteLength(mentions) - 2;
    const text = cutBytes(markdown(compose(message, locale ?? message.locale, now), DIALECT), room);
    const url = new URL(joinUrl(baseUrl, '/cgi-bin/webhook/send'));
    url.searchParams.set('key', key);
    const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: mentions === '' ? text : `${text}\n${mentions}` } });
    const answer = await post(url.href, body, { guard, signal, secrets: [key] });
    assertAccepted(answer);
    assertZero(answer, FAILURES, TOO_FAST_MS);
    return {};
  },
});
