/** Less access means fewer answers, never other ones: whole hosts against the same hosts as the chart's levels show them. */
import { copyFile, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOST_CHECKS } from '../../agent/checks/host-checks.ts';
import { HOST_GATHERERS } from '../../agent/gatherers/host/index.ts';
import { gatherersFor } from '../../agent/gatherers/roles.ts';
import { Host } from '../../agent/host/host.ts';
import { type Inspection, inspect } from '../../agent/inspection.ts';
import { KUBEADM_HOST } from '../agent/gatherers/kubernetes/kubeadm-host.ts';
import { GOLDEN_NOW } from '../golden/run.ts';
import { withTree } from '../golden/tree.ts';
import { writeTree } from '../support/tree.ts';

const REDUCED = ['/proc', '/sys', '/etc/os-release', '/var/log'];
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  none: [],
  'reduced on a control-plane node': [...REDUCED, '/etc/kubernetes/pki'],
  full: ['/proc', '/sys', '/etc', '/var', '/run', '/boot', '/opt', '/usr'],
};

async function inspectAs(root: string, paths: readonly string[] | undefined): Promise<Inspection> {
  const host = await Host.at(root, { sampleMs: 0, now: () => GOLDEN_NOW * 1_000, paths, kubernetesNode: true });
  return await inspect({
    gatherers: gatherersFor('node', HOST_GATHERERS),
    checks: HOST_CHECKS,
    sources: { host },
    hostName: 'node-1',
    signal: AbortSignal.timeout(120_000),
    now: () => GOLDEN_NOW,
    clock: () => performance.now(),
  });
}

/** Moves what a pod with these mounts sees of a host to a root of its own; `use` gets it, and then everything is put back. */
async function asMounted(root: string, paths: readonly string[], use: (pod: string) => Promise<void>): Promise<void> {
  const pod = await mkdtemp(join(tmpdir(), 'xunjian-pod-'));
  const moved: string[] = [];
  for (const path of paths) {
    const from = join(root, path);
    if (!(await stat(from).catch(() => undefined))) continue;
    await mkdir(dirname(join(pod, path)), { recursive: true });
    if (path === '/etc/os-release')
      await copyFile(from, join(pod, path)); // a mount shows what a link leads to
    else {
      await rename(from, join(pod, path));
      moved.push(path);
    }
  }
  await use(pod);
  for (const path of moved) await rename(join(pod, path), join(root, path));
  await rm(pod, { recursive: true, force: true });
}

/** Says which mounts to add, and is therefore the one that answers otherwise where they are missing. */
const ABOUT_ACCESS: ReadonlySet<string> = new Set(['disk-mount-unmeasured']);

describe.each(['debian-12', 'kylin-v10-synthetic', 'kubeadm'])('on %s', (tree) => {
  let whole: Inspection;
  const seen = new Map<string, Inspection>();
  beforeAll(async () => {
    const look = async (root: string): Promise<void> => {
      whole = await inspectAs(root, undefined);
      for (const [level, paths] of Object.entries(LEVELS)) {
        await asMounted(root, paths, async (pod) => {
          seen.set(level, await inspectAs(pod, paths));
        });
      }
    };
    if (tree !== 'kubeadm') return await withTree(join(import.meta.dirname, '../golden/trees', tree), look);
    const root = await mkdtemp(join(tmpdir(), 'xunjian-kubeadm-'));
    writeTree(root, KUBEADM_HOST);
    try {
      await look(root);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
  afterAll(() => seen.clear());

  it.each(Object.keys(LEVELS))('%s says what the whole host says, or that it does not know', (level) => {
    const expected = new Map(whole.verdicts.map(({ check, verdict }) => [check, verdict]));
    const other = (seen.get(level)?.verdicts ?? []).filter(({ check, verdict }) => verdict !== 'unknown' && verdict !== expected.get(check) && !ABOUT_ACCESS.has(check));
    expect(other.map(({ check, verdict }) => `${check}: ${verdict} instead of ${expected.get(check)}`)).toEqual([]);
    const findings = new Set(whole.findings.map(({ check, scope }) => `${check} ${scope.kind}/${scope.name}`));
    expect(
      (seen.get(level)?.findings ?? [])
        .map(({ check, scope }) => `${check} ${scope.kind}/${scope.name}`)
        .filter((one) => !findings.has(one) && !ABOUT_ACCESS.has(one.split(' ')[0] ?? '')),
    ).toEqual([]);
  });

  it('sees nothing without access, much with little, and everything but the kernel’s ring buffer with all', () => {
    const answered = (one: Inspection | undefined): number => (one?.verdicts ?? []).filter(({ verdict }) => verdict === 'pass' || verdict === 'fail').length;
    expect(answered(seen.get('none'))).toBe(0);
    expect(answered(seen.get('reduced on a control-plane node'))).toBeGreaterThan(tree === 'kubeadm' ? 0 : answered(whole) * 0.4);
    // The kernel's ring buffer is a device, which no container may open without being privileged: there its log files count.
    const stateOf = (one: Inspection | undefined): readonly string[] =>
      (one?.gatherers ?? []).filter(({ section }) => section !== 'kernelLog').map(({ section, status }) => `${section} ${status}`);
    expect(stateOf(seen.get('full'))).toEqual(stateOf(whole));
  });
});
