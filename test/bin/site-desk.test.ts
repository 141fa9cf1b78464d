/** What leaves a site, decided on the console's page: a real outbox, the same files that the agent reads before each request. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mayLeave, readConsent, writeConsent } from '../../agent/delivery/consent.ts';
import { keepReverseTable, openPseudonyms } from '../../agent/site/site.ts';
import { siteDesk } from '../../bin/site-desk.ts';
import { openDatabase } from '../../collector/store/database.ts';
import { folder, NOW as KEPT_AT, openOutbox } from '../agent/delivery/outboxes.ts';
import { payload } from '../agent/delivery/payloads.ts';
import { type TestClient, testCollector } from '../support/collector-app.ts';
import { inspection } from '../support/payloads.ts';

async function site() {
  const root = folder('xunjian-site-');
  const [stateDir, consentFolder] = [join(root, 'agent-host'), join(root, 'consent')];
  mkdirSync(stateDir);
  await writeConsent(consentFolder, { level: 'full', hold: 'manual' });
  const outbox = await openOutbox(join(stateDir, 'outbox'));
  await outbox.keep('inspection', payload('seen'));
  const pseudonyms = await openPseudonyms(stateDir);
  const pseudonym = pseudonyms.of('node', 'till-7');
  await keepReverseTable(stateDir, pseudonyms);
  writeFileSync(join(stateDir, 'last-inspection.json'), inspection().json);
  const database = await openDatabase({ url: 'sqlite::memory:' });
  const collector = await testCollector(database, {}, {}, { site: siteDesk({ stateDirs: [stateDir], consentFolder }) });
  const admin = await collector.client('administrator', null, { serves: 'all' });
  const answer = async (): Promise<string> => mayLeave(await readConsent(consentFolder, stateDir), { kind: 'inspection', keptAt: KEPT_AT }, KEPT_AT + 1);
  return { collector, admin, database, stateDir, consentFolder, pseudonym, answer };
}
const page = async (who: TestClient, path: string) => await who.call('GET', `${path}?lang=en`);
const send = async (who: TestClient, path: string, fields: Record<string, string>) => await who.call('POST', path, { ...fields }, { 'content-type': 'application/json' });

it('holds, approves, stops and opens again by the functions of the commands, and writes down who did', async () => {
  const { admin, database, consentFolder, answer } = await site();
  expect(await answer()).toBe('not-yet');
  const shown = await page(admin, '/privacy/site');
  expect(shown.statusCode).toBe(200);
  expect(shown.body).toContain('everything but heartbeats waits for approval');
  expect(shown.body).toContain('Approve what waits');
  expect((await send(admin, '/privacy/site/agent-host/approve', {})).headers.location).toContain('say=approved');
  expect(await answer()).toBe('yes');
  expect((await send(admin, '/privacy/site/consent', { level: 'off', hold: 'manual' })).headers.location).toContain('say=nothing-leaves');
  expect(await readConsent(consentFolder)).toMatchObject({ level: 'off' });
  expect((await page(admin, '/privacy/site')).body).toContain('Stopped: the agents send nothing');
  await send(admin, '/privacy/site/consent', { level: 'health', hold: '3600' });
  expect(await readConsent(consentFolder)).toMatchObject({ level: 'health', hold: 3_600 });
  const audit = await database.db.selectFrom('audit').select(['action', 'object']).where('action', 'like', 'site.%').execute();
  expect(audit.map(({ action }) => action)).toEqual(['site.approve', 'site.consent', 'site.consent']);
  expect((await send(admin, '/privacy/site/consent', { level: 'everything', hold: '0' })).statusCode).toBe(400);
});
it('shows the last inspection field by field with its digest, the ledger, and names behind pseudonyms, to its administrator alone', async () => {
  const { collector, admin, pseudonym, stateDir } = await site();
  const preview = await page(admin, '/privacy/site/agent-host/preview');
  expect(preview.body).toContain(inspection().sha256);
  expect(preview.body).toContain('optOut');
  // Every field of what stands beside the sections is on a line of its own, whole.
  expect(preview.body).toMatch(/<li><code>role<\/code> /);
  expect(preview.body).not.toContain('…</td>');
  // What is not read at all, as the payload itself tells it.
  const own = (await page(admin, '/privacy/site')).body;
  expect(own).toContain('<code>security</code></small></td><td>read and sent');
  const json = JSON.parse(inspection().json) as { gatherers: object[] };
  const told = { ...json, gatherers: [...json.gatherers, { domain: 'host', section: 'hostSecurity', status: 'absent', reason: 'opted-out', durationMs: 0, dropped: 0 }] };
  writeFileSync(join(stateDir, 'last-inspection.json'), JSON.stringify(told));
  expect((await page(admin, '/privacy/site')).body).toContain('<code>security</code></small></td><td><strong>off: not read');
  expect((await page(admin, '/privacy/site/agent-host/ledger')).body).toContain('Nothing was sent yet');
  for (const id of ['other', '..', 'agent-host%2F..']) expect([400, 404]).toContain((await page(admin, `/privacy/site/${id}/preview`)).statusCode);
  const found = await send(admin, '/privacy/site/resolve', { pseudonym });
  expect(found.body).toContain('<strong>till-7</strong>');
  expect(found.headers['cache-control']).toBe('no-store');

  const customer = await collector.addCustomer('Other');
  for (const who of [
    await collector.client('customer-administrator', customer, { administrator: 'primary' }),
    await collector.client('support-engineer', null, { serves: [customer] }),
    await collector.client('duty-manager', null, { serves: 'all' }),
  ]) {
    expect((await page(who, '/privacy/site')).body).not.toMatch(/agent-host|method="post" action="\/privacy/);
    for (const path of ['agent-host/preview', 'agent-host/ledger']) expect((await page(who, `/privacy/site/${path}`)).statusCode).toBe(403);
    for (const [path, fields] of [
      ['resolve', { pseudonym }],
      ['consent', { level: 'full', hold: '0' }],
      ['agent-host/approve', {}],
    ] as const)
      expect((await send(who, `/privacy/site/${path}`, fields)).statusCode).toBe(403);
  }
});
it('names the commands where the folders are out of reach, and changes nothing where they come from elsewhere', async () => {
  const database = await openDatabase({ url: 'sqlite::memory:' });
  const collector = await testCollector(database);
  const admin = await collector.client('administrator', null, { serves: 'all' });
  const shown = (await page(admin, '/privacy/site')).body;
  expect(shown).toContain('configmap xunjian-consent --type merge');
  expect(shown).not.toContain('method="post" action="/privacy');
  expect((await send(admin, '/privacy/site/consent', { level: 'off', hold: '0' })).statusCode).toBe(404);

  const { stateDir } = await site();
  const mounted = await testCollector(await openDatabase({ url: 'sqlite::memory:' }), {}, {}, { site: siteDesk({ stateDirs: [stateDir] }) });
  const there = await mounted.client('administrator', null, { serves: 'all' });
  expect((await page(there, '/privacy/site')).body).toContain('The level comes from elsewhere');
  expect((await send(there, '/privacy/site/consent', { level: 'off', hold: '0' })).headers.location).toContain('say=conflict');
});
