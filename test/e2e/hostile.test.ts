import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CHECKS } from '../../agent/checks/index.ts';
import { CLUSTER_GATHERERS } from '../../agent/gatherers/cluster/index.ts';
import type { Gatherer } from '../../agent/gatherers/gatherer.ts';
import { HOST_GATHERERS } from '../../agent/gatherers/host/index.ts';
import type { Sources } from '../../agent/gatherers/run.ts';
import { Host } from '../../agent/host/host.ts';
import { type Inspection, inspect } from '../../agent/inspection.ts';
import { KubeClient } from '../../agent/kube/client.ts';
import { Cluster } from '../../agent/kube/cluster.ts';
import { connect } from '../../agent/kube/connection.ts';
import * as RESOURCES from '../../agent/kube/resources.ts';
import { seal } from '../../agent/wire/encode.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { payloadSchema } from '../../agent/wire/schema.ts';
import { clusterOf, type Served } from '../support/api.ts';
import { disguises, foundIn } from '../support/disguises.ts';
import { plantedObjects } from '../support/planted-cluster.ts';
import { plantedHost } from '../support/planted-host.ts';
import { writeTree } from '../support/tree.ts';

const WORD = 'quaggacanary';
const NOW = 1_795_305_600;
const LISTED = Object.values(RESOURCES).filter((one): one is RESOURCES.Resource => typeof one === 'object' && 'plural' in one);
/** Takes two samples five seconds apart; it has its own tests. */
const QUICK = CLUSTER_GATHERERS.filter(({ section }) => section !== 'apiMetrics');
const SCHEMA = payloadSchema();

async function inspected(gatherers: readonly Gatherer[], sources: Sources, signal = AbortSignal.timeout(25_000)): Promise<Inspection> {
  return await inspect({ gatherers, checks: CHECKS, sources, hostName: 'host', signal, now: () => NOW, clock: () => performance.now() });
}
/** The payload, which must be one that the collector takes. */
function payloadOf({ takenAt, sections, gatherers, verdicts, findings }: Inspection): string {
  const outgoing = { agent: { role: 'inspect', version: '0.1.0', epoch: 0 }, takenAt, sections, gatherers, verdicts, findings } as const;
  const { json } = seal(outgoing, { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(7)), clearNames: new Set() });
  expect(SCHEMA.safeParse(JSON.parse(json)).error?.issues.slice(0, 3)).toBeUndefined();
  return json;
}
/** `section reason` of what failed for another reason than its input. */
function unexpected({ gatherers }: Inspection, expectable: readonly string[] = ['malformed', 'not-served']): string[] {
  return gatherers.filter(({ status, reason = '' }) => status === 'failed' && !expectable.includes(reason)).map(({ section, reason }) => `${section} ${reason}`);
}
const everywhere = (items: readonly object[]): Served => ({ objects: LISTED.map((resource) => [resource, items] as const) });

