/**
 * The whole way, with real programs at every place: a cluster breaks, an agent sees it, the collector opens one incident a trouble,
 * customer and support are told, support answers within the contract, the trouble is mended, and the contract closes it.
 */
import { createHmac } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../collector/store/database.ts';
import { AgentProcess } from '../support/agent.ts';
import { type Alertmanager, NO_ALERTMANAGER, startAlertmanager } from '../support/alertmanager.ts';
import { type ApiServer, apply, collectionPath, type Manifest, NO_API_SERVER, startApiServer } from '../support/api-server.ts';
import { makeCertificates } from '../support/certificates.ts';
import { testCollector } from '../support/collector-app.ts';
import { CollectorProcess, redeemAndSignIn, type Session } from '../support/collector-process.ts';
import { LOGIN, type MailServer, readMail, startMailServer } from '../support/mail-server.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';
import { temporary } from '../support/program.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';
import { makeTree } from '../support/tree.ts';
import { healthyCluster } from './clusters.ts';
import { availableStatus, brokenStatus, CANARY, node, pod, podSpec, workload } from './objects.ts';

const MISSING = [NO_API_SERVER, NO_POSTGRES, NO_ALERTMANAGER].filter((reason) => reason !== undefined && reason !== '').join('; ');
const SIGNING_KEY = 'a key of the receiver and nobody else';
const DAY_MS = 86_400_000;
/** What a site may shorten, shortened; nothing else differs from a site's agents. */
const QUICK = ['node-not-ready', 'workload-replicas-unavailable', 'storage-claim-lost', 'pod-crash-loop', 'disk-space-low'];
const SITE = JSON.stringify({
  fastPath: { intervalSeconds: 10 },
  sampleSeconds: 0.2,
  triggers: {
    ...Object.fromEntries(QUICK.map((check) => [check, { keepFiringSeconds: 0 }])),
    'control-plane-version-end-of-life': { opens: false }, // true of the test's API server
  },
});
const RARELY = ['--schedule', '0 0 29 2 *', '--time-zone', 'UTC', '--heartbeat-seconds', '5'];

interface Clock {
  readonly clock: string;
  readonly state: string;
  readonly dueAt?: number;
  readonly segments: readonly { readonly countedMs: number }[];
}
interface Incident {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly level: number;
  readonly severity: string;
  readonly rule: string;
  readonly policy: string;
  readonly source: string;
  readonly scope?: { readonly kind: string; readonly name: string; readonly namespace?: string };
  readonly openedAt: number;
  readonly version: number;
  readonly closure?: string;
  readonly observed?: unknown;
  readonly clocks: readonly Clock[];
  readonly hidden: readonly { readonly rule: string; readonly scope: { readonly name: string } }[];
}
/** A dead collector's messages are free after its lease of 30 s; the rest is for a machine that has much else to do. */
const TAKEN_OVER_SECONDS = 150;
async function incidents(who: Session, query = ''): Promise<readonly Incident[]> {
  return (await who.call<{ items: Incident[] }>('GET', `/api/v1/incidents?limit=200${query}`)).items;
}
async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined, seconds = 90): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(250);
  }
  throw new Error(`within ${seconds} s there was no ${what}`);
}
const names = (list: readonly Incident[]): string[] => list.map(({ rule, scope }) => `${rule} ${scope?.name ?? ''}`).sort();

