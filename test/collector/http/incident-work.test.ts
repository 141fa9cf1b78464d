/** A day in the incident pages: what comes first, what many are done to at once, what was written meanwhile, what the customer answers. */
import { expect, it } from 'vitest';
import { NOW, type TestClient, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const HOUR = 3_600_000;

onBothEngines('work on incidents', (database) => {
  async function world() {
    const collector = await testCollector(database());
    const customer = await collector.addCustomer('Bank');
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const support = await collector.client('support-engineer', null, { serves: [customer] });
    const owner = await collector.client('customer-administrator', customer, { administrator: 'primary' });
    const { id: cluster } = (await admin.call('POST', `/api/v1/customers/${customer}/clusters`, { name: 'prod' })).json<{ id: string }>();
    const open = async (title: string, row: { level?: number; due?: number | null; breached?: 0 | 1 } = {}) => {
      const { id } = (await support.call('POST', '/api/v1/incidents', { customerId: customer, clusterId: cluster, title, severity: 'warning' })).json<{ id: string }>();
      const { number } = (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ number: number }>();
      const { level = 3, due = null, breached = 0 } = row;
      await database().db.updateTable('incidents').set({ level, next_due_at: due, breached }).where('id', '=', id).execute();
      return { id, number };
    };
    const read = async (who: TestClient, path: string) => (await who.call('GET', path, undefined, { 'accept-language': 'en' })).body;
    const send = async (who: TestClient, path: string, fields: Record<string, string>) => String((await who.call('POST', path, fields)).headers.location);
    const seen = async (id: string) =>
      (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ version: number; state: string; assignee?: string; events?: { body: { kind: string } }[] }>();
    return { collector, customer, cluster, admin, support, owner, open, read, send, seen };
  }
  /** Titles in the order in which they stand there. */
  const order = (page: string, titles: readonly string[]): readonly string[] =>
    titles
      .map((one) => [one, page.search(new RegExp(`>(?:#\\d+ )?${one}</a>`))] as const)
      .filter(([, at]) => at >= 0)
      .toSorted(([, one], [, other]) => one - other)
      .map(([one]) => one);
  const part = (page: string, from: string, to: string): string => page.slice(page.indexOf(from), page.indexOf(to, page.indexOf(from)));

  it('begins with level 1 and what is overdue, then by level and by what falls due; what waits for others comes last', async () => {
    const { support, cluster, open, read, send, seen } = await world();
    const held = await open('held-back', { level: 2, due: NOW + HOUR });
    await open('later', { level: 2, due: NOW + 9 * HOUR });
    await open('soon', { level: 2, due: NOW + 2 * HOUR });
    await open('broken', { level: 3, due: NOW - HOUR, breached: 1 });
    await open('smoke', { level: 1, due: NOW + 20 * HOUR });
    await open('whenever', { level: 2 });
    await send(support, `/incidents/${held.id}`, { act: 'acknowledge', version: String((await seen(held.id)).version) });
    await send(support, `/incidents/${held.id}`, { act: 'hold', hold: 'vendor', version: String((await seen(held.id)).version) });
    await database()
      .db.updateTable('incidents')
      .set({ level: 2, next_due_at: NOW + HOUR })
      .where('id', '=', held.id)
      .execute();
    const all = ['held-back', 'later', 'soon', 'broken', 'smoke', 'whenever'];
    const urgent = ['smoke', 'broken', 'soon', 'later', 'whenever', 'held-back'];

    expect(order(await read(support, '/incidents'), all)).toEqual(urgent);
    const overview = await read(support, '/');
    expect(order(part(overview, 'Do these first', '<h2>Clusters'), all)).toEqual(urgent.slice(0, 3));
    // Soonest first, whatever the level.
    expect(order(part(overview, 'About to breach', 'Changed in the last'), all)).toEqual(['held-back', 'soon', 'later', 'smoke']);
    // What is over its time stands above and is counted; it hides nothing that can still be kept.
    expect(part(overview, 'About to breach', 'Changed in the last')).toContain('1 overdue besides');
    // Page by page in the same order, through the interface too.
    const pages: string[] = [];
    for (let cursor = '', turn = 0; turn < 10; turn += 1) {
      const { items, next } = (await support.call('GET', `/api/v1/incidents?order=urgent&limit=2${cursor}`)).json<{ items: { title: string }[]; next?: string }>();
      pages.push(...items.map(({ title }) => title));
      if (next === undefined) break;
      cursor = `&cursor=${encodeURIComponent(next)}`;
    }
    expect(pages).toEqual(urgent);
    expect(await read(support, `/incidents?cluster=${cluster}`)).toContain('smoke');
  });

  it('takes a comment whatever happened meanwhile, once', async () => {
    const { support, owner, open, send, seen, read } = await world();
    const { id, number } = await open('slow');
    const old = String((await seen(id)).version);
    expect(await send(support, `/incidents/${id}`, { act: 'acknowledge', version: old })).toBe(`/incidents/${number}`);
    const note = { act: 'note', visibility: 'customer', text: 'since this morning', version: old };
    for (let time = 0; time < 2; time += 1) expect(await send(owner, `/incidents/${id}`, note)).toBe(`/incidents/${number}`);
    expect((await read(owner, `/incidents/${id}`)).match(/since this morning/g)).toHaveLength(1);
    expect(await send(support, `/incidents/${id}`, { act: 'start', version: old })).toContain('say=conflict');
  });

  it('does to many what each was seen to need: what changed meanwhile is left alone and named', async () => {
    const { support, open, send, seen, read } = await world();
    const [one, two, three] = [await open('one'), await open('two'), await open('three')];
    const pick = async (...picked: readonly { id: string }[]) =>
      Object.fromEntries(await Promise.all(picked.map(async ({ id }) => [`pick-${id}`, String((await seen(id)).version)] as const)));
    const seenFirst = await pick(one, two);
    await send(support, `/incidents/${two.id}`, { act: 'assign', to: support.userId, version: String((await seen(two.id)).version) });
    const led = await send(support, '/incidents/bulk', { act: 'start', back: '/incidents?show=all', ...seenFirst });
    expect(led).toBe(`/incidents?show=all&say=partly&about=${two.number}`);
    expect([(await seen(one.id)).state, (await seen(two.id)).state]).toEqual(['in-progress', 'open']);
    const told = await read(support, led);
    expect(told).toContain(`▲ Partly done`);
    expect(told).toContain(`<a href="/incidents/${two.number}">#${two.number}</a>`);

    // A comment needs no version.
    expect(await send(support, '/incidents/bulk', { act: 'note', text: 'to all', ...seenFirst })).toBe('/incidents?say=done');
    expect(await read(support, `/incidents/${two.id}`)).toContain('to all');
    // What a state does not take is named too; the rest is done.
    const held = await send(support, '/incidents/bulk', { act: 'hold', hold: 'customer:information', ...(await pick(one, three)) });
    expect(held).toBe(`/incidents?say=partly&about=${three.number}`);
    expect((await seen(one.id)).state).toBe('on-hold');
    expect(await send(support, '/incidents/bulk', { act: 'contact', contact: 'first-contact', ...(await pick(one, three)) })).toBe('/incidents?say=done');
    expect(await send(support, '/incidents/bulk', { act: 'resolve', code: 'workaround', ...(await pick(one, three)) })).toBe('/incidents?say=done');
    expect(await send(support, '/incidents/bulk', { act: 'close', closure: 'confirmed', ...(await pick(one)) })).toBe('/incidents?say=done');
    expect([(await seen(one.id)).state, (await seen(three.id)).state]).toEqual(['closed', 'resolved']);
    expect((await read(support, '/incidents')).match(/class="only only-\w+/g)).toHaveLength(5);
  });

  it('goes on when the customer has given what was waited for, and shows that they did until somebody looks after it', async () => {
    const { support, owner, open, send, seen, read } = await world();
    const { id, number } = await open('starved');
    const act = async (who: TestClient, fields: Record<string, string>) => await send(who, `/incidents/${id}`, { ...fields, version: String((await seen(id)).version) });
    await act(support, { act: 'acknowledge' });
    await act(support, { act: 'hold', hold: 'customer:information' });
    expect(await read(owner, `/incidents/${id}`)).toContain('The information is given');
    expect(await read(support, `/incidents/${id}`)).toContain('waiting for information from the customer');
    const marked = async () =>
      await Promise.all(['/incidents', '/incidents?show=answered', '/', `/incidents/${id}`].map(async (path) => (await read(support, path)).includes('</span> customer answered')));
    expect(await marked()).toEqual([false, false, false, false]);
    expect(await act(owner, { act: 'contact', contact: 'information-received' })).toBe(`/incidents/${number}`);
    expect((await seen(id)).state).toBe('in-progress');
    expect(await marked()).toEqual([true, true, true, true]);
    expect(await read(owner, '/incidents')).not.toContain('</span> customer answered');
    await act(support, { act: 'note', visibility: 'internal', text: 'seen' });
    expect(await marked()).toEqual([false, false, false, false]);
    // A word of theirs counts as much.
    await act(owner, { act: 'note', visibility: 'customer', text: 'any news?' });
    expect((await marked())[0]).toBe(true);
    // Waiting for the vendor is not theirs to end.
    await act(support, { act: 'hold', hold: 'vendor' });
    expect(await read(owner, `/incidents/${id}`)).not.toContain('name="contact"');
    await act(owner, { act: 'contact', contact: 'information-received' });
    expect((await seen(id)).state).toBe('on-hold');
  });

  it('says for how long an incident is overdue, whatever is done to it, until what was promised is done', async () => {
    const { collector, support, open, send } = await world();
    const { id, number } = await open('forgotten');
    const first = async (): Promise<{ dueAt: number }> => (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ clocks: { dueAt: number }[] }>().clocks[0] ?? { dueAt: 0 };
    const { dueAt } = await first();
    collector.clock.now = dueAt + 3 * HOUR;
    const late = await collector.client('support-engineer', null, { serves: 'all' });
    const act = async (fields: Record<string, string>) =>
      await send(late, `/incidents/${id}`, { ...fields, version: String((await late.call('GET', `/api/v1/incidents/${id}`)).json<{ version: number }>().version) });
    const told = async (): Promise<string | undefined> =>
      /data-due="(\d+)">([^<]*)</.exec((await late.call('GET', `/incidents?q=%23${number}`, undefined, { 'accept-language': 'en' })).body)?.[2];
    await act({ act: 'assign', to: late.userId });
    expect(await told()).toBe('3 h over');
    await act({ act: 'acknowledge' });
    expect(await told()).toBe('3 h over');
    await act({ act: 'contact', contact: 'first-contact' });
    expect(await told()).toBeUndefined();
  });

  it('cancels what repeats another incident, by the number of the other', async () => {
    const { collector, support, open, seen, read } = await world();
    const [one, other] = [await open('the same again'), await open('the first')];
    const elsewhere = await collector.addCustomer('Elsewhere');
    const all = await collector.client('administrator', null, { serves: 'all' });
    const foreign = (await all.call('POST', '/api/v1/incidents', { customerId: elsewhere, title: 'of others' })).json<{ id: string }>().id;
    const { number: theirs } = (await all.call('GET', `/api/v1/incidents/${foreign}`)).json<{ number: number }>();
    const cancel = async (of: string) =>
      await support.call(
        'POST',
        `/incidents/${one.number}`,
        { act: 'cancel', reason: 'duplicate', of, version: String((await seen(one.id)).version) },
        { 'accept-language': 'en' },
      );
    for (const [of, why] of [
      ['', 'enter the number of the other incident'],
      ['the first', 'enter the number of the other incident'],
      [String(one.number), 'that is the number of this incident itself'],
      ['999999999', 'this customer has no incident #999999999'],
      [String(theirs), `this customer has no incident #${theirs}`],
    ] as const) {
      const { statusCode, body } = await cancel(of);
      expect([statusCode, /id="fault-of">■ ([^<]*)</.exec(body)?.[1]]).toEqual([400, expect.stringContaining(why)]);
    }
    expect((await seen(one.id)).state).toBe('open');
    expect((await cancel(`#${other.number}`)).statusCode).toBe(303);
    expect((await seen(one.id)).state).toBe('cancelled');
    expect(await read(support, `/incidents/${one.id}`)).toContain(`Duplicate of: <a href="/incidents/${other.number}">#${other.number}</a>`);
  });

  it('counts what the filter leaves, by who has it too', async () => {
    const { support, customer, cluster, open, send, seen, read } = await world();
    const { id } = await open('mine to do', { level: 2 });
    await open('of nobody', { level: 4, due: NOW + HOUR });
    await send(support, `/incidents/${id}`, { act: 'assign', to: support.userId, version: String((await seen(id)).version) });
    await database().db.updateTable('incidents').set({ level: 2 }).where('id', '=', id).execute();
    const count = async (query: string, tab: string): Promise<number> =>
      Number(new RegExp(`<a href="/incidents[^"]*"[^>]*>${tab} <span class="n">(\\d+)</span>`).exec(await read(support, `/incidents?customer=${customer}${query}`))?.[1]);
    expect([await count('', 'To do'), await count('', 'Mine'), await count('', 'Due within 4 h')]).toEqual([2, 1, 1]);
    expect([await count('&level=2', 'To do'), await count('&level=4', 'Mine'), await count('&level=2', 'Due within 4 h')]).toEqual([1, 0, 0]);
    expect(await count('&q=nobody', 'Unacknowledged')).toBe(1);
    const nobody = await read(support, `/incidents?customer=${customer}&assignee=nobody`);
    expect([nobody.includes('of nobody</a>'), nobody.includes('mine to do</a>')]).toEqual([true, false]);
    const mine = await read(support, `/incidents?customer=${customer}&assignee=${support.userId}`);
    expect([mine.includes('of nobody</a>'), mine.includes('mine to do</a>')]).toEqual([false, true]);
    expect(await read(support, `/clusters/${cluster}`)).toContain('Nothing was inspected yet');
  });

  it('lets people choose the level by the contract, and other systems name a severity only', async () => {
    const { customer, cluster, admin, support, owner, read, send, seen } = await world();
    const openAs = async (who: TestClient, level: number) => await who.call('POST', '/api/v1/incidents', { customerId: customer, title: `at ${level}`, level });
    expect((await openAs(owner, 1)).statusCode).toBe(201);
    expect(await read(owner, `/incidents/new?customer=${customer}`)).toContain('<option value="1">Level 1 · Production disaster</option>');
    const page = await send(owner, '/incidents/new', { customer, title: 'all is down', level: '1' });
    expect((await support.call('GET', `/api/v1${page.split('?')[0]}`)).json()).toMatchObject({ title: 'all is down', level: 1 });
    const by = await send(owner, '/incidents/new', { customer, title: 'a question', severity: 'critical', level: '' });
    expect((await support.call('GET', `/api/v1${by.split('?')[0]}`)).json()).toMatchObject({ level: 2 });

    const { token } = (await admin.call('POST', `/api/v1/clusters/${cluster}/tokens`, { label: 'bot', kind: 'integration' })).json<{ token: string }>();
    const bot = await support.call(
      'POST',
      '/api/v1/incidents',
      { customerId: customer, clusterId: cluster, title: 'x', level: 1 },
      { cookie: '', authorization: `Bearer ${token}` },
    );
    expect([bot.statusCode, bot.json()]).toEqual([403, expect.objectContaining({ details: { field: 'level' } })]);

    // Four levels: on a fifth no clock would run, and nobody would hear of it.
    await admin.call('POST', `/api/v1/customers/${customer}/contracts`, { policyId: 'tongtech', tier: 'standard', policyVersion: 1, startsAt: 0 });
    const refused = await openAs(support, 5);
    expect([refused.statusCode, refused.json()]).toEqual([400, expect.objectContaining({ message: 'tongtech/standard@1 has no level 5; it has 1, 2, 3, 4' })]);
    const { id } = (await openAs(support, 4)).json<{ id: string }>();
    const raised = await support.call('POST', `/api/v1/incidents/${id}/commands`, { command: { kind: 'relevel', to: 5, reason: 'person' } });
    expect([raised.statusCode, (await seen(id)).version]).toEqual([400, 1]);
  });

  it('counts anew when the contract changes: service booked outside the hours, a holiday of the site, another goal', async () => {
    const { collector, customer, cluster } = await world();
    const night = Date.parse('2026-11-27T20:00:00+08:00'); // a Friday
    collector.clock.now = night;
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const support = await collector.client('support-engineer', null, { serves: [customer] });
    const contract = (await admin.call('POST', `/api/v1/customers/${customer}/contracts`, { policyId: 'tongtech', tier: 'standard', policyVersion: 1, startsAt: 0 })).json<{
      id: string;
    }>();
    const { id } = (await support.call('POST', '/api/v1/incidents', { customerId: customer, clusterId: cluster, title: 'down', level: 1 })).json<{ id: string }>();
    const due = async () => new Date((await support.call('GET', `/api/v1/incidents/${id}`)).json<{ nextDueAt: number }>().nextDueAt).toISOString();
    const change = async (overrides: object) => (await admin.call('PATCH', `/api/v1/contracts/${contract.id}`, { overrides })).statusCode;
    // Two standard hours from Monday on.
    expect(await due()).toBe('2026-11-30T03:00:00.000Z');
    expect(await change({ calendar: { appointments: [{ from: '2026-11-27T20:30:00+08:00', to: '2026-11-28T06:00:00+08:00' }] } })).toBe(200);
    expect(await due()).toBe('2026-11-27T14:30:00.000Z');
    expect(await change({ calendar: { holidays: ['2026-11-30'] } })).toBe(200);
    expect(await due()).toBe('2026-12-01T03:00:00.000Z');
    expect(await change({ levels: { 1: { clocks: { respond: { goal: 'PT1H' } } } } })).toBe(200);
    expect(await due()).toBe('2026-11-30T02:00:00.000Z');
    expect((await admin.call('PATCH', `/api/v1/customers/${customer}`, { zone: 'Europe/Berlin' })).statusCode).toBe(200);
    expect(await due()).toBe('2026-11-30T02:00:00.000Z'); // Beijing's hours, the document says
    expect(await change({ calendar: { holidays: ['30.11.2026'] } })).toBe(400);
  });

  it('loses no incident of a customer whose zone nobody can count in any more', async () => {
    const { customer, cluster, support } = await world();
    await database().db.updateTable('customers').set({ zone: 'CST' }).where('id', '=', customer).execute();
    const opened = await support.call('POST', '/api/v1/incidents', { customerId: customer, clusterId: cluster, title: 'x' });
    expect(opened.statusCode).toBe(201);
    const { id } = opened.json<{ id: string }>();
    const { clocks } = (await support.call('GET', `/api/v1/incidents/${id}/clocks`)).json<{ clocks: { clock: string; dueAt?: number }[] }>();
    expect(clocks.find(({ clock }) => clock === 'respond')?.dueAt).toBeGreaterThan(NOW);
    for (const path of [`/incidents/${id}`, '/incidents', `/admin/customers/${customer}`]) expect((await support.call('GET', path)).statusCode, path).toBeLessThan(404);
  });

  it('has everything that a live page shows of a state in what it exchanges, and one listener for all pages', async () => {
    const { support, open, read } = await world();
    const { id } = await open('watched');
    const page = await read(support, `/incidents/${id}`);
    expect(part(page, 'data-fresh="head"', '</h1>')).toContain('watched');
    expect(await read(support, '/incidents')).toMatch(/<div data-fresh="tabs"><nav class="tabs"/);
    const [, worker = ''] = /data-live-worker="([^"]+)"/.exec(page) ?? [];
    const script = await support.call('GET', worker);
    expect([script.statusCode, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(script.headers['content-security-policy']).toBe("default-src 'none'; connect-src 'self'");
    expect(page).not.toMatch(/<small>(?:clock|status|escalation)\./);
  });

  it('says why nobody can be asked to inspect now: on the page, and to who asks all the same', async () => {
    const { admin, customer, cluster, read, send } = await world();
    await database().db.updateTable('customers').set({ demo: 1 }).where('id', '=', customer).execute();
    expect(await read(admin, `/clusters/${cluster}`)).toContain('this is demo data, with no agent behind it');
    const led = await send(admin, `/clusters/${cluster}/inspect`, {});
    expect(led).toBe(`/clusters/${cluster}?say=inspection-impossible`);
    expect(await read(admin, led)).toContain('no agent of this cluster takes requests');
  });
});
