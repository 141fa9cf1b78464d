/**
 * Writes a bundle: payloads are packed one by one into files beside the target, cut where a part is full, and only then, when it is
 * known how many parts there are, each part gets its signed manifest and its page. Memory holds the list, never the payloads.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFolder } from '../site/private-file.ts';
import { type EnvelopeHeader, envelopeLine, payloadId } from '../wire/envelope.ts';
import { registryVersion } from '../wire/registry-version.ts';
import { type Signer, signText } from '../wire/signature.ts';
import { BundleError } from './bundle-error.ts';
import type { Carried, CarriedPeriod } from './carried.ts';
import { encrypted } from './encryption.ts';
import { indexPage } from './index-page.ts';
import { type BundledPayload, type BundleManifest, INDEX_NAME, MANIFEST_NAME, MOST_PARTS, MOST_PAYLOADS, SIGNATURE_NAME } from './manifest.ts';
import { type TarFile, writeTar } from './tar.ts';

export interface BundleOptions {
  /** 32 hexadecimal digits; see {@link newBundleId}. */
  readonly id: string;
  readonly folder: string;
  readonly origin: BundleManifest['bundle']['origin'];
  readonly period: CarriedPeriod;
  readonly signer: Signer;
  /** Version of the program. */
  readonly program: string;
  /** Unix seconds. */
  readonly now: number;
  /** Bytes that the payloads of one part may have; one that is larger is alone in its part. */
  readonly splitBytes?: number | undefined;
  /** age public keys; none: not encrypted. */
  readonly recipients?: readonly string[] | undefined;
  /** A record of what leaves: told of every payload before any part has its name. */
  readonly record?: BundleRecord | undefined;
}
export interface BundleRecord {
  /** @param body gzip of the envelope's line */
  readonly carry: (header: EnvelopeHeader, payload: BundledPayload, body: Buffer) => Promise<void>;
  /** All were told: what throws here stops the bundle. */
  readonly settle: () => Promise<void>;
}
export interface WrittenBundle {
  readonly id: string;
  readonly keyId: string;
  readonly files: readonly string[];
  readonly counts: BundleManifest['bundle']['counts'];
}

/** Payloads of one bundle: their list is held in memory. */
const MOST_CARRIED = 200_000;

interface Chunk {
  readonly path: string;
  readonly payloads: BundledPayload[];
  bytes: number;
}

export function newBundleId(): string {
  return randomBytes(16).toString('hex');
}

/** @throws BundleError `nothing`, `too-large`; the system's error when the folder takes nothing. Then no part is left behind */
export async function writeBundle(source: AsyncIterable<Carried>, options: BundleOptions): Promise<WrittenBundle> {
  const { id } = options;
  await makeFolder(options.folder, 0o700);
  const chunks: Chunk[] = [];
  const written: string[] = [];
  try {
    await fill(chunks, source, options);
    const payloads = chunks.flatMap((chunk) => chunk.payloads);
    if (payloads.length === 0) throw new BundleError('nothing');
    await options.record?.settle();
    const bundle = describe(payloads, chunks.length, options);
    for (const [index, chunk] of chunks.entries()) {
      const name = `xunjian-bundle-${id.slice(0, 12)}-${index + 1}of${chunks.length}.tar${options.recipients?.length ? '.age' : ''}`;
      await writePart(name, { bundle, part: index + 1, payloads: chunk.payloads }, chunk, options);
      written.push(name);
    }
    return { id, keyId: options.signer.keyId, files: written, counts: bundle.counts };
  } catch (error) {
    for (const name of written) await rm(join(options.folder, name), { force: true }).catch(() => undefined);
    throw error;
  } finally {
    for (const { path } of chunks) await rm(path, { force: true }).catch(() => undefined);
  }
}

