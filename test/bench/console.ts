/**
 * The console on each database, with a fleet of 200 clusters, 5,000 nodes and 20,000 open findings: how long the server takes for each
 * kind of page, over many of the kind, and what a page weighs with its style sheet and script. Also what the state of a cluster costs
 * to make, which happens once an inspection and not with a page.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { CHECKS } from '../../agent/checks/index.ts';
import { SCRIPT_PATH, STYLE_PATH } from '../../collector/console/assets.ts';
import { findingIdentity } from '../../collector/ingest/inspection-facts.ts';
import { refreshStates } from '../../collector/inspections/cluster-state.ts';
import { type Database, openDatabase } from '../../collector/store/database.ts';
import { type FindingRow, upsertFindings } from '../../collector/store/finding-store.ts';
import { saveCluster, saveCustomer } from '../../collector/store/fleet-store.ts';
import { foldSamples } from '../../collector/store/rollup-store.ts';
import { insertSnapshots } from '../../collector/store/snapshot-store.ts';
import { NOW, type TestCollector, testCollector } from '../support/collector-app.ts';
import { inspection } from '../support/payloads.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';

const CUSTOMERS = 10;
const CLUSTERS = 200;
const NODES = 25;
const FINDINGS = 100;
const INCIDENTS = 1_000;
/** Of earlier years. */
const CLOSED = 20_000;
const AUDIT_LINES = 100_000;
const DAYS = 30;
const DAY_MS = 86_400_000;
/** Pages of each kind that are asked for, after a few that warm up. */
const ASKED = 100;
const WARM = 10;
/** Of what a reader may ask for twenty times a minute. */
const ASKED_SELDOM = 14;
const SELDOM = /^report preview/;
/** States that are made to see what one costs. */
const MADE = 10;
/** What was promised. */
const MOST_MS = 100;
const MOST_BYTES = 300_000;

