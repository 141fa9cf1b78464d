/**
 * Closed services against their documented contracts. nock stands in for them; every answer here is one that the named page documents.
 */
import { createHmac } from 'node:crypto';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UNGUARDED } from '../../../../collector/notify/address-guard.ts';
import type { Message } from '../../../../collector/notify/message.ts';
import { SendError } from '../../../../collector/notify/send-error.ts';
import { targetKind } from '../../../../collector/notify/targets/registry.ts';
import type { Receipt } from '../../../../collector/notify/targets/target.ts';
import { testTarget } from '../../../../collector/notify/test-target.ts';
import { factsOf, MONDAY } from '../../../support/incident-change.ts';

const HOSTILE =
  '<script>alert(1)</script> [click](http://evil.example) ![x](http://evil.example/p.png) **bold** `code` @all <@all> <at id=all></at>\r\n# heading\n> quote \u202e\u0000 www.evil.example';
const message = (change: Partial<Message> = {}): Message => ({ v: 1, topic: 'opened', voice: 'support', locale: 'zh', at: MONDAY, mentions: [], incident: factsOf(), ...change });
const hostile = message({
  incident: factsOf({
    customerName: HOSTILE,
    clusterName: HOSTILE,
    title: { zh: HOSTILE.repeat(100), en: HOSTILE },
    scope: { kind: 'Pod', namespace: HOSTILE, name: HOSTILE },
    observed: HOSTILE,
    url: 'https://x.example/)[a](http://evil.example',
  }),
  detail: { text: HOSTILE.repeat(200) },
});

