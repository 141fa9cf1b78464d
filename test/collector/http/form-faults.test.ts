/** Forms that are refused: in the reader's language, by the field's label, open and as they were entered; and addresses that are none. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { NOW, PASSWORD, type TestClient, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const HTML = { accept: 'text/html,application/xhtml+xml' };
const EVIL = '"><script>alert(1)</script>$&';

onBothEngines('a form that is refused', (database) => {
  async function world() {
    const collector = await testCollector(database());
    const login = `ann-${randomUUID()}`;
    const admin = await collector.client('administrator', null, { serves: 'all', login });
    const customer = await collector.addCustomer('Bank');
    return { admin, login, customer };
  }
  const send = async (who: TestClient, path: string, body: Record<string, string>, language: 'zh' | 'en') => {
    const answer = await who.call('POST', path, body, { ...HTML, 'accept-language': language });
    return { status: answer.statusCode, body: answer.body, location: answer.headers.location };
  };
  /** The element of a field with its label and what is said of it. */
  const fieldOf = (body: string, name: string): string =>
    [...body.matchAll(/<label class="(?:field|field wide|check)">.*?<\/label>/gs)]
      .map(([label]) => label)
      .find((label) => label.includes(` name="${name}"`) && label.includes('aria-invalid')) ?? '';

  it('names every field by its label in the reader’s language, keeps what was entered, and stands open', async () => {
    const { admin } = await world();
    const body = { name: '', zone: 'Beijing', locale: 'en', contacts: EVIL };
    for (const [language, words] of [
      ['zh', ['没有保存，请改正：', '<li>名称：必填</li>', '应为 IANA 时区', '（每行一个角色']],
      ['en', ['Nothing was saved. Please correct:', '<li>Name: is needed</li>', 'an IANA time zone such as Asia/Shanghai', 'one role a line']],
    ] as const) {
      const { status, body: page } = await send(admin, '/admin/customers', body, language);
      expect(status).toBe(400);
      expect(page).toMatch(/<details class="disclosure" open>/);
      for (const word of words.slice(0, 2)) expect(page).toContain(word);
      expect(fieldOf(page, 'zone')).toContain(words[2]);
      expect(fieldOf(page, 'zone')).toContain('value="Beijing"');
      expect(fieldOf(page, 'name')).toContain('autofocus');
      expect(fieldOf(page, 'zone')).not.toContain('autofocus');
      expect(page).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;$&amp;</textarea>');
      expect(page).toMatch(/<option value="en" selected>/);
      expect(page).not.toMatch(/Invalid|Too small|expected|<script>alert/);
      // Another language is read at the page, not at the form's address.
      expect(page).toContain('href="/admin?lang=');
    }
    const contacts = await send(admin, '/admin/customers', { name: 'New', zone: 'Asia/Shanghai', locale: 'zh', contacts: 'nonsense' }, 'zh');
    expect(fieldOf(contacts.body, 'contacts')).toContain('每行一个角色');
    const address = await send(admin, '/admin/customers', { name: 'New', zone: 'Asia/Shanghai', locale: 'zh', contacts: 'customer: nobody' }, 'zh');
    expect(fieldOf(address.body, 'contacts')).toContain('应为邮箱地址');
    expect(address.body).not.toContain('contacts.customer.0');
  });

  it('says what is wrong with a password, and shows none again', async () => {
    const { admin } = await world();
    const next = 'another horse battery';
    const wrong = await send(admin, '/account/password', { current: 'not it at all', next, again: next }, 'zh');
    expect([wrong.status, fieldOf(wrong.body, 'current').includes('当前密码不正确')]).toEqual([403, true]);
    expect(wrong.body).not.toContain('not it at all');
    const differ = await send(admin, '/account/password', { current: PASSWORD, next, again: `${next}!` }, 'en');
    expect([differ.status, fieldOf(differ.body, 'again').includes('the two new passwords differ')]).toEqual([400, true]);
    const weak = await send(admin, '/account/password', { current: PASSWORD, next: 'password1234', again: 'password1234' }, 'zh');
    expect(fieldOf(weak.body, 'next')).toMatch(/密码过于常见/);
    expect((await send(admin, '/account/password', { current: PASSWORD, next, again: next }, 'zh')).location).toBe('/account?say=password-changed');
  });

  it('says of a login that it is taken, and of a change why it is refused', async () => {
    const { admin, login, customer } = await world();
    const taken = await send(admin, '/admin/users', { login, name: 'Other Ann', locale: 'en', role: 'customer-viewer', customer }, 'zh');
    expect(taken.status).toBe(409);
    expect(fieldOf(taken.body, 'login')).toContain('登录名已被使用');
    expect(taken.body).toContain('value="Other Ann"');
    const local = (days: number): string => new Date(NOW + days * 86_400_000).toISOString().slice(0, 16);
    const plan = { subject: customer, kind: 'change', title: 'Upgrade', from: local(2), to: local(1) };
    const reversed = await send(admin, '/calendar', plan, 'zh');
    expect([reversed.status, fieldOf(reversed.body, 'to').includes('结束必须晚于开始')]).toEqual([400, true]);
    expect(fieldOf(reversed.body, 'to')).toContain(`value="${plan.to}"`);
    expect(reversed.body).toContain('value="Upgrade"');
    const late = await send(admin, '/calendar', { ...plan, from: local(0.5), to: local(1) }, 'en');
    expect(fieldOf(late.body, 'from')).toContain('the contract wants a change announced');
    expect((await send(admin, '/calendar', { ...plan, from: local(0.5), to: local(1), approve: '1' }, 'en')).location).toBe('/calendar?say=created');
  });

  it('is the one of several that was sent, and its secrets are not shown again', async () => {
    const { admin } = await world();
    const hook = await send(admin, '/admin/notifications/targets', { kind: 'webhook', name: 'Hook', customer: '', url: 'nowhere', signingKey: 'top-secret-signing-key' }, 'zh');
    expect(hook.status).toBe(400);
    expect(hook.body.match(/ data-refused/g)).toHaveLength(1);
    expect(fieldOf(hook.body, 'url')).toContain('value="nowhere"');
    expect(hook.body).not.toContain('top-secret');
    expect(hook.body).not.toMatch(/Invalid|config\.url/);
  });

  it('connects no second cluster of a name, and says so at the name', async () => {
    const { admin, customer } = await world();
    const connect = async (name: string, more: Record<string, string> = {}) =>
      await send(admin, '/admin/connect', { customer, name: '', terms: 'daocloud/standard@1', zone: 'Asia/Shanghai', cluster: name, kind: 'kubernetes', ...more }, 'zh');
    expect((await connect('prod')).location).toBe('/admin/once');
    const again = await connect('prod');
    expect([again.status, fieldOf(again.body, 'cluster').includes('该客户已有同名集群')]).toEqual([409, true]);
    const nameless = await connect('prod', { customer: '' });
    expect(fieldOf(nameless.body, 'name')).toContain('必填：新客户的名称');
    expect(fieldOf(nameless.body, 'cluster')).toBe('');
  });
});