export async function benchConsole(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-bench-console-'));
  try {
    const sqlite = await benchEngine(`sqlite:${join(folder, 'bench.db')}`);
    if (NO_POSTGRES !== undefined) console.log(`console on postgres: skipped, ${NO_POSTGRES}`);
    return NO_POSTGRES === undefined ? (await benchEngine(await postgresUrl())) && sqlite : sqlite;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchEngine(url: string): Promise<boolean> {
  await using database = await openDatabase({ url });
  const texts = new Map(CHECKS.map((check) => [check.id, check]));
  const collector = await testCollector(database, {}, {}, { checkTexts: (id) => texts.get(id) });
  const clusters = await fillFleet(database);
  await openIncidents(collector, clusters);
  await closeIncidents(database);
  await fillAudit(database);
  await makeStates(collector, clusters);
  const admin = await collector.client('administrator', null, { serves: 'all' });
  const weight = async (path: string): Promise<number> => (await admin.call('GET', path)).rawPayload.length;
  const frame = (await weight(STYLE_PATH)) + (await weight(SCRIPT_PATH));
  const pick = (index: number) => clusters[(index * 37) % clusters.length] ?? clusters[0];
  const kinds: Readonly<Record<string, (index: number) => string>> = {
    overview: () => '/',
    clusters: () => '/clusters',
    cluster: (index) => `/clusters/${pick(index)?.id}`,
    capacity: (index) => `/clusters/${pick(index)?.id}/capacity`,
    inventory: (index) => `/clusters/${pick(index)?.id}/inventory`,
    'findings of a cluster': (index) => `/clusters/${pick(index)?.id}/findings`,
    'findings of all': (index) => `/findings${index % 2 === 0 ? '' : '?by=check'}`,
    'findings, searched': (index) => `/findings?q=node-${index % NODES}`,
    finding: (index) => `/clusters/${pick(index)?.id}/findings/${pick(index)?.finding}`,
    incidents: (index) => `/incidents${['', '?order=due', '?show=all', '?show=unacknowledged', '?show=due'][index % 5]}`,
    'incidents, searched by title': (index) => `/incidents?show=all&q=${encodeURIComponent(['Pod', '节点', 'disk', 'node-7', 'Trouble 77', 'nothing-like-it'][index % 6] ?? '')}`,
    'incidents, further pages': (index) => `/incidents?show=all&order=${['urgent', 'worst', 'due', 'newest'][index % 4]}&customer=${pick(index)?.customerId}`,
    incident: (index) => `/incidents/${1 + ((index * 7) % INCIDENTS)}`,
    'heat map, all machines': (index) => `/clusters/${pick(index)?.id}?machines=${(index % 2) * 20}`,
    calendar: () => '/calendar',
    reports: () => '/reports',
    'report preview, a cluster': (index) => `/reports/preview?customer=${pick(index)?.customerId}&cluster=${pick(index)?.id}&kind=${['s360', 'weekly', 'risk'][index % 3]}`,
    'audit log': () => '/admin/audit',
    'audit log, filtered': (index) => `/admin/audit?action=incident&who=${index % 2 === 0 ? 'system' : 'name'}`,
    'audit log, a name nobody has': () => '/admin/audit?who=nobody-at-all',
    'audit log, an object': (index) => `/admin/audit?object=thing-${index * 613}&from=2026-10-01&to=2026-11-22`,
    privacy: (index) => `/privacy?cluster=${pick(index)?.id}`,
    'privacy, field by field': (index) => `/privacy/snapshots/${pick(index)?.snapshot}`,
    'privacy of another site': (index) => `/privacy/site?cluster=${pick(index)?.id}`,
    holidays: (index) => `/admin/calendar?year=${2020 + (index % 9)}`,
  };
  let isGood = true;
  console.log(`console on ${database.engine}: ${CLUSTERS} clusters, ${CLUSTERS * NODES} nodes, ${CLUSTERS * FINDINGS} findings; style and script ${kilobytes(frame)}`);
  for (const [kind, pathOf] of Object.entries(kinds)) {
    const took: number[] = [];
    let heaviest = 0;
    let cpu = process.cpuUsage();
    const [warm, asked] = SELDOM.test(kind) ? [6, ASKED_SELDOM] : [WARM, ASKED];
    for (let index = 0; index < warm + asked; index += 1) {
      if (index === warm) cpu = process.cpuUsage();
      const begin = performance.now();
      const answer = await admin.call('GET', pathOf(index));
      if (answer.statusCode !== 200) throw new Error(`${pathOf(index)}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
      if (index >= warm) took.push(performance.now() - begin);
      heaviest = Math.max(heaviest, answer.rawPayload.length + frame);
    }
    took.sort((one, other) => one - other);
    const { user, system } = process.cpuUsage(cpu);
    const p95 = took[Math.floor(took.length * 0.95)] ?? Number.NaN;
    const keeps = p95 <= MOST_MS && heaviest <= MOST_BYTES;
    isGood &&= keeps;
    console.log(
      `  ${kind}: median ${took[took.length >> 1]?.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, CPU ${((user + system) / 1_000 / asked).toFixed(0)} ms, ${kilobytes(heaviest)}${keeps ? '' : '  <- more than promised'}`,
    );
  }
  return isGood;
}
function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1_000)} kB`;
}

interface FilledCluster {
  readonly id: string;
  readonly customerId: string;
  /** Identity of one of its findings. */
  readonly finding: string;
  /** One of its inspections. */
  readonly snapshot: string;
}
async function fillFleet({ db, engine }: Database): Promise<readonly FilledCluster[]> {
  const customers = Array.from({ length: CUSTOMERS }, () => randomUUID());
  for (const [index, id] of customers.entries())
    await saveCustomer(db, { id, name: `Customer ${index}`, zone: 'Asia/Shanghai', locale: 'zh', contacts: {}, demo: false, createdAt: 0 });
  const bodies = Array.from({ length: NODES }, (_, index) => gzipSync(inspection({ node: `node-${index}` }).json));
  const clusters: FilledCluster[] = [];
  for (let index = 0; index < CLUSTERS; index += 1) {
    const id = randomUUID();
    const customerId = customers[index % CUSTOMERS] ?? '';
    await saveCluster(db, { id, customerId, contractId: null, name: `cluster-${index}`, kind: 'kubernetes', zone: null, createdAt: 0 });
    const agents = Array.from({ length: NODES }, () => randomUUID().replaceAll('-', ''));
    await db
      .insertInto('agents')
      .values(
        agents.map((agent, node) => ({
          ...{ cluster_id: id, agent, role: 'node', node: `node-${node}`, version: '1.0.0', boot: 'b', epoch: 0, first_seen_at: NOW, last_seen_at: NOW, heartbeat_seconds: 60 },
          ...{ last_heartbeat_at: NOW, last_inspection_at: NOW - 60_000, outbox: null, skew_ms: 3, silent_since: node === 0 && index % 20 === 0 ? NOW : null, retired_at: null },
        })),
      )
      .execute();
    const snapshots = agents.map(() => randomUUID());
    await insertSnapshots(
      db,
      agents.map((agent, node) => ({
        ...{
          id: snapshots[node] ?? '',
          cluster_id: id,
          agent,
          role: 'node',
          taken_at: NOW - 60_000,
          received_at: NOW - 60_000,
          epoch: 0,
          sha256: 'a'.repeat(64),
          score: 90,
          coverage: 95,
        },
        ...{ bytes: 51_000, body: bodies[node] ?? Buffer.alloc(0) },
      })),
    );
    const rows = findingsOf(id, agents);
    await upsertFindings(db, engine, rows);
    await foldSamples(
      db,
      engine,
      Array.from({ length: DAYS }, (_, day) => NOW - day * DAY_MS).flatMap((at) => [
        { clusterId: id, machine: '', name: 'score', at, value: 60 + (index % 40) },
        ...agents.map((_agent, node) => ({ clusterId: id, machine: `node-${node}`, name: 'disk.used-percent', at, value: 40 + node + (NOW - at) / DAY_MS / 10 })),
      ]),
    );
    clusters.push({ id, customerId, finding: rows[0]?.identity ?? '', snapshot: snapshots[0] ?? '' });
  }
  return clusters;
}
function findingsOf(clusterId: string, agents: readonly string[]): FindingRow[] {
  return Array.from({ length: FINDINGS }, (_, index): FindingRow => {
    const check = CHECKS[(index * 13) % CHECKS.length] ?? CHECKS[0];
    const node = `node-${index % NODES}`;
    const scope = { kind: 'Mount', node, name: `/data${index}` } as const;
    const agent = agents[index % NODES] ?? '';
    return {
      ...{ cluster_id: clusterId, identity: findingIdentity(check?.id ?? '', scope), check_id: check?.id ?? '', area: check?.area ?? 'disk', severity: check?.severity ?? 'info' },
      ...{
        scope: JSON.stringify(scope),
        scope_kind: scope.kind,
        namespace: null,
        name: scope.name,
        node,
        observed: '97',
        threshold: '85',
        unit: 'percent',
        asked_by: null,
        agent,
        owner: agent,
      },
      ...{ first_seen_at: NOW - (index % 40) * DAY_MS, last_seen_at: NOW, gone_at: null, unknown_since: null },
    };
  });
}
async function openIncidents({ deps }: TestCollector, clusters: readonly FilledCluster[]): Promise<void> {
  for (let index = 0; index < INCIDENTS; index += 1) {
    const cluster = clusters[index % clusters.length];
    const severity = (['critical', 'warning', 'info'] as const)[index % 3] ?? 'info';
    if (cluster)
      await deps.incidents.open(
        { customerId: cluster.customerId, clusterId: cluster.id, kind: 'incident', severity, title: `Trouble ${index}` },
        { kind: 'system' },
        NOW - index * 60_000,
      );
  }
}
/** Half of what is open is about checks, as agents' incidents are; and years of closed ones lie behind. */
async function closeIncidents({ db }: Database): Promise<void> {
  for (const [index, { id }] of CHECKS.slice(0, 40).entries())
    await sql`update incidents set rule = ${id}, title = null, search = lower(rule || ' ' || number || ' node-' || ${index}) where number % 80 = ${index}`.execute(db);
  const rows = await db.selectFrom('incidents').selectAll().orderBy('number').limit(INCIDENTS).execute();
  const events = Map.groupBy(await db.selectFrom('incident_events').selectAll().execute(), ({ incident_id }) => incident_id);
  for (let made = 0; made < CLOSED; made += 100) {
    const copies = Array.from({ length: 100 }, (_, offset) => {
      const number = made + offset;
      const row = rows[number % rows.length];
      if (!row) throw new Error('no incident was opened');
      const at = NOW - (1 + (number % 700)) * DAY_MS;
      const own = { id: randomUUID(), number: INCIDENTS + 1 + number, dedup_key: `closed-${number}` };
      return { of: row.id, row: { ...row, ...own, active: 0, state: 'closed', opened_at: at, updated_at: at, resolved_at: at, closed_at: at + DAY_MS, next_due_at: null } };
    });
    await db
      .insertInto('incidents')
      .values(copies.map(({ row }) => row))
      .execute();
    await db
      .insertInto('incident_events')
      .values(copies.flatMap(({ of, row }) => (events.get(of) ?? []).map((event) => ({ ...event, incident_id: row.id, command_id: null }))))
      .execute();
  }
}
/** Lines as acts leave them; the chain is not what is measured. */
async function fillAudit({ db }: Database): Promise<void> {
  const actions = ['incident.note', 'incident.acknowledge', 'report.request', 'token.use', 'risk.accept', 'session.open'];
  for (let made = 0; made < AUDIT_LINES; made += 500)
    await db
      .insertInto('audit')
      .values(
        Array.from({ length: 500 }, (_, offset) => {
          const line = made + offset;
          const actor = line % 3 === 0 ? { kind: 'system' } : { kind: 'user', id: `user-${line % 40}`, name: `Name of ${line % 40}` };
          const details = JSON.stringify({ kind: 'note', visibility: line % 2 === 0 ? 'internal' : 'customer' });
          return {
            ...{
              at: NOW - (AUDIT_LINES - line) * 60_000,
              actor: JSON.stringify(actor),
              customer_id: null,
              action: actions[line % actions.length] ?? '',
              object: `thing-${line}`,
              details,
            },
            ...{ previous: '0'.repeat(64), hash: '0'.repeat(64) },
          };
        }),
      )
      .execute();
}
/** A few are made as the collector makes them; the others get the same document. */
async function makeStates({ deps }: TestCollector, clusters: readonly FilledCluster[]): Promise<void> {
  const { database, assemble, version } = deps;
  const onFault = (_cluster: string, error: unknown): void => {
    throw error;
  };
  const begin = performance.now();
  const made = await refreshStates({ db: database.db, assemble, version }, () => NOW, { signal: new AbortController().signal, onFault, limit: MADE });
  console.log(`state of a cluster of ${NODES} nodes on ${database.engine}: ${((performance.now() - begin) / made).toFixed(0)} ms each`);
  for (const [index, { id }] of clusters.entries())
    await sql`insert into cluster_states (cluster_id, made_at, as_of, version, score, coverage, checked, applicable, document)
      select ${id}, made_at, as_of, version, ${40 + (index % 60)}, coverage, checked, applicable, document from cluster_states limit 1 on conflict do nothing`.execute(database.db);
}
