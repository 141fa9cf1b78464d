/** Incidents that people, tickets and an Alertmanager opened at a site, told to its support centre: structure, and no word of theirs. */
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Boundary } from '../../../agent/wire/encode-values.ts';
import { Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import { NAME_KINDS } from '../../../agent/wire/vocabulary.ts';
import { resolveLinks } from '../../../collector/federation/links.ts';
import { RelayQueue } from '../../../collector/federation/relay-queue.ts';
import { statusEvents } from '../../../collector/federation/status-feed.ts';
import { StatusAnswer, takeStatus } from '../../../collector/federation/take-status.ts';
import type { OpenRequest } from '../../../collector/incidents/requests.ts';
import { testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { NOW, Numbered, requestOf } from '../../support/payloads.ts';

const KEY: Boundary = { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set() };
const WORD = 'zebrafish';
const ENGINEER = { kind: 'user', id: 'u1', name: '张工' } as const;
const PERSON = { kind: 'user', id: 'u2', name: WORD } as const;
const LIMITS = { items: 100, bytes: 1e7, rawBytes: 1e8 };
const alert = (name: string, status: 'firing' | 'resolved', at: number) => ({
  status,
  labels: { alertname: name, severity: 'critical', namespace: WORD, pod: `${WORD}-0`, note: WORD },
  annotations: { summary: WORD },
  startsAt: new Date(NOW).toISOString(),
  endsAt: new Date(at).toISOString(),
});

onBothEngines('an incident of a site’s people', (database) => {
  async function world(options: { readonly opened?: Boundary['clearNames']; readonly boundary?: Boundary | undefined } = { boundary: KEY }) {
    const [below, above] = [await enrol(database(), '站点'), await enrol(database(), '支持中心')];
    let now = NOW;
    const { deps, wired } = await testCollector(database(), {}, {}, { now: () => now, isFederated: true });
    const { incidents } = deps;
    const link = async (): Promise<void> => void (await resolveLinks(database(), { clusters: [{ cluster: below.clusterId, tokenFile: '/none' }] }, now));
    const open = async (changes: Partial<OpenRequest> = {}): Promise<string> => {
      now += 1_000;
      const request = { ...below, kind: 'incident', severity: 'warning', level: 1, title: `${WORD} 打不开`, description: WORD, ...changes } as const;
      return (await incidents.open(request, PERSON, now)).file.filing.id;
    };
    const act = async (incidentId: string, command: Parameters<typeof incidents.command>[0]['command'], actor: typeof ENGINEER | typeof PERSON = PERSON): Promise<void> => {
      now += 1_000;
      await incidents.command({ incidentId, command, actor, visibility: 'all' }, now);
    };
    const queue = new RelayQueue({
      ...{ database: database(), clusterId: below.clusterId, boundary: options.boundary, opened: options.opened ?? new Set(), now: () => now },
      ...{ onSealed: async () => undefined, onRefused: () => undefined, onTrimmed: () => undefined },
    });
    /** @returns what crossed the border, as text */
    const forward = async (times = 1): Promise<string> => {
      const items = await queue.next(LIMITS);
      const bytes = Buffer.concat(items.map(({ body }) => body));
      for (let time = 0; time < times && items.length > 0; time += 1) await wired.ingest.ingest(requestOf(above, bytes, { way: { kind: 'relayed' } }));
      await queue.acknowledge(items);
      return items.map(({ body }) => gunzipSync(body).toString('utf8')).join('\n');
    };
    const there = async () => await database().db.selectFrom('incidents').selectAll().where('cluster_id', '=', above.clusterId).orderBy('number').execute();
    const status = async () => {
      const { items } = await statusEvents(database().db, { clusterId: above.clusterId, since: 0, limit: 200 });
      const outcomes = [];
      for (const item of StatusAnswer.parse({ items }).items)
        outcomes.push(await takeStatus({ database: database(), incidents, boundary: KEY, now: () => now }, { ...below, name: 'x', tokenFile: '' }, item));
      return outcomes;
    };
    return { below, above, incidents, wired, link, open, act, forward, there, status, tick: () => (now += 1_000) };
  }

  it('arrives with level, severity and subject, once however often it is told, and without a word of theirs', async () => {
    const { link, open, forward, there } = await world();
    await link();
    await open({ scope: { kind: 'Pod', namespace: 'shop', name: `${WORD}-0` } });
    await open({ scope: { kind: 'Pod', name: `call ${WORD} at once` } });
    const crossed = await forward(3);
    expect(crossed).not.toMatch(new RegExp(`${WORD}|打不开|shop`));
    const found = await there();
    expect(found.map(({ source, rule, level, severity, kind, state, active }) => [source, rule, level, severity, kind, state, active])).toEqual(
      Array.from({ length: 2 }, () => ['person', 'person', 1, 'warning', 'incident', 'open', 1]),
    );
    expect(found.map(({ scope }) => (scope === null ? null : (JSON.parse(scope) as { name: string }).name))).toEqual([KEY.pseudonyms.of('pod', `${WORD}-0`), null]);
    expect(JSON.stringify(found)).not.toContain(WORD);
  });

  it('ends there when it ends here, comes back, changes its level, and what support ended stays ended', async () => {
    const { link, open, act, forward, there, above } = await world();
    await link();
    const id = await open();
    await forward();
    await act(id, { kind: 'relevel', to: 3, reason: 'person' });
    await forward();
    expect((await there())[0]).toMatchObject({ level: 3, state: 'open' });
    await act(id, { kind: 'resolve', code: 'fixed' });
    await forward();
    expect((await there())[0]?.state).toBe('resolved');
    await act(id, { kind: 'reopen' });
    await forward();
    expect((await there())[0]?.state).toBe('open');
    const theirs = (await there())[0]?.id ?? '';
    await act(theirs, { kind: 'resolve', code: 'vendor-fix' }, ENGINEER);
    await act(id, { kind: 'relevel', to: 2, reason: 'person' });
    await forward();
    expect((await there())[0]).toMatchObject({ state: 'resolved', level: 3 });
    // What the site did is not told down to it again.
    const told = await statusEvents(database().db, { clusterId: above.clusterId, since: 0, limit: 200 });
    expect(told.items.map(({ body }) => body.kind)).toEqual(['resolved']);
  });

  it('hears what support did, though others of its people are about nothing in particular too', async () => {
    const { link, open, act, forward, there, status } = await world();
    await link();
    const ids = [await open(), await open(), await open()];
    await forward();
    const second = (await there())[1]?.id ?? '';
    await act(second, { kind: 'acknowledge' }, ENGINEER);
    await act(second, { kind: 'note', visibility: 'customer', text: '已联系' }, ENGINEER);
    expect(await status()).toEqual(['applied', 'applied']);
    const events = await database()
      .db.selectFrom('incident_events')
      .select(['incident_id', 'kind'])
      .where('incident_id', 'in', ids)
      .where('kind', '!=', 'opened')
      .orderBy('version')
      .execute();
    expect(events).toEqual([
      { incident_id: ids[1], kind: 'acknowledged' },
      { incident_id: ids[1], kind: 'note' },
    ]);
    expect(await forward()).toBe(''); // nothing of it goes up again
  });

  it('of an Alertmanager: the name of an alert that everybody has, never a made-up one, and its end', async () => {
    const { link, forward, there, incidents, below, tick } = await world();
    await link();
    const send = async (status: 'firing' | 'resolved'): Promise<void> => {
      const at = tick();
      await incidents.receiveAlerts({ ...below, integration: 'am' }, { version: '4', alerts: [alert('KubePodCrashLooping', status, at), alert(`${WORD}Down`, status, at)] }, at);
    };
    await send('firing');
    expect(await forward()).not.toContain(WORD);
    expect((await there()).map(({ source, rule, severity }) => [source, rule, severity])).toEqual([
      ['alertmanager', 'KubePodCrashLooping', 'critical'],
      ['alertmanager', 'alertmanager', 'critical'],
    ]);
  });

  it('that was open before the link is told with it; one that is void there is void here', async () => {
    const { link, open, act, forward, there } = await world();
    const [first, gone] = [await open(), await open()];
    await act(gone, { kind: 'cancel', reason: 'false-positive' });
    await link();
    await forward();
    expect((await there()).map(({ state }) => state)).toEqual(['open']);
    await act(first, { kind: 'cancel', reason: 'duplicate', of: gone });
    await forward();
    expect((await there()).map(({ state }) => state)).toEqual(['cancelled']);
  });

  it('is turned into pseudonyms although the site opened every kind of name, but for those, and needs the key', async () => {
    const { link, open, forward, there } = await world({ boundary: { ...KEY, clearNames: new Set(NAME_KINDS) }, opened: new Set(NAME_KINDS) });
    await link();
    await open({ scope: { kind: 'Pod', name: 'web-0' }, title: WORD });
    expect(await forward()).not.toContain(WORD);
    expect((await there())[0]?.scope).toContain('web-0');
    const closed = await world({ boundary: undefined });
    await closed.link();
    await closed.open();
    expect(await closed.forward()).toBe('');
  });

  it('is believed of a site’s collector alone, and goes no further than one collector', async () => {
    const { link, open, above, wired, there, below } = await world();
    await link();
    await open();
    const { body } = await database().db.selectFrom('relays').select('body').where('cluster_id', '=', below.clusterId).executeTakeFirstOrThrow();
    const json = gunzipSync(body)
      .toString('utf8')
      .replace(/"clearNames":\[[^\]]*\]/, '"clearNames":[]');
    await resolveLinks(database(), { clusters: [{ cluster: above.clusterId, tokenFile: '/none' }] }, NOW);
    const { sealSignals } = await import('../../../agent/wire/encode-signals.ts');
    const { agent, ...batch } = JSON.parse(json) as Parameters<typeof sealSignals>[1] & { agent: Parameters<typeof sealSignals>[0] };
    const payload = sealSignals(agent, batch, KEY);
    await wired.ingest.ingest(requestOf(above, new Numbered(0x900).line('signals', payload)));
    expect(await there()).toEqual([]);
    expect(await database().db.selectFrom('agents').select('agent').where('cluster_id', '=', above.clusterId).execute()).toEqual([]);
    await wired.ingest.ingest(requestOf(above, new Numbered(0x901).line('signals', payload), { way: { kind: 'relayed' } }));
    expect(await there()).toHaveLength(1);
    expect(await database().db.selectFrom('agents').select('agent').where('cluster_id', '=', above.clusterId).execute()).toEqual([]); // nobody whose silence would be a trouble
    expect(await database().db.selectFrom('relays').select('id').where('cluster_id', '=', above.clusterId).execute()).toEqual([]);
  });

  it('is opened on a page that says what the support centre is told, where there is one', async () => {
    for (const isFederated of [true, false]) {
      const { client, addCustomer } = await testCollector(database(), {}, {}, { isFederated });
      const owner = await client('customer-administrator', await addCustomer(`Bank ${isFederated}`), { administrator: 'primary' });
      const page = (await owner.call('GET', `/incidents/new?customer=${owner.customerId}`, undefined, { 'accept-language': 'en' })).body;
      expect(page.includes('description and comments stay at this site')).toBe(isFederated);
    }
  });
});
