/** What the support centre does for itself is not the customer's: its own messages, and that it wrote itself a note. */
import { expect, it } from 'vitest';
import { type TestClient, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

onBothEngines('of an incident a customer', (database) => {
  async function world() {
    const collector = await testCollector(database());
    const bank = await collector.addCustomer('Bank');
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const support = await collector.client('support-engineer', null, { serves: [bank] });
    const owner = await collector.client('customer-administrator', bank, { administrator: 'primary' });
    const viewer = await collector.client('customer-viewer', bank);
    const target = async (name: string, customerId: string | null, audiences: readonly string[]): Promise<void> => {
      const config = { kind: 'webhook', url: 'https://hooks.example.com/x' };
      const made = await admin.call('POST', '/api/v1/targets', { customerId, kind: 'webhook', name, config, secrets: { signingKey: '0123456789abcdef' } });
      expect(made.statusCode).toBe(201);
      const route = await admin.call('POST', '/api/v1/routes', { customerId, targetId: made.json<{ id: string }>().id, rules: { audiences } });
      expect(route.statusCode).toBe(201);
    };
    const open = async (): Promise<string> =>
      (await support.call('POST', '/api/v1/incidents', { customerId: bank, title: 'Slow', severity: 'critical' })).json<{ id: string }>().id;
    return { support, owner, viewer, admin, target, open };
  }
  const told = async (who: TestClient, id: string): Promise<string> => {
    const { body } = await who.call('GET', `/incidents/${id}?lang=en`);
    return body.slice(body.indexOf('<h2>Notifications'));
  };

  it('sees the messages to its own targets, and none of the centre’s', async () => {
    const { support, owner, viewer, target, open } = await world();
    await target('centre-hook-one', null, ['support', 'duty-manager']);
    const first = await open();
    expect(await told(support, first)).toContain('centre-hook-one');
    for (const who of [owner, viewer]) expect(await told(who, first)).not.toContain('centre-hook-one');
    // Not that nobody was told: that nobody of its own was.
    expect(await told(owner, first)).toContain('Nothing was sent to targets of yours');
    expect(await told(owner, first)).not.toContain('no route matches');
    await target('bank-hook-two', owner.customerId, ['customer']);
    const second = await open();
    for (const name of ['centre-hook-one', 'bank-hook-two']) expect(await told(support, second)).toContain(name);
    expect(await told(owner, second)).toContain('bank-hook-two');
    for (const who of [owner, viewer]) expect(await told(who, second)).not.toContain('centre-hook-one');
    expect(await told(viewer, second)).not.toContain('bank-hook-two');
    const listed = await owner.call('GET', `/api/v1/notifications?incident=${second}`);
    expect(listed.body).not.toContain('centre-hook-one');
  });

  it('does not learn from its audit log that support wrote itself a note', async () => {
    const { support, owner, admin, open } = await world();
    const id = await open();
    const note = async (visibility: string) => {
      const { version } = (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ version: number }>();
      const body = new URLSearchParams({ act: 'note', version: String(version), visibility, text: 'x' });
      const answer = await support.call('POST', `/incidents/${id}`, Object.fromEntries(body));
      expect(answer.statusCode).toBe(303);
    };
    await note('internal');
    await note('customer');
    const lines = async (who: TestClient) =>
      (await who.call('GET', `/api/v1/audit?action=incident.note&object=${id}`))
        .json<{ items: { details: { visibility: string } }[] }>()
        .items.map(({ details }) => details.visibility);
    expect(await lines(owner)).toEqual(['customer']);
    expect(await lines(admin)).toEqual(['customer', 'internal']);
    const page = async (who: TestClient, language: string) => (await who.call('GET', `/admin/audit?object=${id}&lang=${language}`)).body;
    expect((await page(owner, 'en')).match(/<code>incident\.note<\/code>/g)).toHaveLength(1);
    expect((await page(admin, 'zh')).match(/事件：备注/g)).toHaveLength(2);
    expect(await page(admin, 'en')).toContain(`<a href="/incidents/${id}"`);
  });
});
