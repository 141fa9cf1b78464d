/** The fast path: what a look at a machine costs, and what a minute costs on a cluster of two sizes with the same few changes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentOptions } from '../../agent/agent-options.ts';
import type { LookProcess } from '../../agent/fast/look-process.ts';
import { type ApiServer, apply, startApiServer } from '../support/api-server.ts';
import { median, PROGRAM } from './measure.ts';
import { namespace, node, pod } from './objects.ts';

const LOOKS = 7;
const CHANGES = 20;
/** Time for the events to arrive before the look. */
const SETTLE_MS = 3_000;

async function withLooks(over: Partial<AgentOptions>, work: (looks: LookProcess) => Promise<void>): Promise<void> {
  const stateDir = mkdtempSync(join(tmpdir(), 'xunjian-bench-'));
  const { LookProcess: Emitted } = (await import(join(PROGRAM, '../../agent/fast/look-process.js'))) as typeof import('../../agent/fast/look-process.ts');
  const looks = new Emitted({
    role: 'host',
    cron: '0 2 * * *',
    timeZone: 'UTC',
    jitterMs: 0,
    runAtStart: false,
    stateDir,
    hostRoot: '/',
    sampleMs: 3_000,
    listen: { host: '127.0.0.1', port: 0 },
    deadlineMs: 60_000,
    lease: { namespace: 'default', name: 'x', identity: 'x' },
    settings: {},
    suppressions: [],
    optOut: [],
    clearNames: [],
    ...over,
  });
  try {
    await work(looks);
  } finally {
    looks.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
}

export async function benchHostLooks(): Promise<void> {
  await withLooks({ role: 'node' }, async (looks) => {
    const taken = [];
    for (let turn = 0; turn < LOOKS; turn += 1) taken.push(await looks.look(AbortSignal.timeout(60_000)));
    const warm = taken.slice(1); // the first compiles what the others find compiled
    const cpu = median(warm.map(({ cpuMs }) => cpuMs));
    console.log(
      `fast path, one look at a machine in a process of its own (start included), median of ${warm.length}: CPU ${cpu.toFixed(0)} ms = ${(cpu / 600).toFixed(2)} % of a core at one a minute, ${median(warm.map(({ durationMs }) => durationMs)).toFixed(0)} ms, ${(median(warm.map(({ rssBytes }) => rssBytes)) / 1e6).toFixed(0)} MB while it lasts`,
    );
  });
}

export async function benchClusterLooks(sizes: readonly number[], nodes: number): Promise<void> {
  await using server = await startApiServer();
  await parallel(40, (index) => apply(server.http, namespace(`team-${index}`)));
  await parallel(nodes, (index) => apply(server.http, node(index)));
  let filled = 0;
  let smallest: number | undefined;
  for (const size of sizes) {
    const from = filled;
    await parallel(size - from, (index) => apply(server.http, pod(from + index, nodes)));
    filled = size;
    const cpu = await minutes(server, size, nodes);
    if (smallest !== undefined) console.log(`  CPU a minute at ${size} pods ÷ at ${sizes[0]}: ${(cpu / smallest).toFixed(2)}`);
    smallest ??= cpu;
  }
}

/** @returns median CPU of a minute, milliseconds */
async function minutes(server: ApiServer, pods: number, nodes: number): Promise<number> {
  let cpu = Number.NaN;
  await withLooks({ role: 'cluster', credential: { kind: 'files', paths: [server.kubeconfig] } }, async (looks) => {
    const first = await looks.look(AbortSignal.timeout(60_000));
    const taken = [];
    for (let turn = 0; turn < LOOKS + 3; turn += 1) {
      await parallel(CHANGES, (index) => change(server, (turn * CHANGES + index) % pods));
      await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
      taken.push(await looks.look(AbortSignal.timeout(60_000)));
    }
    const warm = taken.slice(3); // garbage of the first lists is gone, the code is compiled
    cpu = median(warm.map(({ cpuMs }) => cpuMs));
    const { lists = 0, events = 0 } = warm.at(-1)?.watches ?? {};
    console.log(
      `fast path, cluster of ${nodes} nodes and ${pods} pods, ${CHANGES} changes a minute, median of ${warm.length}: CPU ${cpu.toFixed(0)} ms a minute, look ${median(warm.map(({ durationMs }) => durationMs)).toFixed(0)} ms, ${((warm.at(-1)?.rssBytes ?? 0) / 1e6).toFixed(0)} MB; first look with all lists CPU ${first.cpuMs} ms; lists ${first.watches?.lists} at first, ${lists} at last; ${events} events`,
    );
  });
  return cpu;
}

async function change(server: ApiServer, index: number): Promise<void> {
  const { metadata } = pod(index, 1);
  const path = `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;
  await server.http.patch(path, { metadata: { annotations: { touched: String(performance.now()) } } }, { headers: { 'content-type': 'application/merge-patch+json' } });
}

async function parallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      for (let index = next++; index < count; index = next++) await work(index);
    }),
  );
}
