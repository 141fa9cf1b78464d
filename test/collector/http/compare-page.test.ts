/** Two inspections of a cluster beside each other, chosen from those that are kept. */
import { expect, it } from 'vitest';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { diskFinding, inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';

const DAY = 86_400;

onBothEngines('the comparison of two inspections', (database) => {
  it('tells what was there before and what is there now, from two moments of the list', async () => {
    const cluster = await enrol(database(), 'bank');
    const agent = new Numbered(77_001);
    const begin = NOW / 1_000 - 2 * DAY;
    for (const [at, mounts] of [
      [begin, ['/old', '/both']],
      [begin + DAY, ['/both', '/new']],
    ] as const) {
      const ingest = new Ingest({ database: database(), now: () => at * 1_000, onSignals: async () => undefined, threads: 0 });
      await ingest.ingest(requestOf(cluster, agent.line('inspection', inspection({ takenAt: at, findings: mounts.map((one) => diskFinding(one)) }), at)));
    }
    const collector = await testCollector(database());
    collector.clock.now = NOW;
    const admin = await collector.client('administrator', null, { serves: 'all' });
    const read = async (query = '', language = 'en') =>
      (await admin.call('GET', `/clusters/${cluster.clusterId}/compare${query}`, undefined, { 'accept-language': language })).body;

    const chosen = (name: string, page: string): readonly string[] =>
      [...(new RegExp(`<select name="${name}"[^>]*>(.*?)</select>`, 's').exec(page)?.[1] ?? '').matchAll(/value="([^"]+)"[^>]*>(?=20\d\d)/g)].map(([, value = '']) => value);
    const [after = '', before = ''] = chosen('before', await read());
    expect(chosen('after', await read())).toEqual([after, before]);

    const page = await read(`?before=${encodeURIComponent(before)}&after=${encodeURIComponent(after)}`);
    // One each: names are the site's.
    expect([...page.matchAll(/<td class="t"><span class="\w+">. (New|Still open|Gone)/g)].map(([, word]) => word)).toEqual(['New', 'Still open', 'Gone']);
    expect(page).toContain('What changed between the two');
    expect(page).not.toMatch(/previous report|Consecutive reports/);
    // What belongs together stands on one line, and on a phone each value has its name.
    expect(page).toMatch(/<td class="t" data-label="Severity"><span class="warning">▲ Warning/);
    expect(page).toMatch(/<td class="t" data-label="First seen">\d{4}-\d\d-\d\d<\/td>/);

    expect(await read(`?before=${encodeURIComponent(after)}&after=${encodeURIComponent(after)}`)).toContain('The earlier moment has to lie before');
    expect(await read('', 'zh')).toContain('其他时刻');
  });
});
