import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../../../agent/host/command.ts';
import { Host } from '../../../agent/host/host.ts';
import { makeTree } from '../../support/tree.ts';

const { signal } = new AbortController();
const live = await Host.at('/', { sampleMs: 1, now: Date.now });

function script(text: string): `/${string}` {
  const directory = mkdtempSync(join(tmpdir(), 'xunjian-command-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'program');
  writeFileSync(file, `#!/bin/sh\n${text}\n`);
  chmodSync(file, 0o755);
  return file as `/${string}`; // a temporary folder is absolute
}

describe('an external program', () => {
  it('gives what it prints, in the C locale and without our environment', async () => {
    process.env['XUNJIAN_CANARY'] = 'canary';
    onTestFinished(() => void delete process.env['XUNJIAN_CANARY']);
    expect(await runCommand(live, script('echo "$LC_ALL:$XUNJIAN_CANARY:$1"'), ['a b'], { timeoutMs: 30_000, signal })).toBe('C::a b\n');
  });
  it('is killed at its deadline, even when it minds no signal', async () => {
    const before = performance.now();
    await expect(runCommand(live, script("trap '' TERM; while :; do sleep 0.05; done"), [], { timeoutMs: 200, signal })).rejects.toMatchObject({ reason: 'timeout' });
    expect(performance.now() - before).toBeLessThan(20_000);
  });
  it('is stopped when it prints without end', async () => {
    await expect(runCommand(live, script('exec cat /dev/zero'), [], { timeoutMs: 60_000, signal })).rejects.toMatchObject({ reason: 'too-large' });
  });
  it('is stopped with the run', async () => {
    await expect(runCommand(live, script('exec sleep 600'), [], { timeoutMs: 60_000, signal: AbortSignal.timeout(100) })).rejects.toMatchObject({ reason: 'timeout' });
  });
  it.each([
    ['that is missing', '/no/such/program', 'not-visible'],
    ['that fails', '/bin/false', 'failed'],
  ] as const)('%s says so', async (_what, path, reason) => {
    await expect(runCommand(live, path, [], { timeoutMs: 30_000, signal })).rejects.toMatchObject({ reason });
  });
  it('is not run for a host that is a captured tree', async () => {
    const captured = await Host.at(makeTree({ '/etc/hostname': 'h\n' }), { sampleMs: 1, now: Date.now });
    await expect(runCommand(captured, '/bin/true', [], { timeoutMs: 30_000, signal })).rejects.toMatchObject({ reason: 'not-visible' });
  });
});
