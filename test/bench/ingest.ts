/**
 * The collector's ingest on each database: node inspections per second from concurrent callers, as a ratio to plain
 * multi-row inserts of the same bytes in the same run; then 5,000 agents at one inspection a minute, with CPU and memory.
 *
 * The baseline inserts as many rows a transaction as ingest does at best, on the same connection with the same durability
 * (SQLite: WAL, synchronous=FULL; PostgreSQL: its defaults), into the same table with its indexes, the payloads of different
 * machines in turn. "Same payloads" are the JSON texts as they are: PostgreSQL would compress them while inserting, slower than
 * gzip, and flatter the ratio, so its compression is off for that baseline. "Compressed bytes" are those that ingest keeps.
 * The baseline reads, checks and folds nothing, and works in one thread; ingest unpacks, parses, validates, and writes
 * receipts, agents, findings and roll-ups beside the payload, in several. What favours ingest: these machines tell their
 * verdicts alike, as a pool of equal machines does, so lists of verdicts are met again.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { SealedPayload } from '../../agent/wire/encode-values.ts';
import { AppError } from '../../collector/errors.ts';
import { Ingest } from '../../collector/ingest/ingest.ts';
import { type Database, openDatabase } from '../../collector/store/database.ts';
import { insertSnapshots } from '../../collector/store/snapshot-store.ts';
import { enrol } from '../support/fleet.ts';
import { diskFinding, heartbeat, inspection, Numbered, requestOf } from '../support/payloads.ts';
import { NO_POSTGRES, postgresUrl } from '../support/postgres.ts';
import { median } from './measure.ts';

const NODES = 200;
const CALLERS = 64;
const ROUND_MS = 4_000;
const ROUNDS = 3;
/** 5,000 agents, one inspection a minute. */
const LOAD_PER_SECOND = 5_000 / 60;
const LOAD_MS = 15_000;

export async function benchIngest(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-bench-ingest-'));
  try {
    await benchEngine('sqlite', `sqlite:${join(folder, 'bench.db')}`);
    if (NO_POSTGRES === undefined) await benchEngine('postgres', await postgresUrl());
    else console.log(`ingest on postgres: skipped, ${NO_POSTGRES}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What each machine's agent would send, its bodies built before the clock runs. */
class Agents {
  readonly #numbered = Array.from({ length: NODES }, (_, index) => new Numbered(index + 1));
  readonly #payloads = Array.from({ length: NODES }, (_, index) => inspection({ node: `node-${index}`, findings: index % 4 === 0 ? [diskFinding('/data', `node-${index}`)] : [] }));
  readonly #ready: Uint8Array[] = [];
  #next = 0;

  get payloads(): readonly SealedPayload[] {
    return this.#payloads;
  }
  /** Builds bodies of one inspection each. */
  prepare(count: number): void {
    while (this.#ready.length < count) {
      const index = this.#next % NODES;
      this.#next += 1;
      const [agent, payload] = [this.#numbered[index], this.#payloads[index]];
      if (agent && payload) this.#ready.push(gzipSync(agent.line('inspection', payload, Math.floor(Date.now() / 1_000)), { level: 6 }));
    }
  }
  body(): Uint8Array | undefined {
    return this.#ready.shift();
  }
}

async function benchEngine(name: string, url: string): Promise<void> {
  const database = await openDatabase({ url });
  const cluster = await enrol(database);
  await using ingest = new Ingest({ database, now: Date.now, onSignals: async () => undefined });
  const agents = new Agents();
  agents.prepare(NODES);
  const send = async (body: Uint8Array): Promise<void> => {
    const { receipts } = await ingest.ingest(requestOf(cluster, body));
    if (receipts[0]?.status !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(receipts[0])}`);
  };
  for (let warm = agents.body(); warm; warm = agents.body()) await send(warm);
  const plain = agents.payloads.map(({ json }) => Buffer.from(json));
  const compressed = plain.map((json) => gzipSync(json, { level: 6 }));
  const ratios: number[] = [];
  const packed: number[] = [];
  const rates: number[] = [];
  const raws: number[] = [];
  const latencies: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const rate = await throughput(agents, send, latencies);
    await compressing(database, false);
    const raw = await rawRate(database, cluster.clusterId, plain);
    await compressing(database, true);
    raws.push(raw);
    rates.push(rate);
    ratios.push(rate / raw);
    packed.push(rate / (await rawRate(database, cluster.clusterId, compressed)));
  }
  console.log(
    `ingest on ${name}: ${median(rates).toFixed(0)} node inspections/s from ${CALLERS} callers (${plain[0]?.length} bytes each, ${compressed[0]?.length} compressed), ` +
      `${median(ratios).toFixed(2)} × plain multi-row inserts of the same payloads (${median(raws).toFixed(0)}/s), ${median(packed).toFixed(2)} × of their compressed bytes; latency p50 ${percentile(latencies, 50)} ms, p99 ${percentile(latencies, 99)} ms`,
  );
  await steady(name, agents, send);
  await database[Symbol.asyncDispose]();
}

