import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Signal } from '../../../agent/wire/signal.ts';
import type { Origin } from '../../../collector/ingest/apply.ts';
import { Ingest, type IngestOptions } from '../../../collector/ingest/ingest.ts';
import type { Database } from '../../../collector/store/database.ts';
import { listFindings } from '../../../collector/store/finding-store.ts';
import { listQuarantine } from '../../../collector/store/quarantine-store.ts';
import { readSeries } from '../../../collector/store/rollup-store.ts';
import { listSnapshots, readSnapshot } from '../../../collector/store/snapshot-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { diskFinding, heartbeat, inspection, NOW, Numbered, pseudonymOf, requestOf, signals } from '../../support/payloads.ts';

const SECONDS = NOW / 1_000;
let numbering = 100;
function agent(): Numbered {
  numbering += 1;
  return new Numbered(numbering);
}
const firing: Signal = { ...diskFinding(), state: 'firing', since: SECONDS - 60, at: SECONDS, flapping: false, maintenance: false };

function ingestOf(database: Database, options: Partial<IngestOptions> = {}): Ingest {
  return new Ingest({ database, now: () => NOW, onSignals: async () => undefined, threads: 0, ...options });
}

onBothEngines('ingest', (database) => {
  it('answers accepted after the commit, and gives the original receipt to replays', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const one = agent();
    const body = `${one.line('inspection', inspection())}\n${one.line('heartbeat', heartbeat())}\n`;
    const first = await ingest.ingest(requestOf(cluster, body));
    expect(first.receipts.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
    expect(first.receipts[0]?.id).toBe(`${one.agent}.${one.boot}.1`);
    const second = await ingest.ingest(requestOf(cluster, body));
    expect(second.receipts).toEqual(first.receipts.map((receipt) => ({ ...receipt, status: 'duplicate' })));
    expect(await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(1);
  });

  it('keeps the snapshot as it travelled, with score and coverage', async () => {
    const cluster = await enrol(database());
    const sealed = inspection({ findings: [diskFinding()] });
    await ingestOf(database()).ingest(requestOf(cluster, agent().line('inspection', sealed)));
    const [snapshot] = await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId });
    expect(snapshot).toMatchObject({ role: 'node', takenAt: NOW, receivedAt: NOW, sha256: sealed.sha256, score: 97, coverage: 100, bytes: Buffer.byteLength(sealed.json) });
    expect(await readSnapshot(database().db, 'all', snapshot?.id ?? '')).toBe(sealed.json);
  });

  it('keeps what arrived as one gzip without packing it again, packs the rest, and gives each back byte for byte', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const sealed = [0, 1, 2, 3].map((at) => inspection({ node: `node-${at}` }));
    const line = (at: number): string => `${agent().line('inspection', sealed[at] ?? inspection())}\n`;
    const alone = gzipSync(line(0), { level: 9 });
    await ingest.ingest(requestOf(cluster, alone));
    await ingest.ingest(requestOf(cluster, Buffer.concat([gzipSync(line(1)), gzipSync(line(2))])));
    await ingest.ingest(requestOf(cluster, Buffer.from(line(3)), { contentEncoding: 'identity' }));
    const rows = await database().db.selectFrom('snapshots').select(['id', 'sha256', 'body']).where('cluster_id', '=', cluster.clusterId).execute();
    expect(rows).toHaveLength(4);
    for (const { json, sha256 } of sealed) {
      const row = rows.find((one) => one.sha256 === sha256);
      expect(await readSnapshot(database().db, 'all', row?.id ?? '')).toBe(json);
      expect((row?.body.length ?? 0) * 3).toBeLessThan(json.length);
    }
    expect(rows.some(({ body }) => alone.equals(body))).toBe(true);
    // Hardly compressed: packed again.
    const loose = inspection({ node: 'node-loose' });
    await ingest.ingest(requestOf(cluster, gzipSync(agent().line('inspection', loose), { level: 0 })));
    const kept = await database()
      .db.selectFrom('snapshots')
      .select(['id', 'body'])
      .where('cluster_id', '=', cluster.clusterId)
      .where('sha256', '=', loose.sha256)
      .executeTakeFirstOrThrow();
    expect(kept.body.length * 3).toBeLessThan(loose.json.length);
    expect(await readSnapshot(database().db, 'all', kept.id)).toBe(loose.json);
  });

  it('writes what arrives together in few transactions', async () => {
    const cluster = await enrol(database());
    const groups: number[] = [];
    const metrics = { received: () => undefined, receipt: () => undefined, group: (items: number) => groups.push(items) };
    await using ingest = ingestOf(database(), { threads: 2, metrics });
    const send = async (): Promise<unknown> => await ingest.ingest(requestOf(cluster, agent().line('inspection', inspection())));
    await send(); // the threads are there
    await Promise.all(Array.from({ length: 60 }, send));
    expect(groups.reduce((sum, items) => sum + items, 0)).toBe(61);
    expect(groups.length).toBeLessThan(25);
  });

  it('refuses the same id with other bytes, and an id whose digest is wrong', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const one = agent();
    await ingest.ingest(requestOf(cluster, one.line('heartbeat', heartbeat())));
    one.seq = 0;
    const other = await ingest.ingest(requestOf(cluster, one.line('heartbeat', heartbeat({ activeSignals: 5 }))));
    expect(other.receipts).toMatchObject([{ status: 'refused', reason: 'digest' }]);
    const forged = one.line('heartbeat', { ...heartbeat(), sha256: '0'.repeat(64) });
    expect((await ingest.ingest(requestOf(cluster, forged))).receipts).toMatchObject([{ status: 'refused', reason: 'digest' }]);
    // The right bytes under the forged id are still welcome.
    one.seq -= 1;
    expect((await ingest.ingest(requestOf(cluster, one.line('heartbeat', heartbeat())))).receipts).toMatchObject([{ status: 'accepted' }]);
  });

  it('takes an id once however often, in whatever order and from however many callers it comes', async () => {
    const cluster = await enrol(database());
    const heard: number[] = [];
    const ingests = [0, 1].map(() => ingestOf(database(), { onSignals: async (_db, { seq }) => void heard.push(seq) }));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(
          Array.from({ length: 12 }, (_, index) => index),
          { minLength: 12 },
        ),
        async (order) => {
          heard.length = 0;
          const one = agent();
          const lines = [1, 2, 3, 4].map((number) => one.line('signals', signals([{ ...firing, at: SECONDS + number }])));
          const answers = await Promise.all(order.map(async (place, index) => await ingests[index % 2]?.ingest(requestOf(cluster, lines[place % 4] ?? ''))));
          const states = answers.flatMap((answer) => answer?.receipts.map(({ status }) => status) ?? []);
          expect(states.filter((status) => status === 'accepted')).toHaveLength(4);
          expect(states.filter((status) => status === 'duplicate')).toHaveLength(8);
          expect(heard.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('finds, doubts and ends: a check that gave no answer ends nothing', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const one = agent();
    const tell = async (seconds: number, changes: Parameters<typeof inspection>[0]): Promise<void> => {
      const { receipts } = await ingest.ingest(requestOf(cluster, one.line('inspection', inspection({ takenAt: SECONDS + seconds, ...changes }))));
      expect(receipts).toMatchObject([{ status: 'accepted' }]);
    };
    const open = async () => await listFindings(database().db, 'all', { clusterId: cluster.clusterId });
    await tell(-500, { findings: [diskFinding(), diskFinding('/var/log')] });
    expect(await open()).toHaveLength(2);
    expect((await open())[0]).toMatchObject({
      check: 'disk-space-low',
      severity: 'warning',
      observed: 91,
      threshold: 85,
      firstSeenAt: NOW - 500_000,
      unknownSince: null,
      scope: { node: pseudonymOf('node-1') },
    });
    await tell(-400, { verdicts: { 'disk-space-low': 'unknown' } });
    expect((await open()).map(({ unknownSince }) => unknownSince)).toEqual([NOW - 400_000, NOW - 400_000]);
    await tell(-300, { verdicts: { 'disk-space-low': undefined } });
    expect(await open()).toHaveLength(2);
    await tell(-200, { findings: [diskFinding()] });
    expect(await open()).toMatchObject([{ unknownSince: null, firstSeenAt: NOW - 500_000, lastSeenAt: NOW - 200_000, goneAt: null }]);
    await tell(-100, {});
    expect(await open()).toEqual([]);
    await tell(-50, { findings: [diskFinding()] });
    expect(await open()).toMatchObject([{ firstSeenAt: NOW - 50_000 }]);
  });

  it('leaves findings of other agents alone', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    await ingest.ingest(requestOf(cluster, agent().line('inspection', inspection({ node: 'node-1', findings: [diskFinding('/data', 'node-1')] }))));
    await ingest.ingest(requestOf(cluster, agent().line('inspection', inspection({ node: 'node-2' }))));
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(1);
  });

  it('takes late inspections as history only', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const one = agent();
    const [older, newer] = [inspection({ takenAt: SECONDS - 7_200, findings: [diskFinding()] }), inspection({ takenAt: SECONDS - 60 })];
    const lines = [one.line('inspection', older), one.line('inspection', newer)];
    await ingest.ingest(requestOf(cluster, lines[1] ?? ''));
    await ingest.ingest(requestOf(cluster, lines[0] ?? ''));
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId, open: false })).toMatchObject([{ goneAt: NOW - 7_200_000 }]);
    expect(await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(2);
  });

  it('orders the inspections of one process by its count, whatever its clock does', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const one = agent();
    await ingest.ingest(requestOf(cluster, one.line('inspection', inspection({ takenAt: SECONDS + 86_400, findings: [diskFinding()] }))));
    await ingest.ingest(requestOf(cluster, one.line('inspection', inspection({ takenAt: SECONDS - 86_400 }))));
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
  });

  it('believes the newest leader: an older epoch is history, and its signals say so', async () => {
    const cluster = await enrol(database());
    const origins: Origin[] = [];
    const ingest = ingestOf(database(), { onSignals: async (_db, origin) => void origins.push(origin) });
    const [old, fresh] = [agent(), agent()];
    const finding = { check: 'control-plane-audit-off', area: 'control-plane', severity: 'warning', unit: 'count', scope: { kind: 'Cluster', name: 'cluster' } } as const;
    await ingest.ingest(requestOf(cluster, old.line('inspection', inspection({ role: 'cluster', epoch: 3, findings: [finding] }))));
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(1);
    await ingest.ingest(requestOf(cluster, fresh.line('inspection', inspection({ role: 'cluster', epoch: 4, takenAt: SECONDS - 100 }))));
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
    await ingest.ingest(requestOf(cluster, old.line('inspection', inspection({ role: 'cluster', epoch: 3, takenAt: SECONDS + 5, findings: [finding] }))));
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
    await ingest.ingest(requestOf(cluster, old.line('signals', signals([], { role: 'cluster', epoch: 3 }))));
    await ingest.ingest(requestOf(cluster, fresh.line('signals', signals([], { role: 'cluster', epoch: 4 }))));
    expect(origins.map(({ fenced }) => fenced)).toEqual([true, false]);
    expect(origins[1]).toMatchObject({ ...cluster, agent: fresh.agent, role: 'cluster', epoch: 4, receivedAt: NOW, keptAt: NOW });
  });

  it('folds series into hours and days, late ones into their own', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const one = agent();
    for (const seconds of [0, -30, -3_600])
      await ingest.ingest(requestOf(cluster, one.line('inspection', inspection({ takenAt: SECONDS + 1_800 + seconds - 3_600, findings: seconds === 0 ? [diskFinding()] : [] }))));
    const read = async (series: string, resolution: 'h' | 'd') =>
      await readSeries(database().db, 'all', { clusterId: cluster.clusterId, series, resolution, from: NOW - 2 * 86_400_000, to: NOW + 86_400_000 });
    const node = pseudonymOf('node-1');
    expect(await read(`cpu.used-percent|${node}`, 'h')).toMatchObject([
      { samples: 1, mean: 16 },
      { samples: 2, mean: 16, minimum: 16, maximum: 16 },
    ]);
    expect(await read(`findings.warning|${node}`, 'd')).toMatchObject([{ at: NOW - 86_400_000, samples: 3, minimum: 0, maximum: 1, last: 1 }]);
  });

  it('rolls everything back when the transaction fails, and takes the payload when it is sent again', async () => {
    const cluster = await enrol(database());
    const broken = ingestOf({
      ...database(),
      transaction: async (work) =>
        await database().transaction(async (db) => {
          await work(db);
          throw Object.assign(new Error('the disk went away before the commit'), { code: '57P02' });
        }),
    });
    const one = agent();
    const line = one.line('inspection', inspection({ findings: [diskFinding()] }));
    await expect(broken.ingest(requestOf(cluster, line))).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: expect.any(Number) });
    expect(await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
    expect(await listFindings(database().db, 'all', { clusterId: cluster.clusterId })).toEqual([]);
    expect((await ingestOf(database()).ingest(requestOf(cluster, line))).receipts).toMatchObject([{ status: 'accepted' }]);
  });

  it('sets aside the one payload that cannot be written, and takes its neighbours', async () => {
    const cluster = await enrol(database());
    const failures: unknown[] = [];
    const ingest = ingestOf(database(), {
      onFailure: (error) => failures.push(error),
      onSignals: async (_db, _origin, { complete }) => {
        if (complete) throw new Error('the engine does not take this one');
      },
    });
    const one = agent();
    const body = [one.line('heartbeat', heartbeat()), one.line('signals', signals([firing], { complete: true })), one.line('signals', signals([firing]))].join('\n');
    expect((await ingest.ingest(requestOf(cluster, body))).receipts.map(({ status }) => status)).toEqual(['accepted', 'quarantined', 'accepted']);
    expect(failures).toHaveLength(1);
    expect(await listQuarantine(database().db, [cluster.customerId])).toMatchObject([{ kind: 'signals', reason: 'failed' }]);
  });

  it('pushes back when too much waits', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database(), { limits: { requests: 1 } });
    const [first, second] = await Promise.allSettled([1, 2].map(async () => await ingest.ingest(requestOf(cluster, agent().line('heartbeat', heartbeat())))));
    expect(first?.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'too-many', retryAfterSeconds: expect.any(Number) } });
    const narrow = ingestOf(database(), { limits: { waitingBytes: 10 } });
    await expect(narrow.ingest(requestOf(cluster, agent().line('heartbeat', heartbeat())))).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('estimates how far a clock is off: fast at once, slow only when it stays so', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const one = agent();
    const skew = async (): Promise<number | null | undefined> =>
      (await database().db.selectFrom('agents').select('skew_ms').where('agent', '=', one.agent).executeTakeFirst())?.skew_ms;
    await ingest.ingest(requestOf(cluster, one.line('heartbeat', heartbeat(), SECONDS)));
    expect(Math.abs((await skew()) ?? 9_999)).toBeLessThan(1_000);
    await ingest.ingest(requestOf(cluster, one.line('heartbeat', heartbeat(), SECONDS + 600)));
    expect(await skew()).toBe(600_500);
    await ingest.ingest(requestOf(cluster, one.line('heartbeat', heartbeat(), SECONDS)));
    expect(await skew()).toBeGreaterThan(400_000);
  });

  it('does not let one cluster see or touch the other', async () => {
    const [ours, theirs] = [await enrol(database()), await enrol(database())];
    const ingest = ingestOf(database());
    const one = agent();
    const line = one.line('inspection', inspection({ findings: [diskFinding()] }));
    await ingest.ingest(requestOf(ours, line));
    // The same agent id and bytes under another cluster's credential are that cluster's own payload.
    expect((await ingest.ingest(requestOf(theirs, line))).receipts).toMatchObject([{ status: 'accepted' }]);
    one.boot = 'c'.repeat(16);
    await ingest.ingest(requestOf(theirs, one.line('inspection', inspection({ takenAt: SECONDS + 5 }))));
    expect(await listFindings(database().db, [ours.customerId], {})).toHaveLength(1);
    expect(await listFindings(database().db, [theirs.customerId], {})).toEqual([]);
    expect(await listFindings(database().db, [theirs.customerId], { clusterId: ours.clusterId })).toEqual([]);
    const [snapshot] = await listSnapshots(database().db, [ours.customerId], { clusterId: ours.clusterId });
    expect(await readSnapshot(database().db, [theirs.customerId], snapshot?.id ?? '')).toBeUndefined();
    expect(await listSnapshots(database().db, [], { clusterId: ours.clusterId })).toEqual([]);
  });

  it('takes plain bodies and nothing of another type', async () => {
    const cluster = await enrol(database());
    const ingest = ingestOf(database());
    const plain = requestOf(cluster, Buffer.from(agent().line('heartbeat', heartbeat())), { contentEncoding: undefined, contentType: 'application/x-ndjson; charset=utf-8' });
    expect((await ingest.ingest(plain)).receipts).toMatchObject([{ status: 'accepted' }]);
    await expect(ingest.ingest(requestOf(cluster, 'x', { contentType: 'application/json' }))).rejects.toMatchObject({ code: 'unsupported' });
    await expect(ingest.ingest(requestOf(cluster, gzipSync('x'), { contentEncoding: 'br' }))).rejects.toMatchObject({ code: 'unsupported' });
  });
});
