import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { AgentOptions } from '../../agent/agent-options.ts';
import { CLUSTER_CHECKS } from '../../agent/checks/cluster-checks.ts';
import { ClusterLook } from '../../agent/fast/cluster-look.ts';
import { fastOf, judge } from '../../agent/fast/judge.ts';
import type { Look } from '../../agent/fast/look.ts';
import { CLUSTER_GATHERERS } from '../../agent/gatherers/cluster/index.ts';
import { WATCHED_RESOURCES, WATCHED_SECTIONS } from '../../agent/gatherers/cluster/watched/watched-cluster.ts';
import { runGatherers } from '../../agent/gatherers/run.ts';
import { identityOf } from '../../agent/triggers/identity.ts';
import type { Finding } from '../../agent/wire/inspection.ts';
import { pod as healthyPod, namespace } from '../bench/objects.ts';
import { type ApiServer, apply, NO_API_SERVER, startApiServer } from '../support/api-server.ts';
import { type CountingProxy, clusterBehind, countingProxy, until } from '../support/counting-proxy.ts';
import { brokenCluster } from './clusters.ts';

const LATER_SECONDS = 3 * 3_600;
/** 10,000 take minutes to make; `XUNJIAN_TEST_PODS=10000` does. */
const PODS = Number(process.env['XUNJIAN_TEST_PODS'] ?? 1_500);
const SKIPPED = NO_API_SERVER && ` (skipped: ${NO_API_SERVER})`;

const OPTIONS: AgentOptions = {
  role: 'cluster',
  cron: '0 2 * * *',
  timeZone: 'UTC',
  jitterMs: 0,
  runAtStart: false,
  stateDir: '/nonexistent',
  hostRoot: '/',
  sampleMs: 200,
  listen: { host: '127.0.0.1', port: 0 },
  deadlineMs: 60_000,
  lease: { namespace: 'default', name: 'x', identity: 'x' },
  settings: {},
  suppressions: [],
  optOut: [],
  clearNames: [],
};

function looking(proxy: CountingProxy, now: () => number = () => Date.now() / 1_000): { readonly look: () => Promise<Look> } {
  const life = new AbortController();
  onTestFinished(() => life.abort());
  const cluster = new ClusterLook(OPTIONS, proxy.credential, '', now);
  return { look: () => cluster.look(AbortSignal.timeout(60_000), life.signal) };
}
const identities = (findings: readonly Finding[]): string[] => findings.map(({ check, scope, severity }) => `${severity} ${identityOf(check, scope)}`).sort();
/** Lists of what is watched; the leases of the control loops are read at every look. */
const listsOfWatched = ({ lists }: CountingProxy): readonly string[] => lists.filter((path) => WATCHED_RESOURCES.some(({ plural }) => path.endsWith(`/${plural}`)));

