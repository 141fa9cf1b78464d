/**
 * The whole way with a word planted at its beginning: a real API server and a host's files, agents of both roles, an unreliable way to a
 * real collector, its database, incidents, mails and reports. The word must be nowhere, in no disguise, once it has left the agent.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANARY } from '../e2e/objects.ts';
import { AgentProcess } from '../support/agent.ts';
import { type ApiServer, NO_API_SERVER, startApiServer } from '../support/api-server.ts';
import { makeCertificates } from '../support/certificates.ts';
import { CollectorProcess, type Session } from '../support/collector-process.ts';
import { LOGIN, type MailServer, readMail, startMailServer } from '../support/mail-server.ts';
import { plantedHost } from '../support/planted-host.ts';
import { temporary, xunjian } from '../support/program.ts';
import { makeTree } from '../support/tree.ts';
import { Evidence } from './evidence.ts';
import { PLACES, tableOf } from './places.ts';
import { Tap } from './tap.ts';
import { plantCluster } from './world.ts';

const NOW = Math.floor(Date.now() / 1_000);
/** Whole names of the planted objects: their hashes without a key are disguises, too. */
const AROUND = ['-good', '-m1', '-w1', '-w2', '-node', '.example.com'].map((end) => CANARY + end);
const RARELY = ['--schedule', '0 0 29 2 *', '--time-zone', 'UTC', '--heartbeat-seconds', '2', '--run-at-start', '--log-level', 'debug'];
const SITE = JSON.stringify({ fastPath: { intervalSeconds: 10 }, sampleSeconds: 0.2 });

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined, seconds = 120): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; await sleep(250)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`within ${seconds} s there was no ${what}`);
}

/** The first answers are those of a collector that fails, and writes the word into everything it says. */
function answerBadly(tap: Tap): void {
  for (const status of [500, 413, 400, 429, 302] as const)
    tap.instead.push((_, response) =>
      response.writeHead(status, CANARY, { 'retry-after': '0', location: `http://${CANARY}.example.com`, 'x-note': CANARY }).end(`{"code":"${CANARY}","message":"${CANARY}"}`),
    );
}
async function searchIncidents(evidence: Evidence, root: Session): Promise<void> {
  const look = async (): Promise<string[] | undefined> => {
    const { items } = await root.call<{ items: { id: string }[] }>('GET', '/api/v1/incidents?limit=200');
    return items.length >= 2 ? items.map(({ id }) => id) : undefined;
  };
  const ids = await until('incidents', look, 240);
  for (const path of ['/api/v1/incidents?limit=200', ...ids.flatMap((id) => [`/api/v1/incidents/${id}`, `/api/v1/incidents/${id}/events?limit=100`])])
    evidence.search('incidents', path, (await root.status('GET', path)).text);
}
function searchMails(evidence: Evidence, { mails }: MailServer): void {
  for (const { raw } of mails) {
    const { headers, text, html } = readMail(raw);
    evidence.search('mails', 'mail', [raw, ...headers.values(), text, html].join('\n'));
  }
}
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
async function expectSite(stateDir: string): Promise<void> {
  expect(readFileSync(join(stateDir, 'names.json'), 'utf8')).toContain(CANARY);
  expect((await xunjian(['ledger', 'verify', '--state-dir', stateDir])).code).toBe(0);
}
/** What a bad disk, or somebody, wrote into the segments. */
function damageOutbox(outbox: string): void {
  for (const name of readdirSync(outbox).filter((one) => one.endsWith('.seg'))) {
    const bytes = readFileSync(join(outbox, name));
    bytes.write(CANARY, Math.floor(bytes.length / 2), 'latin1');
    writeFileSync(join(outbox, name), bytes);
  }
}
/** An agent meets a state directory that is none; what names the path that the user gave is the user's own word. */
async function crashOutput(folder: string, hostRoot: string): Promise<string> {
  writeFileSync(join(folder, CANARY), CANARY);
  const { err, out, code } = await xunjian(['agent', '--role', 'host', '--state-dir', join('.', CANARY, 'state'), '--host-root', hostRoot], { XUNJIAN_DEBUG: '1' }, folder);
  expect(code).toBe(2);
  return (err + out).replaceAll(join(folder, CANARY), '');
}

