import { expect, it } from 'vitest';
import type { RequestReport, Takes } from '../../../agent/wire/request.ts';
import { InspectNow, LEAST_APART_MS, REQUEST_VALID_MS } from '../../../collector/fleet/inspect-now.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { listAudit } from '../../../collector/store/audit-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { heartbeat, inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';

type Cluster = Awaited<ReturnType<typeof enrol>>;
const CALLER = { actor: { kind: 'user', id: 'ann', name: 'Ann' }, visibility: 'all' } as const;
let number = 60_000;

onBothEngines('an inspection asked for ahead of its time', (database) => {
  let now = NOW;
  /** Another collector on the same database each time. */
  const collector = (): { readonly desk: InspectNow; readonly ingest: Ingest } => {
    const desk = new InspectNow(database());
    const requestsFor = (clusterId: string, agent: string, at: number) => desk.requestsFor(clusterId, agent, at);
    return { desk, ingest: new Ingest({ database: database(), now: () => now, onSignals: async () => undefined, threads: 0, requestsFor }) };
  };
  const beat = async (cluster: Cluster, one: Numbered, says: { takes?: Takes; request?: RequestReport }, sender: Parameters<typeof heartbeat>[1] = {}) =>
    (await collector().ingest.ingest(requestOf(cluster, one.line('heartbeat', heartbeat(says, sender), now / 1_000)))).requests ?? [];
  const stages = async (cluster: Cluster) => {
    const { stages: found, isOver } = await collector().desk.progress('all', cluster.clusterId, now);
    return [...found.map(({ stage, refusal, agents }) => `${agents} ${stage}${refusal === null ? '' : ` ${refusal}`}`).sort(), isOver];
  };

  it('goes to every agent that takes it, until that has answered, whichever collector was asked, and is over when the results are there', async () => {
    now = NOW;
    const cluster = await enrol(database());
    const [one, two, old, closed] = [1, 2, 3, 4].map(() => new Numbered(number++)) as [Numbered, Numbered, Numbered, Numbered];
    expect(await beat(cluster, one, { takes: 'inspect' })).toEqual([]);
    await beat(cluster, two, { takes: 'inspect' }, { node: 'node-2' });
    await beat(cluster, old, {}, { node: 'node-3' });
    await beat(cluster, closed, { takes: 'none' }, { node: 'node-4' });
    const { id } = await collector().desk.ask(CALLER, cluster.clusterId, now);
    now += 5_000;
    const [asked] = await beat(cluster, one, { takes: 'inspect' });
    expect(asked).toEqual({ id, kind: 'inspect', validSeconds: (REQUEST_VALID_MS - 5_000) / 1_000 });
    expect(await beat(cluster, one, { takes: 'inspect' })).toEqual([asked]); // the answer may have been lost
    expect(await beat(cluster, old, {}, { node: 'node-3' })).toEqual([]);
    expect(await beat(cluster, closed, { takes: 'none' }, { node: 'node-4' })).toEqual([]);
    expect(await stages(cluster)).toEqual(['1 handed', '1 not-allowed', '1 unaware', '1 waiting', false]);

    expect(await beat(cluster, one, { takes: 'inspect', request: { id, state: 'inspecting' } })).toEqual([]);
    await beat(cluster, one, { takes: 'inspect', request: { id, state: 'accepted' } }); // arrives late
    expect(await stages(cluster)).toEqual(['1 inspecting', '1 not-allowed', '1 unaware', '1 waiting', false]);
    await beat(cluster, two, { takes: 'inspect' }, { node: 'node-2' });
    await beat(cluster, two, { takes: 'inspect', request: { id, state: 'refused', refusal: 'too-often' } }, { node: 'node-2' });
    await beat(cluster, one, { takes: 'inspect', request: { id, state: 'inspected' } });
    expect(await stages(cluster)).toEqual(['1 inspected', '1 not-allowed', '1 refused too-often', '1 unaware', false]);
    await collector().ingest.ingest(requestOf(cluster, one.line('inspection', inspection(), now / 1_000)));
    expect(await stages(cluster)).toEqual(['1 not-allowed', '1 received', '1 refused too-often', '1 unaware', true]);
    expect((await listAudit(database().db, 'all', {})).filter(({ action }) => action === 'inspection.request')).toHaveLength(1);
  });

  it('is asked of the replica that leads, and what a replaced one says about it does not count', async () => {
    now = NOW + 3_600_000;
    const cluster = await enrol(database());
    const [first, second] = [new Numbered(number++), new Numbered(number++)];
    const as = (epoch: number) => ({ role: 'cluster', epoch }) as const;
    await beat(cluster, first, { takes: 'inspect' }, as(1));
    await beat(cluster, second, { takes: 'inspect' }, as(0));
    const { id } = await collector().desk.ask(CALLER, cluster.clusterId, now);
    expect(await beat(cluster, second, { takes: 'inspect' }, as(0))).toEqual([]);
    expect(await beat(cluster, first, { takes: 'inspect' }, as(1))).toHaveLength(1);
    await beat(cluster, first, { takes: 'inspect', request: { id, state: 'inspecting' } }, as(1));
    expect(await beat(cluster, second, { takes: 'inspect' }, as(2))).toHaveLength(1); // it leads now, and begins anew
    await beat(cluster, first, { takes: 'inspect', request: { id, state: 'inspected' } }, as(1));
    expect(await stages(cluster)).toEqual(['1 handed', false]);
    await beat(cluster, second, { takes: 'inspect', request: { id, state: 'inspected' } }, as(2));
    await collector().ingest.ingest(requestOf(cluster, second.line('inspection', inspection({ role: 'cluster', epoch: 2 }), now / 1_000)));
    expect(await stages(cluster)).toEqual(['1 received', true]);
  });

  it('is asked for once in ten minutes, by one of those who ask at the same moment, and ends by itself', async () => {
    now = NOW + 7_200_000;
    const cluster = await enrol(database());
    const foreign = await enrol(database());
    const one = new Numbered(number++);
    await expect(collector().desk.ask(CALLER, cluster.clusterId, now)).rejects.toMatchObject({ code: 'conflict' });
    await beat(cluster, one, { takes: 'inspect' });
    const asked = await Promise.allSettled([1, 2, 3].map(() => collector().desk.ask(CALLER, cluster.clusterId, now)));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(asked.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []))).toEqual(['too-many', 'too-many']);
    const { id } = (await collector().desk.progress('all', cluster.clusterId, now)).request ?? {};
    // Another cluster's agent can say nothing about it.
    await beat(foreign, new Numbered(number++), { takes: 'inspect', request: { id: id ?? 0, state: 'inspected' } });
    expect(await stages(cluster)).toEqual(['1 waiting', false]);
    now += REQUEST_VALID_MS;
    expect(await beat(cluster, one, { takes: 'inspect' })).toEqual([]);
    expect(await stages(cluster)).toEqual(['1 waiting', true]);
    expect(LEAST_APART_MS).toBeLessThan(REQUEST_VALID_MS);
    await expect(collector().desk.ask({ ...CALLER, visibility: [] }, cluster.clusterId, now)).rejects.toMatchObject({ code: 'not-found' });
    await collector().desk.ask(CALLER, cluster.clusterId, now);
  });
});
