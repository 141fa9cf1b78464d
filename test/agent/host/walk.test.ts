import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Entry, isWorldWritable, type WalkLimits, walk } from '../../../agent/host/walk.ts';
import { hostOf } from '../../support/tree.ts';

const quiet = new AbortController().signal;

async function walked(files: Record<string, string>, limits: WalkLimits, signal = quiet): Promise<{ entries: Entry[]; complete: boolean }> {
  const entries: Entry[] = [];
  const steps = walk(await hostOf(files), '/var/log', limits, signal);
  let next = await steps.next();
  for (; !next.done; next = await steps.next()) entries.push(next.value);
  return { entries, complete: next.value.complete };
}

describe('walking a folder', () => {
  it('sees files and folders below, breadth first, and no links', async () => {
    const { entries, complete } = await walked(
      { '/var/log/messages': 'abc', '/var/log/pods/a/0.log': 'x'.repeat(5_000), '/var/log/loop': '-> /var/log', '/etc/secret': 'x' },
      { depth: 5, entries: 100 },
    );
    expect(complete).toBe(true);
    expect(entries.map(({ path, kind }) => `${kind} ${path}`).sort()).toEqual(['file messages', 'file pods/a/0.log', 'folder pods', 'folder pods/a', 'other loop']);
    expect(entries.find(({ path }) => path === 'pods/a/0.log')?.bytes).toBe(5_000);
  });
  it('says when depth or number left something out', async () => {
    const files = { '/var/log/a/b/c.log': 'x', '/var/log/d.log': 'y' };
    expect(await walked(files, { depth: 1, entries: 100 })).toMatchObject({ complete: false, entries: { length: 2 } });
    expect(await walked(files, { depth: 9, entries: 2 })).toMatchObject({ complete: false, entries: { length: 2 } });
    expect(await walked(files, { depth: 9, entries: 100 }, AbortSignal.abort())).toMatchObject({ complete: false });
  });
  it('finds nothing where there is nothing', async () => {
    expect(await walked({}, { depth: 3, entries: 10 })).toEqual({ entries: [], complete: true });
    expect(await walked({ '/var/log': 'a file' }, { depth: 3, entries: 10 })).toEqual({ entries: [], complete: true });
  });
});

describe('permissions', () => {
  it('tells files that anyone may write', async () => {
    const host = await hostOf({ '/etc/passwd': '', '/etc/shadow': '' });
    chmodSync(join(host.root, '/etc/passwd'), 0o646);
    expect(await isWorldWritable(host, '/etc/passwd')).toBe(true);
    expect(await isWorldWritable(host, '/etc/shadow')).toBe(false);
    expect(await isWorldWritable(host, '/etc/none')).toBeUndefined();
  });
});
