/** The page of one account: whom support staff serve, and that nobody is made who would see nothing. */
import { expect, it } from 'vitest';
import { testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

onBothEngines('the page of a user', (database) => {
  async function world() {
    const collector = await testCollector(database());
    const customers = [await collector.addCustomer('Bank'), await collector.addCustomer('Mill'), await collector.addCustomer('Port')] as const;
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const send = async (path: string, fields: Record<string, string>) => await admin.call('POST', path, fields, { 'accept-language': 'en' });
    const serves = async (id: string) => (await admin.call('GET', `/api/v1/users/${id}`)).json<{ serves: unknown }>().serves;
    return { collector, customers, admin, send, serves };
  }

  it('takes several customers that support staff serve, and keeps them when only the role changes', async () => {
    const { collector, customers, admin, send, serves } = await world();
    const [bank, mill, port] = customers;
    const id = await collector.addUser('support-engineer', null, { serves: [bank, mill] });
    const { body } = await admin.call('GET', `/admin/users/${id}`, undefined, { 'accept-language': 'en' });
    const boxes = [...body.matchAll(/name="serve-([\w-]+)" value="1"( checked)?/g)].map(([, customer, checked]) => [customer, checked !== undefined]);
    expect(Object.fromEntries(boxes)).toEqual({ [bank]: true, [mill]: true, [port]: false });
    // As the form sends what it shows, with another role.
    const sent = await send(`/admin/users/${id}/role`, { role: 'duty-manager', [`serve-${bank}`]: '1', [`serve-${mill}`]: '1' });
    expect(sent.headers.location).toBe(`/admin/users/${id}?say=saved`);
    expect(await serves(id)).toEqual(expect.arrayContaining([bank, mill]));
    await send(`/admin/users/${id}/role`, { role: 'duty-manager', all: '1' });
    expect(await serves(id)).toBe('all');
  });

  it('makes nobody of the centre who serves nobody, and says to whom that has happened what it means', async () => {
    const { collector, customers, send, serves } = await world();
    const refused = await send('/admin/users', { login: 'wang', name: 'Wang', locale: 'en', role: 'support-engineer' });
    expect([refused.statusCode, /id="fault-serves">■ ([^<]*)</.exec(refused.body)?.[1]]).toEqual([400, expect.stringContaining('serves every customer, or one at least')]);
    const id = await collector.addUser('support-engineer', null, { serves: [customers[0]] });
    expect((await send(`/admin/users/${id}/role`, { role: 'support-engineer' })).statusCode).toBe(400);
    expect(await serves(id)).toEqual([customers[0]]);
    const idle = await collector.client('support-engineer', null, { serves: [] });
    expect((await idle.call('GET', '/', undefined, { 'accept-language': 'en' })).body).toContain('Your account serves no customer yet');
  });

  it('lets somebody in again who was shut out', async () => {
    const { collector, admin, send } = await world();
    const id = await collector.addUser('support-engineer', null, { serves: 'all' });
    const page = async () => (await admin.call('GET', `/admin/users/${id}`, undefined, { 'accept-language': 'en' })).body;
    expect(await page()).not.toContain('/enable"');
    await send(`/admin/users/${id}/disable`, {});
    expect([...(await page()).matchAll(/action="\/admin\/users\/[\w-]+\/(\w+)"/g)].map(([, act]) => act)).toEqual(['enable']); // nothing else is of use now
    expect((await send(`/admin/users/${id}/enable`, {})).headers.location).toBe(`/admin/users/${id}?say=saved`);
    expect(await page()).toContain('✓ active');
  });

  it('offers a customer’s administrator nothing that only the centre decides', async () => {
    const { collector, customers } = await world();
    const owner = await collector.client('customer-administrator', customers[0], { administrator: 'primary' });
    const viewer = await collector.addUser('customer-viewer', customers[0]);
    const { body } = await owner.call('GET', `/admin/users/${viewer}`, undefined, { 'accept-language': 'en' });
    expect([body.includes('Shut out'), body.includes('name="role"'), body.includes('Mill')]).toEqual([true, false, false]);
  });
});
