import { copyFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { generateIdentity, identityToRecipient } from 'age-encryption';
import fc from 'fast-check';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { BundleError, type BundleFault } from '../../../agent/bundle/bundle-error.ts';
import { type BundleManifest, INDEX_NAME, MANIFEST_NAME, SIGNATURE_NAME } from '../../../agent/bundle/manifest.ts';
import { readPart } from '../../../agent/bundle/read-part.ts';
import { readTar, type TarFile, writeTar } from '../../../agent/bundle/tar.ts';
import { splitEnvelope } from '../../../agent/wire/envelope.ts';
import { signText } from '../../../agent/wire/signature.ts';
import { bundleOf, carriedOf, folder, signer } from '../../support/bundle-kit.ts';
import { inspection, signals } from '../../support/payloads.ts';

const PAYLOADS = [1, 2, 3].map((seq) => carriedOf('inspection', inspection({ node: `node-${seq}` }), seq));

async function faultOf(work: Promise<unknown>): Promise<BundleFault | 'none'> {
  return await work.then(
    () => 'none' as const,
    (error: unknown) => (error instanceof BundleError ? error.fault : Promise.reject(error)),
  );
}
async function filesOf(path: string): Promise<TarFile[]> {
  const files: TarFile[] = [];
  for await (const entry of readTar(piecesOf(readFileSync(path)))) files.push({ name: entry.name, content: await entry.read(1e8) });
  return files;
}
async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
/** A container with these files, as a hostile person would make it. */
async function containerOf(files: readonly TarFile[]): Promise<string> {
  const path = join(folder(), 'hostile.tar');
  const pieces: Uint8Array[] = [];
  for await (const piece of writeTar(files, 0)) pieces.push(piece);
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

describe('a bundle', () => {
  it('carries the very bytes that would be sent, with their ids, under a signature', async () => {
    const { paths, keyId, counts } = await bundleOf([...PAYLOADS, carriedOf('signals', signals([]), 4)]);
    expect(counts).toMatchObject({ payloads: 4, agents: 1, kinds: { inspection: 3, signals: 1 } });
    const seen: string[] = [];
    const { manifest } = await readPart(
      paths[0] ?? '',
      { keyId },
      { onPayload: async (_payload, body) => void seen.push(splitEnvelope(gunzipSync(body).toString('utf8').trimEnd())?.body ?? '') },
    );
    expect(seen.slice(0, 3)).toEqual(PAYLOADS.map(({ json }) => json));
    expect(manifest.bundle.registry).toEqual({ schema: expect.any(Number), digest: expect.stringMatching(/^[0-9a-f]{16}$/) });
    expect(manifest.payloads.map(({ sha256 }) => sha256).slice(0, 3)).toEqual(PAYLOADS.map(({ header }) => header.sha256));
  });

  it('is cut into parts of the size that was asked for, each whole by itself', async () => {
    const many = Array.from({ length: 12 }, (_none, index) => carriedOf('inspection', inspection({ node: `node-${index}` }), index + 1));
    const { paths, counts, id } = await bundleOf(many, { splitBytes: 64 * 1_024 });
    expect(paths.length).toBeGreaterThan(1);
    const parts = await Promise.all(paths.map((path) => readPart(path, {})));
    expect(parts.map(({ manifest }) => manifest.part)).toEqual(paths.map((_path, index) => index + 1));
    expect(new Set(parts.map(({ manifest }) => manifest.bundle.id))).toEqual(new Set([id]));
    expect(parts.flatMap(({ manifest }) => manifest.payloads)).toHaveLength(counts.payloads);
    for (const { manifest } of parts) expect(manifest.payloads.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(64 * 1_024);
  });

  it('has a page for people in both languages, without script, that says what is in it', async () => {
    const { paths, id } = await bundleOf(PAYLOADS);
    const page = (await filesOf(paths[0] ?? '')).find(({ name }) => name === INDEX_NAME)?.content.toString() ?? '';
    expect(page).toContain(id);
    expect(page).toContain('巡检数据包');
    expect(page).toContain('Inspection bundle');
    expect(page).not.toMatch(/<script|https?:\/\//);
  });

  it('leaves nothing behind when there is nothing to carry', async () => {
    const target = folder();
    expect(await faultOf(bundleOf([], { folder: target }))).toBe('nothing');
    expect(readdirSync(target)).toEqual([]);
  });

  it('is not made when what leaves cannot be written down', async () => {
    const target = folder();
    const record = { carry: async () => undefined, settle: async () => Promise.reject(new Error('ENOSPC')) };
    await expect(bundleOf(PAYLOADS, { folder: target, record })).rejects.toThrow('ENOSPC');
    expect(readdirSync(target)).toEqual([]);
  });
});

describe('an encrypted bundle', () => {
  it('opens for its recipient alone, and says so to others', async () => {
    const [mine, other] = [await generateIdentity(), await generateIdentity()];
    const { paths } = await bundleOf(PAYLOADS, { recipients: [await identityToRecipient(mine)] });
    const [path = ''] = paths;
    expect(path).toMatch(/\.tar\.age$/);
    expect(readFileSync(path).includes(Buffer.from('xunjian-bundle"'))).toBe(false);
    expect(await faultOf(readPart(path, { identities: [mine] }))).toBe('none');
    expect(await faultOf(readPart(path, { identities: [other] }))).toBe('wrong-identity');
    expect(await faultOf(readPart(path, {}))).toBe('encrypted');
    truncateSync(path, readFileSync(path).length - 100);
    expect(await faultOf(readPart(path, { identities: [mine] }))).toBe('truncated');
  });
});

describe('a hostile bundle', () => {
  it('is refused wherever one byte is another', async () => {
    const { paths, keyId } = await bundleOf([PAYLOADS[0] ?? carriedOf('signals', signals([]), 1)]);
    const bytes = readFileSync(paths[0] ?? '');
    const files = await filesOf(paths[0] ?? '');
    // Everything up to the end of the last file but what tar itself fills up with.
    const used = 512 * files.length + files.reduce((sum, { content }) => sum + Math.ceil(content.length / 512) * 512, 0);
    const copy = join(folder(), 'changed.tar');
    await fc.assert(
      fc.asyncProperty(fc.nat(used - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ change;
        writeFileSync(copy, changed);
        const read: Buffer[] = [];
        const fault = await faultOf(readPart(copy, { keyId }, { onPayload: async (_payload, body) => void read.push(body) }));
        // A byte of padding, or of a header's field that nobody uses, changes nothing that is read.
        return fault !== 'none' || read.every((body) => gunzipSync(body).equals(gunzipSync(files[3]?.content ?? Buffer.alloc(0))));
      }),
      { numRuns: 150 },
    );
  });

  it('is refused wherever it was cut', async () => {
    const { paths, keyId } = await bundleOf(PAYLOADS);
    const [path = ''] = paths;
    const whole = readFileSync(path).length;
    const copy = join(folder(), 'cut.tar');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole - 1_025), async (length) => {
        copyFileSync(path, copy);
        truncateSync(copy, length);
        return ['truncated', 'not-a-bundle'].includes(await faultOf(readPart(copy, { keyId })));
      }),
      { numRuns: 60 },
    );
  });

  it('is refused under another key, and when its manifest was written anew by somebody else', async () => {
    const { paths, keyId } = await bundleOf(PAYLOADS);
    const files = await filesOf(paths[0] ?? '');
    const manifest = files[0]?.content.toString() ?? '';
    const forged = signer();
    const again = await containerOf(files.map((file) => (file.name === SIGNATURE_NAME ? { ...file, content: Buffer.from(signText(manifest, forged)) } : file)));
    expect(await faultOf(readPart(again, { keyId }))).toBe('key');
    const edited = manifest.replace('"part": 1', '"part": 1 ');
    expect(await faultOf(readPart(await containerOf(files.map((file) => (file.name === MANIFEST_NAME ? { ...file, content: Buffer.from(edited) } : file))), {}))).toBe('signature');
  });

  it('cannot write outside, link or bring anything that its manifest does not name', async () => {
    const { paths } = await bundleOf(PAYLOADS);
    const files = await filesOf(paths[0] ?? '');
    for (const name of ['../../etc/cron.d/evil', '/etc/passwd', 'payloads/../../x', `payloads/${'a'.repeat(400)}`])
      expect(await faultOf(readPart(await containerOf([...files, { name, content: Buffer.from('x') }]), {})), name).toBe('foreign-entry');
    expect(await faultOf(readPart(await containerOf([files[0], files[1], files[2], files[4]].flatMap((one) => one ?? [])), {}))).toBe('foreign-entry');
    const link = join(folder(), 'link.tar');
    const packing = pack();
    packing.entry({ name: MANIFEST_NAME, type: 'symlink', linkname: '/etc/passwd' });
    packing.finalize();
    const pieces: Buffer[] = [];
    for await (const piece of packing) pieces.push(piece);
    writeFileSync(link, Buffer.concat(pieces));
    expect(await faultOf(readPart(link, {}))).toBe('foreign-entry');
  });

  it('cannot grow beyond what its manifest says, nor that beyond what a collector takes', async () => {
    const own = signer();
    const { paths } = await bundleOf([PAYLOADS[0] ?? carriedOf('signals', signals([]), 1)], { signer: own });
    const files = await filesOf(paths[0] ?? '');
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const withBomb = async (rawBytes?: number): Promise<string> => {
      const manifest = JSON.parse(files[0]?.content.toString() ?? '') as BundleManifest;
      const payloads = manifest.payloads.map((payload) => ({ ...payload, bytes: bomb.length, ...(rawBytes !== undefined && { rawBytes }) }));
      const text = JSON.stringify({ ...manifest, payloads });
      const content = [Buffer.from(text), Buffer.from(signText(text, own)), files[2]?.content ?? Buffer.alloc(0), bomb];
      return await containerOf(files.map(({ name }, index) => ({ name, content: content[index] ?? Buffer.alloc(0) })));
    };
    expect(await faultOf(readPart(await withBomb(), {}))).toBe('changed');
    expect(await faultOf(readPart(await withBomb(64 * 1024 * 1024), {}))).toBe('too-large');
  });

  it('cannot fill the memory with names: long headers end the reading', async () => {
    const path = join(folder(), 'pax.tar');
    const packing = pack();
    packing.entry({ name: 'x', pax: { comment: 'y'.repeat(8 * 1024 * 1024) } } as Parameters<typeof packing.entry>[0], 'z');
    packing.finalize();
    const pieces: Buffer[] = [];
    for await (const piece of packing) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    writeFileSync(path, bytes);
    expect(bytes.length).toBeGreaterThan(8 * 1024 * 1024);
    expect(await faultOf(readPart(path, {}))).toBe('foreign-entry');
  });

  it('is no bundle when it is something else', async () => {
    const path = join(folder(), 'other');
    for (const content of ['', 'hello', gzipSync('hello'), Buffer.alloc(10_240), Buffer.from('age-encryption.org/v1\n-> X25519 abc\n'.repeat(3))]) {
      writeFileSync(path, content);
      expect(['not-a-bundle', 'encrypted', 'truncated']).toContain(await faultOf(readPart(path, {})));
    }
    writeFileSync(path, `age-encryption.org/v1\n${'-> X25519 abc\n'.repeat(200_000)}`);
    expect(await faultOf(readPart(path, { identities: [await generateIdentity()] }))).toBe('not-a-bundle');
  });
});
