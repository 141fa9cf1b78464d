import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AgentOptions } from '../../agent/agent-options.ts';
import type { Look } from '../../agent/fast/look.ts';
import { LookProcess } from '../../agent/fast/look-process.ts';
import { FastPath, type FastPathHooks, type FastPathSources } from '../../agent/fast-path.ts';
import { type Evaluation, NOTHING_SEEN } from '../../agent/triggers/evaluation.ts';
import type { SignalBatch } from '../../agent/wire/signal.ts';

function optionsOf(over: Partial<AgentOptions> = {}): AgentOptions {
  const stateDir = mkdtempSync(join(tmpdir(), 'xunjian-fast-'));
  chmodSync(stateDir, 0o700);
  onTestFinished(() => rmSync(stateDir, { recursive: true, force: true }));
  return {
    role: 'host',
    cron: '0 2 * * *',
    timeZone: 'UTC',
    jitterMs: 0,
    runAtStart: false,
    stateDir,
    hostRoot: '/',
    sampleMs: 200,
    listen: { host: '127.0.0.1', port: 0 },
    deadlineMs: 60_000,
    lease: { namespace: 'default', name: 'x', identity: 'x' },
    settings: {},
    suppressions: [],
    optOut: [],
    clearNames: [],
    ...over,
  };
}
const full = (severity: 'critical' | 'warning' = 'critical'): Evaluation => ({
  ...NOTHING_SEEN,
  verdicts: [{ check: 'disk-mount-hung', verdict: 'fail' }],
  findings: [{ check: 'disk-mount-hung', area: 'disk', severity, scope: { kind: 'Mount', node: 'n', name: '/nfs' }, unit: 'value' }],
});
const fine: Evaluation = { ...NOTHING_SEEN, verdicts: [{ check: 'disk-mount-hung', verdict: 'pass' }] };
const lookOf = (evaluation: Evaluation): Look => ({ evaluation, durationMs: 1, cpuMs: 1, rssBytes: 1, failed: [] });

/** Runs looks without waiting: a clock that each look moves on by a minute. */
async function play(
  options: AgentOptions,
  looks: readonly (Evaluation | Error)[],
  hooks: Partial<FastPathHooks> = {},
  startMinutes = 0,
): Promise<{ told: SignalBatch[]; path: FastPath; feed: (evaluation: Evaluation) => Promise<void>; looked: (Look | undefined)[]; pauses: number[] }> {
  const told: SignalBatch[] = [];
  const looked: (Look | undefined)[] = [];
  const pauses: number[] = [];
  const stop = new AbortController();
  let turn = 0;
  let minutes = 0;
  const sources: Partial<FastPathSources> = {
    now: () => 1_795_305_600_000 + (startMinutes + minutes) * 60_000,
    clock: () => minutes * 60_000,
    random: () => 0,
    pause: async (ms) => {
      await Promise.resolve();
      pauses.push(ms);
      minutes += 1;
    },
    looks: {
      look: async () => {
        const next = looks[turn];
        turn += 1;
        if (next === undefined) {
          stop.abort();
          throw new Error('over');
        }
        if (next instanceof Error) throw next;
        return await Promise.resolve(lookOf(next));
      },
      stop: () => undefined,
    },
  };
  const path = await FastPath.open(
    options,
    {
      onSignals: async (batch) => {
        await Promise.resolve();
        told.push(batch);
      },
      onLook: (look) => void looked.push(look),
      ...hooks,
    },
    sources,
  );
  await path.run(stop.signal);
  return { told, path, looked, pauses, feed: (evaluation) => path.feed(evaluation) };
}
const words = (told: readonly SignalBatch[]): string[] =>
  told.map(({ complete, signals }) => `${complete ? 'all' : 'new'}: ${signals.map(({ state, check }) => `${check} ${state}`).join(', ')}`);