async function throughput(agents: Agents, send: (body: Uint8Array) => Promise<void>, latencies: number[]): Promise<number> {
  agents.prepare(ROUND_MS * 2);
  const began = performance.now();
  let done = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() - began < ROUND_MS) {
      const body = agents.body();
      if (!body) return;
      const at = performance.now();
      await send(body);
      latencies.push(performance.now() - at);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return (done * 1_000) / (performance.now() - began);
}

/** The same number of callers' worth of rows in one statement a transaction: what the database does at best. */
async function rawRate({ transaction }: Database, clusterId: string, bodies: readonly Uint8Array[]): Promise<number> {
  const began = performance.now();
  let done = 0;
  while (performance.now() - began < ROUND_MS / 2) {
    const now = Date.now();
    const rows = Array.from({ length: CALLERS }, (_, index) => bodies[(done + index) % bodies.length] ?? new Uint8Array()).map((body) => ({
      id: randomUUID(),
      cluster_id: clusterId,
      agent: 'raw',
      role: 'node',
      taken_at: now,
      received_at: now,
      epoch: 0,
      sha256: '',
      score: 100,
      coverage: 100,
      bytes: body.length,
      body,
    }));
    await transaction(async (db) => await insertSnapshots(db, rows));
    done += rows.length;
  }
  return (done * 1_000) / (performance.now() - began);
}

/** Whether PostgreSQL compresses large values of the table; SQLite never does. */
async function compressing({ engine, db }: Database, wanted: boolean): Promise<void> {
  if (engine === 'postgres') await sql`alter table snapshots alter column body set storage ${sql.raw(wanted ? 'extended' : 'external')}`.execute(db);
}

/** The load of 5,000 agents, evenly, with their heartbeats. */
async function steady(name: string, agents: Agents, send: (body: Uint8Array) => Promise<void>): Promise<void> {
  const total = Math.ceil((LOAD_PER_SECOND * LOAD_MS) / 1_000);
  agents.prepare(total);
  const beats = Array.from({ length: total }, (_, index) => new Numbered(100_000 + index)).map((agent) =>
    gzipSync(agent.line('heartbeat', heartbeat(), Math.floor(Date.now() / 1_000))),
  );
  const latencies: number[] = [];
  const memory: number[] = [];
  const cpu = process.cpuUsage();
  const began = performance.now();
  const sent: Promise<void>[] = [];
  let turnedAway = 0;
  const timed = async (body: Uint8Array): Promise<void> => {
    const at = performance.now();
    try {
      await send(body);
      latencies.push(performance.now() - at);
    } catch (error) {
      if (!(error instanceof AppError) || error.retryAfterSeconds === undefined) throw error;
      turnedAway += 1;
    }
  };
  for (let count = 0; count < total; count += 1) {
    const wait = began + (count * 1_000) / LOAD_PER_SECOND - performance.now();
    if (wait > 1) await sleep(wait);
    const [body, beat] = [agents.body(), beats[count]];
    if (body) sent.push(timed(body));
    if (beat) sent.push(timed(beat));
    if (count % 80 === 0) memory.push(process.memoryUsage.rss() / 1_048_576);
  }
  await Promise.all(sent);
  const seconds = (performance.now() - began) / 1_000;
  const used = process.cpuUsage(cpu);
  const half = Math.floor(memory.length / 2);
  console.log(
    `  5,000 agents (${LOAD_PER_SECOND.toFixed(0)} inspections and as many heartbeats a second) for ${seconds.toFixed(0)} s: ${((used.user + used.system) / 1e4 / seconds).toFixed(0)} % of one CPU in ${name === 'postgres' ? 'the collector' : 'all'}, ` +
      `p99 ${percentile(latencies, 99)} ms, ${turnedAway} turned away, RSS ${median(memory.slice(0, half)).toFixed(0)} → ${median(memory.slice(half)).toFixed(0)} MB`,
  );
}

function percentile(values: readonly number[], percent: number): string {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN).toFixed(0);
}
