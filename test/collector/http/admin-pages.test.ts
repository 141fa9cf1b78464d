/** Pages of administration that are more than lists: the audit log's filter, holidays by year, a rota as a form. */
import { expect, it } from 'vitest';
import { enteredOf, planOf } from '../../../collector/console/pages/admin/rota-fields.ts';
import { onCallAt, RotaPlan } from '../../../collector/notify/rota.ts';
import { testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const PLAN = RotaPlan.parse({
  zone: 'Asia/Shanghai',
  people: [
    { id: 'wang', name: '王工', email: 'wang@example.com', locale: 'zh', wecomUserId: 'w1' },
    { id: 'ann', name: 'Ann "A" <b>', mobile: '+86-13800000000' },
  ],
  layers: [
    { name: 'day', startsOn: '2026-11-02', handover: '09:00', shiftDays: 7, people: ['wang', 'ann'], hours: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }] },
    { name: 'rest', startsOn: '2026-11-01', handover: '09:00', shiftDays: 1, people: ['ann'] },
  ],
  overrides: [{ from: '2026-11-26T02:00:00Z', to: '2026-11-26T10:00:00Z', person: 'ann' }],
  fallback: ['wang'],
});
it('shows a plan as a form and reads the same plan from it', () => {
  expect(planOf(enteredOf('Support', PLAN))).toEqual(PLAN);
  const changed = planOf({ ...enteredOf('Support', PLAN), 'p2.name': 'Li', 'p2.email': 'li@example.com', 'l0.people': 'Li，王工', 'o0.person': '' });
  expect(changed.layers[0]?.people).toEqual(['Li', 'wang']);
  expect(changed.overrides).toEqual([]);
  for (const [name, value] of [
    ['l0.people', 'nobody'],
    ['l0.hours', 'every day'],
    ['o0.from', 'soon'],
    ['p0.email', 'no address'],
    ['l1.shiftDays', '0'],
  ] as const)
    expect(() => planOf({ ...enteredOf('Support', PLAN), [name]: value })).toThrow(expect.objectContaining({ code: 'invalid', details: { field: name } }) as Error);
});

