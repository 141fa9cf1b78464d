import { chownSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Ledger } from '../../../agent/delivery/ledger.ts';
import { createPrivate, makeFolder, writePrivate } from '../../../agent/site/private-file.ts';

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

const NO_ROOT = process.getuid?.() === 0 ? '' : 'only root can write for others';
it.skipIf(NO_ROOT !== '')(`what root writes into an agent’s folder is the agent’s, so that it goes on reading its state${NO_ROOT && ` (skipped: ${NO_ROOT})`}`, async () => {
  const base = mkdtempSync(join(tmpdir(), 'xunjian-folder-'));
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  chownSync(base, 65_532, 65_533);
  await writePrivate(join(base, 'names.json'), '{}');
  await createPrivate(join(base, 'site.key'), 'k');
  await writePrivate(join(base, 'packs/deeper/applied.json'), '{}');
  const ledger = await Ledger.open(join(base, 'bundle-ledger'), { url: 'bundle:x', now: Date.now });
  await ledger.sending([{ head: { agent: 'a', boot: 'b', seq: 1, kind: 'inspection', sha256: 'c', keptAt: 1 }, body: Buffer.alloc(1), place: 'store' }] as never);
  const owners = ['names.json', 'site.key', 'packs', 'packs/deeper', 'packs/deeper/applied.json', 'bundle-ledger', 'bundle-ledger/ledger.jsonl'].map((path) => {
    const { uid, gid, mode } = statSync(join(base, path));
    return [path, uid, gid, mode & 0o077];
  });
  expect(owners).toEqual(owners.map(([path]) => [path, 65_532, 65_533, 0]));
  mkdirSync(join(base, 'roots'));
  await writePrivate(join(base, 'roots/own'), '');
  expect(statSync(join(base, 'roots/own')).uid).toBe(0);
});
