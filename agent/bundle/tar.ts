/** The container: a plain tar that any system opens, written and read as a stream; read within bounds, never onto a disk. */
import { Readable } from 'node:stream';
import { extract, pack } from 'tar-stream';
import { BundleError } from './bundle-error.ts';

export interface TarFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** @param at Unix seconds for all files */
export async function* writeTar(files: AsyncIterable<TarFile> | Iterable<TarFile>, at: number): AsyncGenerator<Uint8Array> {
  const packing = pack();
  const filling = (async (): Promise<void> => {
    for await (const { name, content } of files)
      await new Promise<void>((resolve, reject) => {
        const sink = packing.entry({ name, size: content.length, mode: 0o600, mtime: new Date(at * 1_000), type: 'file' }, (error) => (error ? reject(error) : resolve()));
        sink.end(Buffer.from(content));
      });
    packing.finalize();
  })().catch((error: unknown) => void packing.destroy(error instanceof Error ? error : new Error('the tar was not written')));
  for await (const chunk of packing as AsyncIterable<Uint8Array>) yield chunk;
  await filling;
}

export interface TarEntry {
  readonly name: string;
  readonly size: number;
  /** @throws BundleError `too-large`, `truncated` */
  readonly read: (most: number) => Promise<Buffer>;
}

/** Bytes between two files: headers, padding, the long names of other programs. */
const MOST_BETWEEN = 1024 * 1024;

/**
 * Plain files, one after the other; whoever takes one reads it before the next.
 * @throws BundleError `foreign-entry` for links, folders and devices; `truncated`, `not-a-bundle`
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const extracting = extract();
  const state = { between: 0, isInside: false };
  const feeding = Readable.from(bounded(source, state));
  feeding.on('error', (error) => extracting.destroy(error));
  feeding.pipe(extracting);
  try {
    for await (const entry of extracting) {
      const { name, size = 0, type } = entry.header;
      if (type !== 'file') throw new BundleError('foreign-entry');
      state.between = 0;
      state.isInside = true;
      yield { name, size, read: async (most) => await readEntry(entry, size, most) };
      entry.resume();
      state.isInside = false;
    }
  } catch (error) {
    throw ownError(error);
  } finally {
    feeding.destroy();
    extracting.destroy();
  }
}

async function readEntry(entry: AsyncIterable<Uint8Array>, size: number, most: number): Promise<Buffer> {
  if (size > most) throw new BundleError('too-large');
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of entry) pieces.push(piece);
  } catch (error) {
    throw ownError(error);
  }
  const whole = Buffer.concat(pieces);
  if (whole.length !== size) throw new BundleError('truncated');
  return whole;
}

/** What the library collects by itself, before it says what it is, must not grow without end. */
async function* bounded(source: AsyncIterable<Uint8Array>, state: { between: number; isInside: boolean }): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    if (!state.isInside) state.between += chunk.length;
    if (state.between > MOST_BETWEEN) throw new BundleError('foreign-entry');
    yield chunk;
  }
}
/** The library's words for a container that is none, or of which the end is missing. */
function ownError(error: unknown): unknown {
  if (error instanceof BundleError || isSystem(error)) return error;
  return new BundleError(error instanceof Error && /unexpected end/i.test(error.message) ? 'truncated' : 'not-a-bundle');
}
function isSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z]+$/.test(error.code);
}
