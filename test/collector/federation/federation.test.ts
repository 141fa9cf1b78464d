import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { Boundary } from '../../../agent/wire/encode-values.ts';
import { encodeScope } from '../../../agent/wire/encode-values.ts';
import type { Scope } from '../../../agent/wire/inspection.ts';
import { Pseudonyms } from '../../../agent/wire/pseudonym.ts';
import type { Signal } from '../../../agent/wire/signal.ts';
import { enqueueTaken } from '../../../collector/federation/enqueue.ts';
import { resolveLinks } from '../../../collector/federation/links.ts';
import { RelayQueue } from '../../../collector/federation/relay-queue.ts';
import { statusEvents } from '../../../collector/federation/status-feed.ts';
import { StatusAnswer, type StatusOutcome, takeStatus } from '../../../collector/federation/take-status.ts';
import type { ClusterIdentity } from '../../../collector/ingest/apply.ts';
import type { Database } from '../../../collector/store/database.ts';
import { countRelays, trimRelays } from '../../../collector/store/relay-store.ts';
import { type TestCollector, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';
import { diskFinding, heartbeat, inspection, NOW, Numbered, requestOf, signals } from '../../support/payloads.ts';

const SECONDS = NOW / 1_000;
const KEY: Boundary = { pseudonyms: new Pseudonyms(new Uint8Array(32).fill(9)), clearNames: new Set() };
const firing: Signal = { ...diskFinding(), state: 'firing', since: SECONDS - 60, at: SECONDS, flapping: false, maintenance: false };
const ENGINEER = { kind: 'user', id: 'u1', name: '张工' } as const;
let agents = 0x200;
function agent(): Numbered {
  agents += 1;
  return new Numbered(agents);
}

async function collectorOf(database: Database): Promise<TestCollector> {
  return await testCollector(database, {}, {}, { now: () => NOW, isFederated: true });
}
async function linked(database: Database, cluster: ClusterIdentity): Promise<void> {
  await resolveLinks(database, { clusters: [{ cluster: cluster.clusterId, tokenFile: '/none' }] }, NOW);
}
function queueOf(database: Database, { clusterId }: ClusterIdentity, boundary?: Boundary): RelayQueue {
  return new RelayQueue({
    database,
    clusterId,
    boundary,
    opened: new Set(),
    now: () => NOW,
    onSealed: async () => undefined,
    onRefused: () => undefined,
    onTrimmed: () => undefined,
  });
}
const LIMITS = { items: 100, bytes: 1e7, rawBytes: 1e8 };

onBothEngines('what a site forwards', (database) => {
  it('is queued with the payload itself, signals first, a heartbeat once, and nothing that another collector forwarded', async () => {
    const cluster = await enrol(database());
    const { wired } = await collectorOf(database());
    await linked(database(), cluster);
    const one = agent();
    const lines = [one.line('inspection', inspection()), one.line('heartbeat', heartbeat()), one.line('heartbeat', heartbeat()), one.line('signals', signals([firing]))];
    await wired.ingest.ingest(requestOf(cluster, `${lines.join('\n')}\n`));
    await wired.ingest.ingest(requestOf(cluster, `${lines.join('\n')}\n`));
    await wired.ingest.ingest(requestOf(cluster, agent().line('signals', signals([firing])), { way: { kind: 'relayed' } }));
    const queue = queueOf(database(), cluster);
    const first = await queue.next(LIMITS);
    expect(first.map(({ head }) => [head.agent, head.kind, head.seq])).toEqual([[one.agent, 'signals', 4]]);
    await queue.acknowledge(first);
    const rest = await queue.next(LIMITS);
    expect(rest.map(({ head }) => head.kind).toSorted()).toEqual(['heartbeat', 'heartbeat', 'inspection'].slice(0, rest.length));
    await queue.acknowledge(rest);
    expect(await queue.next(LIMITS)).toEqual([]);
  });

  it('is nothing of clusters that are not linked, and nothing is left when a link goes', async () => {
    const [yes, no] = [await enrol(database()), await enrol(database())];
    const { wired } = await collectorOf(database());
    await linked(database(), yes);
    await wired.ingest.ingest(requestOf(no, agent().line('inspection', inspection())));
    await wired.ingest.ingest(requestOf(yes, agent().line('inspection', inspection())));
    expect((await countRelays(database().db, no.clusterId)).waiting).toBe(0);
    expect((await countRelays(database().db, yes.clusterId)).waiting).toBe(1);
    await linked(database(), no);
    expect((await countRelays(database().db, yes.clusterId)).waiting).toBe(0);
    // What was there before the link of its own is forwarded with it.
    expect((await countRelays(database().db, no.clusterId)).waiting).toBe(1);
  });

  it('gives up inspections before signals when the queue is full, and refuses clear names without a key', async () => {
    const cluster = await enrol(database());
    const { wired } = await collectorOf(database());
    await linked(database(), cluster);
    const one = agent();
    for (let index = 0; index < 4; index += 1) await wired.ingest.ingest(requestOf(cluster, one.line('inspection', inspection({ takenAt: SECONDS - index }))));
    await wired.ingest.ingest(requestOf(cluster, one.line('signals', signals([firing]))));
    const { bytes } = await countRelays(database().db, cluster.clusterId);
    expect(await trimRelays(database().db, cluster.clusterId, { before: 0, mostBytes: Math.floor(bytes / 2) })).toBeGreaterThan(0);
    expect((await queueOf(database(), cluster).next(LIMITS)).map(({ head }) => head.kind)).toEqual(['signals']);
    const clear = inspection().json.replace('"clearNames":[]', `"clearNames":${JSON.stringify((await import('../../../agent/wire/vocabulary.ts')).NAME_KINDS.toSorted())}`);
    await database()
      .db.insertInto('relays')
      .values({
        cluster_id: cluster.clusterId,
        agent: 'f'.repeat(32),
        boot: 'b'.repeat(16),
        seq: 1,
        kind: 'signals',
        sha256: '',
        kept_at: 1,
        queued_at: NOW,
        bytes: 1,
        refused: null,
        body: gzipSync(clear),
      })
      .execute();
    expect((await queueOf(database(), cluster).next(LIMITS)).every(({ head }) => head.agent !== 'f'.repeat(32))).toBe(true);
    expect((await countRelays(database().db, cluster.clusterId)).refused).toBe(1);
  });
});

onBothEngines('what flows back', (database) => {
  /** The same trouble at the site, clear, and at the support centre, under its pseudonyms. */
  async function pair() {
    const [below, above] = [await enrol(database(), '站点'), await enrol(database(), '支持中心')];
    const collector = await collectorOf(database());
    const { incidents } = collector.deps;
    const open = async (cluster: ClusterIdentity, scope: Scope): Promise<string> => {
      await database().transaction(async (db) => {
        await incidents.applySignals(db, { ...cluster, agent: 'a'.repeat(32), epoch: 0 }, { at: SECONDS, complete: false, signals: [{ ...firing, scope }] }, NOW);
      });
      return (await database().db.selectFrom('incidents').select('id').where('cluster_id', '=', cluster.clusterId).executeTakeFirstOrThrow()).id;
    };
    const clear: Scope = { kind: 'Mount', name: `/data-${randomUUID()}`, node: 'db-1' };
    const [ours, theirs] = [await open(below, clear), await open(above, encodeScope(clear, KEY) as unknown as Scope)];
    await linked(database(), below);
    const act = async (command: Parameters<typeof incidents.command>[0]['command']): Promise<void> =>
      void (await incidents.command({ incidentId: theirs, command, actor: ENGINEER, visibility: 'all' }, NOW + 1_000));
    const take = async (): Promise<StatusOutcome[]> => {
      const { items } = await statusEvents(database().db, { clusterId: above.clusterId, since: 0, limit: 200 });
      const link = { ...below, name: 'x', tokenFile: '' };
      const outcomes: StatusOutcome[] = [];
      for (const item of StatusAnswer.parse({ items }).items)
        outcomes.push(await takeStatus({ database: database(), incidents, boundary: KEY, now: () => NOW + 2_000 }, link, item));
      return outcomes;
    };
    const kinds = async (): Promise<string[]> =>
      (await database().db.selectFrom('incident_events').select('kind').where('incident_id', '=', ours).orderBy('version').execute()).map(({ kind }) => kind);
    return { collector, below, above, ours, theirs, act, take, kinds };
  }

  it('is acknowledgement, comment and close, each once, whoever repeats it, with the name of who did it', async () => {
    const { act, take, kinds, ours } = await pair();
    await act({ kind: 'acknowledge' });
    await act({ kind: 'note', visibility: 'internal', text: 'between us' });
    await act({ kind: 'note', visibility: 'customer', text: '已联系现场' });
    expect(await take()).toEqual(['applied', 'applied']);
    await take();
    await act({ kind: 'resolve', code: 'fixed' });
    await act({ kind: 'close', closure: 'confirmed' });
    await take();
    await take();
    expect(await kinds()).toEqual(['opened', 'acknowledged', 'note', 'resolved', 'closed']);
    const rows = await database().db.selectFrom('incident_events').select(['actor', 'body']).where('incident_id', '=', ours).where('kind', '=', 'note').execute();
    expect(rows.map(({ actor }) => JSON.parse(actor) as object)).toEqual([{ kind: 'integration', id: 'support-centre', name: '张工' }]);
    expect(rows[0]?.body).not.toContain('between us');
  });

  it('leaves what the site knows better, and says so of what it does not know', async () => {
    const { act, take, collector, ours, below, theirs } = await pair();
    await collector.deps.incidents.command({ incidentId: ours, command: { kind: 'acknowledge' }, actor: ENGINEER, visibility: 'all' }, NOW + 500);
    await act({ kind: 'acknowledge' });
    expect(await take()).toEqual(['impossible']);
    await database().db.deleteFrom('federation_incidents').where('cluster_id', '=', below.clusterId).execute();
    await database()
      .db.updateTable('incidents')
      .set({ scope: JSON.stringify({ kind: 'Mount', name: 'mount~aaaaaaaaaaaaaaaaaaaa' }) })
      .where('id', '=', theirs)
      .execute();
    expect(await take()).toEqual(['unmatched']);
  });

  it('never goes round: what came from above is not told on', async () => {
    const { act, take, below } = await pair();
    await act({ kind: 'acknowledge' });
    await take();
    expect((await statusEvents(database().db, { clusterId: below.clusterId, since: 0, limit: 200 })).items).toEqual([]);
  });

  it('is read by the token of a site collector for its own cluster, in pages', async () => {
    const { collector, above, act } = await pair();
    for (let index = 0; index < 3; index += 1) await act({ kind: 'note', visibility: 'customer', text: `n${index}` });
    const caller = { actor: ENGINEER, visibility: 'all' } as const;
    const { token } = await collector.deps.credentials.issue(caller, above.clusterId, { label: 'x', kind: 'collector' });
    const answer = await collector.app.inject({ method: 'GET', url: '/api/v1/federation/events?since=0', headers: { authorization: `Bearer ${token}` } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json<{ items: { body: { text: string } }[] }>().items.map(({ body }) => body.text)).toEqual(['n0', 'n1', 'n2']);
    const first = await statusEvents(database().db, { clusterId: above.clusterId, since: 0, limit: 2 });
    const second = await statusEvents(database().db, { clusterId: above.clusterId, since: 0, after: first.next, limit: 2 });
    expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, undefined]);
  });

  it('is queued by nobody where nothing is linked', async () => {
    await enqueueTaken(database().db, []);
    expect(await database().db.selectFrom('relays').select('id').where('kind', '=', 'nothing').execute()).toEqual([]);
  });
});