describe('objects that nobody would write', () => {
  const NAMES = ['', 'a\0b', 'a\nb', '‮evil', '😀'.repeat(300), '__proto__', 'constructor', 'toString', 'x'.repeat(5_000), '../../etc/passwd', '~', 'node~aaaaaaaaaaaaaaaaaaaa'];
  const NUMBERS = [-1, 1e308, -1e308, 0.1, 2 ** 53, 'NaN', '1e999', '-5', '9'.repeat(40), null, true];
  const named = (name: string): object => ({
    metadata: {
      name,
      namespace: name,
      labels: { [name]: name },
      annotations: JSON.parse(`{"__proto__": {"polluted": ${JSON.stringify(WORD)}}}`) as object,
      ownerReferences: [{ kind: name, name, controller: true }],
    },
    spec: { nodeName: name, storageClassName: name, replicas: name, template: name, containers: [{ name, image: name }], taints: [{ key: name }], [name]: { [name]: name } },
    status: {
      phase: name,
      conditions: [{ type: name, status: name, reason: name, lastTransitionTime: name }],
      containerStatuses: [{ name, state: { waiting: { reason: name } } }],
    },
    type: name,
    reason: name,
    involvedObject: { kind: name, name, namespace: name },
  });
  const numbered = (value: unknown): object => ({
    metadata: { name: 'n', namespace: 'n', creationTimestamp: value, deletionTimestamp: value, generation: value, labels: value, ownerReferences: value },
    spec: {
      replicas: value,
      containers: [{ name: 'c', resources: { requests: { cpu: value, memory: value }, limits: { cpu: value } }, ports: value }],
      taints: value,
      hard: { cpu: value },
      capacity: { storage: value },
      schedule: value,
      rules: value,
      minAvailable: value,
      maxReplicas: value,
    },
    status: {
      replicas: value,
      readyReplicas: value,
      capacity: { cpu: value, memory: value, pods: value },
      allocatable: { cpu: value, memory: value },
      conditions: value,
      containerStatuses: [{ restartCount: value, lastState: { terminated: { exitCode: value, finishedAt: value } } }],
      hard: { cpu: value },
      used: { cpu: value },
      startTime: value,
    },
    count: value,
    value,
    rules: value,
    subjects: value,
    webhooks: value,
    endpoints: value,
    subsets: value,
    usage: { cpu: value, memory: value },
    lastTimestamp: value,
  });

  it('with names that break formats, in every resource', async () => {
    const done = await inspected(QUICK, { cluster: await clusterOf(everywhere(NAMES.map(named)), NOW) });
    expect(unexpected(done)).toEqual([]);
    payloadOf(done);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
  it('with numbers that are none, in every resource', async () => {
    const done = await inspected(QUICK, { cluster: await clusterOf(everywhere(NUMBERS.map(numbered)), NOW) });
    expect(unexpected(done)).toEqual([]);
    payloadOf(done);
  });
  it('with a megabyte in each label', async () => {
    const megabyte = WORD.repeat(90_000);
    const huge = {
      metadata: { name: 'huge', namespace: 'n', labels: { a: megabyte } },
      spec: { nodeName: 'n', containers: [{ name: 'c', image: 'c' }] },
      status: { phase: 'Failed', conditions: [{ type: 'Ready', status: 'False', reason: megabyte }] },
    };
    const began = performance.now();
    const done = await inspected(QUICK, {
      cluster: await clusterOf({ objects: plantedObjects(WORD, NOW).map(([resource, items]) => [resource, [huge, ...items.slice(0, 2)]] as const) }, NOW),
    });
    expect(unexpected(done)).toEqual([]);
    expect(foundIn(payloadOf(done), disguises(WORD))).toEqual([]);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
  it('of any JSON at all: every inspection ends with a payload that is taken', async () => {
    const anything = fc.jsonValue({ maxDepth: 4 });
    const keys = fc.constantFrom(
      'metadata',
      'spec',
      'status',
      'name',
      'namespace',
      'conditions',
      'containers',
      'template',
      'labels',
      'rules',
      'webhooks',
      'items',
      'type',
      'reason',
      '__proto__',
      'capacity',
      'ownerReferences',
    );
    const { tree: shaped } = fc.letrec<{ tree: unknown }>((tie) => ({
      tree: fc.oneof({ maxDepth: 4 }, anything, fc.array(tie('tree'), { maxLength: 3 }), fc.dictionary(keys, tie('tree'), { maxKeys: 6 })),
    }));
    const item = fc.dictionary(keys, shaped, { maxKeys: 8 });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 7 }), async (items) => {
        const done = await inspected(QUICK, { cluster: await clusterOf(everywhere(items), NOW) });
        expect(unexpected(done)).toEqual([]);
        payloadOf(done);
      }),
      { numRuns: 12, interruptAfterTimeLimit: 12_000 },
    );
  });
});

