/** Who is on call, targets that were tried, and clusters that are connected twice. */
import { expect, it } from 'vitest';
import { testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { startReceiver } from '../../support/receiver.ts';

onBothEngines('administration', (database) => {
  it('shows everybody of the support centre who is on call, and no customer', async () => {
    const collector = await testCollector(database());
    const manager = await collector.client('duty-manager', null, { serves: 'all' });
    const engineer = await collector.client('support-engineer', null, { serves: 'all' });
    const owner = await collector.client('customer-administrator', await collector.addCustomer('Bank'));
    const plan = {
      zone: 'Asia/Shanghai',
      people: [{ id: 'wang', name: '王工' }],
      layers: [{ name: 'all', startsOn: '2026-11-01', handover: '09:00', shiftDays: 7, people: ['wang'] }],
    };
    expect((await manager.call('POST', '/admin/notifications/rotas', { name: 'Support', plan: JSON.stringify(plan) })).headers.location).toBe('/admin/on-call?say=created');
    for (const who of [manager, engineer]) {
      const page = await who.call('GET', '/admin/on-call?lang=en');
      expect([page.statusCode, page.body.includes('王工')]).toEqual([200, true]);
      expect((await who.call('GET', '/admin?lang=en')).body).toContain('href="/admin/on-call"');
    }
    expect((await manager.call('GET', '/admin/on-call')).body).toContain('/admin/notifications/rotas/new');
    expect((await engineer.call('GET', '/admin/on-call')).body).not.toContain('/admin/notifications/rotas/new');
    expect((await owner.call('GET', '/admin/on-call')).statusCode).toBe(403);
    expect((await owner.call('GET', '/admin')).body).not.toContain('/admin/on-call');
  });

  it('says of a target that it works after a message of ours arrived, and why the last test failed', async () => {
    await using receiver = await startReceiver();
    const collector = await testCollector(database());
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const made = await admin.call('POST', '/api/v1/targets', {
      kind: 'webhook',
      name: 'Hook',
      config: { kind: 'webhook', url: `${receiver.url}/hook` },
      secrets: { signingKey: '0123456789abcdef' },
    });
    const { id } = made.json<{ id: string }>();
    const page = async (say = '') => (await admin.call('GET', `/admin/notifications?lang=en${say}`)).body;
    expect(await page()).toContain('never tried');
    expect(await page()).not.toContain('✓ works');
    receiver.answer = (response) => {
      response.statusCode = 500;
      response.end();
    };
    const failed = await admin.call('POST', `/admin/notifications/targets/${id}/test`, {});
    expect([failed.statusCode, failed.headers.location]).toEqual([303, `/admin/notifications?say=test-failed#target-${id}`]);
    const after = await page('&say=test-failed');
    expect(after).toContain('<p class="notice warning" role="alert">▲ The test message did not arrive');
    expect(after).toContain('failed lately');
    expect(after).toContain('500');
    receiver.answer = (response) => void response.end('{}');
    expect((await admin.call('POST', `/admin/notifications/targets/${id}/test`, {})).headers.location).toContain('say=test-sent');
    expect(await page()).toContain('✓ works');
    expect(await page()).not.toContain('failed lately');
  });

  it('makes no second cluster of the same name for a customer', async () => {
    const collector = await testCollector(database());
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const [bank, other] = [await collector.addCustomer('Bank'), await collector.addCustomer('Other')];
    const connect = async (customer: string, name: string) => await admin.call('POST', `/api/v1/customers/${customer}/clusters`, { name });
    const first = await connect(bank, 'prod');
    expect(first.statusCode).toBe(201);
    const again = await connect(bank, 'Prod');
    expect([again.statusCode, again.json<{ message: string }>().message]).toEqual([409, expect.stringContaining('make a new token for that one')]);
    expect([(await connect(other, 'prod')).statusCode, (await connect(bank, 'test')).statusCode]).toEqual([201, 201]);
    const { id } = first.json<{ id: string }>();
    const rename = async (name: string) => (await admin.call('PATCH', `/api/v1/clusters/${id}`, { name })).statusCode;
    expect([await rename('test'), await rename('PROD')]).toEqual([409, 200]);
  });
});