describe.skipIf(NO_API_SERVER !== '')(`the fast path on a real API server${SKIPPED}`, () => {
  let server: ApiServer;
  const began = Math.floor(Date.now() / 1_000);
  const now = (): number => began + LATER_SECONDS;
  beforeAll(async () => {
    server = await startApiServer();
    for (const object of brokenCluster(now()).objects) await apply(server.http, object);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  it('finds by watching what the inspection finds by listing', async () => {
    const proxy = await countingProxy(server);
    const { evaluation, failed } = await looking(proxy, now).look();
    const checks = fastOf(CLUSTER_CHECKS);
    const wanted = new Set<string>(checks.flatMap(({ reads }) => reads));
    const cluster = clusterBehind(await countingProxy(server), now);
    const { sections, reports } = await runGatherers(
      CLUSTER_GATHERERS.filter(({ section }) => wanted.has(section)),
      { cluster },
      { signal: AbortSignal.timeout(60_000), clock: () => performance.now(), concurrency: 3 },
    );
    const listed = judge(sections, reports, { checks, settings: {}, suppressions: [], triggers: {}, now: now(), host: 'x' });
    expect(failed).toEqual([]);
    expect(identities(evaluation.findings)).toEqual(identities(listed.findings));
    expect(evaluation.findings.length).toBeGreaterThan(10);
    expect(evaluation.verdicts.map(({ check, verdict }) => `${check} ${verdict}`)).toEqual(listed.verdicts.map(({ check, verdict }) => `${check} ${verdict}`));
    expect(new Set(proxy.watches).size).toBeGreaterThan(8);
  });

  it('reads no section that neither a watch nor a small request gives', () => {
    const reads = new Set<string>(fastOf(CLUSTER_CHECKS).flatMap((check) => check.reads));
    const given = new Set<string>([...WATCHED_SECTIONS, 'apiReach', 'apiServer', 'leaders']);
    expect([...reads].filter((section) => !given.has(section))).toEqual([]);
    const declared = CLUSTER_GATHERERS.flatMap(({ needs }) => needs).flatMap((need) => ('api' in need && need.verbs.includes('watch') ? [`${need.group}/${need.api}`] : []));
    expect([...new Set(declared)].sort()).toEqual([...new Set(WATCHED_RESOURCES.map(({ group, plural }) => `${group}/${plural}`))].sort());
  });

  it('an API server that goes away is a finding of its own, what only it could say is unknown, and it comes back without a new list', async () => {
    const proxy = await countingProxy(server);
    let skew = 0;
    const { look } = looking(proxy, () => now() + skew);
    const before = await look();
    proxy.closed = true;
    proxy.cut();
    const away = await look();
    expect(away.evaluation.findings.filter(({ check }) => check === 'control-plane-api-unreachable').map(({ check, observed }) => [check, observed])).toEqual([
      ['control-plane-api-unreachable', 'no-connection'],
    ]);
    expect(away.evaluation.verdicts.find(({ check }) => check === 'control-plane-api-not-ready')?.verdict).toBe('unknown');
    proxy.closed = false;
    skew = 1;
    await until(() => proxy.watches.length > 12);
    const after = await look();
    expect(identities(after.evaluation.findings)).toEqual(identities(before.evaluation.findings));
    expect(new Set(listsOfWatched(proxy)).size).toBe(listsOfWatched(proxy).length);
  });

  it.each([7_200, -7_200])('a clock of the API server that is off by %i s is found', async (seconds) => {
    const proxy = await countingProxy(server);
    const { look } = looking(proxy, now);
    const clockOff = async () => (await look()).evaluation.findings.filter(({ check }) => check === 'control-plane-api-clock-off');
    expect(await clockOff()).toEqual([]);
    proxy.clockOffsetSeconds = seconds;
    const [found] = await clockOff();
    expect(found).toMatchObject({ severity: 'critical', threshold: 60 });
    expect(Math.abs(Number(found?.observed) - seconds)).toBeLessThan(10);
  });

  it(`lists nothing again for ${PODS} pods of which some change`, { timeout: 240_000 }, async () => {
    for (let team = 0; team < 40; team += 1) await apply(server.http, namespace(`team-${team}`));
    await parallel(PODS, (index) => apply(server.http, healthyPod(index, 50)));
    const proxy = await countingProxy(server);
    const { look } = looking(proxy, now);
    await look();
    const first = listsOfWatched(proxy).length;
    expect(listsOfWatched(proxy).filter((path) => path.endsWith('/pods'))).toHaveLength(Math.ceil((PODS + 10) / 500));
    const victim = healthyPod(7, 50);
    const path = `/api/v1/namespaces/${victim.metadata.namespace}/pods/${victim.metadata.name}`;
    const { data } = await server.http.get<{ status: { containerStatuses: object[] } }>(path);
    const status = {
      ...data.status,
      containerStatuses: data.status.containerStatuses.map((container) => ({ ...container, ready: false, restartCount: 9, state: { waiting: { reason: 'CrashLoopBackOff' } } })),
    };
    const put = await server.http.put(`${path}/status`, {
      ...data,
      status: { ...status, conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: new Date(began * 1_000).toISOString() }] },
    });
    expect(put.status).toBe(200);
    let last: Look | undefined;
    for (let turn = 0; turn < 5; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      last = await look();
    }
    expect(last?.evaluation.findings.filter(({ check }) => check === 'pod-crash-loop').map(({ scope }) => scope.name)).toContain('app-007');
    expect(listsOfWatched(proxy)).toHaveLength(first);
    expect(last?.watches?.events).toBeGreaterThan(0);
    expect(last?.watches?.lists).toBe(11);
  });
});

async function parallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      for (let index = next++; index < count; index = next++) await work(index);
    }),
  );
}