describe.skipIf(NO_API_SERVER !== '')(`a word planted at the beginning of the whole way${NO_API_SERVER === '' ? '' : ` (skipped: ${NO_API_SERVER})`}`, () => {
  let server: ApiServer;
  let mail: MailServer;
  const certificates = makeCertificates();
  beforeAll(async () => {
    [server, mail] = await Promise.all([startApiServer(), startMailServer(certificates)]);
    expect(await plantCluster(server, CANARY, NOW)).toBeGreaterThan(50);
  });
  afterAll(async () => {
    for (const one of [server, mail]) await one?.[Symbol.asyncDispose]();
  });

  it('is nowhere behind the agent', { timeout: 600_000 }, async () => {
    const evidence = new Evidence(CANARY, AROUND);
    const folder = temporary();
    const metricsPort = await freePort();
    await using collector = await CollectorProcess.start({ config: { publicUrl: 'http://support.example.com', metrics: { listen: `127.0.0.1:${metricsPort}` } } });
    const root = await collector.administrator();
    const { token, customerId } = await collector.enroll([
      '--customer',
      'Example',
      '--cluster',
      'prod',
      '--policy',
      'daocloud',
      '--tier',
      'professional',
      '--zone',
      'Asia/Shanghai',
    ]);
    await root.call('PATCH', `/api/v1/customers/${customerId}`, { contacts: { customer: ['ops@example.com'] }, locale: 'zh' });
    const target = await root.call<{ id: string }>('POST', '/api/v1/targets', {
      ...{ kind: 'email', name: 'mail', secrets: LOGIN },
      config: { host: '127.0.0.1', port: mail.port, ca: certificates.ca, from: 'support@example.com' },
    });
    await root.call('POST', '/api/v1/routes', { targetId: target.id, rules: { audiences: ['customer'] } });

    await using tap = await new Tap(collector.url).listen();
    answerBadly(tap);
    writeFileSync(join(folder, 'token'), token, { mode: 0o600 });
    writeFileSync(join(folder, 'site.yaml'), SITE);
    const delivery = ['--collector', tap.url, '--token-file', join(folder, 'token'), '--config', join(folder, 'site.yaml'), ...RARELY];
    const hostRoot = makeTree(plantedHost(CANARY, NOW));
    await using cluster = new AgentProcess(['--role', 'cluster', '--kubeconfig', server.kubeconfig, ...delivery], { POD_NAME: CANARY });
    await using host = new AgentProcess(['--role', 'host', '--host-root', hostRoot, '--node-name', `node-${CANARY}`, ...delivery]);
    for (const agent of [cluster, host]) await agent.until(() => agent.lines.some(({ msg }) => msg === 'inspection kept'), 'kept its inspection', 240_000);

    await searchIncidents(evidence, root);
    await until('mails', () => (mail.mails.length > 0 ? true : undefined), 180);
    for (const agent of [cluster, host]) evidence.search('agent metrics', '/metrics', (await agent.get('/metrics')).text);
    evidence.search('collector metrics', '/metrics', await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text());

    // The collector goes away, the agents are killed in the middle of things, their outboxes are damaged, and they start again.
    tap.always = (_, response) => response.writeHead(503, CANARY).end(CANARY);
    const before = tap.bodies.length;
    await until('attempts in vain', () => (tap.bodies.length > before + 2 ? true : undefined));
    for (const agent of [cluster, host]) {
      agent.signal('SIGKILL');
      await agent.end();
      evidence.folder('outbox', join(agent.stateDir, 'outbox'));
      damageOutbox(join(agent.stateDir, 'outbox'));
    }
    tap.always = undefined;
    await using again = new AgentProcess(['--role', 'host', '--host-root', hostRoot, ...delivery], { POD_NAME: CANARY }, host.stateDir);
    await again.until(() => again.lines.some(({ msg }) => msg === 'inspection kept'), 'started over a damaged outbox', 240_000);
    const sent = tap.bodies.length;
    await until('payloads after the damage', () => (tap.bodies.length > sent + 2 ? true : undefined));
    // The inspection's process dies of a signal that writes cores, and an agent meets a state directory that is none.
    for (const child of again.inspections) process.kill(child, 'SIGABRT');
    await again.stop();
    evidence.search('crash output', 'stderr', await crashOutput(folder, hostRoot));

    for (const [index, body] of tap.bodies.entries()) evidence.search('wire bytes', `request ${index}`, body);
    for (const head of tap.heads) evidence.search('wire bytes', 'head', head);
    for (const agent of [cluster, host, again]) {
      evidence.search('agent output', 'stdout and stderr', agent.out + agent.err);
      evidence.folder('ledger', join(agent.stateDir, 'ledger'));
      evidence.folder('dead letters', join(agent.stateDir, 'outbox/dead-letters'));
      evidence.search('last inspection', agent.stateDir, readFileSync(join(agent.stateDir, 'last-inspection.json')));
    }
    searchMails(evidence, mail);
    const out = join(folder, 'out');
    const data = join(collector.directory, 'data');
    const made = await xunjian(['report', '--kind', 's360', '--format', 'html,xlsx,docx,json', '--lang', 'zh,en', '--data-dir', data, '--out', out, '--quiet'], {}, folder);
    expect([made.err, made.code]).toEqual(['', 0]);
    evidence.folder('reports', out);
    evidence.search('collector output', 'stdout and stderr', collector.out + collector.err);
    evidence.database('collector database', join(data, 'xunjian.db'));

    // The search is real: what stays at the site knows the word, and both ledgers are whole.
    for (const { stateDir } of [cluster, host]) await expectSite(stateDir);
    console.log(tableOf(evidence, PLACES));
    expect(evidence.found).toEqual([]);
    expect(PLACES.filter((place) => !evidence.places.get(place)?.bytes)).toEqual([]);
    rmSync(out, { recursive: true });
  });
});
