import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OidcClient } from '../../../collector/http/oidc.ts';
import { type Database, openDatabase } from '../../../collector/store/database.ts';
import { type TestClient, type TestCollector, testCollector } from '../../support/collector-app.ts';
import { signInAtProvider, startProvider, type TestProvider } from '../../support/oidc-provider.ts';

const HOME = 'http://127.0.0.1:8080';
const BACK = `${HOME}/api/v1/oidc/callback`;
const PEOPLE = {
  invited: { email: 'Invited@example.com', email_verified: true, name: '王 Invited' },
  unverified: { email: 'unverified@corp.example', email_verified: false },
  stranger: { email: 'stranger@elsewhere.example', email_verified: true },
  joiner: { email: 'joiner@corp.example', email_verified: true, name: 'Joiner' },
  thief: { email: 'local@example.com', email_verified: true, name: 'Thief' },
};

describe('signing in at an OIDC provider', () => {
  let database: Database;
  let provider: TestProvider;
  let collector: TestCollector;
  let customer: string;
  let primary: TestClient;
  beforeAll(async () => {
    database = await openDatabase({ url: 'sqlite::memory:' });
    provider = await startProvider(BACK, PEOPLE, `${HOME}/sign-in`);
    const domains: Record<string, string> = {};
    const oidc = new OidcClient({
      issuer: provider.issuer,
      clientId: 'xunjian',
      clientSecret: 'a-secret-of-the-client',
      label: 'Corp',
      domains,
      redirectUrl: BACK,
      afterSignOutUrl: `${HOME}/sign-in`,
    });
    collector = await testCollector(database, { oidc });
    customer = await collector.addCustomer('Corp');
    domains['corp.example'] = customer;
    primary = await collector.client('customer-administrator', customer, { administrator: 'primary' });
  });
  afterAll(async () => {
    await provider[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });

  const begin = async () => {
    const answer = await collector.app.inject({ url: '/api/v1/oidc/begin' });
    expect(answer.statusCode).toBe(302);
    const [cookie] = answer.cookies;
    return { url: String(answer.headers.location), cookie: cookie?.value ?? '', flags: cookie };
  };
  const finish = async (url: string, cookie: string) => await collector.app.inject({ url: url.slice(HOME.length), cookies: { 'xunjian-oidc': cookie } });
  const signIn = async (person: string) => {
    const { url, cookie } = await begin();
    return await finish(await signInAtProvider(url, person, BACK), cookie);
  };
  const me = async (secret: string) => await collector.app.inject({ url: '/api/v1/sessions/current', cookies: { xunjian: secret } });

  it('asks with PKCE, state and nonce, which stay in a cookie that scripts cannot read', async () => {
    const { url, flags } = await begin();
    const asked = new URL(url).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)?.length).toBeGreaterThan(20);
    expect(flags).toMatchObject({ httpOnly: true, sameSite: 'Lax', maxAge: 600 });
  });

  it('lets in who was invited by the address that the provider verified, and knows the person again without it', async () => {
    const invite = await primary.call('POST', '/api/v1/users', { login: 'invited', name: 'Invited', email: 'invited@example.com', role: 'customer-viewer', customerId: customer });
    expect(invite.statusCode).toBe(201);
    const answer = await signIn('invited');
    expect(answer.headers.location).toBe('/');
    const secret = answer.cookies.find(({ name }) => name === 'xunjian')?.value ?? '';
    expect((await me(secret)).json()).toMatchObject({ login: 'invited', customerId: customer, role: 'customer-viewer' });
    await database.db.updateTable('users').set({ email: null }).where('login', '=', 'invited').execute();
    expect((await signIn('invited')).headers.location).toBe('/');
  });

  it('leads to the page that was asked for before the sign-in, and to no other place', async () => {
    const lead = async (to: string, forge?: string) => {
      const { headers, cookies } = await collector.app.inject({ url: `/api/v1/oidc/begin?to=${encodeURIComponent(to)}` });
      const cookie = cookies[0]?.value ?? '';
      const forged = forge === undefined ? cookie : `${cookie.split('.').slice(0, 3).join('.')}.${Buffer.from(forge).toString('base64url')}`;
      return (await finish(await signInAtProvider(String(headers.location), 'invited', BACK), forged)).headers.location;
    };
    const page = await collector.app.inject({ url: '/sign-in?to=%2Fincidents%2F7' });
    expect(page.body).toContain('href="/api/v1/oidc/begin?to=%2Fincidents%2F7"');
    expect(await lead('/incidents/7?show=due')).toBe('/incidents/7?show=due');
    for (const elsewhere of ['//evil.example', 'https://evil.example', '/\\evil.example', `/incidents?q=${'x'.repeat(2_000)}`]) {
      expect(await lead(elsewhere)).toBe('/');
      expect(await lead('/incidents/7', elsewhere)).toBe('/');
    }
  });

  it('refuses addresses that are not verified or that nobody invited', async () => {
    for (const person of ['unverified', 'stranger']) {
      const answer = await signIn(person);
      expect(answer.headers.location).toBe('/sign-in?say=foreign');
      expect(answer.cookies.some(({ name, value }) => name === 'xunjian' && value !== '')).toBe(false);
    }
    expect(await database.db.selectFrom('users').select('id').where('login', 'like', '%unverified%').execute()).toEqual([]);
  });

  it('never gives an account with a password to whoever shows its address at the provider', async () => {
    const id = await collector.addUser('customer-viewer', customer, { login: 'local' });
    expect((await signIn('thief')).headers.location).toBe('/sign-in?say=foreign');
    const row = await database.db.selectFrom('users').select('subject').where('id', '=', id).executeTakeFirstOrThrow();
    expect(row.subject).toBeNull();
  });

  it('lets people of an allowed domain ask, and in once an administrator of the customer approved', async () => {
    expect((await signIn('joiner')).headers.location).toBe('/sign-in?say=approval');
    const waiting = (await primary.call('GET', '/api/v1/users?status=invited'))
      .json<{ items: { id: string; login: string; status: string; role: string }[] }>()
      .items.find(({ login }) => login === 'joiner@corp.example');
    expect(waiting).toMatchObject({ status: 'awaiting-approval', role: 'customer-viewer' });
    expect((await primary.call('POST', `/api/v1/users/${waiting?.id}/approve`)).json()).toMatchObject({ status: 'active' });
    expect((await signIn('joiner')).headers.location).toBe('/');
  });

  it('refuses a foreign state, a foreign cookie, and a code that was used', async () => {
    const one = await begin();
    const two = await begin();
    const back = await signInAtProvider(one.url, 'invited', BACK);
    expect((await finish(back, two.cookie)).headers.location).toBe('/sign-in?say=foreign');
    expect((await finish(back, 'junk')).headers.location).toBe('/sign-in?say=foreign');
    expect((await collector.app.inject({ url: back.slice(HOME.length) })).headers.location).toBe('/sign-in?say=foreign');
    const forged = new URL(back);
    forged.searchParams.set('iss', 'http://127.0.0.1:9');
    expect((await finish(forged.href, one.cookie)).headers.location).toBe('/sign-in?say=foreign');
    const fresh = await begin();
    const used = await signInAtProvider(fresh.url, 'invited', BACK);
    expect((await finish(used, fresh.cookie)).headers.location).toBe('/');
    expect((await finish(used, fresh.cookie)).headers.location).toBe('/sign-in?say=foreign');
    expect(collector.log.join('')).not.toContain(new URL(used).searchParams.get('code'));
  });

  it('tells where to sign out of the provider too', async () => {
    const answer = await primary.call('DELETE', '/api/v1/sessions/current');
    const url = new URL(answer.json<{ endSessionUrl: string }>().endSessionUrl);
    expect(url.origin).toBe(provider.issuer);
    expect(url.searchParams.get('post_logout_redirect_uri')).toBe(`${HOME}/sign-in`);
    expect((await fetch(url)).status).toBe(200);
  });

  it('says unavailable when the provider is away, and works again when it is back', async () => {
    const away = await testCollector(database, {
      oidc: new OidcClient({ issuer: 'http://127.0.0.1:9', clientId: 'xunjian', label: 'x', domains: {}, redirectUrl: BACK, afterSignOutUrl: HOME }),
    });
    const answer = await away.app.inject({ url: '/api/v1/oidc/begin' });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('10');
  });
});
