import { beforeAll, describe, expect, it } from 'vitest';
import { digestOfSecret } from '../../../collector/access/secret.ts';
import { PASSWORD, type TestCollector, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const json = { 'content-type': 'application/json' };

onBothEngines('signing in', (database) => {
  let collector: TestCollector;
  let customer: string;
  beforeAll(async () => {
    collector = await testCollector(database());
    customer = await collector.addCustomer('A');
    await collector.addUser('customer-viewer', customer, { login: 'lin' });
  });
  const signIn = (login: string, password: string, extra: Record<string, unknown> = {}) =>
    collector.app.inject({ method: 'POST', url: '/api/v1/sessions', headers: json, payload: JSON.stringify({ login, password }), ...extra });

  it('gives a cookie that scripts cannot read and other sites do not send, and keeps only its digest', async () => {
    const answer = await signIn('Lin', PASSWORD);
    expect(answer.statusCode).toBe(201);
    const [session, csrf] = answer.cookies;
    expect(session).toMatchObject({ name: 'xunjian', path: '/', httpOnly: true, sameSite: 'Lax' });
    expect(session?.secure).toBeUndefined();
    expect(csrf?.httpOnly).toBeUndefined();
    const rows = await database().db.selectFrom('sessions').selectAll().execute();
    expect(rows.map(({ hash }) => hash)).toContain(digestOfSecret(session?.value ?? ''));
    expect(JSON.stringify(rows)).not.toContain(session?.value);
    expect(JSON.stringify(rows)).not.toContain(csrf?.value);
    expect(collector.log.join('')).not.toContain(session?.value);
    expect(collector.log.join('')).not.toContain(PASSWORD);
  });

  it('asks for the prefix __Host- and Secure when the proxy says that the browser came over TLS', async () => {
    const behind = await testCollector(database(), {}, { trustProxy: ['127.0.0.1/32'] });
    const answer = await behind.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      headers: { ...json, 'x-forwarded-proto': 'https', 'x-forwarded-for': '203.0.113.9' },
      payload: JSON.stringify({ login: 'lin', password: PASSWORD }),
    });
    expect(answer.cookies[0]).toMatchObject({ name: '__Host-xunjian', secure: true, path: '/' });
    expect(answer.cookies[0]).not.toHaveProperty('domain');
    const untrusted = await collector.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      headers: { ...json, 'x-forwarded-proto': 'https' },
      payload: JSON.stringify({ login: 'lin', password: PASSWORD }),
    });
    expect(untrusted.cookies[0]?.name).toBe('xunjian');
  });

  it('gives a new secret at every sign-in, and the one that came along ends', async () => {
    const planted = (await signIn('lin', PASSWORD)).cookies[0]?.value ?? '';
    const again = await signIn('lin', PASSWORD, { cookies: { xunjian: planted } });
    expect(again.cookies[0]?.value).not.toBe(planted);
    const me = (secret: string) => collector.app.inject({ url: '/api/v1/sessions/current', cookies: { xunjian: secret } });
    expect((await me(planted)).statusCode).toBe(401);
    expect((await me(again.cookies[0]?.value ?? '')).json()).toMatchObject({ login: 'lin', role: 'customer-viewer', customerId: customer });
    const invented = 'A'.repeat(43);
    const fixed = await signIn('lin', PASSWORD, { cookies: { xunjian: invented } });
    expect(fixed.cookies[0]?.value).not.toBe(invented);
    expect((await me(invented)).statusCode).toBe(401);
  });

  it('answers the same to a wrong password, an unknown name and a disabled account', async () => {
    await collector.addUser('customer-viewer', customer, { login: 'gone' });
    await database().db.updateTable('users').set({ status: 'disabled' }).where('login', '=', 'gone').execute();
    const answers = await Promise.all([signIn('lin', 'not the password'), signIn('nobody', 'not the password'), signIn('gone', PASSWORD)]);
    const bodies = answers.map((answer) => ({ status: answer.statusCode, ...answer.json<Record<string, unknown>>(), requestId: undefined }));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(bodies[0]).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  it('lets wait longer and longer after wrong passwords, but only from that address', async () => {
    const app = await testCollector(database(), {}, { trustProxy: ['127.0.0.1/32'] });
    await app.addUser('customer-viewer', customer, { login: 'target' });
    const from = (address: string, password: string) =>
      app.app.inject({ method: 'POST', url: '/api/v1/sessions', headers: { ...json, 'x-forwarded-for': address }, payload: JSON.stringify({ login: 'target', password }) });
    for (let count = 0; count < 5; count += 1) expect((await from('203.0.113.66', 'wrong wrong wrong')).statusCode).toBe(401);
    const waits: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const blocked = await from('203.0.113.66', PASSWORD);
      expect(blocked.statusCode).toBe(429);
      waits.push(Number(blocked.headers['retry-after']));
      app.clock.now += Number(blocked.headers['retry-after']) * 1_000;
      expect((await from('203.0.113.66', 'wrong wrong wrong')).statusCode).toBe(401);
    }
    expect(waits).toEqual([2, 4, 8]);
    // The right person elsewhere is not locked out, nor is anybody for ever.
    expect((await from('203.0.113.7', PASSWORD)).statusCode).toBe(201);
    app.clock.now += 16 * 1_000;
    expect((await from('203.0.113.66', PASSWORD)).statusCode).toBe(201);
    expect((await from('203.0.113.66', 'wrong wrong wrong')).statusCode).toBe(401);
  });

  it('gets slow for guesses from ever new addresses too, and stays open for where the account signed in lately', async () => {
    const app = await testCollector(database(), {}, { trustProxy: ['127.0.0.1/32'] });
    await app.addUser('customer-viewer', customer, { login: 'wanted' });
    const from = (address: string, password: string) =>
      app.app.inject({ method: 'POST', url: '/api/v1/sessions', headers: { ...json, 'x-forwarded-for': address }, payload: JSON.stringify({ login: 'wanted', password }) });
    expect((await from('203.0.113.7', PASSWORD)).statusCode).toBe(201);
    let refused = 0;
    for (let count = 0; count < 60; count += 1) if ((await from(`198.51.100.${count}`, 'wrong wrong wrong')).statusCode === 429) refused += 1;
    expect(refused).toBe(30);
    expect((await from('203.0.113.7', PASSWORD)).statusCode).toBe(201); // its owner notices nothing
    const elsewhere = await from('203.0.113.99', PASSWORD);
    expect(elsewhere.statusCode).toBe(429);
    expect(Number(elsewhere.headers['retry-after'])).toBeLessThanOrEqual(60);
    app.clock.now += 60_000;
    expect((await from('203.0.113.99', PASSWORD)).statusCode).toBe(201);
  });

  it('ends sessions that are idle, that are old, and those of a disabled account', async () => {
    const { clock } = collector;
    const begin = clock.now;
    const one = await collector.client('customer-viewer', customer);
    const me = async () => (await one.call('GET', '/api/v1/sessions/current')).statusCode;
    for (let hour = 0; hour < 11; hour += 1) {
      clock.now += 3_600_000;
      expect(await me()).toBe(200);
    }
    clock.now = begin + 12 * 3_600_000;
    expect(await me()).toBe(401);
    const two = await collector.client('customer-viewer', customer);
    clock.now += 2 * 3_600_000;
    expect((await two.call('GET', '/api/v1/sessions/current')).statusCode).toBe(401);
    const three = await collector.client('customer-viewer', customer);
    await database().db.updateTable('users').set({ status: 'disabled' }).where('id', '=', three.userId).execute();
    expect((await three.call('GET', '/api/v1/sessions/current')).statusCode).toBe(401);
    await collector.sessions.clean(clock.now);
    clock.now = begin;
  });

  it('refuses changes without the token of this very session', async () => {
    const [one, other] = [await collector.client('customer-viewer', customer), await collector.client('customer-viewer', customer)];
    const signOut = (headers: Record<string, string>) => collector.app.inject({ method: 'DELETE', url: '/api/v1/sessions/current', headers });
    expect((await signOut({ cookie: one.cookie })).json()).toMatchObject({ code: 'forbidden', details: { reason: 'csrf' } });
    expect((await signOut({ cookie: one.cookie, 'x-csrf-token': other.csrf })).statusCode).toBe(403);
    expect((await signOut({ cookie: one.cookie, 'x-csrf-token': one.csrf, origin: 'https://evil.example' })).json()).toMatchObject({ details: { reason: 'origin' } });
    expect((await signOut({ cookie: one.cookie, 'x-csrf-token': one.csrf, 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await signOut({ cookie: one.cookie, 'x-csrf-token': one.csrf, host: 'h:1', origin: 'http://h:1' })).statusCode).toBe(200);
    expect((await one.call('GET', '/api/v1/sessions/current')).statusCode).toBe(401);
  });

  it('does not let other sites sign somebody in', async () => {
    expect((await signIn('lin', PASSWORD, { headers: { ...json, origin: 'https://evil.example' } })).statusCode).toBe(403);
  });

  it('limits tries by address whatever the account is', async () => {
    const app = await testCollector(database());
    const tries = [];
    for (let count = 0; count < 25; count += 1)
      tries.push((await app.app.inject({ method: 'POST', url: '/api/v1/sessions', headers: json, payload: JSON.stringify({ login: `n${count}`, password: 'x' }) })).statusCode);
    expect(tries.filter((status) => status === 401)).toHaveLength(20);
    expect(tries.slice(20)).toEqual([429, 429, 429, 429, 429]);
  });

  it('changes a password only for who knows the old one, and ends the other sessions', async () => {
    const id = await collector.addUser('customer-viewer', customer, { login: 'changer' });
    const open = async () => await collector.sessions.signIn({ login: 'changer', password: PASSWORD, address: '::1' }, collector.clock.now);
    const [one, two] = [await open(), await open()];
    const change = (current: string, next: string) =>
      collector.app.inject({
        method: 'POST',
        url: '/api/v1/sessions/current/password',
        headers: { ...json, cookie: `xunjian=${one.secret}`, 'x-csrf-token': one.csrfToken },
        payload: JSON.stringify({ current, next }),
      });
    expect((await change('wrong', 'a much better one 42')).statusCode).toBe(403);
    expect((await change(PASSWORD, 'short')).json()).toMatchObject({ code: 'invalid', details: { reason: 'short' } });
    expect((await change(PASSWORD, 'a much better one 42')).statusCode).toBe(204);
    expect(await collector.sessions.authenticate(one.secret, collector.clock.now)).toMatchObject({ userId: id });
    expect(await collector.sessions.authenticate(two.secret, collector.clock.now)).toBeUndefined();
  });
});

describe('a sign-in under an unknown name', () => {
  it('takes as long as a wrong password', async () => {
    const { PasswordHasher } = await import('../../../collector/access/password.ts');
    const hasher = new PasswordHasher({ ln: 13, r: 8, p: 1 });
    const stored = await hasher.hash(PASSWORD);
    const time = async (hash: string | undefined): Promise<number> => {
      const begin = performance.now();
      expect(await hasher.verify('not it at all', hash)).toBe(false);
      return performance.now() - begin;
    };
    // In turn, and the quickest of each: other programs on the machine slow both down alike.
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let count = 0; count < 15; count += 1) {
      known = Math.min(known, await time(stored));
      unknown = Math.min(unknown, await time(undefined));
    }
    expect(unknown / known).toBeGreaterThan(0.5);
    expect(unknown / known).toBeLessThan(2);
  });
});
