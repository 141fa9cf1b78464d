/** What encoder, guard and digest of a snapshot cost, against the gathering and judging of the very same snapshot. */
import { join } from 'node:path';
import { CHECKS } from '../../agent/checks/index.ts';
import { GATHERERS } from '../../agent/gatherers/index.ts';
import { gatherersFor } from '../../agent/gatherers/roles.ts';
import type { Sources } from '../../agent/gatherers/run.ts';
import { Host } from '../../agent/host/host.ts';
import { hostNameOf } from '../../agent/host/host-name.ts';
import { inspect } from '../../agent/inspection.ts';
import { seal } from '../../agent/wire/encode.ts';
import { Pseudonyms } from '../../agent/wire/pseudonym.ts';
import { median, PROGRAM } from './measure.ts';

const ROUNDS = 5;
const DEADLINE_MS = 300_000;
/** As an agent has it. */
const SAMPLE_MS = 3_000;
const unixNow = (): number => Date.now() / 1_000;

/** This machine. */
export async function benchSealingOfHost(): Promise<void> {
  await benchSealing('this machine', 'node', async () => {
    const host = await Host.at('/', { sampleMs: SAMPLE_MS, now: Date.now, kubernetesNode: true });
    return { sources: { host }, hostName: await hostNameOf(host) };
  });
}
/** A cluster, by its kubeconfig. */
export async function benchSealingOfCluster(what: string, kubeconfig: string): Promise<void> {
  // Emitted: reading the credential from the sources loads a thousand files.
  const { openCluster } = (await import(join(PROGRAM, '../../agent/kube/cluster-of.js'))) as typeof import('../../agent/kube/cluster-of.ts');
  await benchSealing(what, 'cluster', async () => {
    const { cluster } = await openCluster({ kind: 'files', paths: [kubeconfig] }, () => '', unixNow, AbortSignal.timeout(DEADLINE_MS));
    return { sources: { cluster }, hostName: 'bench' };
  });
}

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function benchSealing(what: string, role: 'node' | 'cluster', open: () => Promise<{ sources: Sources; hostName: string }>): Promise<void> {
  const gatherings: Cost[] = [];
  const seals: Cost[] = [];
  let bytes = 0;
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    const { sources, hostName } = await open();
    const gathered = await cost(async () => await inspectOnce(role, sources, hostName));
    const { sections, gatherers, verdicts, findings, takenAt } = gathered.value;
    const pseudonyms = new Pseudonyms(new Uint8Array(32).fill(turn + 1));
    const sealed = await cost(async () =>
      seal({ agent: { role, version: '0.1.0', epoch: 0 }, takenAt, sections, gatherers, verdicts, findings }, { pseudonyms, clearNames: new Set(), words: ['工银', 'acme'] }),
    );
    gatherings.push(gathered);
    seals.push(sealed);
    bytes = sealed.value.json.length;
  }
  const of = (all: readonly Cost[], key: keyof Cost): number => median(all.map((one) => one[key]));
  const share = (key: keyof Cost): string => `${((of(seals, key) / of(gatherings, key)) * 100).toFixed(1)} %`;
  console.log(
    `sealing ${what} (${(bytes / 1e3).toFixed(0)} kB): encoder, guard and digest ${of(seals, 'wallMs').toFixed(0)} ms of ${of(gatherings, 'wallMs').toFixed(0)} ms that gathering and judging took = ${share('wallMs')}; of their CPU time (${of(gatherings, 'cpuMs').toFixed(0)} ms) ${share('cpuMs')}; median of ${ROUNDS}`,
  );
}

async function inspectOnce(role: 'node' | 'cluster', sources: Sources, hostName: string) {
  return await inspect({
    gatherers: gatherersFor(role, GATHERERS),
    checks: CHECKS,
    sources,
    hostName,
    signal: AbortSignal.timeout(DEADLINE_MS),
    now: unixNow,
    clock: () => performance.now(),
  });
}

async function cost<T>(work: () => Promise<T>): Promise<Cost & { readonly value: T }> {
  const began = performance.now();
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, wallMs: performance.now() - began, cpuMs: (user + system) / 1_000 };
}