onBothEngines('administration', (database) => {
  it('finds a customer by words of its name, within what the reader sees', async () => {
    const collector = await testCollector(database());
    const ids = [];
    for (let index = 0; index < 12; index += 1) ids.push(await collector.addCustomer(`青山银行 Branch ${index}`));
    await collector.addCustomer('Mill 100%');
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const names = async (query: string, who = admin) =>
      [...(await who.call('GET', `/admin?lang=en&${query}`)).body.matchAll(/<a href="\/admin\/customers\/[\w-]+">([^<]+)</g)].map(([, name]) => name);
    expect(await names('q=branch+11')).toEqual(['青山银行 Branch 11']);
    expect(await names('q=%E9%9D%92%E5%B1%B1')).toHaveLength(12);
    expect(await names('q=100%25')).toEqual(['Mill 100%']);
    expect((await admin.call('GET', '/admin?lang=en&q=nobody')).body).toContain('No customer has that name');
    const engineer = await collector.client('support-engineer', null, { serves: ids.slice(0, 1) });
    expect(await names('q=branch', engineer)).toEqual(['青山银行 Branch 0']);
  });

  it('finds entries of the audit log by who, what, which and when, page by page, and nothing of others', async () => {
    const collector = await testCollector(database());
    const admin = await collector.client('administrator', null, { serves: 'all', login: 'ann-100%' });
    const bob = await collector.client('administrator', null, { serves: 'all', login: 'bob' });
    const customer = (await admin.call('POST', '/api/v1/customers', { name: 'Bank', zone: 'Asia/Shanghai', locale: 'zh' })).json<{ id: string }>().id;
    const cluster = (await bob.call('POST', `/api/v1/customers/${customer}/clusters`, { name: 'prod' })).json<{ id: string }>().id;
    collector.clock.now += 3_600_000;
    for (let index = 0; index < 3; index += 1) await bob.call('POST', `/api/v1/clusters/${cluster}/tokens`, { label: `t${index}` });
    const lines = async (query: string, who = admin): Promise<readonly { action: string; id: number }[]> =>
      (await who.call('GET', `/api/v1/audit?${query}`)).json<{ items: { action: string; id: number }[] }>().items;
    expect((await lines('action=token')).map(({ action }) => action)).toEqual(['token.create', 'token.create', 'token.create']);
    expect(await lines('action=token.create&who=NAME+of+bob')).toHaveLength(3);
    expect(await lines('action=token&who=ann-100%25')).toEqual([]);
    expect((await lines('who=ann-100%25&action=customer')).map(({ action }) => action)).toEqual(['customer.create']);
    expect(await lines(`action=cluster&object=${cluster.slice(0, 8)}`)).toHaveLength(1);
    expect(await lines(`action=cluster&since=${collector.clock.now - 1_000}`)).toEqual([]);
    expect((await lines('action=token&limit=2')).length).toBe(2);
    const owner = await collector.client('customer-administrator', await collector.addCustomer('Other'), { administrator: 'primary' });
    expect(await lines('action=token', owner)).toEqual([]);
    const page = (await admin.call('GET', '/admin/audit?who=bob&action=token&lang=en')).body;
    expect(page.match(/token\.create<\/code>/g)).toHaveLength(3);
    expect((await admin.call('GET', '/admin/audit?from=2026-01-01&to=2026-01-02&lang=en')).body).toContain('No entry matches');
    for (const bad of ['action=%27;drop', 'from=yesterday']) expect((await admin.call('GET', `/admin/audit?${bad}`)).statusCode).toBe(400);
  });

  it('says what goes on by itself and what to look at: agents, timers, notifications, reports', async () => {
    const collector = await testCollector(database());
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const read = async () => (await admin.call('GET', '/admin/system?lang=en')).body;
    for (const words of ['✓ on time', '✓ none given up', '✓ none failed within a week', 'none yet']) expect(await read()).toContain(words);
    expect(await read()).toMatch(/\d (?:MiB|GiB)/); // of memory: this process may hold much
    const customer = await collector.addCustomer('Bank');
    const { id: incident } = (await admin.call('POST', '/api/v1/incidents', { customerId: customer, title: 'slow' })).json<{ id: string }>();
    const { id: report } = (await admin.call('POST', '/api/v1/reports', { customerId: customer, kind: 's360', formats: ['pdf'] })).json<{ id: string }>();
    const timer = { incident_id: incident, key: 'late', due_at: collector.clock.now - 120_000, duty: '{}', claimed_by: null, claimed_until: null, done_at: null, late: 0 };
    await database().db.insertInto('timers').values(timer).execute();
    expect(await read()).toContain('1 waiting or being made');
    await database().db.updateTable('reports').set({ state: 'failed' }).where('id', '=', report).execute();
    const page = await read();
    expect(page).toContain('▲ 1 more than a minute late');
    expect(page).toContain('1 failed within a week');
  });

  it('shows the holidays of a year with the notice, and says of a year without one that it is provisional', async () => {
    const collector = await testCollector(database());
    const viewer = await collector.client('customer-viewer', await collector.addCustomer('Bank'));
    const year = async (of: number) => (await viewer.call('GET', `/admin/calendar?year=${of}&lang=zh`)).body;
    const known = await year(2026);
    expect(known).toContain('https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm');
    expect(known).toMatch(/<td class="work" title="春节">14<small>班<\/small>/);
    expect(known).toMatch(/<td class="off" title="春节">17<small>休<\/small>/);
    expect(known).toContain('12 月 28 日以后为暂定');
    expect(await year(2031)).toContain('2031 年尚无国务院办公厅通知');
  });

  it('takes a rota as a form, shows a refused one again as it was entered, and as JSON', async () => {
    const collector = await testCollector(database());
    const manager = await collector.client('duty-manager', null, { serves: 'all' });
    const home = '/admin/notifications/rotas';
    expect((await manager.call('GET', `${home}/new?lang=en`)).body).toContain('name="l0.people"');
    const entered = enteredOf('Support', PLAN);
    const refused = await manager.call('POST', home, { ...entered, 'l0.people': 'nobody' });
    expect(refused.statusCode).toBe(200);
    expect(refused.body).toContain('<code>l0.people</code>');
    expect(refused.body).toContain('Ann &quot;A&quot; &lt;b&gt;');
    const alone = await manager.call('POST', home, { ...entered, 'p0.fallback': '', 'l1.name': '' });
    expect(alone.body).toContain('无人值班');
    expect((await manager.call('POST', home, entered)).headers.location).toContain('say=created');
    const [rota] = await collector.deps.rotas.list();
    expect(rota?.plan).toEqual(PLAN);
    expect(onCallAt(PLAN, Date.parse('2026-11-26T03:00:00Z')).people[0]?.id).toBe('ann');
    const shown = (await manager.call('GET', `${home}/${rota?.id}?lang=en`)).body;
    expect(shown).toContain('1-5 09:00-18:00');
    expect((await manager.call('POST', `${home}/${rota?.id}`, { name: 'Again', plan: JSON.stringify(PLAN) })).headers.location).toContain('say=saved');
    const engineer = await collector.client('support-engineer', null, { serves: 'all' });
    for (const path of [`${home}/new`, `${home}/${rota?.id}`]) expect((await engineer.call('GET', path)).statusCode).toBe(403);
  });
});
