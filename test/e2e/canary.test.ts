import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { GathererReport } from '../../agent/wire/inspection.ts';
import { payloadSchema } from '../../agent/wire/schema.ts';
import { AgentProcess } from '../support/agent.ts';
import { serve } from '../support/api.ts';
import { disguises, foundIn } from '../support/disguises.ts';
import { plantedObjects } from '../support/planted-cluster.ts';
import { plantedHost } from '../support/planted-host.ts';
import { temporary, xunjian } from '../support/program.ts';
import { makeTree } from '../support/tree.ts';
import { CANARY } from './objects.ts';

const NOW = Math.floor(Date.now() / 1_000);
const HIDDEN = disguises(CANARY, [
  ...['-node', '-kernel', '.service', '.example.com', '0', '1', '2', '.cilium.io', '/x', ' bank'].map((end) => CANARY + end),
  ...['/data/', '/mnt/', '/missing/', 'v1.30.1-', '5.10.0-', '/dev/', 'systemd-', 'generic-'].map((begin) => begin + CANARY),
]);
const METRICS = ['apiserver_request_total', 'apiserver_storage_objects', 'etcd_db_total_size_in_bytes', 'apiserver_admission_webhook_rejection_count', CANARY]
  .flatMap((name) => [
    `# HELP ${name} ${CANARY}`,
    `# TYPE ${name} counter`,
    `${name}{resource="${CANARY}",verb="${CANARY}",code="500",name="${CANARY}",version="v1-${CANARY}"} 5`,
    `${name}{resource="pods.${CANARY}"} ${CANARY}`,
  ])
  .join('\n');
const PATHS = {
  '/api': JSON.stringify({ kind: CANARY, versions: ['v1', CANARY] }),
  '/version': JSON.stringify({ gitVersion: `v1.30.1-${CANARY}`, platform: `linux/${CANARY}`, gitCommit: CANARY, major: CANARY }),
  '/livez?verbose': `[+]ping ok\n[-]${CANARY} failed: ${CANARY}\n`,
  '/readyz?verbose': { status: 500, text: `[-]etcd failed: ${CANARY}\n[-]poststarthook/${CANARY} failed: reason withheld\n` },
  '/readyz': CANARY,
  '/metrics': METRICS,
  ...Object.fromEntries(
    ['/apis/coordination.k8s.io/v1/namespaces/kube-system/leases', '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'].map((path) => [
      path,
      JSON.stringify({ metadata: {}, items: plantedObjects(CANARY, NOW).find(([{ plural }]) => plural === 'leases')?.[1] ?? [] }),
    ]),
  ),
  '/apis/coordination.k8s.io/v1/namespaces/default/leases': { status: 201, text: '{}' },
};

/** Needs a running systemd or kernel. */
const NOT_IN_A_TREE = 'hardware not-visible, systemd not-present';

interface Snapshot {
  readonly gatherers: readonly GathererReport[];
}
function kubeconfigIn(directory: string, server: string): string {
  const path = join(directory, `kubeconfig-${CANARY}`);
  writeFileSync(
    path,
    `apiVersion: v1\nkind: Config\ncurrent-context: ${CANARY}\nclusters: [{name: ${CANARY}, cluster: {server: "${server}"}}]\nusers: [{name: ${CANARY}, user: {token: ${CANARY}}}]\ncontexts: [{name: ${CANARY}, context: {cluster: ${CANARY}, user: ${CANARY}}}]\n`,
  );
  return path;
}
function expectClean(texts: Readonly<Record<string, string>>): void {
  for (const [what, text] of Object.entries(texts)) {
    expect(text.length, `${what} is empty`).toBeGreaterThan(20);
    const [found] = foundIn(text, HIDDEN);
    const at = found === undefined ? -1 : text.toLowerCase().indexOf(found.toLowerCase());
    expect(found === undefined ? '' : `${what}: …${text.slice(Math.max(0, at - 90), at + 40)}`).toBe('');
  }
}
function ok(reports: readonly GathererReport[], domain: string): string[] {
  return reports.filter((one) => one.domain === domain && one.status === 'ok').map(({ section }) => section);
}

async function inspects(): Promise<void> {
  const root = makeTree(plantedHost(CANARY, NOW));
  const directory = temporary();
  const kubeconfig = kubeconfigIn(directory, await serve({ objects: plantedObjects(CANARY, NOW), paths: PATHS }));
  const { err, code } = await xunjian(['inspect', '--host-root', root, '--kubeconfig', kubeconfig, '--fail-on', 'never', '--out', 'out'], {}, directory);
  expect(code).toBe(0);
  const file = (name: string): string => readFileSync(join(directory, 'out', name), 'utf8');
  const snapshot = file('snapshot.json');
  expectClean({ 'snapshot.json': snapshot, 'progress on stderr': err });
  expect(payloadSchema().safeParse(JSON.parse(snapshot)).error?.issues.slice(0, 3)).toBeUndefined();
  // The planting is real: the files that stay at the site know the names, and what was planted was read.
  expect(file('findings.json').split(CANARY).length).toBeGreaterThan(40);
  expect(file('report.html')).toContain(CANARY);
  const { gatherers } = JSON.parse(snapshot) as Snapshot;
  const rejected = gatherers.filter(({ status }) => status === 'failed').map(({ section, reason }) => `${section} ${reason}`);
  expect(rejected.filter((one) => !one.endsWith('not-visible'))).toEqual([]);
  const unread = gatherers.filter(({ domain, status }) => domain === 'host' && status !== 'ok').map(({ section, reason }) => `${section} ${reason}`);
  expect(unread.join(', '), unread.join(', ')).toBe(NOT_IN_A_TREE);
  expect(ok(gatherers, 'cluster').length).toBeGreaterThanOrEqual(30);
}

