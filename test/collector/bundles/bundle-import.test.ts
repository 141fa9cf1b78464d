import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { readPart } from '../../../agent/bundle/read-part.ts';
import type { Signal } from '../../../agent/wire/signal.ts';
import { BundleImport, type CarriedPart, type PartResult } from '../../../collector/bundles/bundle-import.ts';
import type { ClusterIdentity } from '../../../collector/ingest/apply.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { prune, retentionOf } from '../../../collector/retention/retention.ts';
import { storedPayloads } from '../../../collector/store/carried-store.ts';
import type { Database } from '../../../collector/store/database.ts';
import { listSnapshots } from '../../../collector/store/snapshot-store.ts';
import { bundleOf, carriedOf, ORIGIN, signer } from '../../support/bundle-kit.ts';
import { testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { diskFinding, inspection, NOW, Numbered, requestOf, signals } from '../../support/payloads.ts';

const SECONDS = NOW / 1_000;
const DAY_MS = 86_400_000;
const ACTOR = { kind: 'system', name: 'test' } as const;
const firing = (at = SECONDS): Signal => ({ ...diskFinding(), state: 'firing', since: at - 60, at, flapping: false, maintenance: false });
let agents = 0;
function nextAgent(): string {
  agents += 1;
  return agents.toString(16);
}

async function importingInto(database: Database, cluster: ClusterIdentity, now = NOW): Promise<BundleImport> {
  const { wired } = await testCollector(database, {}, {}, { now: () => now });
  return new BundleImport({ database, ingest: wired.ingest, cluster, actor: ACTOR, now: () => now });
}
/** As the command does: the whole part is read first, then it is taken. */
async function importFile(importing: BundleImport, path: string, trust: string): Promise<PartResult | string> {
  const { manifest, keyId } = await readPart(path, {});
  const part: CarriedPart = {
    ...{ bundleId: manifest.bundle.id, part: manifest.part, parts: manifest.bundle.parts, madeAt: manifest.bundle.createdAt * 1_000, keyId, origin: manifest.bundle.origin.id },
    payloads: manifest.payloads.length,
  };
  const admission = await importing.admit(part, trust);
  if (admission !== 'admitted') return admission;
  return await importing.take(part, async (sink) => void (await readPart(path, { keyId }, { onPayload: async ({ rawBytes }, body) => await sink(body, rawBytes) })));
}

onBothEngines('importing bundles', (database) => {
  it('is idempotent, takes parts in any order, and says which are missing', async () => {
    const cluster = await enrol(database());
    const agent = nextAgent();
    const list = Array.from({ length: 12 }, (_none, index) => carriedOf('inspection', inspection({ node: `node-${index}`, takenAt: SECONDS - index }), index + 1, agent.slice(-1)));
    const { paths, keyId } = await bundleOf(list, { splitBytes: 64 * 1_024, origin: { kind: 'host', id: agent.padStart(32, '0') } });
    expect(paths.length).toBeGreaterThan(1);
    const importing = await importingInto(database(), cluster);
    const [first = '', ...rest] = paths;
    const results: PartResult[] = [];
    for (const path of [...rest.toReversed(), first]) results.push((await importFile(importing, path, keyId)) as PartResult);
    expect(results[0]?.missing).toEqual(paths.map((_path, index) => index + 1).slice(0, -1));
    expect(results.at(-1)?.missing).toEqual([]);
    expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(list.length);
    const before = await database().db.selectFrom('rollups').selectAll().where('cluster_id', '=', cluster.clusterId).execute();
    const again = (await importFile(importing, first, keyId)) as PartResult;
    expect(again).toMatchObject({ accepted: 0, refused: 0 });
    expect(await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(list.length);
    expect(await database().db.selectFrom('rollups').selectAll().where('cluster_id', '=', cluster.clusterId).execute()).toEqual(before);
  });

  it('opens incidents for what held when the bundle was made, however long it was on its way, and none for what was over', async () => {
    const cluster = await enrol(database());
    const made = SECONDS;
    const batch = signals([firing(made - 300)], { at: made - 300, complete: true });
    const old: Signal = { ...firing(made - 3 * 86_400), scope: { kind: 'Mount', name: '/old', node: 'node-1' } };
    const { paths, keyId } = await bundleOf([carriedOf('signals', signals([old], { at: old.at }), 1, '5', old.at), carriedOf('signals', batch, 2, '5', made - 300)], {
      origin: { kind: 'host', id: '5'.repeat(32) },
      now: made,
    });
    const later = NOW + 4 * DAY_MS;
    const importing = await importingInto(database(), cluster, later);
    expect(await importFile(importing, paths[0] ?? '', keyId)).toMatchObject({ accepted: 2 });
    const incidents = await database().db.selectFrom('incidents').select(['rule', 'opened_at', 'scope']).where('cluster_id', '=', cluster.clusterId).execute();
    expect(incidents).toHaveLength(1);
    // The clock of the contract begins when the vendor could know.
    expect(incidents[0]).toMatchObject({ rule: 'disk-space-low', opened_at: later });
    const [agent] = await database().db.selectFrom('agents').select(['skew_ms', 'silent_since']).where('cluster_id', '=', cluster.clusterId).execute();
    expect(agent).toEqual({ skew_ms: null, silent_since: null });
  });

  it('takes a site for the cluster that a person confirmed it for, and for no other', async () => {
    const [mine, other] = [await enrol(database(), '甲'), await enrol(database(), '乙')];
    const own = signer();
    const origin = { kind: 'collector', id: crypto.randomUUID() } as const;
    const { paths, keyId } = await bundleOf([carriedOf('inspection', inspection(), 1, '6')], { signer: own, origin });
    const [path = ''] = paths;
    expect(await importFile(await importingInto(database(), mine), path, signer().keyId)).toBe('unknown-key');
    expect(await importFile(await importingInto(database(), mine), path, keyId)).toMatchObject({ accepted: 1 });
    expect(await importFile(await importingInto(database(), other), path, keyId)).toBe('foreign-cluster');
    expect(await listSnapshots(database().db, 'all', { clusterId: other.clusterId })).toHaveLength(0);
    const audit = await database().db.selectFrom('audit').select('action').where('customer_id', '=', mine.customerId).execute();
    expect(audit.map(({ action }) => action)).toEqual(['bundle.trust', 'bundle.import']);
  });

  it('still knows what came months ago, when the receipts of other clusters have gone', async () => {
    const [carried, direct] = [await enrol(database()), await enrol(database())];
    const payload = carriedOf('inspection', inspection(), 1, '7');
    const first = await bundleOf([payload], { origin: { kind: 'host', id: '7'.repeat(32) } });
    await importFile(await importingInto(database(), carried), first.paths[0] ?? '', first.keyId);
    const ingest = new Ingest({ database: database(), now: () => NOW, onSignals: async () => undefined, threads: 0 });
    await ingest.ingest(requestOf(direct, new Numbered(0x77).line('inspection', inspection())));
    const later = NOW + 100 * DAY_MS;
    await prune(database(), retentionOf(), later);
    const kept = await database().db.selectFrom('receipts').select('cluster_id').where('cluster_id', 'in', [carried.clusterId, direct.clusterId]).execute();
    expect(kept.map(({ cluster_id }) => cluster_id)).toEqual([carried.clusterId]);
    const second = await bundleOf([payload], { origin: { kind: 'host', id: '7'.repeat(32) } });
    expect(await importFile(await importingInto(database(), carried, later), second.paths[0] ?? '', second.keyId)).toMatchObject({ accepted: 0, duplicates: 1 });
  });
});

onBothEngines('what a collector can carry on', (database) => {
  it('is every inspection and every batch of signals byte for byte, with its id, within the period', async () => {
    const cluster = await enrol(database());
    const ingest = new Ingest({ database: database(), now: () => NOW, onSignals: async () => undefined, threads: 0 });
    const one = new Numbered(0x99);
    const sealed = [inspection(), inspection({ node: 'node-2', findings: [diskFinding()] })];
    const batch = signals([firing()]);
    await ingest.ingest(requestOf(cluster, `${sealed.map((payload) => one.line('inspection', payload)).join('\n')}\n${one.line('signals', batch)}\n`));
    const all = [];
    for await (const stored of storedPayloads(database().db, cluster.clusterId, { to: NOW + 1 })) all.push(stored);
    expect(all.map(({ json }) => json).sort()).toEqual([...sealed, batch].map(({ json }) => json).sort());
    expect(all.map(({ header: { agent, seq, kind } }) => `${agent === one.agent} ${kind} ${seq}`).sort()).toEqual(['true inspection 1', 'true inspection 2', 'true signals 3']);
    const none = [];
    for await (const stored of storedPayloads(database().db, cluster.clusterId, { to: NOW })) none.push(stored);
    expect(none).toEqual([]);
    const { paths } = await bundleOf(all, { origin: ORIGIN });
    const seen: string[] = [];
    await readPart(paths[0] ?? '', {}, { onPayload: async (_payload, body) => void seen.push(gunzipSync(body).toString()) });
    expect(seen).toHaveLength(3);
  });
});
