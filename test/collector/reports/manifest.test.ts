import { generateKeyPairSync, sign } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keyIdOfFile, verifyReport } from '../../../bin/verify-report.ts';
import { MANIFEST_NAME, type Manifest, readManifest, SIGNATURE_NAME, writeManifest } from '../../../collector/reports/manifest.ts';
import { signingKeyOf } from '../../../collector/reports/signing-key.ts';
import { sha256Of } from '../../../collector/store/report-store.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunjian-manifest-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const key = await signingKeyOf(join(folder, 'keys', 'report.key'));
const CONTENT = { 's360-1.zh.pdf': '%PDF one', 's360-1.zh.html': '<p>two' };
const manifestOf = (files: Readonly<Record<string, string>>): Manifest => ({
  schema: 1,
  report: { id: 'r1', kind: 's360', from: 1, to: 2, asOf: 2 },
  documentSha256: 'a'.repeat(64),
  version: '0.1.0',
  madeAt: 3,
  files: Object.entries(files).map(([name, text]) => ({ name, mediaType: 'application/pdf', bytes: Buffer.byteLength(text), sha256: sha256Of(text) })),
});
let count = 0;
function reportFolder(): string {
  count += 1;
  const path = join(folder, `report-${count}`);
  mkdirSync(path);
  const { manifest, signature } = writeManifest(manifestOf(CONTENT), key);
  for (const [name, text] of Object.entries({ ...CONTENT, [MANIFEST_NAME]: manifest, [SIGNATURE_NAME]: signature })) writeFileSync(join(path, name), text);
  return path;
}

describe('the key', () => {
  it('is its owner’s alone, stays the same, and is refused when others may read it', async () => {
    const path = join(folder, 'keys', 'report.key');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await signingKeyOf(path)).keyId).toBe(key.keyId);
    const open = join(folder, 'open.key');
    await signingKeyOf(open);
    chmodSync(open, 0o644);
    await expect(signingKeyOf(open)).rejects.toThrow(/chmod 600/);
  });
  it('has to be Ed25519', async () => {
    const path = join(folder, 'rsa.key');
    writeFileSync(path, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    await expect(signingKeyOf(path)).rejects.toThrow(/Ed25519/);
  });
});

describe('verification', () => {
  it('holds for what was signed, and for one file of it', async () => {
    const path = reportFolder();
    const result = await verifyReport(path, key.keyId);
    expect(result).toMatchObject({ keyId: key.keyId, files: [{ verdict: 'ok' }, { verdict: 'ok' }] });
    expect(await verifyReport(join(path, 's360-1.zh.pdf'))).toMatchObject({ files: [{ name: 's360-1.zh.pdf', verdict: 'ok' }] });
  });
  it('sees every flipped byte of every file', async () => {
    for (const name of [...Object.keys(CONTENT), MANIFEST_NAME]) {
      const path = reportFolder();
      const original = readFileSync(join(path, name));
      for (let at = 0; at < original.length; at += name === MANIFEST_NAME ? 37 : 1) {
        const changed = Buffer.from(original);
        changed[at] = (changed[at] ?? 0) ^ 1;
        writeFileSync(join(path, name), changed);
        const result = await verifyReport(path, key.keyId);
        expect('fault' in result || result.files.some(({ verdict }) => verdict !== 'ok'), `${name} ${at}`).toBe(true);
      }
    }
  });
  it('sees what is missing, not listed, or no plain file', async () => {
    const path = reportFolder();
    rmSync(join(path, 's360-1.zh.pdf'));
    expect(await verifyReport(path)).toMatchObject({ files: [{ verdict: 'ok' }, { verdict: 'missing' }] });
    symlinkSync('/etc/hostname', join(path, 's360-1.zh.pdf'));
    expect(await verifyReport(path)).toMatchObject({ files: [{ verdict: 'ok' }, { verdict: 'missing' }] });
    writeFileSync(join(path, 'other.pdf'), 'x');
    expect(await verifyReport(join(path, 'other.pdf'))).toEqual({ fault: 'not-listed' });
    expect(await verifyReport(path)).toMatchObject({ unlisted: ['other.pdf'] });
    expect(await verifyReport(reportFolder())).toMatchObject({ unlisted: [] });
  });
  it('another key convinces only who knows none', async () => {
    const other = await signingKeyOf(join(folder, 'keys', 'other.key'));
    const { manifest, signature } = writeManifest(manifestOf(CONTENT), other);
    const path = reportFolder();
    writeFileSync(join(path, MANIFEST_NAME), manifest);
    writeFileSync(join(path, SIGNATURE_NAME), signature);
    expect(await verifyReport(path)).toMatchObject({ keyId: other.keyId });
    expect(await verifyReport(path, key.keyId)).toEqual({ fault: 'key' });
    writeFileSync(join(folder, 'public.pem'), key.publicKey);
    expect(await keyIdOfFile(join(folder, 'public.pem'))).toBe(key.keyId);
  });
  it('a signed manifest cannot lead out of its folder', () => {
    for (const name of ['../secret', '/etc/passwd', 'a/b', '.hidden', 'a\0b', '']) {
      const { manifest, signature } = writeManifest({ ...manifestOf(CONTENT), files: [{ name, mediaType: 'x', bytes: 1, sha256: 'a'.repeat(64) }] }, key);
      expect(readManifest(Buffer.from(manifest), signature), name).toEqual({ fault: 'manifest' });
    }
  });
  it('garbage is no signature', () => {
    const { manifest, signature } = writeManifest(manifestOf(CONTENT), key);
    for (const text of ['', 'null', '{}', signature.replace(key.keyId, 'b'.repeat(64)), JSON.stringify({ ...JSON.parse(signature), extra: 1 })])
      expect(readManifest(Buffer.from(manifest), text)).toEqual({ fault: 'signature-file' });
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = {
      algorithm: 'ed25519',
      keyId: key.keyId,
      publicKey: rsa.publicKey.export({ type: 'spki', format: 'der' }).toString('base64').slice(0, 200),
      signature: sign('sha256', Buffer.from(manifest), rsa.privateKey).toString('base64').slice(0, 200),
    };
    expect(readManifest(Buffer.from(manifest), JSON.stringify(forged))).toEqual({ fault: 'signature-file' });
  });
});
