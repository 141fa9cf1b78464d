/** What older programs left on the disk (`test/fixtures/installation/README.md`): today's programs go on with it. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AgentOptions } from '../../../agent/agent-options.ts';
import { Ledger, readLedger } from '../../../agent/delivery/ledger.ts';
import { Outbox } from '../../../agent/delivery/outbox.ts';
import { FastPath } from '../../../agent/fast-path.ts';
import { openPseudonyms } from '../../../agent/site/site.ts';
import type { SealedPayload } from '../../../agent/wire/encode-values.ts';
import { payloadId, splitEnvelope } from '../../../agent/wire/envelope.ts';
import { fold } from '../../../collector/incidents/incident.ts';
import { createIncidentMachine } from '../../../collector/incidents/machine.ts';
import type { OnSignals } from '../../../collector/ingest/apply.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { openDatabase } from '../../../collector/store/database.ts';
import { activeIds, loadIncidents } from '../../../collector/store/incident-store.ts';
import { MIGRATIONS } from '../../../collector/store/migrations/index.ts';
import { findTokenByHash } from '../../../collector/store/token-store.ts';
import { SIMPLE_RULES } from '../../support/incident-desk.ts';
import { requestOf } from '../../support/payloads.ts';

const FOLDER = join(import.meta.dirname, '../../fixtures/installation');
const RECORDED = readdirSync(FOLDER).filter((name) => name.endsWith('.tar.gz'));
/** Shortly after the recording. */
const NOW = Date.parse('2026-11-26T12:00:00Z');
const LIMITS = { items: 100, bytes: 4 * 1024 * 1024, rawBytes: 32 * 1024 * 1024 };

function unpacked(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-installation-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync('tar', ['xzf', join(FOLDER, name), '-C', folder]);
  return folder;
}
/** Rows by table, as any program of SQLite counts them. */
function countsOf(file: string): Map<string, number> {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name").all();
    return new Map(tables.map(({ name }) => [String(name), Number(database.prepare(`select count(*) as n from "${String(name)}"`).get()?.['n'])]));
  } finally {
    database.close();
  }
}
async function outboxOf(folder: string): Promise<Outbox> {
  const state = join(folder, 'agent');
  const agent = readFileSync(join(state, 'agent.id'), 'utf8').trim();
  return await Outbox.open(join(state, 'outbox'), {
    maxBytes: 64 * 1024 * 1024,
    maxAgeSeconds: 14 * 86_400,
    boundary: 'vendor',
    agent,
    boot: 'ffffffffffffffff',
    now: () => NOW / 1_000,
    clock: () => performance.now(),
  });
}

it('every recorded installation has its origin in the README', () => {
  const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
  expect(RECORDED.length).toBeGreaterThanOrEqual(1);
  for (const name of RECORDED) expect(readme).toContain(`\`${name}\``);
});

