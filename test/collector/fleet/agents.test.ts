import { expect, it } from 'vitest';
import { coverageOfCluster, listAgents, retireAgent, silentAgents } from '../../../collector/fleet/agents.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { listAudit } from '../../../collector/store/audit-store.ts';
import { listFindings } from '../../../collector/store/finding-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { CLUSTER_SECTIONS, diskFinding, heartbeat, inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';

const MINUTE = 60_000;
let number = 40_000;

onBothEngines('agents', (database) => {
  let now = NOW;
  const ingest = (): Ingest => new Ingest({ database: database(), now: () => now, onSignals: async () => undefined, threads: 0 });
  const silence = async (at: number, listeningSince = 0) => await database().transaction(async (db) => await silentAgents(db, database().engine, at, { listeningSince }));
  const beat = async (cluster: Awaited<ReturnType<typeof enrol>>, one: Numbered) => await ingest().ingest(requestOf(cluster, one.line('heartbeat', heartbeat(), now / 1_000)));
  const next = (): Numbered => new Numbered(number++);

  it('are silent after three missed heartbeats and their jitter, and are told of once', async () => {
    now = NOW;
    const cluster = await enrol(database());
    const one = next();
    await beat(cluster, one);
    expect((await silence(NOW + 3.2 * MINUTE)).silent).toEqual([]);
    const { silent } = await silence(NOW + 3.4 * MINUTE);
    expect(silent).toMatchObject([{ agent: one.agent, clusterId: cluster.clusterId, silentSince: NOW, heartbeatSeconds: 60 }]);
    expect(await silence(NOW + 4 * MINUTE)).toEqual({ silent: [], back: [] });
    now = NOW + 5 * MINUTE;
    await beat(cluster, one);
    expect(await silence(now)).toMatchObject({ silent: [], back: [{ agent: one.agent, silentSince: NOW }] });
    expect(await silence(now)).toEqual({ silent: [], back: [] });
  });

  it('are told again when the transaction that opens their incident fails', async () => {
    now = NOW + 3_600_000;
    const cluster = await enrol(database());
    await silence(now);
    const one = next();
    await beat(cluster, one);
    const failing = database().transaction(async (db) => {
      await silentAgents(db, database().engine, now + 10 * MINUTE, { listeningSince: 0 });
      throw new Error('no incident');
    });
    await expect(failing).rejects.toThrow('no incident');
    expect((await silence(now + 10 * MINUTE)).silent.map(({ agent }) => agent)).toContain(one.agent);
  });

  it('are not silent towards a collector that was down itself', async () => {
    now = NOW + 7_200_000;
    const cluster = await enrol(database());
    await silence(now);
    const one = next();
    await beat(cluster, one);
    expect((await silence(now + 60 * MINUTE, now + 58 * MINUTE)).silent).toEqual([]);
    expect((await silence(now + 62 * MINUTE, now + 58 * MINUTE)).silent).toMatchObject([{ agent: one.agent, silentSince: now }]);
  });

  it('that never sent a heartbeat, or were retired, are not silent; speaking brings one back into service', async () => {
    now = NOW + 10_800_000;
    const cluster = await enrol(database());
    await silence(now);
    const [quiet, gone] = [next(), next()];
    await ingest().ingest(requestOf(cluster, quiet.line('inspection', inspection({ node: 'quiet' }), now / 1_000)));
    await ingest().ingest(
      requestOf(
        cluster,
        `${gone.line('heartbeat', heartbeat(), now / 1_000)}\n${gone.line('inspection', inspection({ node: 'gone', findings: [diskFinding('/data', 'gone')] }), now / 1_000)}`,
      ),
    );
    const caller = { actor: { kind: 'user', id: 'u' } as const, visibility: [cluster.customerId] };
    await expect(retireAgent(database(), { ...caller, visibility: [] }, cluster.clusterId, gone.agent, now)).rejects.toMatchObject({ code: 'not-found' });
    await retireAgent(database(), caller, cluster.clusterId, gone.agent, now + 1);
    expect((await silence(now + 60 * MINUTE)).silent).toEqual([]);
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
    expect((await listAgents(database().db, [cluster.customerId], { clusterId: cluster.clusterId })).map(({ agent }) => agent)).toEqual([quiet.agent]);
    expect((await listAudit(database().db, [cluster.customerId]))[0]).toMatchObject({ action: 'agent.retire', object: gone.agent });
    now += 60 * MINUTE;
    await beat(cluster, gone);
    expect(await listAgents(database().db, [cluster.customerId], { clusterId: cluster.clusterId })).toHaveLength(2);
    expect(await listAgents(database().db, [], { clusterId: cluster.clusterId })).toEqual([]);
  });

  it('are retired, not silent, when another one has taken their place; one that merely stands beside them has not', async () => {
    now = NOW + 14_400_000;
    const cluster = await enrol(database());
    await silence(now);
    const [before, other, after, replica, standby] = [next(), next(), next(), next(), next()];
    const say = async (one: Numbered, sender: Parameters<typeof heartbeat>[1]) =>
      await ingest().ingest(requestOf(cluster, one.line('heartbeat', heartbeat({}, sender), now / 1_000)));
    await say(before, { node: 'node-1' });
    await say(other, { node: 'node-2' });
    await say(replica, { role: 'cluster' });
    await say(standby, { role: 'cluster' });
    now += MINUTE;
    await say(after, { node: 'node-1' });
    await say(standby, { role: 'cluster' });
    now += 2.5 * MINUTE;
    await say(after, { node: 'node-1' });
    await say(standby, { role: 'cluster' });
    const { silent } = await silence(now);
    const ours = silent.filter(({ clusterId }) => clusterId === cluster.clusterId);
    expect(ours.map(({ agent }) => agent).sort()).toEqual([other.agent, replica.agent].sort());
    const agents = await listAgents(database().db, 'all', { clusterId: cluster.clusterId });
    expect(agents.map(({ agent }) => agent).sort()).toEqual([other.agent, after.agent, replica.agent, standby.agent].sort());
    expect((await listAudit(database().db, [cluster.customerId]))[0]).toMatchObject({ action: 'agent.retire', object: before.agent, details: { reason: 'replaced' } });
    // Late, but it comes: the silence that was told of is over.
    const late = next();
    now += MINUTE;
    await say(late, { node: 'node-2' });
    expect((await silence(now)).back.map(({ agent }) => agent)).toEqual([other.agent]);
  });

  it('go with their machine when the cluster has deleted it', async () => {
    now = NOW;
    const cluster = await enrol(database());
    const [kept, lost, leader] = [next(), next(), next()];
    now = NOW - 5 * MINUTE;
    await ingest().ingest(requestOf(cluster, kept.line('inspection', inspection({ node: 'node-1' }), now / 1_000)));
    await ingest().ingest(
      requestOf(cluster, lost.line('inspection', inspection({ node: 'node-99', takenAt: now / 1_000, findings: [diskFinding('/data', 'node-99')] }), now / 1_000)),
    );
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(1);
    now = NOW;
    await ingest().ingest(requestOf(cluster, leader.line('inspection', inspection({ role: 'cluster', epoch: 1 }))));
    const agents = await listAgents(database().db, 'all', { clusterId: cluster.clusterId, retired: true });
    expect(new Map(agents.map(({ agent, retiredAt }) => [agent, retiredAt]))).toEqual(
      new Map([
        [kept.agent, null],
        [lost.agent, NOW],
        [leader.agent, null],
      ]),
    );
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
  });

  it('stay when the list of machines is cut, or names them otherwise', async () => {
    now = NOW - 5 * MINUTE;
    const cluster = await enrol(database());
    const [one, leader] = [next(), next()];
    await ingest().ingest(requestOf(cluster, one.line('inspection', inspection({ node: 'node-99' }), now / 1_000)));
    now = NOW;
    const { nodes } = CLUSTER_SECTIONS;
    await ingest().ingest(
      requestOf(
        cluster,
        leader.line('inspection', inspection({ role: 'cluster', epoch: 1, sections: { ...CLUSTER_SECTIONS, ...(nodes && { nodes: { ...nodes, dropped: 1 } }) } })),
      ),
    );
    await ingest().ingest(requestOf(cluster, leader.line('inspection', inspection({ role: 'cluster', epoch: 1, takenAt: NOW / 1_000 + 1 }))));
    expect(await listAgents(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(2);
  });

  it('count into how much of a cluster is looked at', async () => {
    now = NOW;
    const cluster = await enrol(database());
    const [inspected, fresh] = [next(), next()];
    await ingest().ingest(requestOf(cluster, inspected.line('inspection', inspection({ node: 'node-1' }))));
    await beat(cluster, fresh);
    expect(await coverageOfCluster(database().db, 'all', cluster.clusterId, NOW + 31 * 3_600_000)).toEqual({
      agents: 2,
      silent: 0,
      stale: 1,
      neverInspected: 1,
      newestInspectionAt: NOW,
      oldestInspectionAt: NOW,
    });
    expect(await coverageOfCluster(database().db, [], cluster.clusterId, NOW)).toMatchObject({ agents: 0, newestInspectionAt: null });
  });
});
