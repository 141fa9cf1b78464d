/** A file of advisories in any of the published formats, told apart by what it begins with; read as a stream and within bounds. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Advisory, AdvisoryError } from './advisory.ts';
import { parseCsaf } from './csaf.ts';
import { parseUpdateInfo } from './updateinfo.ts';

/** Of a file as it comes, and of what it unpacks to. openEuler's largest updateinfo.xml is some 60 MB. */
const MOST_PACKED = 256 * 1024 * 1024;
const MOST_UNPACKED = 2 * 1024 * 1024 * 1024;
/** One advisory; the largest of openEuler's kernel are below 2 MB. */
const MOST_CSAF = 32 * 1024 * 1024;

/** @throws AdvisoryError */
export async function* readFeed(file: AsyncIterable<Uint8Array>): AsyncGenerator<Advisory> {
  const text = decoded(await unpacked(bounded(file, MOST_PACKED)));
  const [first, rest] = await peeked(text);
  if (first.startsWith('{')) yield parseCsaf(await whole(rest));
  else if (first.startsWith('<')) yield* parseUpdateInfo(rest);
  else throw new AdvisoryError('is neither CSAF 2.0 (JSON) nor updateinfo.xml, plain or gzip');
}

async function* bounded(chunks: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    total += chunk.length;
    if (total > most) throw new AdvisoryError('is too large');
    yield chunk;
  }
}

async function peeked<T>(chunks: AsyncIterable<T>): Promise<readonly [T | '', AsyncGenerator<T>]> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<T> {
    try {
      for (let step = first; !step.done; step = await iterator.next()) yield step.value;
    } finally {
      await iterator.return?.();
    }
  }
  return [first.done ? '' : first.value, all()];
}

async function unpacked(chunks: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const [first, rest] = await peeked(chunks);
  if (first === '' || first[0] !== 0x1f || first[1] !== 0x8b) return rest;
  return gunzipped(rest);
}
async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const source = Readable.from(chunks);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* bounded(source.pipe(gunzip) as AsyncIterable<Uint8Array>, MOST_UNPACKED);
  } catch (error) {
    if (error instanceof AdvisoryError) throw error;
    throw new AdvisoryError('is damaged: it cannot be unpacked');
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}
/** Text without byte order mark and leading blanks. */
async function* decoded(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let begun = false;
  for await (const chunk of chunks) {
    const raw = decoder.decode(chunk, { stream: true });
    const text: string = begun ? raw : raw.trimStart();
    begun ||= text !== '';
    if (text !== '') yield text;
  }
  const last = decoder.decode();
  if (last !== '') yield last;
}
async function whole(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length > MOST_CSAF) throw new AdvisoryError('is too large for one advisory');
  }
  return text;
}
