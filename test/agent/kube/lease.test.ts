import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../agent/kube/connection.ts';
import { readCredential } from '../../../agent/kube/credential.ts';
import { LeaderLease } from '../../../agent/kube/lease.ts';
import { type ApiServer, NO_API_SERVER, startApiServer } from '../../support/api-server.ts';

describe.skipIf(NO_API_SERVER !== '')(`the Lease on a real API server${NO_API_SERVER && ` (skipped: ${NO_API_SERVER})`}`, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startApiServer();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });

  const epochs: number[] = [];
  const minutes = (): number => Math.floor(Date.now() / 60_000);

  async function replica(
    identity: string,
    log: string[],
    times = { durationMs: 2_000, renewDeadlineMs: 1_200, retryMs: 200 },
  ): Promise<{ stop: AbortController; done: Promise<void> }> {
    const connection = connect(await readCredential({ kind: 'files', paths: [server.kubeconfig] }));
    const lease = new LeaderLease(connection, { namespace: 'default', name: 'test-lease', identity, ...times, now: Date.now, clock: () => performance.now(), random: () => 0 });
    const stop = new AbortController();
    const done = lease.run(
      async (epoch, signal) => {
        epochs.push(epoch);
        log.push(`${identity} leads`);
        await sleep(60_000, undefined, { signal }).catch(() => undefined);
        log.push(`${identity} ends`);
      },
      () => undefined,
      stop.signal,
    );
    return { stop, done };
  }
  async function until(condition: () => boolean): Promise<void> {
    for (let i = 0; i < 100 && !condition(); i += 1) await sleep(100);
    expect(condition()).toBe(true);
  }

  it('lets one lead, hands over on stop with a higher epoch, and never lets two lead', async () => {
    const log: string[] = [];
    const a = await replica('a', log);
    await until(() => log.length === 1);
    const b = await replica('b', log);
    await sleep(2_500); // longer than the lease: a must have renewed it
    expect(log).toEqual(['a leads']);
    a.stop.abort();
    await a.done;
    await until(() => log.some((line) => line.startsWith('b leads')));
    expect(epochs[1]).toBeGreaterThan(epochs[0] ?? 0);
    expect(log).toEqual(['a leads', 'a ends', 'b leads']);
    b.stop.abort();
    await b.done;
  });
  it('takes over from a holder that died without a word, after the lease ran out', async () => {
    const dead = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'test-lease', namespace: 'default' } };
    const { data } = await server.http.get<{ metadata: object; spec: object }>('/apis/coordination.k8s.io/v1/namespaces/default/leases/test-lease');
    const time = new Date().toISOString().replace('Z', '000Z');
    await server.http.put('/apis/coordination.k8s.io/v1/namespaces/default/leases/test-lease', {
      ...dead,
      metadata: data.metadata,
      spec: { holderIdentity: 'ghost', leaseDurationSeconds: 2, acquireTime: time, renewTime: time, leaseTransitions: 41 },
    });
    const log: string[] = [];
    const began = performance.now();
    const c = await replica('c', log);
    await until(() => log.length === 1);
    expect(performance.now() - began).toBeGreaterThan(1_900);
    expect(log).toEqual(['c leads']);
    expect(epochs.at(-1)).toBeGreaterThanOrEqual(minutes() - 5);
    // Somebody else writes himself in: the leader must stop although it can still reach the server.
    const { data: current } = await server.http.get<{ spec: object }>('/apis/coordination.k8s.io/v1/namespaces/default/leases/test-lease');
    await server.http.put('/apis/coordination.k8s.io/v1/namespaces/default/leases/test-lease', {
      ...current,
      spec: { holderIdentity: 'thief', leaseDurationSeconds: 30, acquireTime: time, renewTime: time, leaseTransitions: 43 },
    });
    await until(() => log.includes('c ends'));
    c.stop.abort();
    await c.done;
  });
  it('begins above every earlier epoch when its Lease was deleted and made again, empty or not at all', async () => {
    const path = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
    for (const lease of [undefined, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'test-lease' } }]) {
      await server.http.delete(`${path}/test-lease`);
      if (lease) await server.http.post(path, lease);
      const log: string[] = [];
      const one = await replica('e', log);
      await until(() => log.length === 1);
      expect(epochs.at(-1)).toBeGreaterThanOrEqual(minutes() - 1);
      one.stop.abort();
      await one.done;
    }
  });
  it('stops leading when the API server is gone', async () => {
    await server.http.delete('/apis/coordination.k8s.io/v1/namespaces/default/leases/test-lease');
    const log: string[] = [];
    const d = await replica('d', log);
    await until(() => log.length === 1);
    await server.stopServer();
    await until(() => log.includes('d ends'));
    d.stop.abort();
    await d.done;
  });
});
