import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { DEFAULT_RETENTION, prune, retentionOf } from '../../../collector/retention/retention.ts';
import { foldSamples } from '../../../collector/store/rollup-store.ts';
import type { NewRow } from '../../../collector/store/tables.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { diskFinding, inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';

const DAY = 86_400_000;

onBothEngines('retention', (database) => {
  const count = async (table: 'snapshots' | 'receipts' | 'rollups' | 'incidents' | 'incident_events' | 'findings'): Promise<number> =>
    Number(
      (
        await database()
          .db.selectFrom(table)
          .select(({ fn }) => fn.countAll().as('n'))
          .executeTakeFirstOrThrow()
      ).n,
    );

  it('lets go of what has had its time and of nothing else', async () => {
    const cluster = await enrol(database());
    let now = NOW - 31 * DAY;
    const ingest = new Ingest({ database: database(), now: () => now, onSignals: async () => undefined, threads: 0 });
    const one = new Numbered(1);
    await ingest.ingest(requestOf(cluster, one.line('inspection', inspection({ takenAt: now / 1_000, findings: [diskFinding()] }))));
    now = NOW;
    await ingest.ingest(requestOf(cluster, one.line('inspection', inspection({ findings: [diskFinding()] }))));
    expect(await count('snapshots')).toBe(2);
    expect((await prune(database(), DEFAULT_RETENTION, NOW)).rows).toMatchObject({ snapshots: 1, receipts: 1, findings: 0 });
    expect([await count('snapshots'), await count('receipts'), await count('findings')]).toEqual([1, 1, 1]);
    expect((await prune(database(), DEFAULT_RETENTION, NOW)).rows['snapshots']).toBe(0);
  });

  it('keeps days of a year and more, hours of a hundred days', async () => {
    const cluster = await enrol(database());
    await database().db.deleteFrom('rollups').execute();
    const at = [1, 99, 101, 401, 799, 801].map((days) => NOW - days * DAY);
    await foldSamples(
      database().db,
      database().engine,
      at.map((time) => ({ clusterId: cluster.clusterId, machine: '', name: 'score', at: time, value: 90 })),
    );
    await prune(database(), DEFAULT_RETENTION, NOW);
    const rows = await database().db.selectFrom('rollups').select(['resolution', 'at']).orderBy('resolution').orderBy('at').execute();
    expect(rows.map(({ resolution, at: start }) => `${resolution}${Math.round((NOW - start) / DAY)}`)).toEqual(['d799', 'd401', 'd101', 'd99', 'd1', 'h99', 'h1']);
  });

  it('removes many in small batches, and stops when it is told to', async () => {
    const cluster = await enrol(database());
    await database().db.deleteFrom('receipts').execute();
    const rows = Array.from(
      { length: 900 },
      (_, seq): NewRow<'receipts'> => ({
        cluster_id: cluster.clusterId,
        agent: 'a',
        boot: 'b',
        seq,
        kind: 'heartbeat',
        sha256: '',
        status: 'accepted',
        received_at: NOW - 100 * DAY,
        reason: null,
      }),
    );
    await database().db.insertInto('receipts').values(rows).execute();
    expect(await prune(database(), DEFAULT_RETENTION, NOW, AbortSignal.abort())).toMatchObject({ interrupted: true, rows: { receipts: 0 } });
    expect((await prune(database(), DEFAULT_RETENTION, NOW)).rows['receipts']).toBe(900);
  });

  it('shows closed incidents for two years, and open ones for ever', async () => {
    const cluster = await enrol(database());
    const incident = (number: number, active: number, closedAt: number | null): NewRow<'incidents'> => ({
      id: randomUUID(),
      number,
      active,
      customer_id: cluster.customerId,
      cluster_id: cluster.clusterId,
      contract_id: null,
      dedup_key: `${number}`,
      kind: 'incident',
      state: 'closed',
      signal_state: 'clear',
      level: 2,
      severity: 'warning',
      rule: 'r',
      scope: null,
      title: null,
      source: 'agent',
      policy: 'p',
      assignee: null,
      parent_id: null,
      group_key: null,
      follows_id: null,
      members: 0,
      reopened: 0,
      flapping: 0,
      version: 1,
      opened_at: 0,
      acknowledged_at: null,
      resolved_at: null,
      closed_at: closedAt,
      closure: null,
      updated_at: 0,
      next_due_at: null,
      breached: 0,
    });
    const incidents = [incident(1, 0, NOW - 732 * DAY), incident(2, 0, NOW - 730 * DAY), incident(3, 1, null)];
    await database().db.insertInto('incidents').values(incidents).execute();
    for (const { id } of incidents)
      await database()
        .db.insertInto('incident_events')
        .values({ incident_id: id, version: 1, at: 0, event_time: null, kind: 'opened', actor: '{}', policy: 'p', command_id: null, body: '{}' })
        .execute();
    expect((await prune(database(), DEFAULT_RETENTION, NOW)).rows['incidents']).toBe(1);
    expect([await count('incidents'), await count('incident_events')]).toEqual([2, 2]);
  });

  it('refuses periods that would break a promise, all at once', () => {
    expect(() => retentionOf({ receipts: 13, 'daily-rollups': 399, snapshots: 0 })).toThrow(
      'retention: snapshots: at least 1 days; receipts: at least 15 days; daily-rollups: at least 400 days',
    );
    expect(retentionOf({ snapshots: 7 })).toEqual({ ...DEFAULT_RETENTION, snapshots: 7 });
  });
});
