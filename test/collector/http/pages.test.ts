/** The incident pages: what they show to whom, and that their forms do what they say once. */
import { expect, it } from 'vitest';
import { NOW, type TestClient, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const EVIL = '<script>alert(1)</script>';

onBothEngines('the incident pages', (database) => {
  async function world() {
    const collector = await testCollector(database());
    const customer = await collector.addCustomer(`Bank "${EVIL}"`);
    const other = await collector.addCustomer('Other');
    const support = await collector.client('support-engineer', null, { serves: [customer] });
    const viewer = await collector.client('customer-viewer', customer);
    const foreign = await collector.client('customer-viewer', other);
    const made = await support.call('POST', '/api/v1/incidents', { customerId: customer, title: `Slow ${EVIL}`, severity: 'critical' });
    const { id } = made.json<{ id: string }>();
    return { collector, support, viewer, foreign, id };
  }
  const page = (who: TestClient, path: string, language = 'en') => who.call('GET', path, undefined, { 'accept-language': language });

  it('show state, level, clocks with their arithmetic and the history, in both languages, and nothing that people typed as markup', async () => {
    const { support, id } = await world();
    for (const [language, words] of [
      ['en', ['Clocks of the contract', 'Response', 'arithmetic', 'within coverage', 'Timeline', 'Acknowledge', 'Level 2']],
      ['zh', ['合同时限', '响应', '计算过程', '服务时段', '经过', '2 级']],
    ] as const) {
      const answer = await page(support, `/incidents/${id}`, language);
      expect(answer.statusCode).toBe(200);
      for (const word of words) expect(answer.body).toContain(word);
      // One script of ours by its address, and nothing inline.
      expect(answer.body.match(/<script/g)).toHaveLength(1);
      expect(answer.body).toMatch(/<script src="\/assets\/console\.[0-9a-f]{16}\.js" defer><\/script>/);
      expect(answer.body).not.toMatch(/ style=| on[a-z]+=|javascript:/);
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'self'; script-src 'self';/);
      expect((await page(support, '/incidents', language)).body).toContain('Slow &lt;script&gt;');
    }
  });

  it('lead who is not signed in to the sign-in and back, and nowhere else', async () => {
    const { collector, id } = await world();
    const anonymous = await collector.app.inject({ method: 'GET', url: `/incidents/${id}` });
    expect([anonymous.statusCode, anonymous.headers.location]).toEqual([303, `/sign-in?to=${encodeURIComponent(`/incidents/${id}`)}`]);
    const form = await collector.app.inject({ method: 'GET', url: String(anonymous.headers.location) });
    expect(form.body).toContain(`to=${encodeURIComponent(`/incidents/${id}`)}`);
    for (const to of ['//evil.example', 'https://evil.example', '/incidents/../x', '/api/v1/users'])
      expect((await collector.app.inject({ method: 'GET', url: `/sign-in?to=${encodeURIComponent(to)}` })).body).not.toContain('to=');
  });

  it('list what falls due within half a shift, soonest first, and who has it', async () => {
    const { support, id } = await world();
    const due = async (path = '/incidents?show=due') => (await page(support, path)).body;
    const at = async (next: number) => await database().db.updateTable('incidents').set({ next_due_at: next }).where('id', '=', id).execute();
    await at(NOW + 5 * 3_600_000);
    expect(await due()).not.toContain('Slow &lt;script&gt;');
    await at(NOW + 3 * 3_600_000);
    expect(await due()).toContain('Slow &lt;script&gt;');
    expect(await due()).not.toContain('<small>Name of support-engineer');
    await database().db.updateTable('incidents').set({ assignee: support.userId }).where('id', '=', id).execute();
    expect(await due()).toContain('<small>Name of support-engineer');
  });

  it('of another customer do not exist, and a customer has no buttons', async () => {
    const { foreign, viewer, id } = await world();
    const hidden = await page(foreign, `/incidents/${id}`);
    expect([hidden.statusCode, hidden.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
    expect((await page(foreign, '/incidents')).body).not.toContain('Slow');
    const own = await page(viewer, `/incidents/${id}`);
    expect(own.statusCode).toBe(200);
    expect(own.body).not.toContain('name="act"');
  });

  it('and the API refuse NUL wherever it stands, on every engine', async () => {
    const { collector, support } = await world();
    for (const url of ['/api/v1/incidents?search=a%00b', '/api/v1/incidents/a%00b', '/incidents/a%00', '/api/v1/snapshots/%00'])
      expect([url, (await support.call('GET', url)).statusCode]).toEqual([url, 400]);
    const { customerId } = (await support.call('GET', '/api/v1/incidents')).json<{ items: { customerId: string }[] }>().items[0] ?? { customerId: '' };
    const open = async (title: string) => (await support.call('POST', '/api/v1/incidents', { customerId, title })).statusCode;
    expect([await open('a\0b'), await open('two\nlines'), await open('plain')]).toEqual([400, 400, 201]);
    const signIn = await collector.app.inject({
      method: 'POST',
      url: '/api/v1/sessions',
      headers: { 'content-type': 'application/json' },
      payload: JSON.stringify({ login: 'a\0', password: 'b' }),
    });
    expect(signIn.statusCode).toBe(400);
  });

  it('take a form with the token of this session and the version that was seen, and from support only', async () => {
    const { collector, support, viewer, id } = await world();
    const send = (who: TestClient, fields: Record<string, string>) =>
      collector.app.inject({
        method: 'POST',
        url: `/incidents/${id}?lang=en`,
        headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(fields).toString(),
      });
    const { number, ...seen } = (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ version: number; number: number }>();
    const version = String(seen.version);
    expect((await send(support, { act: 'acknowledge', version })).statusCode).toBe(403);
    expect((await send(support, { act: 'acknowledge', version, _csrf: viewer.csrf })).statusCode).toBe(403);
    expect((await send(viewer, { act: 'acknowledge', version, _csrf: viewer.csrf })).statusCode).toBe(403);
    expect((await send(support, { act: 'destroy', version, _csrf: support.csrf })).statusCode).toBe(400);
    const done = await send(support, { act: 'acknowledge', version, _csrf: support.csrf });
    expect([done.statusCode, done.headers.location]).toEqual([303, `/incidents/${number}`]);
    const again = await send(support, { act: 'acknowledge', version, _csrf: support.csrf });
    expect(again.headers.location).toBe(`/incidents/${id}?say=conflict`);
    expect((await page(support, String(again.headers.location))).body).toContain('It changed meanwhile');
    collector.clock.now = NOW + 60_000;
    const after = (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ version: number; state: string }>();
    expect(after.state).toBe('acknowledged');
    await send(support, { act: 'resolve', code: 'fixed', version: String(after.version), _csrf: support.csrf });
    expect((await page(support, `/incidents/${id}`)).body).toContain('resolved');
    expect((await page(support, '/incidents?show=all&cursor=nonsense')).statusCode).toBe(400);
  });

  it('add up the arithmetic of a clock, and say since when its state is what it is', async () => {
    const { collector, support, id } = await world();
    const minutes = 60_000;
    // Days pass, and sessions with them.
    const reader = async () => await collector.client('support-engineer', null, { serves: 'all' });
    const clockOf = async (): Promise<string> => {
      const { body } = await page(await reader(), `/incidents/${id}`);
      return /<table class="stack clocks">.*?<\/tbody><\/table><\/div><\/div><\/details>/s.exec(body)?.[0] ?? body;
    };
    const {
      clocks: [first],
    } = (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ clocks: { clock: string; goalMs: number; dueAt: number }[] }>();
    if (first === undefined) throw new Error('no clock');
    // Sunday: nothing has counted, and the whole goal is to come.
    expect(await clockOf()).toMatch(/counted so far<\/th><td class="n"><strong>0</);
    collector.clock.now = first.dueAt - 20 * minutes;
    const running = await clockOf();
    expect(running).toMatch(/still to count until it is due<\/th><td class="n"><strong>20 min/);
    expect(running).not.toContain('beyond the goal');
    expect((await page(await reader(), `/incidents/${id}`)).body).toContain('The response clock stops when the first contact is recorded');
    collector.clock.now = first.dueAt + 90 * minutes;
    const late = await clockOf();
    expect(late).toContain(`■ breached<small>since <time datetime="${new Date(first.dueAt).toISOString()}`);
    expect(late).toMatch(/beyond the goal<\/th><td class="n"><strong>1 h 30 min/);
    expect(late).toContain('low="25" high="50" optimum="0"');
    const { version, clocks } = (await (await reader()).call('GET', `/api/v1/incidents/${id}`)).json<{
      version: number;
      clocks: { elapsedMs: number; counted: { countedMs: number; to: number }[]; goalMs: number }[];
    }>();
    for (const one of clocks) expect(one.counted.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(one.elapsedMs);
    expect(version).toBeGreaterThan(0);
  });

  it('compare under another policy with what happened', async () => {
    const { support, id } = await world();
    const { customerId } = (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ customerId: string }>();
    const day = new Date(NOW).toISOString().slice(0, 10);
    const query = `customer=${customerId}&terms=${encodeURIComponent('tongtech/standard@1')}&from=${day}&to=${day}&lang=en`;
    const { body, statusCode } = await page(support, `/admin/policies/simulate?${query}`);
    expect(statusCode).toBe(200);
    expect(body).toContain('<h3>What happened</h3>');
    expect(body).toContain('<th colspan="2" scope="colgroup">Under this policy</th>');
    // Its own policy has a clock that the other lacks, or the other way round: neither side is left out.
    expect(body).toContain('<td class="muted">—</td>');
    expect(body).toContain('▲ differs');
  });
});
