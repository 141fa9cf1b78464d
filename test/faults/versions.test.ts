/** Fault 25: agents of three versions at one collector, which is upgraded and rolled back while they send. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { Ingest } from '../../collector/ingest/ingest.ts';
import { rereadQuarantine } from '../../collector/ingest/reread.ts';
import { listQuarantine } from '../../collector/store/quarantine-store.ts';
import { listSnapshots } from '../../collector/store/snapshot-store.ts';
import { onBothEngines } from '../support/databases.ts';
import { enrol } from '../support/fleet.ts';
import { inspection, NOW, Numbered, requestOf } from '../support/payloads.ts';

const EACH = 40;
const seal = (json: string) => ({ json, sha256: createHash('sha256').update(json).digest('hex') });
/** As a version before this one wrote it, as this one does, with a field that a newer one added, and as the next version writes it. */
const GENERATIONS = {
  before: (node: string) => seal(inspection({ node }).json.replace('"schema":1', '"schema":0').replace('"takenAt"', '"taken"')),
  now: (node: string) => inspection({ node }),
  withField: (node: string) => seal(inspection({ node }).json.replace('"findingsCut":0', '"findingsCut":0,"novelty":7')),
  next: (node: string) => seal(inspection({ node }).json.replace('"schema":1', '"schema":2')),
};
const LIFTS = {
  0: (_kind: string, { taken, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, takenAt: taken }),
};
const onSignals = async () => undefined;

onBothEngines('versions that meet', (database) => {
  it('nothing is lost, nothing loses a field without a word, and what waited is taken by whoever can read it', async () => {
    const cluster = await enrol(database());
    const collector = () => new Ingest({ database: database(), now: () => NOW, onSignals, threads: 0 });
    const lines = Object.entries(GENERATIONS).flatMap(([generation, make], index) => {
      const agent = new Numbered(8_100 + index);
      return Array.from({ length: EACH }, (_, turn) => ({ generation, line: agent.line('inspection', make(`${generation}-${turn}`)) }));
    });
    const shuffled = lines.toSorted((one, other) => one.line.length - other.line.length || (one.line < other.line ? -1 : 1));
    // Before the upgrade, during it (two collectors at once) and after the rollback: the same payloads again and again.
    const statuses = new Map<string, Set<string>>();
    for (const collectors of [[collector()], [collector(), collector()], [collector()]]) {
      await Promise.all(
        collectors.map(async (one, which) => {
          for (let start = 0; start < shuffled.length; start += 16) {
            const batch = shuffled.slice(start, start + 16);
            const { receipts } = await one.ingest(requestOf(cluster, batch.map(({ line }) => line).join('\n')));
            expect(receipts).toHaveLength(batch.length);
            for (const [index, { generation }] of batch.entries()) {
              const status = receipts[index]?.status ?? 'missing';
              statuses.set(generation, (statuses.get(generation) ?? new Set()).add(status));
            }
            if (which === 1 && start % 64 === 0) await rereadQuarantine(database(), onSignals, NOW, LIFTS);
          }
        }),
      );
    }
    const kept = await listQuarantine(database().db, [cluster.customerId], { limit: 1_000 });
    const taken = await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId, limit: 1_000 });
    await rereadQuarantine(database(), onSignals, NOW, LIFTS);
    const later = await listSnapshots(database().db, 'all', { clusterId: cluster.clusterId, limit: 1_000 });
    expect(taken.length + kept.length).toBe(4 * EACH);
    expect(later).toHaveLength(2 * EACH); // of this version, and of the one before, lifted
    const waiting = await listQuarantine(database().db, [cluster.customerId], { limit: 1_000 });
    expect(waiting).toHaveLength(2 * EACH); // still whole, for a collector that knows the field and the version
    expect(statuses.get('now')).toEqual(new Set(['accepted', 'duplicate']));
    expect(statuses.get('withField')).toEqual(new Set(['refused'])); // what no contract names may not pass, and is kept for people
    expect(statuses.get('next')).toEqual(new Set(['quarantined']));
  });
});
