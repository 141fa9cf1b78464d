import { describe, expect, it } from 'vitest';
import { guardAddresses } from '../../../collector/notify/address-guard.ts';
import { testTarget } from '../../../collector/notify/test-target.ts';
import { MONDAY } from '../../support/incident-change.ts';
import { startReceiver } from '../../support/receiver.ts';

const webhook = (url: string): object => ({ kind: 'webhook', config: { kind: 'webhook', url }, secrets: { signingKey: 'a key of enough length' } });

describe("a customer's target", () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://0.0.0.0:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.100.100.200/latest/meta-data',
    'http://[fd00:ec2::254]/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://[fe80::1]/',
    'http://10.0.0.1/',
    'http://192.168.1.1/',
  ])('may not lead to %s', async (url) => {
    await using receiver = await startReceiver();
    const target = { customerId: 'c1', ...webhook(url.replace('PORT', new URL(receiver.url).port)) };
    const result = await testTarget(target as Parameters<typeof testTarget>[0], { now: MONDAY, deadlineMs: 3_000 });
    expect(result).toMatchObject({ ok: false, failure: 'forbidden-address' });
    expect(receiver.received).toHaveLength(0);
  });
  it('may not be sent elsewhere by a redirect', async () => {
    await using receiver = await startReceiver();
    receiver.answer = (response) => void response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    const target = { customerId: 'c1', ...webhook(receiver.url) };
    const result = await testTarget(target as Parameters<typeof testTarget>[0], { now: MONDAY, allowedNetworks: ['127.0.0.0/8'] });
    expect(result).toMatchObject({ ok: false, failure: 'misconfigured' });
    expect(receiver.received).toHaveLength(1);
  });
  it('may lead where the operator opened a network', async () => {
    await using receiver = await startReceiver();
    const target = { customerId: 'c1', ...webhook(receiver.url.replace('127.0.0.1', 'localhost')) };
    const result = await testTarget(target as Parameters<typeof testTarget>[0], { now: MONDAY, allowedNetworks: ['127.0.0.0/8'] });
    expect(result).toMatchObject({ ok: true });
  });
  it('is a mail server as little', async () => {
    const config = { kind: 'email', host: 'localhost', port: 25, from: 'a@example.com', to: ['b@example.com'] };
    expect(await testTarget({ customerId: 'c1', kind: 'email', config, secrets: {} }, { now: MONDAY })).toMatchObject({ ok: false, failure: 'forbidden-address' });
  });
  it('is told what a network looks like', () => {
    expect(() => guardAddresses(['10.0.0.0/33'])).toThrow('write it like');
    expect(() => guardAddresses(['intranet'])).toThrow('write it like');
  });
});

describe("the centre's own target", () => {
  it('leads anywhere, with a bounded answer', async () => {
    await using receiver = await startReceiver();
    receiver.answer = (response) => void response.end('x'.repeat(1_000_000));
    const result = await testTarget({ customerId: null, ...webhook(receiver.url) } as Parameters<typeof testTarget>[0], { now: MONDAY });
    expect(result).toMatchObject({ ok: false, failure: 'unavailable' });
  });
});
