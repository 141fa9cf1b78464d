import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPrivate, makeFolder } from '../../../agent/site/private-file.ts';

it('makes folders, and ends where the system makes none', async () => {
  const base = mkdtempSync(join(tmpdir(), 'xunjian-folder-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  await makeFolder(join(base, 'a/b/c'), 0o700);
  await makeFolder(join(base, 'a/b/c'), 0o700);
  expect(statSync(join(base, 'a/b/c')).mode & 0o777).toBe(0o700);
  writeFileSync(join(base, 'file'), '');
  await expect(makeFolder(join(base, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
  await expect(makeFolder(join(base, 'file/x/y'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  await expect(makeFolder('/proc/xunjian/state')).rejects.toMatchObject({ code: 'ENOENT' }); // Node's own recursive mkdir never ends here
});

it('makes folders beside others who make the same, and one of many files that are made at once, whole', async () => {
  const base = mkdtempSync(join(tmpdir(), 'xunjian-folder-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  for (let round = 0; round < 50; round++) {
    const path = join(base, `${round}/b/c/key`);
    const content = 'k'.repeat(4_096);
    const made = await Promise.all(Array.from({ length: 8 }, async () => ({ first: await createPrivate(path, content), read: readFileSync(path, 'utf8') })));
    expect(made.filter(({ first }) => first)).toHaveLength(1);
    expect(made.every(({ read }) => read === content)).toBe(true);
    expect(readdirSync(join(base, `${round}/b/c`))).toEqual(['key']);
  }
});
