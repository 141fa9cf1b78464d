import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { declaredAt, inspectHostMiddleware } from '../../../support/middleware.ts';
import { dayText, logLine, process4242, put, SOUND_OPTIONS, type TongwebTree, tongweb7, tongweb8 } from '../../../support/tongweb-tree.ts';

const NOW = Math.floor(Date.now() / 1_000);
const GIB = 1024 ** 3;

function hostTree(): TongwebTree {
  const root = mkdtempSync(join(tmpdir(), 'xunjian-tongweb-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const tree = { root, now: NOW };
  put(tree, '/etc/hostname', 'app-1\n');
  writeFileSync(
    join(root, '.statfs.json'),
    JSON.stringify({ '/': { bsize: 4096, blocks: (100 * GIB) / 4096, bfree: (60 * GIB) / 4096, bavail: (60 * GIB) / 4096, files: 1, ffree: 1 } }),
  );
  return tree;
}

describe('a TongWeb 7 installation', () => {
  it('is found with its process, read whole, and nothing is wrong with a sound one', async () => {
    const tree = hostTree();
    tongweb7(tree);
    const { sections, found, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(sections.middleware?.rows).toEqual([
      expect.objectContaining({
        instance: 'app-1/tongweb/opt/TongWeb7.0.4.9_M4',
        product: 'tongweb',
        version: '7.0.4.9_m4',
        reach: 'files-only',
        evidence: ['process', 'unit', 'port', 'layout'],
      }),
    ]);
    expect(found).toEqual([]);
    expect(sections.middlewareTongweb?.rows[0]).toMatchObject({
      line: 'tongweb-7',
      running: true,
      runsAsRoot: false,
      openFilesLimit: 65_535,
      javaMajor: 8,
      heapStartBytes: 2 * GIB,
      heapMostBytes: 2 * GIB,
      metaspaceMostBytes: GIB / 2,
      heapDumpOnError: true,
      gcLog: true,
      licenseNever: false,
      licenseState: 'ok',
      autoDeploy: false,
      accessLog: true,
      jmxLocal: true,
      consoleTls: true,
      logRotationBytes: 50 * 1024 ** 2,
      snapshotBusyThreads: 150,
      installFreeBytes: 60 * GIB,
    });
    expect(sections.middlewareTongweb?.listeners).toEqual([
      expect.objectContaining({ listener: 'system-http-listener', use: 'console', port: 9060, listening: true }),
      expect.objectContaining({ listener: 'tong-http-listener', use: 'application', port: 8088, listening: true, maxThreads: 200 }),
    ]);
    expect(sections.middlewareTongweb?.datasources).toEqual([expect.objectContaining({ engine: 'dm', maxActive: 50, validated: true, leakDetection: true })]);
    expect(sections.middlewareSettings?.rows).toContainEqual(expect.objectContaining({ key: 'listener.max-threads', number: 200 }));
    expect(payload.json).not.toContain('canary');
    expect(JSON.stringify(sections)).not.toMatch(/canary-(?!orders|pool)/); // names are clear inside the site, nothing else is there at all
  });

  it.each([
    ['tongweb-autodeploy-enabled', (xml: string) => xml.replace('<auto-deploy enabled="false"', '<auto-deploy enabled="true"')],
    ['tongweb-hotdeploy-enabled', (xml: string) => xml.replace('<hot-deploy enabled="false"', '<hot-deploy enabled="true"')],
    ['tongweb-jsp-development', (xml: string) => xml.replace('jsp-development="false"', 'jsp-development="true"')],
    ['tongweb-access-log-off', (xml: string) => xml.replace('accesslog-enabled="true"', 'accesslog-enabled="false"')],
    ['tongweb-console-plain-http', (xml: string) => xml.replace('ssl-enabled="true"', 'ssl-enabled="false"')],
    ['tongweb-listener-max-threads-odd', (xml: string) => xml.replace('max-threads="200"', 'max-threads="20"')],
    ['tongweb-listener-spare-threads-low', (xml: string) => xml.replace('min-spare-threads="10"', 'min-spare-threads="1"')],
    ['tongweb-listener-not-listening', (xml: string) => xml.replace('port="8088"', 'port="8089"')],
    ['tongweb-datasource-validation-off', (xml: string) => xml.replace('test-on-borrow="true"', 'test-on-borrow="false"')],
    ['tongweb-datasource-abandoned-off', (xml: string) => xml.replace('leakCheck="true"', 'leakCheck="false"')],
    ['tongweb-datasource-wait-long', (xml: string) => xml.replace('max-wait-time="30000"', 'max-wait-time="300000"')],
    ['tongweb-datasource-oversized', (xml: string) => xml.replace('max-active="50"', 'max-active="800"')],
    ['tongweb-jmx-open', (xml: string) => xml.replace('address="127.0.0.1"', 'address="0.0.0.0"')],
    ['tongweb-log-rotation-missing', (xml: string) => xml.replace('rotation="true"', 'rotation="false"')],
    ['tongweb-snapshot-trigger-low', (xml: string) => xml.replace('judgmentvalue="150"', 'judgmentvalue="10"').replace('jmap="false"', 'jmap="true"')],
    ['tongweb-app-not-running', (xml: string) => xml.replace('vs-names="server" enabled="true"', 'vs-names="server" enabled="false"')],
  ])('with a spoiled configuration is found to have %s', async (check, change) => {
    const tree = hostTree();
    tongweb7(tree, { change });
    expect((await inspectHostMiddleware({ root: tree.root, now: NOW })).found).toEqual([check]);
  });

  it.each([
    ['tongweb-oom', 'SEVERE', 'core', 'java.lang.OutOfMemoryError: Java heap space canary-log'],
    ['tongweb-too-many-files', 'SEVERE', 'core', 'java.net.SocketException: Too many open files'],
    ['tongweb-pool-empty', 'SEVERE', 'data-source', '[http-1] Timeout: Pool empty. Unable to fetch a connection in 30 seconds'],
    ['tongweb-datasource-leak-logged', 'WARNING', 'data-source', 'potential connection leak detected canary-log'],
    ['tongweb-hung-thread', 'WARNING', 'core', 'ThanosStandardService hung thread check: canary-log'],
    ['tongweb-start-failed', 'SEVERE', 'core', 'Address already in use'],
  ])('whose log tells of it is found to have %s, and no line leaves', async (check, level, module, message) => {
    const tree = hostTree();
    tongweb7(tree, { log: logLine(NOW - 600, level, module, message) + logLine(NOW - 30 * 86_400, level, module, message) });
    const { found, sections, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(found).toEqual([check]);
    expect(sections.middlewareTongweb?.logPatterns.filter(({ pattern, count }) => count > 0 && !['severe', 'error'].includes(pattern))).toEqual([
      expect.objectContaining({ count: 1, firstAt: NOW - 600, lastAt: NOW - 600 }),
    ]);
    expect(payload.json).not.toContain('canary');
  });

  it('takes the earliest of several readings of the licence, and lets old lines of the log go when the file is newer', async () => {
    const tree = hostTree();
    const home = tongweb7(tree);
    put(
      tree,
      '/var/lib/xunjian/version.txt',
      `TongWeb 7.0.4.9_M4\nconsumer_name=canary-customer\nlicense_type=release\nend_date=${dayText(NOW + 12 * 86_400)}\nTW_Version_Number=7.0\nTW_CPU_COUNT=10\n`,
    );
    const instances = [declaredAt('tongweb', 'core', { home, versionFile: '/var/lib/xunjian/version.txt' })];
    const first = await inspectHostMiddleware({ root: tree.root, now: NOW, instances });
    expect(first.findings).toEqual([expect.objectContaining({ check: 'tongweb-license-expiring', severity: 'critical', scope: expect.objectContaining({ name: 'core' }) })]);
    expect(first.sections.middlewareTongweb?.rows[0]).toMatchObject({ licenseReadings: 2, licenseKind: 'release', licensedCpus: 10, licenseLine: 'tongweb-7' });
    put(tree, `${home}/license.dat`, 'license_type=release\nend_date=-1\nTW_Version_Number=7.0\n', 1);
    const renewed = await inspectHostMiddleware({ root: tree.root, now: NOW, instances: [declaredAt('tongweb', 'core', { home })] });
    expect(renewed.found).toEqual([]);
    expect(renewed.sections.middlewareTongweb?.rows[0]).toMatchObject({ licenseNever: true, licenseReadings: 1 });
    put(tree, `${home}/logs/server.log`, logLine(NOW - 60, 'SEVERE', 'core', 'License expired.'));
    expect((await inspectHostMiddleware({ root: tree.root, now: NOW })).found).toContain('tongweb-license-expired');
    put(tree, `${home}/logs/server.log`, logLine(NOW - 60, 'WARNING', 'core', 'License limits the connector to a maximum of 5 threads.'));
    expect((await inspectHostMiddleware({ root: tree.root, now: NOW })).found).toContain('tongweb-license-trial');
  });

  it('tells what is wrong with the process, its options and its files', async () => {
    const tree = hostTree();
    const home = tongweb7(tree, {
      running: false,
      options: SOUND_OPTIONS.replace('-Xms2048m', '-Xms256m')
        .replace('-Xmx2048m', '-Xmx512m')
        .replace('-XX:+Heap', '-XX:-Heap')
        .replace(/-Xloggc.*\n|-XX:Max.*\n/g, ''),
    });
    process4242(tree, [`-Dtongweb.home=${home}`], { uid: 0, openFiles: 4 });
    put(tree, `${home}/bin/hs_err_pid77.log`, 'canary');
    put(tree, `${home}/bin/java_pid77.hprof`, 'canary');
    const { found, sections } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(found).toEqual(
      ['dump-present', 'fd-usage-high', 'gclog-disabled', 'heap-too-small', 'heap-unequal', 'heapdump-disabled', 'metaspace-unset', 'nofile-low', 'runs-as-root'].map(
        (one) => `tongweb-${one}`,
      ),
    );
    expect(sections.middlewareTongweb?.rows[0]).toMatchObject({ heapDumps: 1, fatalErrorLogs: 1 });
  });

  it('whose listener does not keep up is found by the queue that the kernel shows', async () => {
    const tree = hostTree();
    const home = tongweb7(tree, { running: false });
    process4242(tree, [`-Dtongweb.home=${home}`], { waiting: 42 });
    const { found, sections } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(found).toEqual(['tongweb-listener-queue-growing']);
    expect(sections.middlewareTongweb?.listeners.map(({ port, waiting }) => [port, waiting])).toEqual([
      [9_060, 42],
      [8_088, 42],
    ]);
  });

  it('keeps its identity when it is stopped, and is told to be', async () => {
    const tree = hostTree();
    tongweb7(tree, { running: false });
    const { sections, found } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(sections.middleware?.rows).toEqual([expect.objectContaining({ instance: 'app-1/tongweb/opt/TongWeb7.0.4.9_M4', evidence: ['layout'] })]);
    expect(found).toEqual(['tongweb-instance-stopped']);
  });

  it.skipIf(process.getuid?.() === 0)('says that its files may not be read', async () => {
    const tree = hostTree();
    const home = tongweb7(tree);
    chmodSync(join(tree.root, home, 'conf/tongweb.xml'), 0);
    expect((await inspectHostMiddleware({ root: tree.root, now: NOW })).sections.middleware?.rows[0]?.reach).toBe('no-rights');
  });

  it.each([
    ['entities', '<!DOCTYPE t [<!ENTITY a "canary">]><tongweb>&a;</tongweb>'],
    ['broken XML', '<tongweb><server'],
    ['endless depth', '<a>'.repeat(5_000)],
    ['too much', `<tongweb>${'<web-app name="a"/>'.repeat(6_000)}</tongweb>`],
  ])('refuses a tongweb.xml with %s, and says that it was not read', async (_what, xml) => {
    const tree = hostTree();
    tongweb7(tree, { change: () => xml });
    const { sections, verdicts, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(sections.middlewareTongweb?.rows[0]?.configurationRead).toBe(false);
    expect(sections.middleware?.rows[0]?.reach).toBe('no-rights');
    expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-autodeploy-enabled', verdict: 'unknown' }));
    expect(payload.json).not.toContain('canary');
  });
});

describe('a TongWeb 8 domain', () => {
  it('is an instance of its own, with its licence, its JVM and the result of its own inspection', async () => {
    const tree = hostTree();
    const home = tongweb8(tree);
    put(
      tree,
      '/root/inspect/index.html',
      `<table><tr><th>检查项</th></tr>${[
        ['checkTrustedIP', '强制基线', '未通过'],
        ['checkConfigProtection', '一般基线', '通过'],
        ['checkAccessLog', '一般基线', '未通过'],
      ]
        .map(([item, level, verdict]) => `<tr><td>${item}</td><td>canary-说明</td><td>${level}</td><td><span>${verdict}</span></td><td>canary-建议</td></tr>`)
        .join('')}</table>`,
    );
    const { sections, found, payload } = await inspectHostMiddleware({
      root: tree.root,
      now: NOW,
      instances: [declaredAt('tongweb', 'eight', { home, inspection: '/root/inspect' })],
    });
    expect(sections.middlewareTongweb?.rows[0]).toMatchObject({
      line: 'tongweb-8',
      version: '8.0.9.2',
      licenseNever: true,
      licenseLine: 'tongweb-8',
      heapMostBytes: 2 * GIB,
      consoleTls: true,
      baselinePassed: 1,
      baselineFailed: 2,
      baselineMandatoryFailed: 1,
      configProtection: true,
    });
    expect(found).toEqual(expect.arrayContaining(['tongweb-baseline-mandatory-failed', 'tongweb-console-trusted-ip-any', 'tongweb-instance-stopped']));
    expect(payload.json).not.toContain('canary');
  });
});

describe('an embedded TongWeb on a host', () => {
  const embedded = (tree: TongwebTree, ...args: readonly string[]): void => {
    process4242(tree, [...args, '-Xmx1g', '-jar', 'canary-orders.jar', '--server.tongweb.license.type=file']);
    try {
      symlinkSync('/srv/orders', join(tree.root, '/proc/4242/cwd'));
    } catch {
      // it is there already
    }
  };
  const licenseOf = ({ sections }: Awaited<ReturnType<typeof inspectHostMiddleware>>): unknown => sections.middlewareTongweb?.rows[0]?.licensePath;

  it('is found by what its process was told, and its licence looked for where that says', async () => {
    const tree = hostTree();
    put(tree, '/srv/orders/readme', '');
    embedded(tree, '-Dserver.tongweb.license.path=./canary-license.dat');
    const missing = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(missing.sections.middleware?.rows[0]).toMatchObject({ instance: 'app-1/tongweb/8088', mode: 'embedded', reach: 'files-only' });
    expect(missing.sections.middlewareTongweb?.rows[0]).toMatchObject({ line: 'embedded', javaMajor: 8, heapMostBytes: GIB, running: true, licensePath: 'file-missing' });
    expect(missing.found).toContain('tongweb-embedded-license-path');
    expect(missing.payload.json).not.toContain('canary');
    put(tree, '/srv/orders/canary-license.dat', 'canary');
    const there = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(licenseOf(there)).toBe('found');
    expect(there.found).not.toContain('tongweb-embedded-license-path');
  });

  it.each([
    ['application.properties', 'spring.datasource.password=canary\nserver.tongweb.license.path=/etc/tw/license.dat\n', 'file-missing'],
    ['application.yml', 'spring: { datasource: { password: canary } }\nserver:\n  tongweb.license:\n    path: file:/srv/orders/readme\n', 'found'],
    ['config/application.yaml', 'a: canary\n---\nserver.tongweb.license.path: classpath:license.dat\n', 'in-package'],
    ['application.yml', 'server: { tongweb: { license: { path: [canary, &a 1, *a] } } }\n', undefined],
    ['application.yml', 'server: {tongweb: "\n', undefined],
  ])('is read from %s beside it, one key of it', async (file, text, path) => {
    const tree = hostTree();
    put(tree, '/srv/orders/readme', '');
    put(tree, '/etc/tw/other', '');
    put(tree, `/srv/orders/${file}`, text);
    embedded(tree);
    const inspected = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(licenseOf(inspected)).toBe(path);
    expect(JSON.stringify(inspected.sections)).not.toContain('canary');
  });
});

describe('the alert policy of a TongWeb 8', () => {
  it.each([
    ['<thresholdstrategy cpu="0" memory="0" canary="1"/>', true],
    ['<thresholdstrategy cpu="80" memory="0"/>', false],
    ['<thresholdstrategy enabled="false" cpu="80"/>', true],
  ])('%s is off: %s', async (policy, isOff) => {
    const tree = hostTree();
    tongweb8(tree, { change: (xml) => xml.replace('</tongweb>', `${policy}</tongweb>`) });
    const { found, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW });
    expect(found.includes('tongweb-alert-policy-off')).toBe(isOff);
    expect(payload.json).not.toContain('canary');
  });
});

describe('the JMX of a TongWeb', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) server.close();
  });
  async function answering(body: (path: string, posted: string) => { status?: number; text: string }): Promise<number> {
    const server = createServer((request, response) => {
      let posted = '';
      request.on('data', (chunk: Buffer) => {
        posted += chunk.toString();
      });
      request.on('end', () => {
        const { status = 200, text } = body(request.url ?? '', posted);
        response.writeHead(status).end(text);
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }
  const declared = (home: string, port: number, options = {}) => [declaredAt('tongweb', 'core', { home, ...options }, { addresses: [{ host: '127.0.0.1', port }] })];

  it('is read over Jolokia, by pattern, and joined with the configuration', async () => {
    const tree = hostTree();
    const home = tongweb7(tree, { change: (xml) => xml.replaceAll('canary-pool', 'orders') });
    const beans: Readonly<Record<string, unknown>> = {
      'java.lang:type=Memory': { HeapMemoryUsage: { used: 1_900, max: 2_000 } },
      'java.lang:type=Threading': { ThreadCount: 90 },
      'java.lang:type=Runtime': { Uptime: 100_000, StartTime: (NOW - 100) * 1_000, SpecVersion: '1.8' },
      'java.lang:type=GarbageCollector,*': { 'java.lang:name=Old,type=GarbageCollector': { CollectionCount: 4, CollectionTime: 20_000 } },
      '*:type=ThreadPool,*': { 'TONGWEB:name="http-nio2-0.0.0.0-8088",type=ThreadPool': { maxThreads: 200, currentThreadsBusy: 199, connectionCount: 300 } },
      '*:type=GlobalRequestProcessor,*': {
        'TONGWEB:name="http-nio2-0.0.0.0-8088",type=GlobalRequestProcessor': { requestCount: 10_000, errorCount: 900, processingTime: 30_000_000 },
      },
      '*:type=Manager,*': { 'TONGWEB:context=/canary-context,host=server,type=Manager': { activeSessions: 3, rejectedSessions: 2 } },
      '*:j2eeType=WebModule,*': { 'TONGWEB:J2EEApplication=none,j2eeType=WebModule,name=//server/canary-context': { stateName: 'STARTED', requestCount: 5, errorCount: 0 } },
      'com.tongweb.hulk:type=Pool*': {
        'com.tongweb.hulk:type=Pool (orders)': { ActiveConnections: 50, IdleConnections: 0, ThreadsAwaitingConnection: 4, LeakCount: 1, ConnectionUsedPercentBaseMaxSize: '100%' },
        'com.tongweb.hulk:type=PoolConfig (orders)': {},
      },
    };
    let asked = '';
    const port = await answering((_path, posted) => {
      asked = posted;
      const questions = JSON.parse(posted) as { mbean: string; type: string }[];
      return {
        text: JSON.stringify(questions.map(({ mbean, type }) => (type === 'exec' ? { status: 200, value: [11, 12] } : { status: beans[mbean] ? 200 : 404, value: beans[mbean] }))),
      };
    });
    const { found, sections, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW, instances: declared(home, port) });
    expect(sections.middleware?.rows[0]).toMatchObject({ instance: 'core', reach: 'ok', place: 'host', statements: 1 });
    expect(found).toEqual(
      [
        'datasource-leak',
        'datasource-saturated',
        'datasource-waiting',
        'deadlock',
        'gc-time-high',
        'heap-usage-high',
        'request-error-rate',
        'request-slow',
        'session-rejected',
        'thread-pool-saturated',
      ].map((one) => `tongweb-${one}`),
    );
    expect(sections.middlewareTongweb?.applications).toEqual([expect.objectContaining({ application: 'canary-orders', state: 'running', sessions: 3, rejectedSessions: 2 })]);
    expect(payload.json).not.toContain('canary');
    expect((JSON.parse(asked) as { type: string; operation?: string }[]).filter(({ type }) => type !== 'read')).toEqual([
      expect.objectContaining({ operation: 'findDeadlockedThreads' }),
    ]);
  });

  it.each([
    ['of today', 'jvm_memory_used_bytes', 'jvm_memory_max_bytes'],
    ['before 1.0', 'jvm_memory_bytes_used', 'jvm_memory_bytes_max'],
  ])('is read from an exporter %s', async (_when, used, most) => {
    const tree = hostTree();
    const home = tongweb7(tree);
    const port = await answering((path) =>
      path === '/metrics'
        ? {
            text: `# HELP\n${used}{area="heap",} 1.9E9\n${used}{area="nonheap",} 9E9\n${most}{area="heap",} 2.0E9\njvm_threads_deadlocked 0.0\ntongweb_threadpool_maxthreads{name="\\"http-nio2-0.0.0.0-8088\\"",} 200.0\ntongweb_threadpool_currentthreadsbusy{name="\\"http-nio2-0.0.0.0-8088\\"",} 170.0\nsecret_metric{value="canary"} 1\n`,
          }
        : { status: 404, text: 'canary' },
    );
    const { found, sections, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW, instances: declared(home, port) });
    expect(sections.middleware?.rows[0]?.reach).toBe('ok');
    expect(found).toEqual(['tongweb-heap-usage-high', 'tongweb-thread-pool-saturated']);
    expect(payload.json).not.toContain('canary');
  });

  it('that does not answer leaves what the files tell, and says so', async () => {
    const tree = hostTree();
    const home = tongweb7(tree);
    const refusing = await answering(() => ({ status: 401, text: 'canary' }));
    const babbling = await answering(() => ({ text: '<html>canary</html>' }));
    const flooding = await answering(() => ({ text: 'x'.repeat(6_000_000) }));
    for (const [port, reach] of [
      [refusing, 'credentials-missing'],
      [babbling, 'protocol'],
      [flooding, 'too-large'],
      [1, 'refused'],
    ] as const) {
      const { sections, verdicts, payload } = await inspectHostMiddleware({ root: tree.root, now: NOW, instances: declared(home, port, { jolokia: '/jolokia/' }) });
      expect(sections.middleware?.rows[0]?.reach).toBe('partial');
      expect(sections.middleware?.members[0]?.reach).toBe(reach);
      expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-heap-usage-high', verdict: 'unknown' }));
      expect(verdicts).toContainEqual(expect.objectContaining({ check: 'tongweb-heap-too-small', verdict: 'pass' }));
      expect(payload.json).not.toContain('canary');
    }
  });
});
