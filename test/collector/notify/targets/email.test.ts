import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { UNGUARDED } from '../../../../collector/notify/address-guard.ts';
import type { Message } from '../../../../collector/notify/message.ts';
import { SendError } from '../../../../collector/notify/send-error.ts';
import { email } from '../../../../collector/notify/targets/email.ts';
import type { Receipt } from '../../../../collector/notify/targets/target.ts';
import { testTarget } from '../../../../collector/notify/test-target.ts';
import { openDatabase } from '../../../../collector/store/database.ts';
import { type Certificates, makeCertificates } from '../../../support/certificates.ts';
import { changeOf, factsOf, MONDAY, OPENED } from '../../../support/incident-change.ts';
import { LOGIN, type MailServer, readMail, startMailServer } from '../../../support/mail-server.ts';
import { notifyWorld } from '../../../support/notify-world.ts';

let certificates: Certificates;
let server: MailServer;
beforeAll(() => {
  certificates = makeCertificates();
});
beforeEach(async () => {
  server = await startMailServer(certificates);
});
afterEach(() => server[Symbol.asyncDispose]());

const config = (change: object = {}): object => ({ kind: 'email', host: 'localhost', port: server.port, ca: certificates.ca, from: 'support@example.com', ...change });
const message = (change: Partial<Message> = {}): Message => ({
  v: 1,
  topic: 'opened',
  voice: 'customer',
  locale: 'zh',
  at: MONDAY,
  mentions: [],
  recipient: 'ops@bank.example',
  incident: factsOf(),
  ...change,
});
async function send(settings: object, secrets: object, one = message(), signal = AbortSignal.timeout(5_000)): Promise<Receipt> {
  return await email.send(settings, secrets, { eventId: 'e-1', message: one, now: MONDAY, signal, guard: UNGUARDED });
}
async function failureOf(sending: Promise<unknown>): Promise<SendError> {
  const error = await sending.then(
    () => undefined,
    (one: unknown) => one,
  );
  if (!(error instanceof SendError)) throw new Error(`no SendError but ${String(error)}`);
  return error;
}

