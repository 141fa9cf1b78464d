import { beforeAll, expect, it } from 'vitest';
import { PASSWORD, type TestClient, type TestCollector, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const GOOD = 'an excellent passphrase';

onBothEngines('users', (database) => {
  let collector: TestCollector;
  let [customer, other] = ['', ''];
  let admin: TestClient;
  let primary: TestClient;
  beforeAll(async () => {
    collector = await testCollector(database());
    customer = await collector.addCustomer('A');
    other = await collector.addCustomer('B');
    admin = await collector.client('administrator', null, { serves: 'all' });
    primary = await collector.client('customer-administrator', customer, { administrator: 'primary' });
  });
  const redeem = (link: string, body: Record<string, unknown> = {}) =>
    collector.app.inject({
      method: 'POST',
      url: '/api/v1/links/redeem',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ link, password: GOOD, ...body }),
    });
  const secretOf = (url: string): string => new URL(url).searchParams.get('link') ?? '';
  const signIn = (login: string, password: string) =>
    collector.app.inject({ method: 'POST', url: '/api/v1/sessions', headers: { 'content-type': 'application/json' }, payload: JSON.stringify({ login, password }) });
  const invite = (by: TestClient, body: Record<string, unknown>) => by.call('POST', '/api/v1/users', { name: 'Somebody', role: 'customer-viewer', ...body });

  it('makes the first administrator from a link that opens once and ends', async () => {
    const { secret } = await collector.accounts.administratorLink(collector.clock.now);
    expect(JSON.stringify(await database().db.selectFrom('links').selectAll().execute())).not.toContain(secret);
    expect((await redeem(secret)).statusCode).toBe(400); // no login
    expect((await redeem(secret, { login: 'root1', password: 'password1234' })).json()).toMatchObject({ details: { reason: 'common' } });
    const tries = await Promise.all([redeem(secret, { login: 'first-a' }), redeem(secret, { login: 'first-b' }), redeem(secret, { login: 'first-c' })]);
    expect(tries.map((answer) => answer.statusCode).sort((a, b) => a - b)).toEqual([200, 404, 404]);
    const late = await collector.accounts.administratorLink(collector.clock.now);
    collector.clock.now += 25 * 3_600_000;
    expect((await redeem(late.secret, { login: 'late' })).statusCode).toBe(404);
    collector.clock.now -= 25 * 3_600_000;
    expect((await redeem('x'.repeat(43), { login: 'late' })).statusCode).toBe(404);
  });

  it('lets somebody in whom the primary administrator invited', async () => {
    const answer = await invite(primary, { login: 'mei', customerId: customer });
    expect(answer.statusCode).toBe(201);
    const { user, link } = answer.json<{ user: { status: string }; link: { url: string } }>();
    expect(user.status).toBe('invited');
    expect(answer.body).not.toMatch(/password/i);
    expect((await redeem(secretOf(link.url))).json()).toMatchObject({ status: 'active' });
    expect((await signIn('MEI', GOOD)).statusCode).toBe(201);
  });

  it("lets whom the support centre invited wait until one of the customer's two administrators approves", async () => {
    const { user, link } = (await invite(admin, { login: 'wait', customerId: customer })).json<{ user: { id: string }; link: { url: string } }>();
    expect((await redeem(secretOf(link.url))).json()).toMatchObject({ status: 'awaiting-approval' });
    const early = await signIn('wait', GOOD);
    expect(early.json()).toMatchObject({ code: 'forbidden', details: { reason: 'awaiting-approval' } });
    expect((await admin.call('POST', `/api/v1/users/${user.id}/approve`)).statusCode).toBe(403);
    expect((await primary.call('POST', `/api/v1/users/${user.id}/approve`)).json()).toMatchObject({ status: 'active' });
    expect((await primary.call('POST', `/api/v1/users/${user.id}/approve`)).statusCode).toBe(409);
    expect((await signIn('wait', GOOD)).statusCode).toBe(201);
  });

  it('has one primary and one backup a customer, appointed by the support centre', async () => {
    const slot = (by: TestClient, login: string, administrator: string) => invite(by, { login, customerId: customer, role: 'customer-administrator', administrator });
    expect((await slot(admin, 'second-primary', 'primary')).statusCode).toBe(409);
    expect((await slot(primary, 'own-backup', 'backup')).statusCode).toBe(403);
    const races = await Promise.all([slot(admin, 'backup-1', 'backup'), slot(admin, 'backup-2', 'backup')]);
    expect(races.map((answer) => answer.statusCode).filter((status) => status === 201)).toHaveLength(1);
    expect((await invite(admin, { login: 'no-slot', customerId: customer, role: 'customer-administrator' })).statusCode).toBe(400);
  });

  it('gives nobody more than the inviter may give', async () => {
    expect((await invite(primary, { login: 'boss', role: 'administrator', customerId: null })).statusCode).toBe(404);
    expect((await invite(primary, { login: 'boss', role: 'administrator', customerId: customer })).statusCode).toBe(400);
    expect((await invite(primary, { login: 'spy', customerId: other })).statusCode).toBe(404);
    expect((await invite(primary, { login: 'mass', customerId: customer, status: 'active', approvedBy: 'me', password: 'x' })).json()).toMatchObject({ code: 'invalid' });
    const engineer = await collector.client('support-engineer', null, { serves: [customer] });
    expect((await invite(engineer, { login: 'pal', customerId: customer })).statusCode).toBe(403);
    const viewer = await collector.client('customer-viewer', customer);
    expect((await invite(viewer, { login: 'pal', customerId: customer })).statusCode).toBe(403);
    expect((await primary.call('PUT', `/api/v1/users/${viewer.userId}/role`, { role: 'customer-administrator', administrator: 'backup' })).statusCode).toBe(403);
    expect((await viewer.call('PUT', `/api/v1/users/${viewer.userId}/role`, { role: 'administrator' })).statusCode).toBe(403);
  });

  it('ends sessions at once when somebody is disabled or gets another role, and keeps the last administrator', async () => {
    const viewer = await collector.client('customer-viewer', customer);
    expect((await primary.call('POST', `/api/v1/users/${viewer.userId}/disable`)).statusCode).toBe(200);
    expect((await viewer.call('GET', '/api/v1/sessions/current')).statusCode).toBe(401);
    const engineer = await collector.client('support-engineer', null, { serves: [] });
    expect((await admin.call('PUT', `/api/v1/users/${engineer.userId}/role`, { role: 'duty-manager', serves: [customer] })).statusCode).toBe(200);
    expect((await engineer.call('GET', '/api/v1/sessions/current')).statusCode).toBe(401);
    expect((await admin.call('POST', `/api/v1/users/${admin.userId}/disable`)).statusCode).toBe(409);
  });

  it('lets somebody in again who was shut out: by those who approve, with the old password, without the place that was given up', async () => {
    const viewer = await collector.client('customer-viewer', customer, { login: 'returning' });
    const on = (by: TestClient, id: string, act: string) => by.call('POST', `/api/v1/users/${id}/${act}`);
    expect((await on(primary, viewer.userId, 'enable')).statusCode).toBe(409); // was never shut out
    await on(primary, viewer.userId, 'disable');
    expect((await signIn('returning', PASSWORD)).statusCode).toBe(401);
    expect((await on(admin, viewer.userId, 'enable')).statusCode).toBe(403); // the customer's own administrators decide
    expect((await on(primary, viewer.userId, 'enable')).json()).toMatchObject({ status: 'active', role: 'customer-viewer' });
    expect((await signIn('returning', PASSWORD)).statusCode).toBe(201);
    const invited = (await invite(primary, { login: 'not-yet', customerId: customer })).json<{ user: { id: string } }>().user;
    await on(primary, invited.id, 'disable');
    expect((await on(primary, invited.id, 'enable')).json()).toMatchObject({ status: 'invited' });
    const backup = (await database().db.selectFrom('users').select('id').where('administrator', '=', 'backup').executeTakeFirstOrThrow()).id;
    expect((await on(admin, backup, 'disable')).statusCode).toBe(200);
    expect((await on(primary, backup, 'enable')).json()).toMatchObject({ status: 'invited', role: 'customer-viewer', administrator: null });
  });

  it('resets a password by a link; the old one ends with its use', async () => {
    const viewer = await collector.client('customer-viewer', customer, { login: 'forgetful' });
    const link = (await primary.call('POST', `/api/v1/users/${viewer.userId}/link`)).json<{ url: string }>();
    expect((await redeem(secretOf(link.url), { password: 'one more passphrase' })).statusCode).toBe(200);
    expect((await signIn('forgetful', PASSWORD)).statusCode).toBe(401);
    expect((await signIn('forgetful', 'one more passphrase')).statusCode).toBe(201);
    expect((await viewer.call('GET', '/api/v1/sessions/current')).statusCode).toBe(401);
    expect((await redeem(secretOf(link.url))).statusCode).toBe(404);
  });

  it('writes every step into an audit log that holds no secret', async () => {
    const lines = (await primary.call('GET', '/api/v1/audit?limit=200')).json<{ items: { action: string; customerId: string }[] }>().items;
    expect(new Set(lines.map(({ action }) => action))).toEqual(new Set(['session.open', 'user.invite', 'link.use', 'user.approve', 'user.disable', 'user.enable', 'link.create']));
    expect(lines.every(({ customerId }) => customerId === customer)).toBe(true);
    expect((await admin.call('GET', '/api/v1/system')).json()).toMatchObject({ auditIntact: true });
  });

  it('pages through users without gaps or repeats', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await admin.call('GET', `/api/v1/users?limit=3${cursor}`)).json<{ items: { login: string }[]; next?: string }>();
      seen.push(...page.items.map(({ login }) => login));
      cursor = page.next === undefined ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    const { count } = await database()
      .db.selectFrom('users')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    expect(seen).toHaveLength(Number(count));
    expect((await admin.call('GET', '/api/v1/users?cursor=bm9uc2Vuc2U')).json()).toMatchObject({ code: 'invalid' });
  });
});
