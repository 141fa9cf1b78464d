import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { readCredential } from '../../../agent/kube/credential.ts';

/** A kubeconfig whose plugin never answers, and the file where it leaves its process id. */
function hangingPlugin(): { readonly paths: readonly [string]; readonly pid: () => number | undefined } {
  const directory = mkdtempSync(join(tmpdir(), 'xunjian-credential-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  const mark = join(directory, 'pid');
  const exec = {
    apiVersion: 'client.authentication.k8s.io/v1',
    interactiveMode: 'Never',
    command: '/bin/sh',
    args: ['-c', `echo $$ > ${mark}.part; mv ${mark}.part ${mark}; sleep 600`],
  };
  const file = join(directory, 'kubeconfig');
  writeFileSync(
    file,
    JSON.stringify({
      'current-context': 'c',
      clusters: [{ name: 'k', cluster: { server: 'https://127.0.0.1:1' } }],
      users: [{ name: 'u', user: { exec } }],
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
    }),
  );
  return { paths: [file], pid: () => (existsSync(mark) ? Number(readFileSync(mark, 'utf8')) : undefined) };
}
function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
}

describe('a credential plugin that hangs', () => {
  it('ends with the signal, and leaves nothing behind', async () => {
    const { paths, pid } = hangingPlugin();
    const stop = new AbortController();
    const read = readCredential({ kind: 'files', paths }, { signal: stop.signal });
    const plugin = await vi.waitUntil(pid, { timeout: 60_000, interval: 50 });
    expect(isAlive(plugin)).toBe(true);
    stop.abort();
    await expect(read).rejects.toMatchObject({ fault: 'interrupted' });
    await vi.waitUntil(() => !isAlive(plugin), { timeout: 10_000, interval: 20 });
  });
  it('ends at its deadline', async () => {
    const { paths } = hangingPlugin();
    await expect(readCredential({ kind: 'files', paths }, { deadlineMs: 50 })).rejects.toMatchObject({ fault: 'timeout' });
  });
  it('is not begun when everything has been stopped before', async () => {
    const { paths, pid } = hangingPlugin();
    await expect(readCredential({ kind: 'files', paths }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ fault: 'interrupted' });
    expect(pid()).toBeUndefined();
  });
});

it('a kubeconfig that is no regular file is not opened', async () => {
  await expect(readCredential({ kind: 'files', paths: ['/dev/zero'] })).rejects.toMatchObject({ fault: 'not-a-file', file: '/dev/zero' });
});