describe('mail', () => {
  it('goes out over STARTTLS with a login and a private CA, as text and HTML that say the same', async () => {
    const { externalId } = await send(config(), LOGIN);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'support@example.com', to: ['ops@bank.example'], secure: true, user: LOGIN.username });
    const { headers, text, html } = readMail(mail?.raw ?? '');
    expect(headers.get('subject')).toBe('[#1024] 事件确认函 · 2 级 · 示例银行 / prod-1 · 磁盘空间即将用尽：Mount /var @ worker-07');
    expect(headers.get('message-id')).toBe(externalId);
    expect(headers.get('list-id')).toBe('incidents <incidents.example.com>');
    expect(headers.get('auto-submitted')).toBe('auto-generated');
    for (const part of [text, html]) {
      expect(part).toContain('本函为电子确认函');
      expect(part).toContain('观测值 93.4 %，阈值 85 %');
      expect(part).toContain('2026-11-23 10:30（还剩 30 分）');
      expect(part).toContain('Asia/Shanghai, UTC+8');
      expect(part).toContain('df -h /var');
      expect(part).toContain('https://support.example.com/incidents/i-1024');
    }
  });

  it('brings a report with its files, or the link alone', async () => {
    const report = {
      ...{ id: 'r-1', title: { zh: '主动巡检报告', en: 'Proactive inspection report' }, customerName: '示例银行', zone: 'Asia/Shanghai', from: MONDAY - 86_400_000, to: MONDAY },
      ...{ confirmUntil: MONDAY + 7 * 86_400_000, url: 'https://support.example.com/reports/r-1', files: [{ name: 's360.zh.pdf', bytes: 4, sha256: 'a'.repeat(64) }] },
    };
    const { incident: _incident, ...letter } = message({ topic: 'report', report });
    await email.send(config(), LOGIN, {
      ...{ eventId: 'e-1', message: letter, now: MONDAY, signal: AbortSignal.timeout(5_000), guard: UNGUARDED },
      attachments: [{ name: 's360.zh.pdf', mediaType: 'application/pdf', body: Buffer.from('%PDF') }],
    });
    await email.send(config(), LOGIN, { eventId: 'e-2', message: letter, now: MONDAY, signal: AbortSignal.timeout(5_000), guard: UNGUARDED });
    const [full, bare] = server.mails.map(({ raw }) => raw);
    expect(full).toContain('Content-Disposition: attachment; filename=s360.zh.pdf');
    expect(full).toContain(Buffer.from('%PDF').toString('base64'));
    expect(bare).not.toContain('attachment');
    const { headers, text } = readMail(bare ?? '');
    expect(headers.get('subject')).toContain('主动巡检报告 · 示例银行');
    expect(text).toContain('https://support.example.com/reports/r-1');
    expect(text).toContain('逾期未提出的，视为确认');
  });

  it('threads all mails of an incident for each recipient', async () => {
    await send(config(), LOGIN);
    await send(config(), LOGIN, message({ topic: 'closed', locale: 'en', detail: { reason: 'transferred' } }));
    const [first, second] = server.mails.map(({ raw }) => readMail(raw));
    expect(second?.headers.get('in-reply-to')).toBe(first?.headers.get('message-id'));
    expect(second?.headers.get('references')).toBe(first?.headers.get('message-id'));
    expect(second?.headers.get('message-id')).not.toBe(first?.headers.get('message-id'));
    expect(second?.text).toContain('已转移给客户');
  });

  it('gives names no header, no second recipient and no markup', async () => {
    const evil = 'x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script><img src=http://evil/>\u202e"\' & "@';
    await send(
      config({ fromName: evil }),
      LOGIN,
      message({
        incident: factsOf({ customerName: evil, clusterName: evil, title: { zh: evil.repeat(200), en: evil }, scope: { kind: 'Pod', name: evil } }),
        detail: { text: evil },
      }),
    );
    const { headers, html, names, text } = readMail(server.mails[0]?.raw ?? '');
    expect(server.mails[0]?.to).toEqual(['ops@bank.example']);
    expect(names.map((name) => name.toLowerCase())).not.toContain('bcc');
    expect(headers.get('subject')?.length).toBeLessThanOrEqual(242);
    expect(html).not.toMatch(/<script|<img|\u202e/);
    expect(html).toContain('&lt;script&gt;');
    expect(text).not.toMatch(/^Bcc:/m);
    expect(html.length).toBeLessThan(40_000);
  });

  it('refuses to go on without STARTTLS rather than send the password in the clear', async () => {
    await using plain = await startMailServer(certificates, { noStartTls: true });
    const error = await failureOf(send(config({ port: plain.port }), LOGIN));
    expect(error.failure).toBe('tls');
    expect(plain.mails).toHaveLength(0);
    expect((await failureOf(send(config({ port: plain.port, security: 'none' }), LOGIN))).failure).toBe('misconfigured');
  });
  it('goes over TLS from the first byte, and in the clear where that is what the operator wants', async () => {
    await using tls = await startMailServer(certificates, { tls: true });
    await send(config({ port: tls.port, security: 'tls' }), LOGIN);
    await using plain = await startMailServer(certificates, { noStartTls: true, authOptional: true });
    await send(config({ port: plain.port, security: 'none' }), {});
    expect([tls.mails[0]?.secure, plain.mails[0]?.secure]).toEqual([true, false]);
  });

  it.each([
    ['a certificate of a CA that it does not know', { ca: undefined }, LOGIN, 'tls'],
    ['a wrong password', {}, { ...LOGIN, password: 'wrong password' }, 'unauthorized'],
    ['a host that does not exist', { host: 'nowhere.invalid' }, LOGIN, 'dns'],
    ['a port where nobody listens', { port: 1 }, LOGIN, 'connection'],
  ] as const)('says what is wrong: %s', async (_, change, secrets, failure) => {
    const result = await testTarget({ customerId: null, kind: 'email', config: config({ ...change, to: ['a@example.com'] }), secrets }, { now: MONDAY });
    expect(result).toMatchObject({ ok: false, failure });
    expect(JSON.stringify(result)).not.toContain(secrets.password);
  });
  it('sends a test mail that says it is one', async () => {
    const result = await testTarget({ customerId: null, kind: 'email', config: config({ to: ['a@example.com'], locale: 'en' }), secrets: LOGIN }, { now: MONDAY });
    expect(result.ok).toBe(true);
    expect(readMail(server.mails[0]?.raw ?? '').text).toContain('This is a test message');
  });
  it('sends the test mail to who asks for it, where the readers come from contacts and rota', async () => {
    const target = { customerId: null, kind: 'email', config: config({ to: [] }), secrets: LOGIN };
    expect(await testTarget(target, { now: MONDAY, asker: 'me@vendor.example' })).toMatchObject({ ok: true });
    expect(await testTarget({ ...target, config: config({ to: ['a@example.com'] }) }, { now: MONDAY, asker: 'me@vendor.example' })).toMatchObject({ ok: true });
    expect(server.mails.map(({ to }) => to)).toEqual([['me@vendor.example'], ['a@example.com']]);
    expect(await testTarget(target, { now: MONDAY, asker: null })).toMatchObject({ ok: false, failure: 'misconfigured' });
  });

  it.each([
    [450, '4.2.0 greylisted, come back', 'deferred', false],
    [451, '4.3.0 try later', 'deferred', false],
    [550, '5.1.1 no such user', 'rejected', true],
    [554, '5.7.1 refused', 'rejected', true],
  ] as const)('takes %i for what it means', async (code, text, failure, isFinal) => {
    server.refuse = () => [code, text];
    const error = await failureOf(send(config(), LOGIN));
    expect([error.failure, error.isFinal, error.isOfTarget]).toEqual([failure, isFinal, false]);
    expect(error.detail).toContain(text);
  });

  it('gives up on a server that hangs when the deadline passes', async () => {
    server.hangs = true;
    const error = await failureOf(send(config(), LOGIN, message(), AbortSignal.timeout(700)));
    expect(error.failure).toBe('timeout');
  });

  it('delivers to a greylisting server later, while a dead mailbox does not hold up the others', async () => {
    await using database = await openDatabase({ url: 'sqlite::memory:' });
    const world = notifyWorld(database);
    await world.target({ kind: 'email', config: config({ to: ['grey@bank.example', 'gone@bank.example'] }), secrets: LOGIN });
    server.refuse = (to) => (to.startsWith('grey') ? [450, 'greylisted'] : to.startsWith('gone') ? [550, 'no such user'] : undefined);
    const change = { ...changeOf({}, OPENED), people: { customer: [{ email: 'ops@bank.example', locale: 'en' as const }] } };
    await world.plan(change);
    await world.drain();
    expect((await world.states()).toSorted()).toEqual(['opened dead', 'opened pending', 'opened sent']);
    server.refuse = () => undefined;
    world.now += 60_000;
    await world.drain();
    expect(server.mails.map(({ to }) => to[0])).toEqual(['ops@bank.example', 'grey@bank.example']);
    expect(readMail(server.mails[0]?.raw ?? '').headers.get('subject')).toContain('Confirmation of an incident');
  });
});