async function fill(chunks: Chunk[], source: AsyncIterable<Carried>, { id, folder, splitBytes, record }: BundleOptions): Promise<void> {
  let file: FileHandle | undefined;
  let total = 0;
  const known = new Set<string>();
  try {
    for await (const { header, json } of source) {
      const payload = payloadId(header);
      if (known.has(payload)) continue; // it lies in two places of a state folder
      known.add(payload);
      total += 1;
      if (total > MOST_CARRIED) throw new BundleError('too-large', `${MOST_CARRIED}`);
      const line = Buffer.from(`${envelopeLine(header, { json })}\n`);
      const body = gzipSync(line, { level: 6 });
      const entry = { id: payload, kind: header.kind, keptAt: Math.floor(header.keptAt), sha256: header.sha256, rawBytes: line.length, bytes: body.length };
      await record?.carry(header, entry, body);
      let chunk = chunks.at(-1);
      if (chunk === undefined || chunk.payloads.length >= MOST_PAYLOADS || (splitBytes !== undefined && chunk.bytes + body.length > splitBytes)) {
        if (chunks.length >= MOST_PARTS) throw new BundleError('too-large', `${MOST_PARTS}`);
        await file?.close();
        chunk = { path: join(folder, `.${id}-${chunks.length + 1}.part`), payloads: [], bytes: 0 };
        chunks.push(chunk);
        file = await open(chunk.path, 'wx', 0o600);
      }
      await file?.appendFile(body);
      chunk.payloads.push(entry);
      chunk.bytes += body.length;
    }
  } finally {
    await file?.close();
  }
}

function describe(payloads: readonly BundledPayload[], parts: number, { id, now, period, origin, program }: BundleOptions): BundleManifest['bundle'] {
  const kinds: Partial<Record<BundledPayload['kind'], number>> = {};
  for (const { kind } of payloads) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return {
    ...{ id, createdAt: Math.floor(now), origin, registry: registryVersion(), program, parts },
    period: { ...(period.from !== undefined && { from: Math.floor(period.from) }), to: Math.floor(period.to) },
    counts: { payloads: payloads.length, bytes: payloads.reduce((sum, { bytes }) => sum + bytes, 0), agents: new Set(payloads.map((one) => one.id.slice(0, 32))).size, kinds },
  };
}

/** On the medium when it returns, under its name only then: a stick that is pulled out holds whole parts and `.part` files. */
async function writePart(
  name: string,
  facts: Omit<BundleManifest, 'format' | 'version' | 'index'>,
  chunk: Chunk,
  { folder, signer, recipients = [], now }: BundleOptions,
): Promise<void> {
  const head = { format: 'xunjian-bundle', version: 1, ...facts } as const;
  const index = indexPage(head, name, signer.keyId);
  const manifest = `${JSON.stringify({ ...head, index: createHash('sha256').update(index).digest('hex') } satisfies BundleManifest, undefined, 1)}\n`;
  async function* files(): AsyncGenerator<TarFile> {
    yield { name: MANIFEST_NAME, content: Buffer.from(manifest) };
    yield { name: SIGNATURE_NAME, content: Buffer.from(signText(manifest, signer)) };
    yield { name: INDEX_NAME, content: Buffer.from(index) };
    let from = 0;
    for (const { id, bytes } of chunk.payloads) {
      yield { name: payloadFile(id), content: await stretch(chunk.path, from, bytes) };
      from += bytes;
    }
  }
  const plain = writeTar(files(), now);
  const bytes = recipients.length === 0 ? plain : await encrypted(plain, recipients);
  const part = join(folder, `.${name}.part`);
  try {
    await using file = await open(part, 'w', 0o600);
    for await (const piece of bytes) await file.appendFile(piece);
    await file.sync();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await rename(part, join(folder, name));
}

async function stretch(path: string, from: number, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of createReadStream(path, { start: from, end: from + bytes - 1 })) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Name of a payload in the container. */
export function payloadFile(id: string): string {
  return `payloads/${id}.json.gz`;
}