async function previews(): Promise<void> {
  const root = makeTree(plantedHost(CANARY, NOW));
  const directory = temporary();
  const kubeconfig = kubeconfigIn(directory, await serve({ objects: plantedObjects(CANARY, NOW), paths: PATHS, versionIndex: 2 }));
  const [plain, explained] = await Promise.all([
    xunjian(['preview', '--host-root', root, '--kubeconfig', kubeconfig], {}, directory),
    xunjian(['preview', '--explain', '--host-root', root, '--no-cluster'], {}, directory),
  ]);
  expectClean({ preview: plain.out + plain.err, explained: explained.out + explained.err });
}

async function agentOf(role: 'host' | 'cluster'): Promise<void> {
  const root = role === 'host' ? makeTree(plantedHost(CANARY, NOW)) : '/';
  const directory = temporary();
  const kubeconfig = kubeconfigIn(directory, await serve({ objects: plantedObjects(CANARY, NOW), paths: PATHS }));
  await using agent = new AgentProcess(
    [
      '--role',
      role,
      '--host-root',
      root,
      '--node-name',
      `node-${CANARY}`,
      '--schedule',
      '0 0 29 2 *',
      '--run-at-start',
      '--log-level',
      'debug',
      ...(role === 'cluster' ? ['--kubeconfig', kubeconfig] : []),
    ],
    { POD_NAME: CANARY },
  );
  await agent.until(() => agent.spool.length === 1 && agent.lines.some(({ msg }) => msg === 'inspection kept'), 'kept a result');
  const metrics = await agent.get('/metrics');
  await agent.stop();
  expectClean({ spool: readFileSync(agent.spool[0] ?? '', 'utf8'), logs: agent.out + agent.err, metrics: metrics.text });
  expect(readFileSync(join(agent.stateDir, 'names.json'), 'utf8')).toContain(CANARY);
}

async function meetsErrors(): Promise<void> {
  const answers = [
    [401, 'application/json'],
    [403, 'application/json'],
    [500, 'text/plain'],
    [302, 'text/html'],
    [200, 'text/plain'],
    [418, 'text/plain'],
  ] as const;
  /** A list is answered the same way each time: some errors are asked again. */
  const asked = new Map<string, number>();
  const inner = await serve({ objects: plantedObjects(CANARY, NOW), paths: PATHS });
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    if (!url.includes('?limit=')) {
      void fetch(inner + url).then(async (answer) => response.writeHead(answer.status, CANARY).end(await answer.text()));
      return;
    }
    const list = url.split('?', 1)[0] ?? '';
    const turn = asked.get(list) ?? asked.size;
    asked.set(list, turn);
    const [status, type] = answers[turn % answers.length] ?? [500, 'text/plain'];
    response
      .writeHead(status, CANARY, { 'content-type': type, location: `http://${CANARY}.example.com/`, 'retry-after': CANARY, 'x-note': CANARY })
      .end(`{"message": "${CANARY}", "items": [${CANARY}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const directory = temporary();
  const kubeconfig = kubeconfigIn(directory, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const { err, out } = await xunjian(['inspect', '--no-host', '--kubeconfig', kubeconfig, '--fail-on', 'never', '--out', 'out', '--json'], {}, directory);
  server.closeAllConnections();
  server.close();
  const snapshot = readFileSync(join(directory, 'out/snapshot.json'), 'utf8');
  expectClean({ snapshot, err });
  const reasons = new Set((JSON.parse(snapshot) as Snapshot).gatherers.map(({ reason }) => reason));
  for (const reason of ['unauthorized', 'forbidden', 'unreachable', 'failed']) expect(reasons, reason).toContain(reason);
  expect(out.length).toBeGreaterThan(100);
}

/** One after the other: gatherers have deadlines, and a machine that is busy with the others would miss them. */
const SCENARIOS: Readonly<Record<string, () => Promise<void>>> = {
  inspect: inspects,
  preview: previews,
  'agent of role host': () => agentOf('host'),
  'agent of role cluster': () => agentOf('cluster'),
  'errors of the API server': meetsErrors,
};

describe('a word planted in every free text of host and cluster', () => {
  it('stays at the site: snapshot, preview, spool, logs, progress and metrics', { timeout: 120_000 }, async () => {
    const faults: string[] = [];
    for (const [name, scenario] of Object.entries(SCENARIOS)) await scenario().catch((error: unknown) => faults.push(`${name}: ${error instanceof Error ? error.message : ''}`));
    expect(faults).toEqual([]);
  });
});

describe('the search itself', () => {
  it('finds the word in every disguise', () => {
    const hide = (text: string): string[] => foundIn(text, HIDDEN);
    const inside = `a ${CANARY} b`;
    for (const shift of ['', 'x', 'xy']) expect(hide(Buffer.from(`${shift}${inside}`).toString('base64'))).not.toEqual([]);
    for (const text of [inside, inside.toUpperCase(), Buffer.from(inside).toString('hex'), [...inside].toReversed().join(''), `ZebraCanary`])
      expect(hide(text), text).not.toEqual([]);
    expect(hide('zebra canary, nothing else')).toEqual([]);
  });
});