describe('the fast path', () => {
  it('tells what changed, and everything once it is sure of what it knows', async () => {
    const { told, path } = await play(optionsOf(), [full(), full(), full(), fine, fine, fine]);
    expect(words(told)).toEqual(['new: disk-mount-hung firing', 'all: disk-mount-hung firing', 'new: disk-mount-hung clear']);
    expect(path.activeSignals).toBe(0);
  });

  it('goes on after a restart: what was told is not told again but in the complete batch, what is over is told', async () => {
    const options = optionsOf();
    await play(options, [full(), full()]);
    const { told } = await play(options, [full(), full()], {}, 10);
    expect(words(told)).toEqual(['all: disk-mount-hung firing']);
    expect(words((await play(options, [fine, fine, fine], {}, 20)).told)).toEqual(['new: disk-mount-hung clear', 'all: ']);
  });

  it('tells again what could not be kept', async () => {
    const told: SignalBatch[] = [];
    let failures = 1;
    await play(optionsOf(), [full(), full(), full()], {
      onSignals: async (batch) => {
        await Promise.resolve();
        if (failures-- > 0) throw new Error('disk full');
        told.push(batch);
      },
    });
    expect(words(told)).toEqual(['new: disk-mount-hung firing', 'all: disk-mount-hung firing']);
  });

  it('a look that fails resolves nothing: what it cannot see grows stale', async () => {
    const { told, looked } = await play(optionsOf(), [full(), full(), ...Array.from({ length: 6 }, () => new Error('killed'))]);
    expect(words(told)).toEqual(['new: disk-mount-hung firing', 'all: disk-mount-hung firing', 'new: disk-mount-hung stale']);
    expect(looked.filter((look) => look === undefined)).toHaveLength(6);
  });

  it('looks again within seconds when a critical trouble was seen once, and else every minute', async () => {
    const { pauses } = await play(optionsOf(), [fine, full(), full(), full('warning')]);
    expect(pauses.slice(1, -1).map((ms) => Math.round(ms / 1_000))).toEqual([57, 10, 57, 57]);
  });

  it('takes what the daily inspection found', async () => {
    const { told, feed } = await play(optionsOf(), [fine]);
    const finding = { check: 'os-ip-forward-off', area: 'os', severity: 'critical', scope: { kind: 'Node', name: 'n' }, unit: 'value' } as const;
    await feed({ ...NOTHING_SEEN, verdicts: [{ check: finding.check, verdict: 'fail' }], findings: [finding] });
    expect(words(told)).toEqual(['new: os-ip-forward-off firing']);
  });

  it('counts a damaged memory and goes on; one that cannot be written is told', async () => {
    const options = optionsOf();
    writeFileSync(join(options.stateDir, 'triggers.json'), '{"version":99}');
    const faults: string[] = [];
    const { told } = await play(options, [full(), full()], { onStateFault: (kind) => void faults.push(kind) });
    expect(faults).toEqual(['load']);
    expect(told).toHaveLength(2);
    expect(existsSync(join(options.stateDir, 'triggers.json.damaged'))).toBe(true);
  });
});

describe('the process of a look', () => {
  it('looks at this machine and ends', { timeout: 60_000 }, async () => {
    const looks = new LookProcess(optionsOf({ nodeName: 'node-1' }));
    const { evaluation, failed } = await looks.look(AbortSignal.timeout(50_000));
    const checks = evaluation.verdicts.map(({ check }) => check);
    expect(checks).toContain('disk-space-low');
    expect(checks).toContain('kubelet-not-running');
    expect(checks).not.toContain('os-swappiness-high');
    expect(evaluation.verdicts.find(({ check }) => check === 'host-memory-high')?.verdict).not.toBe('unknown');
    expect(failed.length).toBeLessThan(5);
  });
  it('says so when it cannot look', { timeout: 60_000 }, async () => {
    await expect(new LookProcess(optionsOf({ role: 'cluster' })).look(AbortSignal.timeout(50_000))).rejects.toMatchObject({ name: 'LookFailedError' });
  });
  it('stops when told to', { timeout: 60_000 }, async () => {
    await expect(new LookProcess(optionsOf()).look(AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'LookFailedError' });
  });
});