async function send(kind: string, secrets: object, one = message(), config: object = {}): Promise<Receipt> {
  return await targetKind(kind).send({ kind, ...config }, secrets, { eventId: 'e-1', message: one, now: MONDAY, signal: AbortSignal.timeout(3_000), guard: UNGUARDED });
}
async function failureOf(sending: Promise<unknown>): Promise<SendError> {
  const error = await sending.then(
    () => undefined,
    (one: unknown) => one,
  );
  if (!(error instanceof SendError)) throw new Error(`no SendError but ${String(error)}`);
  return error;
}
/** Nothing of the hostile names is left that a chat client would act on. */
function expectHarmless(text: string): void {
  expect(text).not.toMatch(/<script|\]\(http:\/\/evil|!\[|<@all|<at id|`code`|\*\*bold|http:\/\/evil|www\.evil|\u202e|\u0000|\r/);
  expect(text).not.toMatch(/^# heading/m);
}

beforeAll(() => {
  // Another file of the same process may have switched it off.
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
});
afterEach(() => nock.cleanAll());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

describe('DingTalk, https://open.dingtalk.com/document/robots/custom-robot-access', () => {
  const secrets = { accessToken: 'dingtalk-access-token', signSecret: 'SEC-of-the-robot' };
  const robot = (): nock.Interceptor => nock('https://oapi.dingtalk.com').post(/^\/robot\/send/);

  it('gets Markdown under a signature, and calls who is on call', async () => {
    let query: Record<string, unknown> = {};
    let sent: { msgtype?: string; markdown?: { title: string; text: string }; at?: object } = {};
    nock('https://oapi.dingtalk.com')
      .post('/robot/send', (body) => {
        sent = body;
        return true;
      })
      .query((all) => {
        query = all;
        return true;
      })
      .reply(200, { errcode: 0, errmsg: 'ok' });
    await send('dingtalk', secrets, message({ mentions: [{ name: '张三', mobile: '138-0000-0000' }] }));
    expect(query['access_token']).toBe(secrets.accessToken);
    expect(query['sign']).toBe(
      createHmac('sha256', secrets.signSecret)
        .update(`${String(query['timestamp'])}\n${secrets.signSecret}`)
        .digest('base64'),
    );
    expect(sent).toMatchObject({ msgtype: 'markdown', at: { atMobiles: ['13800000000'], isAtAll: false } });
    expect(sent.markdown?.text).toContain('2 级');
    expect(sent.markdown?.text).toContain('@13800000000');
    expect(sent.markdown?.text).toContain('(https://support.example.com/incidents/i-1024)');
  });
  it.each([
    [310000, 'sign not match, more: [https://ding-doc.dingtalk.com/]', 'unauthorized', undefined],
    [130101, 'send too fast, exceed 20 times per minute', 'throttled', 600_000],
    [300001, 'token is not exist', 'unauthorized', undefined],
    [460101, 'message too long', 'rejected', undefined],
    [-1, 'system busy', 'unavailable', undefined],
  ] as const)('takes errcode %i (HTTP 200) for what it means', async (errcode, errmsg, failure, wait) => {
    robot().reply(200, { errcode, errmsg });
    const error = await failureOf(send('dingtalk', secrets));
    expect([error.failure, error.retryAfterMs]).toEqual([failure, wait]);
    expect(error.text.zh).toContain(String(errcode));
  });
  it('makes names harmless and stays below 20,000 bytes', async () => {
    let body = '';
    nock('https://oapi.dingtalk.com')
      .post(/^\/robot\/send/, (sent) => {
        body = JSON.stringify(sent);
        expectHarmless(sent.markdown.text);
        return true;
      })
      .reply(200, { errcode: 0, errmsg: 'ok' });
    await send('dingtalk', secrets, hostile);
    expect(Buffer.byteLength(body)).toBeLessThan(20_000);
    expect(body).toContain('＜script＞');
  });
});

describe('WeCom, https://developer.work.weixin.qq.com/document/path/91770', () => {
  const secrets = { key: '693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa' };
  it('gets Markdown of at most 4,096 bytes with harmless names and a mention', async () => {
    let content = '';
    nock('https://qyapi.weixin.qq.com')
      .post('/cgi-bin/webhook/send', (body) => {
        content = body.markdown.content;
        return body.msgtype === 'markdown';
      })
      .query({ key: secrets.key })
      .reply(200, { errcode: 0, errmsg: 'ok' });
    await send('wecom', secrets, { ...hostile, mentions: [{ wecomUserId: 'zhangsan' }] });
    expect(Buffer.byteLength(content)).toBeLessThanOrEqual(4_096);
    expect(content.endsWith('<@zhangsan>')).toBe(true);
    expectHarmless(content);
    expect(content).not.toContain('\ufffd');
  });
  it.each([
    [93000, 'invalid webhook url, hint: [1600000000_1]', 'unauthorized', undefined],
    [45009, 'api freq out of limit', 'throttled', 60_000],
    [40058, 'markdown.content exceed max length 4096', 'rejected', undefined],
  ] as const)('takes errcode %i for what it means', async (errcode, errmsg, failure, wait) => {
    nock('https://qyapi.weixin.qq.com')
      .post(/webhook/)
      .reply(200, { errcode, errmsg });
    const error = await failureOf(send('wecom', secrets));
    expect([error.failure, error.retryAfterMs]).toEqual([failure, wait]);
  });
});

describe('Feishu, https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot', () => {
  const secrets = { hookToken: 'hook-token-of-the-bot', signSecret: 'secret-of-the-bot' };
  it('gets a signed card with harmless names, a button and a mention', async () => {
    let body: { timestamp?: string; sign?: string; card?: { header: { template: string }; elements: { tag: string; content?: string; actions?: { url: string }[] }[] } } = {};
    nock('https://open.feishu.cn')
      .post('/open-apis/bot/v2/hook/hook-token-of-the-bot', (sent) => {
        body = sent;
        return sent.msg_type === 'interactive';
      })
      .times(2)
      .reply(200, { code: 0, msg: 'success', data: {} });
    await send('feishu', secrets, { ...hostile, mentions: [{ feishuOpenId: 'ou_1' }] });
    expect(body.sign).toBe(createHmac('sha256', `${body.timestamp}\n${secrets.signSecret}`).update('').digest('base64'));
    expect(body.card?.header.template).toBe('red');
    const content = body.card?.elements[0]?.content ?? '';
    expect(content).toContain('<at id=ou_1></at>');
    expectHarmless(content.replace('<at id=ou_1></at>', ''));
    expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(20_000);
    await send('feishu', secrets);
    expect(body.card?.elements[1]?.actions?.[0]?.url).toBe('https://support.example.com/incidents/i-1024');
  });
  it.each([
    [200, 19021, 'sign match fail or timestamp is not within one hour from current time', 'unauthorized', undefined],
    [400, 11232, 'frequency limited psm[lark.oapi.app_platform_runtime]appID[1500]', 'throttled', 60_000],
    [400, 9499, 'Bad Request', 'rejected', undefined],
    [200, 19024, 'Key Words Not Found', 'misconfigured', undefined],
    [200, 19022, 'Ip Not Allowed', 'unauthorized', undefined],
  ] as const)('takes HTTP %i with code %i for what it means', async (status, code, msg, failure, wait) => {
    nock('https://open.feishu.cn').post(/hook/).reply(status, { code, msg, data: {} });
    const error = await failureOf(send('feishu', secrets));
    expect([error.failure, error.retryAfterMs]).toEqual([failure, wait]);
  });
});

describe('PagerDuty Events v2, https://developer.pagerduty.com/docs/send-alert-event', () => {
  const secrets = { routingKey: 'R0123456789ABCDEFGHIJKLMNOPQRSTU' };
  const events: { event_action: string; dedup_key: string; routing_key: string; payload?: { severity: string; summary: string } }[] = [];
  const accept = (times = 1): void =>
    void nock('https://events.pagerduty.com')
      .post('/v2/enqueue', (body) => events.push(body) > 0)
      .times(times)
      .reply(202, { status: 'success', message: 'Event processed', dedup_key: 'samplekeyhere' });
  afterEach(() => void events.splice(0));

  it('gets trigger, acknowledge and resolve under one key, and another one after reopening', async () => {
    accept(4);
    await send('pagerduty', secrets);
    await send('pagerduty', secrets, message({ topic: 'acknowledged' }));
    await send('pagerduty', secrets, message({ topic: 'resolved' }));
    const { externalId } = await send('pagerduty', secrets, message({ topic: 'reopened', incident: factsOf({ reopened: 1, level: 1 }) }));
    expect(events.map(({ event_action, dedup_key }) => `${event_action} ${dedup_key}`)).toEqual([
      'trigger i-1024',
      'acknowledge i-1024',
      'resolve i-1024',
      'trigger i-1024#reopen1',
    ]);
    expect(externalId).toBe('i-1024#reopen1');
    expect(events.map(({ payload }) => payload?.severity)).toEqual(['error', undefined, undefined, 'critical']);
  });
  it('stays below 512 KB whatever names are', async () => {
    accept();
    await send('pagerduty', secrets, hostile);
    expect(JSON.stringify(events).length).toBeLessThan(20_000);
    expect(events[0]?.payload?.summary.length).toBeLessThanOrEqual(1_024);
  });
  it('repeats a trigger that timed out under the same key: no second incident', async () => {
    nock('https://events.pagerduty.com')
      .post('/v2/enqueue', (body) => events.push(body) > 0)
      .delay(5_000)
      .reply(202, {});
    const slow = targetKind('pagerduty').send({ kind: 'pagerduty' }, secrets, {
      eventId: 'e-1',
      message: message(),
      now: MONDAY,
      signal: AbortSignal.timeout(200),
      guard: UNGUARDED,
    });
    expect((await failureOf(slow)).failure).toBe('timeout');
    accept();
    await send('pagerduty', secrets);
    expect(new Set(events.map(({ dedup_key }) => dedup_key)).size).toBe(1);
    expect(events).toHaveLength(2);
  });
  it.each([
    [400, { status: 'invalid event', message: 'Event object is invalid', errors: ["Length of 'routing_key' is incorrect (should be 32 characters)"] }, 'rejected', undefined],
    [429, {}, 'throttled', 180_000],
    [500, {}, 'unavailable', undefined],
  ] as const)('takes HTTP %i for what it means', async (status, body, failure, wait) => {
    nock('https://events.pagerduty.com').post('/v2/enqueue').reply(status, body);
    const error = await failureOf(send('pagerduty', secrets));
    expect([error.failure, error.retryAfterMs]).toEqual([failure, wait]);
  });
  it('resolves what a test triggered', async () => {
    accept(2);
    const result = await testTarget({ customerId: null, kind: 'pagerduty', config: { kind: 'pagerduty' }, secrets }, { now: MONDAY });
    expect(result.ok).toBe(true);
    expect(events.map(({ event_action }) => event_action)).toEqual(['trigger', 'resolve']);
  });
});

describe('what is kept of a refusal', () => {
  it('holds no secret, whatever the service echoes', async () => {
    nock('https://oapi.dingtalk.com').post(/robot/).reply(200, { errcode: 300001, errmsg: 'token dingtalk-access-token is not exist' });
    const result = await testTarget({ customerId: null, kind: 'dingtalk', config: { kind: 'dingtalk' }, secrets: { accessToken: 'dingtalk-access-token' } }, { now: MONDAY });
    expect(result).toMatchObject({ ok: false, failure: 'unauthorized' });
    expect(JSON.stringify(result)).not.toContain('dingtalk-access-token');
  });
  it('says that a page of a proxy is not the answer of a robot', async () => {
    nock('https://oapi.dingtalk.com').post(/robot/).reply(200, '<html>login</html>');
    expect((await failureOf(send('dingtalk', { accessToken: 'token' }))).failure).toBe('misconfigured');
  });
});
