/** What leaves sites out of reach: told by the agents' heartbeats, changed by commands that need no filling in. */
import { expect, it } from 'vitest';
import type { Leaves } from '../../../agent/wire/leaves.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { heartbeat, NOW, Numbered, requestOf } from '../../support/payloads.ts';

let number = 80_000;

onBothEngines('what leaves another site', (database) => {
  async function world() {
    const collector = await testCollector(database());
    const identity = await enrol(database());
    const support = await collector.client('support-engineer', null, { serves: [identity.customerId] });
    const ingest = new Ingest({ database: database(), now: () => collector.clock.now, onSignals: async () => undefined, threads: 0 });
    collector.clock.now = NOW;
    const agents = [1, 2, 3].map((index) => ({ index, numbered: new Numbered(number++) }));
    const beat = async (leaves: Leaves | undefined, who = agents): Promise<void> => {
      for (const { index, numbered } of who)
        await ingest.ingest(requestOf(identity, numbered.line('heartbeat', heartbeat({ ...(leaves && { leaves }) }, { node: `node-${index}` }), collector.clock.now / 1_000)));
    };
    const page = async (query = ''): Promise<string> => {
      const { statusCode, body } = await support.call('GET', `/privacy/site?lang=en${query}`);
      expect(statusCode).toBe(200);
      return body
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"')
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .replace(/ ([,;.:])/g, '$1');
    };
    return { collector, cluster: identity.clusterId, agents, beat, page };
  }
  const FULL: Leaves = { level: 'full', hold: 'none', optOut: [] };

  it('is what the agents say, until they all say it and when some do not', async () => {
    const { collector, agents, beat, page } = await world();
    await beat(undefined);
    expect(await page()).toContain('All 3 agents: they do not say');
    await beat({ ...FULL, optOut: ['log-counts', 'usage'] });
    expect(await page()).toContain('All 3 agents: everything, inspections too; groups that are off: counts in logs, usage');
    collector.clock.now += 30_000;
    await beat({ level: 'health', hold: 'manual', optOut: [] }, agents.slice(0, 1));
    const mixed = await page();
    expect(mixed).toMatch(/2 agents: ?everything/);
    expect(mixed).toMatch(/1 agent: ?signs of life and what is wrong, all but heartbeats waits for approval/);
    expect(mixed).toContain('They do not say the same');
  });
  it('is nothing when nobody is heard any more, which is said to prove little', async () => {
    const { collector, agents, beat, page } = await world();
    await beat(FULL);
    collector.clock.now += 120_000;
    await beat(FULL, agents.slice(0, 1));
    expect(await page()).toContain('Nothing has arrived from 2 of 3 agents since');
    collector.clock.now += 120_000;
    const quiet = await page();
    expect(quiet).toContain('Nothing has arrived from any of the 3 agents since');
    expect(quiet).toContain('A fault or a broken link looks the same');
    await beat(FULL);
    expect(await page()).toMatch(/All 3 agents: ?everything/);
  });
  it('is changed by commands for the names that the address tells, and by no word that a shell would read', async () => {
    const { beat, page, collector, cluster } = await world();
    await beat({ ...FULL, optOut: ['security'] });
    expect(await page()).toContain(`kubectl -n xunjian patch configmap xunjian-consent --type merge --patch '{"data":{"level":"off"}}'`);
    const named = await page(`&cluster=${cluster}&namespace=ops&release=watch`);
    expect(named).toContain('kubectl -n ops patch configmap watch-xunjian-consent --type merge');
    expect(named).toContain('-l app.kubernetes.io/instance=watch xunjian/consent-changed');
    expect(named).toContain(`helm upgrade watch charts/xunjian -n ops --reuse-values --set-json 'agents.config.optOut=["security"]'`);
    expect(await page('&groups=1&usage=1&log-counts=1')).toContain(`'agents.config.optOut=["usage","log-counts"]'`);
    expect(await page('&groups=1')).toContain(`'agents.config.optOut=[]'`);
    const client = await collector.client('administrator', null, { serves: 'all' });
    for (const evil of ['a;id', '$(id)', 'A', '-x', "a'", 'x'.repeat(64)])
      expect((await client.call('GET', `/privacy/site?release=${encodeURIComponent(evil)}`)).statusCode).toBe(400);
  });
  it('tells nobody of clusters that he does not see', async () => {
    const { collector, cluster, beat } = await world();
    await beat(FULL);
    const stranger = await collector.client('customer-viewer', await collector.addCustomer('Other'));
    expect((await stranger.call('GET', `/privacy/site?cluster=${cluster}`)).statusCode).toBe(404);
    expect((await stranger.call('GET', '/privacy/site?lang=en')).body).toContain('No cluster is connected yet');
  });
});
