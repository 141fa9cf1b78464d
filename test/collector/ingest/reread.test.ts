import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { isReadable, lift } from '../../../collector/ingest/lift.ts';
import { rereadQuarantine } from '../../../collector/ingest/reread.ts';
import { listQuarantine } from '../../../collector/store/quarantine-store.ts';
import { listSnapshots } from '../../../collector/store/snapshot-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';

/** A version 0 that calls the time otherwise. */
const LIFTS = {
  0: (_kind: string, payload: Readonly<Record<string, unknown>>) => {
    const { taken, ...rest } = payload;
    return { ...rest, takenAt: taken };
  },
};
const sealOf = (json: string) => ({ json, sha256: createHash('sha256').update(json).digest('hex') });
const version0 = (node: string) => sealOf(inspection({ node }).json.replace('"schema":1', '"schema":0').replace('"takenAt"', '"taken"'));
const onSignals = async () => undefined;

onBothEngines('the quarantine', (database) => {
  it('keeps payloads of versions that are not read yet, and gives them back once they are', async () => {
    const cluster = await enrol(database());
    const ingest = new Ingest({ database: database(), now: () => NOW, onSignals, threads: 0 });
    const one = new Numbered(7_001);
    const old = one.line('inspection', version0('node-1'));
    const newer = one.line('inspection', sealOf(inspection().json.replace('"schema":1', '"schema":2').replace('"findingsCut":0', '"findingsCut":0,"novelty":{"deep":[1]}')));
    for (const status of ['quarantined', 'quarantined'])
      expect((await ingest.ingest(requestOf(cluster, `${old}\n${newer}`))).receipts.map((receipt) => receipt.status)).toEqual([status, status]);
    expect(await listQuarantine(database().db, [cluster.customerId])).toMatchObject([{ reason: 'version' }, { reason: 'version' }]);
    expect(await listQuarantine(database().db, [], {})).toEqual([]);

    expect(await rereadQuarantine(database(), onSignals, NOW + 1, {})).toEqual({ read: 0, kept: 2 });
    expect(await rereadQuarantine(database(), onSignals, NOW + 1, LIFTS)).toEqual({ read: 1, kept: 1 });
    expect(await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId })).toMatchObject([{ takenAt: NOW, role: 'node' }]);
    expect((await ingest.ingest(requestOf(cluster, old))).receipts).toMatchObject([{ status: 'duplicate' }]);
    await database().db.deleteFrom('quarantine').execute();
  });

  it('gives each payload back once, also to two collectors at a time', async () => {
    const cluster = await enrol(database());
    const ingest = new Ingest({ database: database(), now: () => NOW, onSignals, threads: 0 });
    const one = new Numbered(7_002);
    await ingest.ingest(requestOf(cluster, Array.from({ length: 10 }, (_, index) => one.line('inspection', version0(`node-${index}`))).join('\n')));
    const done = await Promise.all([1, 2].map(async () => await rereadQuarantine(database(), onSignals, NOW, LIFTS)));
    expect(done.reduce((sum, { read }) => sum + read, 0)).toBe(10);
    expect(await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId })).toHaveLength(10);
  });

  it('reads this version, and the one before when it can be lifted', () => {
    expect([isReadable(1), isReadable(0), isReadable(0, LIFTS), isReadable(2, LIFTS), isReadable(undefined)]).toEqual([true, false, true, false, false]);
    expect(lift('inspection', 0, { schema: 0, taken: 5 }, LIFTS)).toEqual({ schema: 1, takenAt: 5 });
  });
});