onBothEngines('what is shown once', (database) => {
  it('survives another language, for this session and some minutes', async () => {
    const collector = await testCollector(database());
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const bob = await collector.client('administrator', null, { serves: 'all' });
    const customer = await collector.addCustomer('Bank');
    const cluster = (await admin.call('POST', `/api/v1/customers/${customer}/clusters`, { name: 'prod' })).json<{ id: string }>().id;
    const made = await admin.call('POST', `/admin/clusters/${cluster}/tokens`, { label: 'x', kind: 'agent' });
    expect([made.statusCode, made.headers.location]).toEqual([303, '/admin/once']);
    const cookie = made.cookies.find(({ name }) => name === 'xunjian-once');
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/admin/once' });
    expect(cookie?.value).not.toContain('xj_');
    const look = async (who: TestClient, language: string, value = cookie?.value ?? '') =>
      (await who.call('GET', `/admin/once?lang=${language}`, undefined, { cookie: `${who.cookie}; xunjian-once=${value}` })).body;
    const token = /xj_[\w-]{43}/.exec(await look(admin, 'en'))?.[0];
    expect(await look(admin, 'zh')).toContain(`token=&#39;${token}&#39;`);
    expect(await look(admin, 'zh')).toContain('href="/admin/once?lang=en"');
    expect(await look(admin, 'zh')).toContain('集群中的代理无法访问');
    for (const other of [await look(bob, 'en'), await look(admin, 'en', ''), await look(admin, 'en', `${cookie?.value.slice(0, -4)}AAAA`)]) {
      expect(other).toContain('No longer shown');
      expect(other).not.toContain('xj_');
    }
    const user = await admin.call('POST', '/admin/users', { login: 'carl', name: 'Carl', locale: 'en', role: 'customer-viewer', customer });
    expect(user.headers.location).toBe('/admin/once');
    expect(await look(admin, 'en', user.cookies.find(({ name }) => name === 'xunjian-once')?.value)).toMatch(/http:\/\/127\.0\.0\.1:8080\/setup/);
  });

  it('an address that is none is a page for a browser and JSON for programs', async () => {
    const { app } = await testCollector(database());
    const get = async (url: string, accept: string) => {
      const { statusCode, headers, body } = await app.inject({ method: 'GET', url, headers: { accept, 'accept-language': 'zh' } });
      return [statusCode, String(headers['content-type']).split(';')[0], body.includes('没有这个页面')];
    };
    expect(await get('/nope', HTML.accept)).toEqual([404, 'text/html', true]);
    expect(await get('/nope', 'application/json')).toEqual([404, 'application/json', false]);
    expect(await get('/nope', '*/*')).toEqual([404, 'application/json', false]);
    expect(await get('/api/v1/nope', HTML.accept)).toEqual([404, 'application/json', false]);
    expect(await get('/account/password', HTML.accept)).toEqual([405, 'text/html', true]);
    expect(await get('/account/password', 'application/json')).toEqual([405, 'application/json', false]);
  });
});
