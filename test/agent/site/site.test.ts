import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { keepPayload } from '../../../agent/runtime/spool.ts';
import { keepReverseTable, openPseudonyms, resolvePseudonym } from '../../../agent/site/site.ts';
import type { SealedPayload } from '../../../agent/wire/encode-values.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'xunjian-site-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

it('makes one key at the first run, for its owner only, and keeps it', async () => {
  const state = join(directory(), 'deep/state');
  const [one, two] = await Promise.all([openPseudonyms(state), openPseudonyms(state)]);
  expect(one.of('node', 'a')).toBe(two.of('node', 'a'));
  expect((await openPseudonyms(state)).of('node', 'a')).toBe(one.of('node', 'a'));
  expect(statSync(join(state, 'site.key')).mode & 0o777).toBe(0o600);
  expect(statSync(join(state, 'site.key')).size).toBe(32);
});
it('closes a key file that others could read, and refuses one that is no key', async () => {
  const state = directory();
  await openPseudonyms(state);
  chmodSync(join(state, 'site.key'), 0o644);
  await openPseudonyms(state);
  expect(statSync(join(state, 'site.key')).mode & 0o777).toBe(0o600);
  writeFileSync(join(state, 'site.key'), 'short');
  await expect(openPseudonyms(state)).rejects.toMatchObject({ name: 'SiteKeyError', file: join(state, 'site.key') });
  await expect(openPseudonyms(state, join(state, 'missing'))).rejects.toMatchObject({ name: 'SiteKeyError' });
});
it('keeps the way back, over runs and over a damaged table', async () => {
  const state = directory();
  const pseudonyms = await openPseudonyms(state);
  const node = pseudonyms.of('node', 'worker-1');
  await keepReverseTable(state, pseudonyms);
  const later = await openPseudonyms(state);
  const pod = later.of('pod', '__proto__');
  await keepReverseTable(state, later);
  expect(await resolvePseudonym(state, node)).toBe('worker-1');
  expect(await resolvePseudonym(state, pod)).toBe('__proto__');
  expect(await resolvePseudonym(state, 'toString')).toBeUndefined();
  expect(statSync(join(state, 'names.json')).mode & 0o777).toBe(0o600);
  writeFileSync(join(state, 'names.json'), '{"broken');
  await keepReverseTable(state, later);
  expect(await resolvePseudonym(state, pod)).toBe('__proto__');
});
it('spools sealed payloads for the owner only and drops the oldest beyond the limits', async () => {
  const spool = join(directory(), 'spool');
  const payload = (n: number): SealedPayload => ({ json: 'x'.repeat(100), sha256: n.toString(16).padStart(64, '0') }) as unknown as SealedPayload; // only what the spool reads
  writeFileSync(join(directory(), 'foreign'), '');
  for (let n = 1; n <= 5; n += 1) await keepPayload(spool, 1_000 + n, payload(n * 2 ** 220), { maxFiles: 3, maxBytes: 10_000 });
  expect(readdirSync(spool).map((name) => name.slice(0, 10))).toEqual(['0000001003', '0000001004', '0000001005']);
  const file = await keepPayload(spool, 2_000, payload(1), { maxFiles: 9, maxBytes: 150 });
  expect(readdirSync(spool)).toHaveLength(1);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, 'utf8')).toHaveLength(100);
});
