/** The calendar of changes: times by the clock of their own day, whose they are, and nothing out of sight because of the month. */
import { expect, it } from 'vitest';
import { NOW, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const DAY = 86_400_000;

onBothEngines('the calendar of changes', (database) => {
  async function world() {
    const collector = await testCollector(database());
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const customer = await collector.addCustomer('Bank');
    const read = async (path: string, zone = 'Asia/Shanghai') =>
      (await admin.call('GET', path, undefined, { cookie: `${admin.cookie}; xunjian-zone=${zone}`, 'accept-language': 'en' })).body;
    const plan = async (fields: Record<string, string>, zone = 'Asia/Shanghai') =>
      await admin.call('POST', '/calendar', { subject: customer, kind: 'maintenance', title: 'power', ...fields }, { cookie: `${admin.cookie}; xunjian-zone=${zone}` });
    return { collector, admin, customer, read, plan };
  }

  it('reads a time by the clock of that day, also when clocks are put forward before it', async () => {
    const { read, plan } = await world();
    // It is November, London is at UTC; on that day it is an hour ahead.
    expect((await plan({ from: '2027-04-05T02:00', to: '2027-04-05T04:00' }, 'Europe/London')).statusCode).toBe(303);
    const window = await database().db.selectFrom('windows').select(['starts_at', 'ends_at']).executeTakeFirstOrThrow();
    expect([Number(window.starts_at), Number(window.ends_at)]).toEqual([Date.parse('2027-04-05T01:00Z'), Date.parse('2027-04-05T03:00Z')]);
    expect(await read('/calendar?month=2027-04', 'Europe/London')).toContain('02:00–04:00 power<small>Bank</small>');
  });

  it('says in each day how much of it, and lists what is not over yet in every month that is looked at', async () => {
    const { read, plan } = await world();
    expect((await plan({ from: '2026-11-27T20:00', to: '2026-11-29T06:30' })).statusCode).toBe(303);
    const page = await read('/calendar?month=2026-11');
    for (const words of ['20:00 →', 'all day', 'until 06:30']) expect(page).toContain(`${words} power<small>Bank</small>`);
    expect(await read('/calendar?month=2027-06')).toMatch(/<td class="name">power/);
  });

  it('offers every customer and cluster, however many there are', async () => {
    const { collector, read } = await world();
    const rows = Array.from({ length: 260 }, (_, index) => index);
    for (const index of rows.slice(0, 60)) await collector.addCustomer(`Customer ${index}`);
    const { id: customerId } = await database().db.selectFrom('customers').select('id').where('name', '=', 'Customer 59').executeTakeFirstOrThrow();
    await database()
      .db.insertInto('clusters')
      .values(
        rows.map(
          (index) =>
            ({
              id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
              customer_id: customerId,
              name: `c-${index}`,
              kind: 'kubernetes',
              zone: null,
              contract_id: null,
              created_at: NOW - DAY,
            }) as never,
        ),
      )
      .execute();
    const page = await read('/calendar');
    expect(page).toContain('>Customer 59: all clusters<');
    expect(page).toContain('>Customer 59: c-259<');
  });
});