describe.skipIf(MISSING !== '')(`support, end to end${MISSING === '' ? '' : ` (skipped: ${MISSING})`}`, () => {
  let server: ApiServer;
  let mail: MailServer;
  let hooks: Receiver;
  let watching: Alertmanager;
  const began = Math.floor(Date.now() / 1_000);
  const ns = `${CANARY}-good`;
  const victim = `${CANARY}-w9`;
  const down = workload({ kind: 'Deployment', namespace: ns, name: 'down', template: podSpec(), status: availableStatus(began) });
  const lost: Manifest = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'lost', namespace: ns },
    spec: { accessModes: ['ReadWriteOnce'], volumeName: 'gone', resources: { requests: { storage: '1Gi' } } },
    status: { phase: 'Bound' },
  };
  const stranded = pod({
    namespace: ns,
    name: 'stranded',
    owner: 'stranded',
    node: victim,
    status: brokenStatus(began, { restartCount: 9, state: { waiting: { reason: 'CrashLoopBackOff' } } }),
  });
  const certificates = makeCertificates();
  const life = new AbortController();

  beforeAll(async () => {
    [server, mail, hooks, watching] = await Promise.all([startApiServer(), startMailServer(certificates), startReceiver(), startAlertmanager()]);
    for (const object of [...healthyCluster(began), ...node(began, { name: victim }), down, lost]) await apply(server.http, object);
    void kubelets(server, life.signal);
  });
  afterAll(async () => {
    life.abort();
    for (const one of [server, mail, hooks, watching]) await one?.[Symbol.asyncDispose]();
  });

  async function setStatus(manifest: Manifest, status: object): Promise<void> {
    const path = `${collectionPath(manifest)}/${manifest.metadata.name}`;
    const { data } = await server.http.get<object>(path);
    const answer = await server.http.put(`${path}/status`, { ...data, status });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
  }
  async function setNode(ready: 'True' | 'False'): Promise<void> {
    const [manifest] = node(Math.floor(Date.now() / 1_000), { name: victim, ready });
    if (manifest?.status) await setStatus(manifest, manifest.status);
  }
  const unavailable = (): object => ({
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    unavailableReplicas: 2,
    conditions: [{ type: 'Available', status: 'False', reason: 'MinimumReplicasUnavailable', lastTransitionTime: new Date((began - 3_600) * 1_000).toISOString() }],
  });

  it('one incident a trouble, told, answered, mended and closed by the contract; with a collector that dies on the way', { timeout: 780_000 }, async () => {
    const database = await postgresUrl();
    const config = { publicUrl: 'http://support.example.com', incidents: { observeSeconds: 5 } };
    await using first = await CollectorProcess.start({ database, config });
    const root = await first.administrator();
    const enrolled = await first.enroll(['--customer', 'Example Bank', '--cluster', 'prod', '--policy', 'daocloud', '--tier', 'professional', '--zone', 'Asia/Shanghai']);
    const { customerId, clusterId } = enrolled;
    await root.call('PATCH', `/api/v1/customers/${customerId}`, { contacts: { customer: ['ops@bank.example.com'] }, locale: 'zh' });
    const { user, link } = await root.call<{ user: { id: string }; link: { url: string } }>('POST', '/api/v1/users', {
      ...{ login: 'engineer', name: 'An Engineer', email: 'engineer@support.example.com', locale: 'en', role: 'support-engineer', serves: [customerId] },
    });
    const manager = await root.call<{ link: { url: string } }>('POST', '/api/v1/users', {
      ...{ login: 'manager', name: 'A Manager', email: 'manager@support.example.com', locale: 'zh', role: 'duty-manager', serves: [customerId] },
    });
    await redeemAndSignIn(first.url, new URL(manager.link.url).searchParams.get('link') ?? '', { login: 'manager' });
    const engineer = await redeemAndSignIn(first.url, new URL(link.url).searchParams.get('link') ?? '', { login: 'engineer' });
    const target = (body: object): Promise<{ id: string }> => root.call('POST', '/api/v1/targets', body);
    const route = (targetId: string, audiences: readonly string[]): Promise<unknown> => root.call('POST', '/api/v1/routes', { targetId, rules: { audiences } });
    const smtp = await target({
      kind: 'email',
      name: 'mail',
      config: { host: '127.0.0.1', port: mail.port, ca: certificates.ca, from: 'support@support.example.com' },
      secrets: LOGIN,
    });
    await route(smtp.id, ['customer']);
    await route(smtp.id, ['support', 'assignee', 'customer-representative', 'duty-manager']);
    const webhook = await target({ kind: 'webhook', name: 'desk', config: { url: `${hooks.url}/hook` }, secrets: { signingKey: SIGNING_KEY } });
    await route(webhook.id, ['support', 'customer']);
    const alerts = await target({ kind: 'alertmanager', name: 'wall', config: { urls: [watching.url], repeatSeconds: 5 } });
    await route(alerts.id, ['support']);
    for (const { id } of [smtp, webhook]) {
      const test = await root.call<{ ok: boolean }>('POST', `/api/v1/targets/${id}/test`, id === smtp.id ? { recipient: 'root@support.example.com' } : {});
      expect(test.ok).toBe(true);
    }

    const folder = temporary();
    writeFileSync(join(folder, 'token'), enrolled.token, { mode: 0o600 });
    writeFileSync(join(folder, 'site.yaml'), SITE);
    const toCollector = ['--collector', first.url, '--token-file', join(folder, 'token'), '--config', join(folder, 'site.yaml'), '--boundary', 'site', ...RARELY];
    await using agent = new AgentProcess(['--role', 'cluster', '--kubeconfig', server.kubeconfig, ...toCollector]);
    await until('heartbeat of the agent', async () => {
      const { items } = await root.call<{ items: { lastSeenAt?: string }[] }>('GET', `/api/v1/agents?cluster=${clusterId}`);
      return items.length > 0 ? items : undefined;
    });
    const before = await incidents(engineer, '&active=true');
    expect(names(before)).toEqual([]);

    // Four things break; one of them only because of another.
    const brokenAt = Date.now();
    await setNode('False');
    await apply(server.http, stranded);
    await setStatus(down, unavailable());
    await setStatus(lost, { phase: 'Lost' });
    const opened = await until('three incidents', async () => {
      const list = await incidents(engineer, '&active=true');
      return list.length >= 3 ? list : undefined;
    });
    expect(names(opened)).toEqual([`node-not-ready ${victim}`, 'storage-claim-lost lost', 'workload-replicas-unavailable down']);
    expect(Date.now() - brokenAt).toBeLessThan(60_000);

    const detail = async (rule: string): Promise<Incident> => {
      const { id = '' } = (await incidents(engineer)).find((one) => one.rule === rule) ?? {};
      return await engineer.call<Incident>('GET', `/api/v1/incidents/${id}`);
    };
    const nodeIncident = await detail('node-not-ready');
    expect(nodeIncident).toMatchObject({ state: 'open', level: 2, severity: 'critical', source: 'agent', policy: 'daocloud/professional@1' });
    const respond = nodeIncident.clocks.find(({ clock }) => clock === 'respond');
    // The table of the contract: professional, level 2: two hours, around the clock.
    expect((respond?.dueAt ?? 0) - nodeIncident.openedAt).toBe(2 * 3_600_000);
    const claim = await detail('storage-claim-lost');
    expect(claim).toMatchObject({ level: 1 });
    expect((claim.clocks.find(({ clock }) => clock === 'respond')?.dueAt ?? 0) - claim.openedAt).toBe(3_600_000);

    // Told: the customer's confirmation in Chinese, the engineer's in English, with remedy; level 1 to the duty manager at once.
    const mailTo = (address: string): string[] => mail.mails.filter(({ to }) => to.includes(address)).map(({ raw }) => readMail(raw).text);
    await until('confirmations', () => (mailTo('ops@bank.example.com').length >= 3 ? true : undefined));
    for (const { number, rule } of opened) {
      const confirmations = mailTo('ops@bank.example.com').filter((text) => text.includes(`#${number}`));
      expect([rule, confirmations.length]).toEqual([rule, 1]);
      expect(confirmations[0]).toContain('处置建议');
    }
    expect(mail.mails.every(({ secure, user: who }) => secure && who === LOGIN.username)).toBe(true);
    await until('mail to the duty manager', () => mailTo('manager@support.example.com').find((text) => text.includes(`#${claim.number}`)));
    const told = await until('webhooks', () => {
      const ofNode = hooks.received.filter(({ body }) => body.includes(nodeIncident.id));
      return ofNode.length > 0 ? ofNode : undefined;
    });
    for (const { headers, body } of hooks.received) {
      const timestamp = String(headers['x-xunjian-timestamp']);
      expect(headers['x-xunjian-signature']).toBe(`v1=${createHmac('sha256', SIGNING_KEY).update(`${timestamp}.${body}`).digest('hex')}`);
    }
    const message = JSON.parse(told[0]?.body ?? '') as { type: string; incident: { url: string; remedy: object; level: number } };
    expect(message).toMatchObject({
      type: 'incident.opened',
      incident: { url: `http://support.example.com/incidents/${nodeIncident.id}`, level: 2, remedy: { en: expect.any(String) as string } },
    });
    await until('alerts on the wall', async () => ((await watching.alerts()).length === 3 ? true : undefined));

    // Answered.
    const command = (id: string, body: object): Promise<{ state: string }> => engineer.call('POST', `/api/v1/incidents/${id}/commands`, { command: body });
    expect((await command(nodeIncident.id, { kind: 'acknowledge' })).state).toBe('acknowledged');
    await command(nodeIncident.id, { kind: 'contact', contact: 'first-contact' });
    await command(nodeIncident.id, { kind: 'assign', to: user.id });
    expect((await detail('node-not-ready')).clocks.find(({ clock }) => clock === 'respond')).toMatchObject({ state: 'met' });

    // The collector is killed; while it is away everything is mended, and the agent is killed as well.
    first.signal('SIGKILL');
    await first.end();
    await setNode('True');
    await setStatus(down, availableStatus(began));
    await setStatus(lost, { phase: 'Bound' });
    await server.http.delete(`${collectionPath(stranded)}/${stranded.metadata.name}?gracePeriodSeconds=0`);
    agent.signal('SIGKILL');
    await agent.end();
    await using second = await CollectorProcess.start({ database, config, directory: first.directory, port: first.port });
    expect(second.url).toBe(first.url);
    await using third = await CollectorProcess.start({ database, config: { ...config, keyFile: join(first.directory, 'data/secret.key') } });
    expect(third.out).not.toContain('/setup');
    await using again = new AgentProcess(['--role', 'cluster', '--kubeconfig', server.kubeconfig, ...toCollector], {}, agent.stateDir);
    await until('recovery', async () => {
      const list = await incidents(engineer);
      return list.every(({ state }) => state === 'resolved') ? list : undefined;
    });
    expect(await incidents(engineer)).toHaveLength(3);
    const kinds = (await engineer.call<{ items: { kind: string }[] }>('GET', `/api/v1/incidents/${nodeIncident.id}/events?limit=100`)).items.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['opened', 'acknowledged', 'contact', 'assigned', 'recovering', 'resolved']));
    // What the killed collector had claimed is sent by another once the claim has run out.
    await until('silence on the wall', async () => ((await watching.alerts()).length === 0 ? true : undefined), TAKEN_OVER_SECONDS);
    expect((await engineer.call<Incident>('GET', `/api/v1/incidents/${nodeIncident.id}`)).state).toBe('resolved');
    for (const { number } of opened)
      await until(
        `end of #${number} by mail`,
        () => (mailTo('ops@bank.example.com').filter((text) => text.includes(`#${number}`)).length >= 2 ? true : undefined),
        TAKEN_OVER_SECONDS,
      );

    // An Alertmanager of the customer sends its alerts too, once each.
    const integration = await root.call<{ token: string }>('POST', `/api/v1/clusters/${clusterId}/tokens`, { label: 'alertmanager', kind: 'integration' });
    await using theirs = await startAlertmanager({ url: `${third.url}/api/v1/alerts/alertmanager`, token: integration.token });
    const firing = {
      labels: { alertname: 'KubePersistentVolumeFillingUp', severity: 'critical', namespace: 'shop', persistentvolumeclaim: 'data-0' },
      startsAt: new Date().toISOString(),
    };
    await theirs.fire(firing);
    const foreign = await until('incident of an alert', async () => (await incidents(engineer, '&active=true')).find(({ source }) => source === 'alertmanager'));
    expect(foreign).toMatchObject({ state: 'open', level: 2, scope: { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data-0' } });
    await theirs.fire({ ...firing, endsAt: new Date().toISOString() });
    await until('its end', async () => (await incidents(engineer)).find(({ id, state }) => id === foreign.id && state === 'resolved'));

    // Nobody answers: after fourteen days the contract closes them, whichever collector is left.
    await again.stop();
    for (const collector of [second, third]) {
      collector.signal('SIGTERM');
      expect(await collector.end()).toBe(0);
    }
    await using store = await openDatabase({ url: database });
    const later = await testCollector(store);
    const run = async (now: number): Promise<void> => {
      later.clock.now = now;
      await later.deps.incidents.runTimers(now, { by: 'test', limit: 1_000 });
    };
    await run(Date.now() + 13 * DAY_MS);
    const visible = async () => (await later.deps.incidents.list('all', {}, { now: later.clock.now, order: 'newest', limit: 50 })).items;
    expect(new Set((await visible()).map(({ state }) => state))).toEqual(new Set(['resolved']));
    await run(Date.now() + 15 * DAY_MS);
    expect((await visible()).map(({ state, closure }) => `${state} ${closure}`)).toEqual(Array.from({ length: 4 }, () => 'closed expired'));
    const trail = await store.db.selectFrom('audit').select('action').where('customer_id', '=', customerId).execute();
    expect(trail.map(({ action }) => action)).toEqual(expect.arrayContaining(['incident.acknowledge', 'incident.contact', 'incident.assign']));
    rmSync(first.directory, { recursive: true, force: true });
  });

  it('on the embedded database: a host fills its disk, and what leaves carries no name', { timeout: 180_000 }, async () => {
    await using collector = await CollectorProcess.start({ config: { incidents: { observeSeconds: 2 } } });
    const root = await collector.administrator();
    const enrolled = await collector.enroll([
      '--customer',
      'Middleware Ltd',
      '--cluster',
      'hosts',
      '--policy',
      'tongtech',
      '--tier',
      'standard',
      '--kind',
      'hosts',
      '--zone',
      'Asia/Shanghai',
    ]);
    const space = (bavail: number): string => JSON.stringify({ '/': { bsize: 4_096, blocks: 10_000_000, bfree: bavail, bavail, files: 1_000_000, ffree: 900_000 } });
    const tree = makeTree({
      '/etc/os-release': 'ID=openEuler\nVERSION_ID="22.03"\n',
      '/etc/hostname': `${CANARY}-host\n`,
      '/proc/stat': `cpu  1 1 1 1 1 1 1 1\ncpu0 1 1 1 1\nbtime ${began - 86_400}\n`,
      '/proc/uptime': '86400.11 1.0\n',
      '/proc/meminfo': 'MemTotal: 8000000 kB\nMemAvailable: 4000000 kB\n',
      '/proc/1/mountinfo': '26 1 253:0 / / rw,relatime shared:1 - xfs /dev/mapper/root rw\n',
      '/.statfs.json': space(6_000_000),
    });
    const folder = temporary();
    writeFileSync(join(folder, 'token'), enrolled.token, { mode: 0o600 });
    writeFileSync(join(folder, 'site.yaml'), SITE);
    await using agent = new AgentProcess([
      ...['--role', 'host', '--host-root', tree, '--collector', collector.url, '--token-file', join(folder, 'token'), '--config', join(folder, 'site.yaml')],
      ...RARELY,
    ]);
    writeFileSync(join(tree, '.statfs.json'), space(100_000));
    const opened = await until('incident of the disk', async () => (await incidents(root)).find(({ rule }) => rule === 'disk-space-low'));
    const detail = await root.call<Incident>('GET', `/api/v1/incidents/${opened.id}`);
    expect(detail).toMatchObject({ state: 'open', severity: 'critical', policy: 'tongtech/standard@1' });
    expect(detail.observed).not.toBeUndefined();
    expect(detail.clocks.map(({ clock }) => clock)).toEqual(expect.arrayContaining(['respond', 'call-back', 'action-plan']));
    expect(JSON.stringify(detail)).not.toContain(CANARY);
    writeFileSync(join(tree, '.statfs.json'), space(6_000_000));
    await until('its end', async () => (await incidents(root)).find(({ id, state }) => id === opened.id && state === 'resolved'));
    expect((await incidents(root)).filter(({ rule }) => rule === 'disk-space-low')).toHaveLength(1);
    expect(collector.err + collector.out + JSON.stringify(await incidents(root))).not.toContain(CANARY);
    expect((await agent.stop()).code).toBe(0);
  });
});

/** Renews what the kubelets and the control loops of a living cluster renew. */
async function kubelets({ http }: ApiServer, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    for (const space of ['kube-node-lease', 'kube-system']) {
      const { data } = await http
        .get<{ items: { metadata: { name: string } }[] }>(`/apis/coordination.k8s.io/v1/namespaces/${space}/leases`)
        .catch(() => ({ data: { items: [] } }));
      for (const { metadata } of data.items ?? [])
        await http
          .patch(
            `/apis/coordination.k8s.io/v1/namespaces/${space}/leases/${metadata.name}`,
            { spec: { renewTime: new Date().toISOString().replace('Z', '000Z') } },
            { headers: { 'content-type': 'application/merge-patch+json' } },
          )
          .catch(() => undefined);
    }
    await sleep(4_000, undefined, { signal }).catch(() => undefined);
  }
}
