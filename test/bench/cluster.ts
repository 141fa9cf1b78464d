/** The cluster inspection on a real API server, against a bare paged GET of the same lists that parses nothing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { GATHERERS } from '../../agent/gatherers/index.ts';
import * as RESOURCES from '../../agent/kube/resources.ts';
import { type ApiServer, apply, startApiServer } from '../support/api-server.ts';
import { measure, median } from './measure.ts';
import { namespace, node, pod } from './objects.ts';
import { benchSealingOfCluster } from './sealing.ts';

const ROUNDS = 3;
const WRITERS = 12;

export async function benchCluster(sizes: readonly number[], nodes: number): Promise<void> {
  await using server = await startApiServer();
  const state = mkdtempSync(join(tmpdir(), 'xunjian-bench-'));
  try {
    await parallel(40, (index) => apply(server.http, namespace(`team-${index}`)));
    await parallel(nodes, (index) => apply(server.http, node(index)));
    let filled = 0;
    let smallest: number | undefined;
    for (const size of sizes) {
      const from = filled;
      await parallel(size - from, (index) => apply(server.http, pod(from + index, nodes)));
      filled = size;
      const peak = await round(server, size, nodes, state);
      await benchSealingOfCluster(`a cluster of ${nodes} nodes and ${size} pods`, server.kubeconfig);
      if (smallest !== undefined) console.log(`  peak memory at ${size} pods ÷ at ${sizes[0]}: ${(peak / smallest).toFixed(2)}`);
      smallest ??= peak;
    }
  } finally {
    rmSync(state, { recursive: true, force: true });
  }
}

async function round(server: ApiServer, pods: number, nodes: number, state: string): Promise<number> {
  const walls: number[] = [];
  const bares: number[] = [];
  const peaks: number[] = [];
  const children: number[] = [];
  let bytes = 0;
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const began = performance.now();
    bytes = await bareLists(server);
    bares.push(performance.now() - began);
    const run = await measure([
      'inspect',
      '--no-host',
      '--kubeconfig',
      server.kubeconfig,
      '--out',
      join(state, 'out'),
      '--state-dir',
      join(state, 'state'),
      '--quiet',
      '--lang',
      'en',
      '--fail-on',
      'never',
    ]);
    if (run.exitCode !== 0) throw new Error(`inspect ended with ${run.exitCode}: ${run.stderr.slice(-2_000)}`);
    walls.push(run.wallMs);
    peaks.push(run.peakRssMb);
    children.push(run.peakChildrenMb);
  }
  console.log(`cluster of ${nodes} nodes and ${pods} pods (${(bytes / 1e6).toFixed(0)} MB of lists), median of ${ROUNDS}:`);
  console.log(
    `  bare paged GET ${median(bares).toFixed(0)} ms · whole \`inspect\` process ${median(walls).toFixed(0)} ms · ratio ${(median(walls) / median(bares)).toFixed(2)} · peak memory of the process ${median(peaks).toFixed(0)} MB, of its children together at most ${Math.max(...children).toFixed(0)} MB`,
  );
  return median(peaks);
}

/** GETs every list that the gatherers need, 500 objects a page, and counts bytes: the floor for anything that lists. */
async function bareLists(server: ApiServer): Promise<number> {
  const wanted = new Set(GATHERERS.flatMap(({ needs }) => needs.flatMap((need) => ('api' in need && need.verbs.includes('list') ? [`${need.group}/${need.api}`] : []))));
  let bytes = 0;
  for (const { group, plural, versions } of Object.values(RESOURCES).filter((value): value is RESOURCES.Resource => typeof value === 'object' && 'plural' in value)) {
    if (!wanted.has(`${group}/${plural}`)) continue;
    for (const version of versions) {
      const base = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
      const size = await bareList(server, `${base}/${plural}`);
      if (size === undefined) continue;
      bytes += size;
      break;
    }
  }
  return bytes;
}
async function bareList(server: ApiServer, path: string): Promise<number | undefined> {
  let bytes = 0;
  for (let token = ''; ; ) {
    const answer = await server.http.get<Readable>(`${path}?limit=500${token && `&continue=${encodeURIComponent(token)}`}`, { responseType: 'stream' });
    if (answer.status !== 200) {
      answer.data.destroy();
      return undefined;
    }
    let head = '';
    for await (const chunk of answer.data) {
      bytes += (chunk as Buffer).length;
      if (head.length < 4_096) head += (chunk as Buffer).toString('latin1', 0, 4_096);
    }
    token = /"continue":"([^"]+)"/.exec(head.slice(0, 4_096))?.[1] ?? '';
    if (token === '') return bytes;
  }
}

async function parallel(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (let index = next++; index < count; index = next++) await work(index);
    }),
  );
}
