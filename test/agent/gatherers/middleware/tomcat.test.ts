import { connect, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import type { Declared } from '../../../../agent/middleware/declaration.ts';
import { declaredAt, inspectHostMiddleware, secretFile } from '../../../support/middleware.ts';
import { until } from '../../../support/redis.ts';
import { NO_TOMCAT, type Tomcat, Tomcats } from '../../../support/tomcat.ts';

const now = (): number => Math.floor(Date.now() / 1_000);
/** A page that leaves two threads waiting for each other. */
const DEADLOCK = `<%
  final Object one = new Object(), other = new Object();
  final java.util.concurrent.CountDownLatch both = new java.util.concurrent.CountDownLatch(2);
  for (final boolean first : new boolean[] {true, false}) {
    Thread thread = new Thread(() -> { synchronized (first ? one : other) { both.countDown(); try { both.await(); } catch (InterruptedException e) {} synchronized (first ? other : one) {} } });
    thread.setDaemon(true);
    thread.start();
  }
%>done`;
const BROKEN = '<listener><listener-class>canary.package.Missing</listener-class></listener>';

describe.skipIf(NO_TOMCAT)('inspecting Tomcat by Jolokia', { timeout: 240_000 }, () => {
  const tomcats = new Tomcats();
  afterAll(async () => await tomcats[Symbol.asyncDispose]());

  /** Of this Tomcat alone: others may run on this machine. */
  async function inspect({ base, port }: Tomcat, credentials?: Declared['credentials']) {
    const declared = declaredAt('tomcat', 'subject', { home: base, jolokia: '/jolokia/' }, { addresses: [{ host: '127.0.0.1', port }], credentials });
    const told = await inspectHostMiddleware({ root: '/', instances: [declared], now: now() });
    const row = told.sections.middlewareTomcat?.rows.find(({ instance }) => instance === 'subject');
    const found = told.findings.filter(({ check, scope }) => check.startsWith('tomcat') && scope.name.startsWith('subject')).map(({ check }) => check);
    return { ...told, row, found: [...new Set(found)].sort() };
  }

  it('finds nothing at a sound one, and reads what its beans say', async () => {
    const tomcat = await tomcats.start();
    const { found, row, sections } = await inspect(tomcat);
    // Who runs the tests, and with which limits, is this machine's affair.
    expect(found.filter((check) => check !== 'tomcat-runs-as-root' && check !== 'tomcat-nofile-low')).toEqual([]);
    expect(row).toMatchObject({
      reach: 'ok',
      version: expect.stringMatching(/^10\.1\.\d+/),
      javaMajor: expect.any(Number),
      autoDeploy: false,
      accessLog: true,
      shutdownPort: false,
      ajpOpen: false,
      deadlockedThreads: 0,
    });
    expect(row?.heapUsedBytes).toBeGreaterThan(1_000_000);
    expect(row?.heapLimitBytes).toBeGreaterThan(50_000_000);
    expect(sections.middlewareTomcat?.connectors.find(({ instance, port }) => instance === 'subject' && port === tomcat.port)).toMatchObject({
      maxThreads: 6,
      busyThreads: expect.any(Number),
    });
    expect(
      sections.middlewareTomcat?.applications
        .filter(({ instance }) => instance === 'subject')
        .map(({ application, state }) => `${application} ${state}`)
        .sort(),
    ).toEqual(['/ running', '/jolokia running']);
  });

  it('finds every planted fault, and tells no name of an application', async () => {
    const tomcat = await tomcats.start({
      server: 'port="0"',
      connectors: (port) => `<Connector port="${port}" address="127.0.0.1" protocol="AJP/1.3" secretRequired="false"/>`,
      host: 'autoDeploy="true"',
      valves: '',
      applications: { 'canary-app': '', 'canary-broken': BROKEN },
      files: { 'canary-app/deadlock.jsp': DEADLOCK },
    });
    await using held = new Held();
    for (let index = 0; index < 5; index += 1) held.occupy(tomcat.port);
    expect(await (await fetch(`http://127.0.0.1:${tomcat.port}/canary-app/deadlock.jsp`)).text()).toContain('done');
    for (let index = 0; index < 1_000; index += 1) await (await fetch(`http://127.0.0.1:${tomcat.port}/canary-missing`)).arrayBuffer(); // fewer say nothing
    await until(async () => (await inspect(tomcat)).found.includes('tomcat-threads-saturated'), 30_000);
    const { found, row, payload } = await inspect(tomcat);
    expect(row?.deadlockedThreads).toBe(2);
    expect(found).toEqual(
      expect.arrayContaining([
        'tomcat-access-log-off',
        'tomcat-ajp-open',
        'tomcat-app-not-running',
        'tomcat-autodeploy-enabled',
        'tomcat-deadlock',
        'tomcat-request-error-rate',
        'tomcat-threads-saturated',
      ]),
    );
    expect(payload.json).not.toMatch(/canary/i);
  });

  it('says what is wrong with the account, and reads with the right one', async () => {
    const login = { username: 'canary-user', password: 'canary-right' };
    const tomcat = await tomcats.start({ login });
    const missing = await inspect(tomcat);
    const wrong = await inspect(tomcat, { username: login.username, passwordFile: secretFile(tomcats.folder, 'canary-wrong') });
    const right = await inspect(tomcat, { username: login.username, passwordFile: secretFile(tomcats.folder, login.password) });
    const reachOf = ({ sections }: typeof right) => sections.middleware?.rows.find(({ instance }) => instance === 'subject')?.reach;
    expect([reachOf(missing), reachOf(wrong), reachOf(right)]).toEqual(['partial', 'partial', 'ok']); // its files are read in any case
    const members = (told: typeof right) => told.sections.middleware?.members.filter(({ instance }) => instance === 'subject').map(({ reach }) => reach);
    expect([members(missing), members(wrong), members(right)]).toEqual([['credentials-missing'], ['wrong-credentials'], ['ok']]);
    for (const told of [missing, wrong]) {
      expect(told.verdicts.find(({ check }) => check === 'tomcat-deadlock')).toMatchObject({ verdict: 'unknown' });
      expect(told.payload.json).not.toMatch(/canary/i);
    }
  });
});

/** Requests that announce a body and never send it: each holds a thread. */
class Held implements AsyncDisposable {
  readonly #sockets: Socket[] = [];
  occupy(port: number): void {
    const socket = connect(port, '127.0.0.1', () => socket.write('POST /jolokia/ HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n['));
    socket.on('error', () => undefined);
    this.#sockets.push(socket);
  }
  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
  }
}
