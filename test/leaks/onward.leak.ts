/**
 * A site's own collector knows the clear names of its objects. What it hands on — to a support centre live, or as bundles by hand — must
 * hold neither these nor any other word of the site: a real API server and a host's files full of one word, agents of both roles, people
 * who write it into incidents, and a search of everything behind the site.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY } from '../e2e/objects.ts';
import { AgentProcess } from '../support/agent.ts';
import { type ApiServer, NO_API_SERVER, startApiServer } from '../support/api-server.ts';
import { CollectorProcess, type Session } from '../support/collector-process.ts';
import { plantedHost } from '../support/planted-host.ts';
import { temporary, xunjian } from '../support/program.ts';
import { makeTree } from '../support/tree.ts';
import { Evidence } from './evidence.ts';
import { ONWARD_PLACES, tableOf } from './places.ts';
import { Tap } from './tap.ts';
import { plantCluster } from './world.ts';

const NOW = Math.floor(Date.now() / 1_000);
const AROUND = ['-good', '-m1', '-w1', '-w2', '-node', '.example.com'].map((end) => CANARY + end);
const SETTINGS = ['--schedule', '0 0 29 2 *', '--time-zone', 'UTC', '--run-at-start'];

interface Incidents {
  readonly items: readonly { readonly id: string; readonly source: string; readonly scope?: { readonly name: string } }[];
}

async function until<T>(what: string, look: () => Promise<T | undefined>, seconds = 240): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(500)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`within ${seconds} s there was no ${what}`);
}
/** As many as the site has and at least two, so that the way has been gone. */
async function incidentsAt(session: Session, atLeast: number): Promise<Incidents['items']> {
  return await until(`${atLeast} incidents`, async () => {
    const { items } = await session.call<Incidents>('GET', '/api/v1/incidents?limit=200');
    return items.length >= atLeast ? items : undefined;
  });
}

/** What people opened is told too, without a word of theirs. */
async function openByPeople(owner: Session, engineer: Session): Promise<void> {
  const [prod] = (await owner.call<{ items: readonly { id: string; customerId: string }[] }>('GET', '/api/v1/clusters?limit=1')).items;
  const words = { customerId: prod?.customerId, clusterId: prod?.id, title: CANARY, description: CANARY };
  for (const about of [{ scope: { kind: 'Pod', namespace: CANARY, name: `${CANARY}-0` } }, {}]) await owner.call('POST', '/api/v1/incidents', { ...words, ...about });
  await until('incidents of people at the support centre', async () => (await incidentsAt(engineer, 4)).filter(({ source }) => source === 'person').length === 2 || undefined);
}

describe.skipIf(NO_API_SERVER !== '')(`a word that stays at its site${NO_API_SERVER === '' ? '' : ` (skipped: ${NO_API_SERVER})`}`, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
    expect(await plantCluster(server, CANARY, NOW)).toBeGreaterThan(50);
  });
  afterAll(async () => await server?.[Symbol.asyncDispose]());

  it('is in nothing that the site hands on, live or by hand', { timeout: 600_000 }, async () => {
    const evidence = new Evidence(CANARY, AROUND);
    const folder = temporary();
    const file = (name: string, content: string | Buffer): string => {
      writeFileSync(join(folder, name), content, { mode: 0o600 });
      return join(folder, name);
    };
    await using support = await CollectorProcess.start({});
    const engineer = await support.administrator();
    const { token: upward } = await support.enroll(['--customer', 'Example', '--cluster', 'prod', '--for', 'collector']);
    await using tap = await new Tap(support.url).listen();
    const siteKeyFile = file('site.key', randomBytes(32));
    const tokenFile = file('agents.token', `xj_${randomBytes(32).toString('base64url')}`);
    await using site = await CollectorProcess.start({
      config: {
        siteKeyFile,
        enrolment: { tokenFile, customer: 'Example', cluster: 'prod' },
        federation: { url: tap.url, clusters: [{ cluster: 'prod', tokenFile: file('support.token', upward) }] },
      },
    });
    const owner = await site.administrator();

    const delivery = ['--collector', site.url, '--token-file', tokenFile, '--boundary', 'site', '--key-file', siteKeyFile, '--heartbeat-seconds', '2', ...SETTINGS];
    const config = ['--config', file('site.yaml', JSON.stringify({ fastPath: { intervalSeconds: 10 }, sampleSeconds: 0.2 }))];
    const hostRoot = makeTree(plantedHost(CANARY, NOW));
    await using cluster = new AgentProcess(['--role', 'cluster', '--kubeconfig', server.kubeconfig, ...delivery, ...config], { POD_NAME: CANARY });
    await using host = new AgentProcess(['--role', 'host', '--host-root', hostRoot, '--node-name', `node-${CANARY}`, ...delivery, ...config]);
    await using alone = new AgentProcess(['--role', 'host', '--host-root', hostRoot, '--node-name', `node-${CANARY}`, ...SETTINGS, ...config]); // nobody to deliver to
    for (const agent of [cluster, host, alone]) await agent.until(() => agent.lines.some(({ msg }) => msg === 'inspection kept'), 'kept its inspection', 240_000);

    const atSite = await incidentsAt(owner, 2);
    expect(JSON.stringify(atSite)).toContain(CANARY); // the site knows its names: the search is real
    for (const { id } of atSite.slice(0, 5))
      for (const visibility of ['internal', 'customer'])
        await owner.status('POST', `/api/v1/incidents/${id}/commands`, { command: { kind: 'note', visibility, text: `${CANARY} said so` } });
    await openByPeople(owner, engineer);
    const above = await incidentsAt(engineer, 4);
    for (const { id } of above)
      for (const path of [`/api/v1/incidents/${id}`, `/api/v1/incidents/${id}/events?limit=100`])
        evidence.search('incidents of the support centre', path, (await engineer.status('GET', path)).text);
    for (const page of ['/', '/incidents?lang=en', '/admin/clusters']) evidence.search('pages of the support centre', page, (await engineer.status('GET', page)).text);

    // By hand: from the site's collector, and from a host that has none.
    const bundles = join(folder, 'bundles');
    mkdirSync(bundles);
    for (const [from, args] of [
      ['collector', ['--data-dir', join(site.directory, 'data'), '--cluster', 'prod', '--key-file', siteKeyFile]],
      ['host', ['--state-dir', alone.stateDir]],
    ] as const) {
      const { code, out, err } = await xunjian(['bundle', 'export', ...args, '--out', join(bundles, from)], {}, folder);
      expect([code, err]).toEqual([0, '']);
      evidence.search('bundles', 'what the export prints', out.replaceAll(folder, ''));
    }
    evidence.folder('bundles', bundles);
    for (const [index, body] of tap.bodies.entries()) evidence.search('forwarded bytes', `request ${index}`, body);
    for (const head of tap.heads) evidence.search('forwarded bytes', 'head', head);
    evidence.search('output of the support centre', 'stdout and stderr', support.out + support.err);
    evidence.database('database of the support centre', join(support.directory, 'data/xunjian.db'));

    console.log(tableOf(evidence, ONWARD_PLACES));
    expect(evidence.found).toEqual([]);
    expect(ONWARD_PLACES.filter((place) => !evidence.places.get(place)?.bytes)).toEqual([]);
  });
});
