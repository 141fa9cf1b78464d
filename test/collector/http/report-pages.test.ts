/** Reports on their pages: what one would say before it is made, and sending one to people who are known. */
import { expect, it } from 'vitest';
import { NOW, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

onBothEngines('the pages of reports', (database) => {
  async function world() {
    const collector = await testCollector(database(), {}, {}, { publicUrl: 'https://support.example.com' });
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const made = async <T>(url: string, body: object, method = 'POST'): Promise<T> => (await admin.call(method, url, body)).json<T>();
    const { id: customer } = await made<{ id: string }>('/api/v1/customers', { name: 'Bank', zone: 'Asia/Shanghai', locale: 'zh' });
    await admin.call('PATCH', `/api/v1/customers/${customer}`, { contacts: { customer: ['ops@bank.example.com'], report: ['<b>"x"@bank.example.com'] } });
    await admin.call('PATCH', `/api/v1/customers/${customer}`, { contacts: { customer: ['ops@bank.example.com', 'boss@bank.example.com'] } });
    const { id: report } = await made<{ id: string }>('/api/v1/reports', { customerId: customer, kind: 's360', formats: ['pdf'] });
    const viewer = await collector.client('customer-viewer', customer);
    const owner = await collector.client('customer-administrator', customer, { administrator: 'primary' });
    const finish = async () =>
      await database()
        .db.updateTable('reports')
        .set({ state: 'done', confirm_until: NOW + 1_000_000 })
        .where('id', '=', report)
        .execute();
    const target = async () =>
      await admin.call('POST', '/api/v1/targets', {
        kind: 'email',
        name: 'mail',
        config: { host: 'mail.example.com', port: 465, from: 'support@example.com' },
        secrets: { username: 'u', password: 'p' },
      });
    const queued = async (): Promise<readonly { topic: string; recipient: string; report: { url: string; confirmUntil: number } }[]> =>
      (await database().db.selectFrom('notifications').select('message').where('lane', 'like', `%report ${report}%`).execute()).map(({ message }) => JSON.parse(message));
    return { collector, admin, customer, report, viewer, owner, finish, target, queued };
  }

  it('send a finished one, as often as somebody asks, to contacts of its customer and to nobody else', async () => {
    const { admin, report, viewer, owner, finish, target, queued, collector } = await world();
    const path = `/reports/${report}/send`;
    const send = async (who: typeof admin, ...emails: string[]) => (await who.call('POST', path, Object.fromEntries(emails.map((one) => [`to-${one}`, '1'])))).headers.location;
    expect(await send(admin, 'ops@bank.example.com')).toContain('say=conflict'); // not made yet
    await finish();
    expect(await send(admin, 'ops@bank.example.com')).toContain('say=conflict'); // no way to send mail
    expect((await target()).statusCode).toBe(201);
    for (const emails of [['spy@example.com'], []]) {
      const refused = await admin.call('POST', `${path}?lang=en`, Object.fromEntries(emails.map((one) => [`to-${one}`, '1'])));
      expect([refused.statusCode, refused.body.includes('choose among the contacts of the customer')]).toEqual([400, true]);
    }
    expect(await queued()).toEqual([]);
    expect(await send(owner, 'ops@bank.example.com')).toContain('say=report-sent');
    collector.clock.now += 60_000;
    expect(await send(admin, 'ops@bank.example.com', 'boss@bank.example.com')).toContain('say=report-sent');
    expect((await queued()).map(({ recipient }) => recipient).sort()).toEqual(['boss@bank.example.com', 'ops@bank.example.com', 'ops@bank.example.com']);
    expect((await queued())[0]).toMatchObject({ topic: 'report', report: { url: `https://support.example.com/reports/${report}`, confirmUntil: NOW + 1_000_000 } });
    expect((await viewer.call('POST', path, { 'to-ops@bank.example.com': '1' })).statusCode).toBe(403);
    const page = (await viewer.call('GET', `/reports/${report}?lang=en`)).body;
    expect(page).not.toContain('ops@bank.example.com');
    expect((await admin.call('GET', `/reports/${report}?lang=en`)).body).toContain('name="to-boss@bank.example.com"');
  });

  it('open from a mail’s link for every role of the customer, after the sign-in, and for nobody of another', async () => {
    const { collector, report, viewer, owner, finish } = await world();
    await finish();
    const anonymous = await collector.app.inject({ method: 'GET', url: `/reports/${report}` });
    const to = String(anonymous.headers.location);
    expect(to).toBe(`/sign-in?to=${encodeURIComponent(`/reports/${report}`)}`);
    expect((await collector.app.inject({ method: 'GET', url: to })).body).toContain(`to=${encodeURIComponent(`/reports/${report}`)}`);
    for (const who of [viewer, owner]) expect((await who.call('GET', `/reports/${report}?lang=en`)).statusCode).toBe(200);
    expect((await owner.call('GET', `/reports/${report}?lang=en`)).body).toContain('we confirm it');
    expect((await viewer.call('GET', `/reports/${report}?lang=en`)).body).not.toContain('we confirm it');
    const other = await collector.client('customer-administrator', await collector.addCustomer('Other'), { administrator: 'primary' });
    expect((await other.call('GET', `/reports/${report}`)).statusCode).toBe(404);
  });

  it('lead from the form to a preview whose address says what it shows; without an inspection it says so', async () => {
    const { admin, customer } = await world();
    const led = await admin.call('POST', '/reports/preview', { customer, cluster: '', kind: 'monthly', from: '2026-11-01', to: '', 'format-pdf': '1', 'locale-zh': '1' });
    expect(led.statusCode).toBe(303);
    expect(led.headers.location).toBe(`/reports/preview?customer=${customer}&kind=monthly&from=2026-11-01&format-pdf=1&locale-zh=1`);
    const page = await admin.call('GET', `${led.headers.location}&lang=en`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toMatch(/There is no inspection in its range|Make it/);
    expect((await admin.call('GET', `/reports/preview?customer=${customer}&kind=nothing`)).statusCode).toBe(400);
  });

  it('say that one is being made for as long as it is, and until when its word is awaited', async () => {
    const { admin, report, finish } = await world();
    const path = `/reports/${report}?say=requested`;
    const read = async () => (await admin.call('GET', path, undefined, { 'accept-language': 'en' })).body;
    expect(await read()).toContain('The report is being made.');
    await finish();
    const done = await read();
    expect(done).not.toContain('The report is being made.');
    expect(done).toContain('awaited <small>until');
  });
});
