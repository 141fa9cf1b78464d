/** Reports over the API. */
import { beforeAll, describe, expect, it } from 'vitest';
import { attachmentHeader } from '../../../collector/http/disposition.ts';
import { makeNext } from '../../../collector/reports/make-report.ts';
import { CONFIRM_WITHIN_MS } from '../../../collector/reports/report.ts';
import { RICH } from '../../reports/fixtures/models.ts';
import { NOW, type TestClient, type TestCollector, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

onBothEngines('reports over the API', (database) => {
  let collector: TestCollector;
  let [customer, foreign, cluster, sibling] = ['', '', '', ''];
  let [admin, primary, viewer]: (TestClient | undefined)[] = [];
  let token = '';
  beforeAll(async () => {
    collector = await testCollector(database());
    customer = await collector.addCustomer('客户 "A" ../../x');
    foreign = await collector.addCustomer('B');
    admin = await collector.client('administrator', null, { serves: 'all' });
    primary = await collector.client('customer-administrator', customer, { administrator: 'primary' });
    viewer = await collector.client('customer-viewer', customer);
    cluster = (await admin.call('POST', `/api/v1/customers/${customer}/clusters`, { name: 'one' })).json<{ id: string }>().id;
    sibling = (await admin.call('POST', `/api/v1/customers/${customer}/clusters`, { name: 'two' })).json<{ id: string }>().id;
    token = (await admin.call('POST', `/api/v1/clusters/${cluster}/tokens`, { label: 'reports', kind: 'reporter' })).json<{ token: string }>().token;
  });
  const client = (one: TestClient | undefined): TestClient => {
    if (!one) throw new Error('not ready');
    return one;
  };
  const make = async (): Promise<void> => {
    while (await makeNext({ ...collector.wired.maker, assemble: async () => RICH, holder: 'test' }));
  };
  const ask = async (body: object = {}, by = client(admin)) => await by.call('POST', '/api/v1/reports', { clusterId: cluster, kind: 's360', formats: ['html'], ...body });

  it('a request is a job; its events end with it; its files are saved under a safe name', async () => {
    const asked = await ask();
    expect(asked.statusCode).toBe(202);
    const { id } = asked.json<{ id: string }>();
    expect(asked.headers.location).toBe(`/api/v1/reports/${id}`);
    const events = client(viewer).call('GET', `/api/v1/reports/${id}/events`);
    await make();
    const stream = await events;
    expect(stream.headers['content-type']).toContain('text/event-stream');
    expect(stream.body).toMatch(/event: progress\ndata: .*"state":"(?:queued|running)"/);
    expect(stream.body).toMatch(/event: end\ndata: .*"state":"done".*\n\n$/);
    const { files } = (await client(viewer).call('GET', `/api/v1/reports/${id}`)).json<{ files: { name: string; sha256: string }[] }>();
    const html = files.find(({ name }) => name.endsWith('.html'));
    const file = await client(viewer).call('GET', `/api/v1/reports/${id}/files/${html?.name}`);
    expect(file.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff', etag: `"${html?.sha256}"` });
    expect(file.headers['content-disposition']).toMatch(/^attachment; filename="s360-\d{8}\.zh\.html"; filename\*=UTF-8''%E5%AE%A2%E6%88%B7/);
    expect(decodeURIComponent(String(file.headers['content-disposition']).split("''")[1] ?? '')).not.toMatch(/["/\\]|\.\.\//);
    expect(file.body).toContain('<!');
  });

  it.each(['..%2F..%2Fetc%2Fpasswd', '..', '.env', '%00', 'a%2Fb', 'manifest.json%0d%0aX: y', 'nothing.pdf', 'x'.repeat(200)])('a file called %s is not there', async (name) => {
    const { id } = (await ask()).json<{ id: string }>();
    expect([400, 404]).toContain((await client(admin).call('GET', `/api/v1/reports/${id}/files/${name}`)).statusCode);
    await make();
  });

  it.each([
    [{ kind: '../s360' }],
    [{ kind: 'constructor' }],
    [{ kind: '__proto__' }],
    [{ kind: 'S360' }],
    [{ formats: ['exe'] }],
    [{ formats: [] }],
    [{ formats: '../pdf' }],
    [{ locales: ['fr'] }],
    [{ from: '2026-13-01' }],
    [{ from: -1 }],
    [{ from: NOW, to: NOW - 1 }],
    [{ from: 0 }],
    [{ to: NOW + 10 * 86_400_000 }],
    [{ out: '/etc' }],
  ])('refuses %j', async (body) => expect((await ask(body)).statusCode).toBe(400));

  it('the same key is the same report; another customer’s same key is not', async () => {
    const key = { 'idempotency-key': 'monthly-2026-10' };
    const one = await client(admin).call('POST', '/api/v1/reports', { clusterId: cluster, kind: 's360' }, key);
    const again = await client(admin).call('POST', '/api/v1/reports', { clusterId: cluster, kind: 's360' }, key);
    expect(again.json<{ id: string }>().id).toBe(one.json<{ id: string }>().id);
    const other = await client(admin).call('POST', '/api/v1/reports', { customerId: foreign, kind: 's360' }, key);
    expect(other.json<{ id: string }>().id).not.toBe(one.json<{ id: string }>().id);
    expect((await client(admin).call('POST', '/api/v1/reports', { clusterId: cluster, kind: 's360' }, { 'idempotency-key': 'a b\n' })).statusCode).toBe(400);
    await make();
  });

  it('too many at once are put off', async () => {
    const answers = [];
    for (let count = 0; count < 22; count += 1) answers.push((await ask()).statusCode);
    expect(answers.filter((status) => status === 202).length).toBe(20);
    expect(answers.slice(20)).toEqual([429, 429]);
    await database().db.deleteFrom('reports').where('state', '=', 'queued').execute();
  });

  it('both sides sign once, each for itself; paper of the other side is noted by who serves it, and it is in the audit log', async () => {
    const { id } = (await ask()).json<{ id: string }>();
    const sign = (by: TestClient, body: object) => by.call('POST', `/api/v1/reports/${id}/sign`, body);
    expect((await sign(client(admin), { side: 'provider', name: '王工' })).statusCode).toBe(409); // not made yet
    await make();
    expect((await sign(client(viewer), { side: 'customer', name: '李' })).statusCode).toBe(403);
    expect((await sign(client(primary), { side: 'provider', name: '李', paperDay: '2026-11-20' })).statusCode).toBe(403);
    expect((await sign(client(admin), { side: 'customer', name: '李' })).statusCode).toBe(403); // not on paper
    expect((await sign(client(admin), { side: 'customer', name: '李', paperDay: '2030-01-01' })).json()).toMatchObject({ code: 'invalid', details: { field: 'paperDay' } });
    const { documentSha256, signatures } = (await sign(client(admin), { side: 'provider', name: '王工', position: '服务经理' })).json<{
      documentSha256: string;
      signatures: object;
    }>();
    expect(signatures).toEqual({ provider: { name: '王工', position: '服务经理', at: NOW, recordedBy: expect.objectContaining({ kind: 'user' }), documentSha256 } });
    expect((await sign(client(admin), { side: 'provider', name: '别人' })).statusCode).toBe(409);
    const page = async (who: TestClient): Promise<string> => (await who.call('GET', `/reports/${id}?lang=en`)).body;
    expect(await page(client(primary))).toMatch(/Customer<\/h3><form method="post" action="\/reports\/[^"]+\/sign"/);
    expect(await page(client(viewer))).not.toContain('/sign"');
    const incomplete = await client(primary).call('POST', `/reports/${id}/sign`, { side: 'customer', name: '李总', onPaper: '1', paperDay: '' });
    expect([incomplete.statusCode, incomplete.body.includes('data-refused')]).toEqual([400, true]);
    expect((await client(primary).call('POST', `/reports/${id}/sign`, { side: 'customer', name: '李总' })).headers.location).toContain('say=signed');
    expect(await page(client(viewer))).toMatch(/李总[\s\S]*signed on this page[\s\S]*王工[\s\S]*signed on this page/);
    const audit = await database().db.selectFrom('audit').select(['action', 'details']).where('object', '=', id).where('action', '=', 'report.sign').execute();
    expect(audit.map(({ details }) => (JSON.parse(details ?? '{}') as { side: string }).side)).toEqual(['provider', 'customer']);
  });
  it('what the customer objects to is not signed for it; paper that came back is', async () => {
    const [objected, paper] = [(await ask()).json<{ id: string }>().id, (await ask({ kind: 'risk' })).json<{ id: string }>().id];
    await make();
    await client(primary).call('POST', `/api/v1/reports/${objected}/confirm`, { accepted: false });
    expect((await client(primary).call('POST', `/api/v1/reports/${objected}/sign`, { side: 'customer', name: '李' })).statusCode).toBe(409);
    expect((await client(primary).call('GET', `/reports/${objected}?lang=en`)).body).toContain('The customer objects');
    expect((await client(admin).call('POST', `/reports/${paper}/sign`, { side: 'customer', name: '李', onPaper: '1', paperDay: '2026-11-20' })).headers.location).toContain(
      'say=signed',
    );
    expect((await client(viewer).call('GET', `/reports/${paper}?lang=en`)).body).toMatch(/signed on paper, 2026-11-20[\s\S]*noted by/);
  });
  it('the customer’s administrator confirms once within seven days, nobody else does, and it is in the audit log', async () => {
    const { id } = (await ask()).json<{ id: string }>();
    const confirm = (by: TestClient, body: object = {}) => by.call('POST', `/api/v1/reports/${id}/confirm`, body);
    expect((await confirm(client(primary))).statusCode).toBe(409); // not made yet
    await make();
    expect([(await confirm(client(viewer))).statusCode, (await confirm(client(admin))).statusCode]).toEqual([403, 403]);
    const done = await confirm(client(primary), { accepted: false, note: '磁盘数据有误' });
    expect(done.json()).toMatchObject({ confirmation: { accepted: false, note: '磁盘数据有误' }, confirmedBy: { kind: 'user' } });
    expect((await confirm(client(primary))).statusCode).toBe(409);
    const audit = (await client(admin).call('GET', '/api/v1/audit')).body;
    expect(audit).toContain('report.object');
    const late = (await ask()).json<{ id: string }>().id;
    await make();
    collector.clock.now += CONFIRM_WITHIN_MS + 1;
    const again = await collector.client('customer-administrator', customer, { administrator: 'backup' });
    expect((await again.call('POST', `/api/v1/reports/${late}/confirm`, {})).json()).toMatchObject({ code: 'conflict' });
    collector.clock.now -= CONFIRM_WITHIN_MS + 1;
  });

  it('a reporter’s token makes and reads its own cluster’s reports and no others', async () => {
    const call = async (method: 'GET' | 'POST', url: string, payload?: object) =>
      await collector.app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${token}`, ...(payload && { 'content-type': 'application/json' }) },
        ...(payload && { payload: JSON.stringify(payload) }),
      });
    const own = await call('POST', '/api/v1/reports', { kind: 's360', formats: ['json'] });
    expect(own.json()).toMatchObject({ clusterId: cluster, customerId: customer });
    const whole = (await client(admin).call('POST', '/api/v1/reports', { customerId: customer, kind: 's360' })).json<{ id: string }>().id;
    const other = (await client(admin).call('POST', '/api/v1/reports', { clusterId: sibling, kind: 's360' })).json<{ id: string }>().id;
    expect((await call('POST', '/api/v1/reports', { clusterId: sibling, kind: 's360' })).statusCode).toBe(404);
    for (const id of [whole, other]) for (const path of ['', '/events', '/files/manifest.json']) expect((await call('GET', `/api/v1/reports/${id}${path}`)).statusCode).toBe(404);
    const listed = (await call('GET', `/api/v1/reports?customer=${customer}`)).json<{ items: { clusterId: string }[] }>().items;
    expect(new Set(listed.map(({ clusterId }) => clusterId))).toEqual(new Set([cluster]));
    expect((await call('GET', `/api/v1/reports?cluster=${sibling}`)).json()).toEqual({ items: [] });
    await make();
  });

  it('lists by pages, newest first, without gaps or repetitions', async () => {
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = (await client(admin).call('GET', `/api/v1/reports?limit=3${cursor}`)).json<{ items: { id: string }[]; next?: string }>();
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === undefined) break;
      cursor = `&cursor=${page.next}`;
    }
    const count = await database()
      .db.selectFrom('reports')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    expect([new Set(seen).size, seen.length]).toEqual([Number(count.n), Number(count.n)]);
    expect((await client(admin).call('GET', '/api/v1/reports?cursor=nonsense')).statusCode).toBe(400);
  });

  it('schedules are made, changed and removed, with presets or expressions', async () => {
    const create = async (body: object) => await client(primary).call('POST', '/api/v1/report-schedules', { customerId: customer, kind: 's360', ...body });
    const made = await create({ every: 'semiannual', zone: 'Asia/Shanghai', formats: ['pdf', 'docx'] });
    expect(made.json()).toMatchObject({ cron: '0 6 1 1,7 *', span: 'half-year', formats: ['pdf', 'docx'], enabled: true });
    const { id } = made.json<{ id: string }>();
    const changed = await client(primary).call('PUT', `/api/v1/report-schedules/${id}`, { customerId: customer, kind: 's360', cron: '30 7 * * 1', span: 'week' });
    expect(changed.json()).toMatchObject({ id, cron: '30 7 * * 1', span: 'week' });
    expect((await client(primary).call('GET', '/reports/schedules')).body).toMatch(
      /<time [^>]*>[^<]*<\/time>(?:<small class="site">[^<]*<\/small>)?<small>Asia\/Shanghai<\/small>/,
    );
    expect((await create({ cron: '0 0 31 2 *', span: 'day' })).body).toContain('a day that never comes: no month of 2 has it');
    for (const body of [
      {},
      { cron: '* * *', span: 'day' },
      { cron: '0 0 31 2 *', span: 'day' },
      { every: 'hourly' },
      { every: 'daily', zone: 'Mars/Base' },
      { every: 'daily', kind: 'nothing' },
    ])
      expect((await create(body)).statusCode, JSON.stringify(body)).toBe(400);
    expect((await client(viewer).call('DELETE', `/api/v1/report-schedules/${id}`)).statusCode).toBe(403);
    expect((await client(primary).call('DELETE', `/api/v1/report-schedules/${id}`)).statusCode).toBe(204);
    expect((await client(primary).call('DELETE', `/api/v1/report-schedules/${id}`)).statusCode).toBe(404);
  });

  it('tells the key that verifies', async () => {
    const key = (await client(viewer).call('GET', '/api/v1/report-key')).json();
    expect(key).toMatchObject({ algorithm: 'ed25519', publicKey: expect.stringMatching(/^-----BEGIN PUBLIC KEY-----/) });
  });
});

describe('the name of a file that is saved', () => {
  it.each([
    ['a"; filename="evil.exe', /^attachment; filename="a___filename__evil\.exe"; filename\*=UTF-8''[^"]*$/],
    ['x\r\nSet-Cookie: a=b.pdf', /^[^\r\n]*$/],
    ['../../etc/passwd', /^attachment; filename="[^/\\]*"; filename\*=UTF-8''[^/\\]*$/],
  ])('%j', (name, pattern) => expect(attachmentHeader(name, name)).toMatch(pattern));
  it('keeps Chinese, drops what turns text around, and survives half a character', () => {
    expect(attachmentHeader('r.pdf', '报告\u202Efdp.exe\uD800')).toMatch(/UTF-8''%E6%8A%A5%E5%91%8A_fdp\.exe/);
  });
});