describe('an API server that does not behave', () => {
  /** Discovery of everything, then what `body` does for each list. */
  async function serverOf(list: (response: ServerResponse, asked: number, path: string) => void): Promise<{ cluster: Cluster; url: string; asked: () => number }> {
    let asked = 0;
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
      const group = LISTED.filter(({ group: of, versions }) => pathname === (of === '' ? '/api/v1' : `/apis/${of}/${versions[0]}`));
      if (group.length > 0) return response.end(JSON.stringify({ resources: group.map(({ plural }) => ({ name: plural })) }));
      if (pathname === '/metrics') return response.writeHead(404).end();
      if (!searchParams.has('limit')) return response.end('{}');
      asked += 1;
      return list(response, asked, pathname);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { url, asked: () => asked, cluster: new Cluster(new KubeClient(connect({ server: url, headers: {}, clusterName: 'x' }), { random: () => 0 }), () => NOW) };
  }
  const hasty = QUICK.filter((_, index) => index % 3 === 0).map((one) => ({ ...one, deadlineMs: 200 }));

  it.each([
    [
      'whose lists never end',
      (response: ServerResponse, asked: number) =>
        void response.end(`{"metadata": {"continue": "page-${asked}"}, "items": [{"metadata": {"name": "n${asked}", "namespace": "n"}}]}`),
    ],
    ['whose every page says the same token', (response: ServerResponse) => void response.end('{"metadata": {"continue": "again"}, "items": []}')],
    [
      'that sends a byte now and then',
      (response: ServerResponse) => {
        response.write('{"items": [');
        const timer = setInterval(() => response.write(' '), 100);
        response.on('close', () => clearInterval(timer));
      },
    ],
    ['that never answers', () => undefined],
    [
      'that sends one object without end',
      (response: ServerResponse) => {
        const chunk = `"${'x'.repeat(65_000)}",`;
        response.write('{"items": [{"a": [');
        const more = (): void => {
          if (response.destroyed) return;
          response.write(chunk, () => setImmediate(more));
        };
        more();
      },
    ],
    ['that asks to come back in a year', (response: ServerResponse) => void response.writeHead(429, { 'retry-after': '31536000' }).end()],
    ['whose expired list expires again', (response: ServerResponse) => void response.writeHead(410).end('{"metadata": {"continue": "again"}}')],
  ])('%s is given up by the deadline, and left alone then', async (_what, list) => {
    const { cluster, asked } = await serverOf(list);
    const began = performance.now();
    const done = await inspected(hasty, { cluster });
    expect(performance.now() - began).toBeLessThan(hasty.length * 200 + 2_000);
    expect(unexpected(done, ['timeout', 'malformed', 'too-large', 'throttled', 'unreachable', 'failed'])).toEqual([]);
    expect(done.gatherers.filter(({ status }) => status === 'failed').length).toBeGreaterThan(6);
    payloadOf(done);
    await sleep(150);
    const later = asked();
    await sleep(150);
    expect(asked()).toBe(later);
  });
  it('ends at once when the whole inspection is told to stop', async () => {
    const { cluster } = await serverOf(() => undefined);
    const began = performance.now();
    const done = await inspected(QUICK, { cluster }, AbortSignal.timeout(600));
    expect(performance.now() - began).toBeLessThan(2_500);
    expect(unexpected(done, ['timeout', 'malformed'])).toEqual([]);
  });

  it('with 200,000 small pods takes hardly more memory than with 2,000', async () => {
    const program = join(import.meta.dirname, '../../bin/xunjian.ts');
    const peakOf = async (count: number): Promise<number> => {
      const pods = Array.from(
        { length: count },
        (_, index) => `{"metadata":{"name":"p${index}","namespace":"n${index % 50}","managedFields":[{"a":{}}]},"spec":{"nodeName":"m${index % 99}"},"status":{"phase":"Running"}}`,
      );
      const all = `{"metadata": {}, "items": [${pods.join(',')}]}`;
      const { url } = await serverOf((response, _asked, path) => void response.end(path.endsWith('/pods') ? all : '{"metadata": {}, "items": []}'));
      const folder = mkdtempSync(join(tmpdir(), 'xunjian-hostile-'));
      writeFileSync(
        join(folder, 'k'),
        `apiVersion: v1\nkind: Config\ncurrent-context: c\nclusters: [{name: k, cluster: {server: "${url}"}}]\nusers: [{name: u, user: {}}]\ncontexts: [{name: c, context: {cluster: k, user: u}}]\n`,
      );
      const child = spawn(process.execPath, [program, 'preview', '--no-host', '--kubeconfig', join(folder, 'k')], {
        cwd: folder,
        env: { HOME: folder, PATH: process.env['PATH'] ?? '' },
        stdio: 'ignore',
      });
      let peak = 0;
      const timer = setInterval(() => {
        peak = Math.max(peak, peakMemory(child.pid ?? 0));
      }, 20);
      const code = await new Promise((resolve) => child.once('exit', resolve));
      clearInterval(timer);
      rmSync(folder, { recursive: true });
      expect(code).toBe(0);
      return peak;
    };
    const [few, many] = await Promise.all([peakOf(2_000), peakOf(200_000)]);
    expect(few).toBeGreaterThan(30);
    // Kept whole, these objects would take some 400 MB; the collector's mood is worth tens.
    expect(many - few).toBeLessThan(180);
  });
});