describe.each(RECORDED)('%s', (name) => {
  it('the database is brought up to date with every row, its incidents say what they said, and its token still opens the door', async () => {
    const folder = unpacked(name);
    const file = join(folder, 'data/xunjian.db');
    const before = countsOf(file);
    await using database = await openDatabase({ url: file });
    const after = countsOf(file);
    expect(before.get('schema_version')).toBeLessThan(MIGRATIONS.length);
    expect(after.get('schema_version')).toBe(MIGRATIONS.length);
    // Numbers of a machine's hour are packed into fewer rows by a later step; every other table keeps its rows.
    for (const [table, rows] of before) if (table !== 'schema_version' && table !== 'rollups') expect([table, after.get(table)]).toEqual([table, rows]);

    const files = await loadIncidents(database.db, await activeIds(database.db));
    expect(files).toHaveLength(before.get('incidents') ?? Number.NaN);
    for (const { incident, events } of files) expect(fold(events)).toEqual(incident);

    const token = readFileSync(join(folder, 'data/token'), 'utf8');
    const bearer = await findTokenByHash(database.db, createHash('sha256').update(token).digest('hex'));
    expect(bearer).toMatchObject({ kind: 'agent', revokedAt: null });
  });

  it('what an older agent had not got rid of is received once, and opens no incident twice', async () => {
    const folder = unpacked(name);
    await using database = await openDatabase({ url: join(folder, 'data/xunjian.db') });
    const machine = createIncidentMachine(database, { rulesFor: async () => ({ rules: SIMPLE_RULES, contractId: null }), onChange: async () => undefined });
    const onSignals: OnSignals = async (db, { skewMs, ...origin }, batch) => void (await machine.applySignals(db, { ...origin, skewMs: skewMs ?? undefined }, batch, NOW));
    const ingest = new Ingest({ database, now: () => NOW, onSignals, threads: 0 });
    const [row] = await database.db.selectFrom('clusters').select(['id', 'customer_id']).execute();
    const cluster = { clusterId: row?.id ?? '', customerId: row?.customer_id ?? '' };
    const known = (await activeIds(database.db)).length;

    const outbox = await outboxOf(folder);
    const kinds = new Set<string>();
    let received = 0;
    for (let items = await outbox.next(LIMITS); items.length > 0; items = await outbox.next(LIMITS)) {
      for (const { head } of items) kinds.add(head.kind);
      const body = Buffer.concat(items.map((item) => item.body));
      for (const status of ['accepted', 'duplicate']) {
        const { receipts } = await ingest.ingest(requestOf(cluster, body));
        expect(receipts.map((receipt) => [receipt.id, receipt.status])).toEqual(items.map(({ head }) => [payloadId(head), status]));
      }
      await outbox.acknowledge(items);
      received += items.length;
    }
    await outbox.close();
    expect(received).toBe(8);
    expect(kinds).toEqual(new Set(['inspection', 'heartbeat', 'signals']));

    const files = await loadIncidents(database.db, await activeIds(database.db));
    expect(files.length).toBeGreaterThan(known);
    const identities = files.map(({ incident }) => `${incident.rule} ${JSON.stringify(incident.scope)}`);
    expect(new Set(identities).size).toBe(identities.length);
    expect(await database.db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
  });

  it('an agent goes on with its key, its names, its chain and the memory of its triggers', async () => {
    const state = join(unpacked(name), 'agent');
    const names = JSON.parse(readFileSync(join(state, 'names.json'), 'utf8')) as Record<string, string>;
    const pseudonyms = await openPseudonyms(state);
    for (const [pseudonym, word] of Object.entries(names)) expect([word, pseudonyms.of(pseudonym.startsWith('mount') ? 'mount' : 'node', word)]).toEqual([word, pseudonym]);

    const faults: unknown[] = [];
    const fast = await FastPath.open({ stateDir: state, role: 'host' } as AgentOptions, { onSignals: async () => undefined, onStateFault: (kind) => faults.push(kind) });
    expect(faults).toEqual([]);
    expect(fast.activeSignals).toBeGreaterThan(20);

    const folder = join(state, 'ledger');
    const before = await readLedger(folder);
    expect([before.lines.length, before.faults]).toEqual([20, []]);
    const outbox = await outboxOf(join(state, '..'));
    const ledger = await Ledger.open(folder, { url: 'https://collector.example.com', now: () => NOW });
    const items = await outbox.next(LIMITS);
    await ledger.sending(items);
    await ledger.answered(items, { kind: 'retry', trouble: 'unreachable' });
    await outbox.close();
    const after = await readLedger(folder);
    expect(after.faults).toEqual([]);
    expect(after.lines.length).toBeGreaterThan(before.lines.length);
  });

  it('what today’s agent writes is in the forms that the older one reads, so that it can be rolled back', async () => {
    const old = unpacked(name);
    const state = join(unpacked(name), 'agent');
    const outbox = await outboxOf(join(state, '..'));
    const [first] = await outbox.next(LIMITS);
    if (!first) throw new Error('nothing waits');
    const envelope = splitEnvelope(gunzipSync(first.body).toString('utf8').trimEnd());
    await outbox.keep(first.head.kind, { json: envelope?.body, sha256: first.head.sha256 } as SealedPayload); // sealed by the older program
    await outbox.close();
    const headOf = (folder: string, file: string): string =>
      readFileSync(join(folder, 'outbox', file))
        .subarray(0, 10)
        .toString('hex');
    const segments = readdirSync(join(state, 'outbox')).filter((file) => file.endsWith('.seg'));
    const [before = ''] = readdirSync(join(old, 'agent/outbox')).filter((file) => file.endsWith('.seg'));
    const made = segments.filter((file) => !readdirSync(join(old, 'agent/outbox')).includes(file));
    expect(made.length).toBeGreaterThan(0);
    for (const file of made) expect(headOf(state, file)).toBe(headOf(join(old, 'agent'), before));
  });
});
