/** What people look for is found as it is written, and nothing is left out without a word. */
import { expect, it } from 'vitest';
import { NOW, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const TITLES: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'nodes-lost': { zh: '节点失联', en: 'Nodes are lost' },
  'pod-crash-looping': { zh: '容器反复崩溃', en: 'Containers crash again and again' },
};

onBothEngines('incidents', (database) => {
  async function world() {
    const checkTexts = (id: string) => {
      const title = TITLES[id];
      return title && { title, why: title, remedy: title };
    };
    const collector = await testCollector(database(), {}, {}, { checkTexts });
    const customer = await collector.addCustomer('Bank');
    const support = await collector.client('support-engineer', null, { serves: [customer] });
    const open = async (title: string, set: { rule?: string; scope?: string; search?: string; due?: number | null }): Promise<number> => {
      const { id } = (await support.call('POST', '/api/v1/incidents', { customerId: customer, title, severity: 'critical' })).json<{ id: string }>();
      const { number } = (await support.call('GET', `/api/v1/incidents/${id}`)).json<{ number: number }>();
      const { rule, scope, search, due } = set;
      await database()
        .db.updateTable('incidents')
        .set({
          severity: 'critical',
          ...(rule !== undefined && { rule, title: null, search: `${number} ${rule} ${search ?? ''}`, scope: scope ?? null }),
          ...(due !== undefined && { next_due_at: due }),
        })
        .where('id', '=', id)
        .execute();
      return number;
    };
    const found = async (query: string): Promise<readonly number[]> => {
      const { body, statusCode } = await support.call('GET', `/incidents?${query}`, undefined, { 'accept-language': 'en' });
      expect([query, statusCode]).toEqual([query, 200]);
      return [...body.matchAll(/<td class="n">(\d+)<\/td>/g)].map(([, number]) => Number(number));
    };
    return { collector, customer, support, open, found };
  }

  it('are found by the title that readers see in either language, and by their object as it is written', async () => {
    const { open, found, support } = await world();
    const lost = await open('x', { rule: 'nodes-lost' });
    const crash = await open('x', { rule: 'pod-crash-looping', scope: '{"kind":"Deployment","namespace":"search","name":"index"}', search: 'index search' });
    const own = await open('Printer is slow', {});
    const q = async (text: string): Promise<readonly number[]> => await found(new URLSearchParams({ q: text }).toString());
    for (const text of ['失联', 'nodes LOST', `#${lost}`, 'nodes-lost']) expect([text, await q(text)]).toEqual([text, [lost]]);
    for (const text of ['容器反复崩溃', 'search/index', 'crash search', 'search/index 反复']) expect([text, await q(text)]).toEqual([text, [crash]]);
    for (const text of ['printer', 'slow printer']) expect([text, await q(text)]).toEqual([text, [own]]);
    expect(await q('nodes printer')).toEqual([]);
    expect(await q(' ')).toHaveLength(3);
    const answer = await support.call('GET', `/api/v1/incidents?search=${encodeURIComponent('失联')}`);
    expect(answer.json<{ items: { number: number }[] }>().items.map(({ number }) => number)).toEqual([lost]);
  });

  it('by due time come soonest first, and those without one behind them, page by page', async () => {
    const { collector, open, found, customer, support } = await world();
    const late = await open('late', { due: NOW + 9_000_000 });
    const none = await open('none', { due: null });
    const soon = await open('soon', { due: NOW + 1_000 });
    collector.clock.now += 60_000;
    const other = await open('other', { due: null });
    expect(await found('order=due')).toEqual([soon, late, other, none]);
    const numbers: number[] = [];
    for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
      const page = (await support.call('GET', `/api/v1/incidents?order=due&limit=1${cursor === undefined ? '' : `&cursor=${cursor}`}`)).json<{
        items: { number: number }[];
        next?: string;
      }>();
      numbers.push(...page.items.map(({ number }) => number));
      cursor = page.next;
    }
    expect(numbers).toHaveLength(4);
    expect(new Set(numbers.slice(2))).toEqual(new Set([none, other]));
    expect(numbers.slice(0, 2)).toEqual([soon, late]);
    // Without a row in a filter is not the same as without an incident.
    const empty = async (query: string): Promise<string> => (await support.call('GET', `/incidents?${query}&lang=en`)).body;
    for (const query of ['level=5', `customer=${customer}&level=5`, 'kind=problem', 'show=mine', 'q=nothing']) {
      expect([query, (await empty(query)).includes('No incident matches')]).toEqual([query, true]);
      expect(await empty(query)).not.toContain('No incident needs anybody');
    }
  });

  it('are narrowed to one person, and so are the counts beside them', async () => {
    const { open, support } = await world();
    const mine = await open('mine', {});
    await open('other', {});
    await database().db.updateTable('incidents').set({ assignee: support.userId }).where('number', '=', mine).execute();
    const list = async (query: string): Promise<string> => (await support.call('GET', `/incidents?${query}&lang=en`)).body;
    const numbers = (body: string): readonly string[] => [...body.matchAll(/<td class="n">(\d+)<\/td>/g)].map(([, number]) => number ?? '');
    const plain = await list('');
    expect(plain).toContain(`<option value="${support.userId}">Name of`);
    expect(plain).toMatch(/To do <span class="n">\d+/);
    const narrowed = await list(`assignee=${support.userId}`);
    expect(numbers(narrowed)).toEqual([String(mine)]);
    expect(narrowed).toMatch(/To do <span class="n">1</);
    expect(narrowed).toContain(`/incidents?assignee=${support.userId}&amp;show=all`);
  });
});