/** Highest resident memory so far, in MiB. */
function peakMemory(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  } catch {
    return 0; // it ended meanwhile
  }
}

/** Tells every path that was asked for. */
class RecordingHost extends Host {
  readonly asked = new Set<string>();
  override async resolve(path: string): Promise<string> {
    this.asked.add(path);
    return await super.resolve(path);
  }
}

describe('a host whose files lie', () => {
  let good = '';
  let paths: readonly string[] = [];
  let base = '';
  beforeAll(async () => {
    base = mkdtempSync(join(tmpdir(), 'xunjian-hostile-'));
    good = join(base, 'good');
    writeTree(good, plantedHost(WORD, NOW));
    const host = new RecordingHost({ root: good, sampleMs: 0, now: () => NOW * 1_000, live: false, running: false });
    const done = await inspected(HOST_GATHERERS, { host });
    expect(done.gatherers.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(33);
    paths = [...host.asked].filter((path) => path.split('/').length > 2 && !path.startsWith('/.')).sort();
    expect(paths.length).toBeGreaterThan(300);
  });
  afterAll(() => {
    execFileSync('chmod', ['-R', 'u+rwX', base]);
    rmSync(base, { recursive: true, force: true });
  });

  /** A copy of the good tree in which each path that a gatherer asked for is made into something else. */
  function spoilt(name: string, spoil: (file: string, index: number) => void, which: (path: string) => boolean = () => true): string {
    const root = join(base, name);
    cpSync(good, root, { recursive: true, verbatimSymlinks: true });
    for (const [index, path] of paths.filter(which).entries()) {
      const file = join(root, path);
      try {
        if (!isFolderOf(path)) rmSync(file, { recursive: true, force: true });
        mkdirSync(dirname(file), { recursive: true });
        spoil(file, index);
      } catch {
        // below something that was spoilt before: it is gone with that
      }
    }
    return root;
  }
  /** A folder of others is left as it is, where files are spoilt. */
  function isFolderOf(path: string): boolean {
    return paths.some((other) => other.startsWith(`${path}/`));
  }
  async function survives(root: string, withinMs = 12_000, running = false): Promise<Inspection> {
    const began = performance.now();
    const done = await inspected(HOST_GATHERERS, { host: new Host({ root, sampleMs: 0, now: () => NOW * 1_000, live: false, running }) });
    expect(performance.now() - began).toBeLessThan(withinMs);
    expect(done.gatherers).toHaveLength(HOST_GATHERERS.length);
    expect(unexpected(done, ['malformed', 'too-large', 'not-visible', 'forbidden', 'not-reported'])).toEqual([]);
    expect(foundIn(payloadOf(done), disguises(WORD))).toEqual([]);
    return done;
  }
  const garbage = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7_919) % 256));

  it('binary garbage in every file', async () => {
    await survives(
      spoilt(
        'binary',
        (file) => writeFileSync(file, garbage),
        (path) => !isFolderOf(path),
      ),
    );
  });
  it('nothing in every file', async () => {
    await survives(
      spoilt(
        'empty',
        (file) => writeFileSync(file, ''),
        (path) => !isFolderOf(path),
      ),
    );
  });
  it('one line of a megabyte, brackets, NULs', async () => {
    const texts = [
      'a'.repeat(1_000_000),
      '['.repeat(300_000),
      '{"a":'.repeat(100_000),
      '\0'.repeat(500_000),
      ' \n'.repeat(300_000),
      'x=y '.repeat(200_000),
      '- &a [*a]\n'.repeat(50_000),
    ];
    await survives(
      spoilt(
        'long',
        (file, index) => writeFileSync(file, texts[index % texts.length] ?? ''),
        (path) => !isFolderOf(path),
      ),
      20_000,
    );
  });
  it('folders where files should be, and files where folders should be', async () => {
    await survives(
      spoilt(
        'folders',
        (file) => mkdirSync(file),
        (path) => !isFolderOf(path),
      ),
    );
    const root = join(base, 'files');
    mkdirSync(root);
    for (const name of ['proc', 'sys', 'etc', 'var', 'run', 'dev', 'boot', 'lib']) writeFileSync(join(root, name), WORD);
    await survives(root);
  });
  it('endless files: terabytes of holes, pipes that nobody writes to, links out of the tree to /dev/zero', async () => {
    await survives(
      spoilt(
        'sparse',
        (file) => {
          writeFileSync(file, WORD);
          truncateSync(file, 2 ** 40);
        },
        (path) => !isFolderOf(path),
      ),
      20_000,
    );
    const pipes: string[] = [];
    const root = spoilt(
      'pipes',
      (file) => void pipes.push(file),
      (path) => !isFolderOf(path),
    );
    execFileSync(
      'mkfifo',
      pipes.filter((file) => file.length < 4_000),
    );
    await survives(root);
    const links = ['/dev/zero', '../../../../../../../../../../dev/zero', '/proc/self/fd/0', '../../../../../../../../../../etc/shadow'];
    await survives(
      spoilt(
        'links',
        (file, index) => symlinkSync(links[index % links.length] ?? '', file),
        (path) => !isFolderOf(path),
      ),
    );
  });
  it('links that lead in circles', async () => {
    const root = spoilt(
      'circles',
      (file, index) => symlinkSync(index % 2 === 0 ? '.' : file.slice(file.lastIndexOf('/') + 1), file),
      (path) => !isFolderOf(path),
    );
    for (const folder of ['var/log', 'etc/kubernetes/pki', 'var/crash', 'etc/systemd/system', 'var/lib/docker/containers']) {
      for (const parts = folder.split('/'), done: string[] = []; parts.length > 0; ) {
        done.push(parts.shift() ?? '');
        if (lstatSync(join(root, ...done), { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(join(root, ...done));
      }
      mkdirSync(join(root, folder), { recursive: true });
      symlinkSync('..', join(root, folder, 'up'));
      symlinkSync('/', join(root, folder, 'top'));
    }
    await survives(root, 20_000);
  });
  it.skipIf(process.getuid?.() !== 0)('without permission to read any of them', async () => {
    const root = spoilt(
      'closed',
      (file) => {
        writeFileSync(file, WORD);
        chmodSync(file, 0);
      },
      (path) => !isFolderOf(path),
    );
    chmodSync(base, 0o755);
    const home = join(base, 'home');
    mkdirSync(home);
    chownSync(home, 65_534, 65_534);
    const args = [join(import.meta.dirname, '../../bin/xunjian.ts'), 'inspect', '--no-cluster', '--host-root', root, '--fail-on', 'never', '--json'];
    const child = spawn(process.execPath, args, {
      cwd: home,
      uid: 65_534,
      gid: 65_534,
      env: { HOME: home, PATH: process.env['PATH'] ?? '', LANG: 'en_US.UTF-8' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(err).toContain('no permission to read');
    expect(err).not.toMatch(/\n\s+at /);
    expect(foundIn(readFileSync(join(home, 'xunjian-report/snapshot.json'), 'utf8') + err, disguises(WORD))).toEqual([]);
  });
  it('a /proc with more processes than are looked at', async () => {
    // 120,000 on tmpfs stand for 10⁶: beyond MAX_ENTRIES all are the same, and making a million folders takes a minute.
    const root = mkdtempSync('/dev/shm/xunjian-proc-');
    onTestFinished(() => void execFileSync('rm', ['-rf', root]));
    writeTree(root, { '/proc/stat': 'cpu  1 1 1 1 1 1 1 1\ncpu0 1 1 1 1 1 1 1 1\nbtime 1795000000\n', '/proc/loadavg': '0.1 0.1 0.1 1/5 9\n' });
    execFileSync('sh', ['-c', 'seq 1 120000 | xargs mkdir'], { cwd: join(root, 'proc') });
    const done = await survives(root, 20_000, true);
    expect(done.gatherers.filter(({ reason }) => reason === 'timeout')).toEqual([]);
  });
});
