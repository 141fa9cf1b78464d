/** Zip archives as Office files use them: read within bounds, and written so that the same content is always the same bytes. */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}
export interface ArchiveLimits {
  readonly entries: number;
  /** Of everything unpacked. */
  readonly bytes: number;
}
const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const STORED = 0;
const DEFLATED = 8;
/** 1980-01-01 00:00, the first moment that an archive can tell. */
const FIRST_DATE = 0x21;
const UTF8_NAMES = 0x0800;

/** @throws ArchiveError for what is no plain archive, is encrypted, or unpacks to more than the limits */
export function readArchive(bytes: Uint8Array, limits: ArchiveLimits): ReadonlyMap<string, Buffer> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return entriesOf(file, limits);
  } catch (error) {
    if (error instanceof ArchiveError) throw error;
    throw new ArchiveError('not a readable archive'); // offsets beyond the end, broken streams
  }
}

function entriesOf(file: Buffer, limits: ArchiveLimits): ReadonlyMap<string, Buffer> {
  const end = endOf(file);
  const count = file.readUInt16LE(end + 10);
  if (count > limits.entries) throw new ArchiveError(`more than ${limits.entries} entries`);
  const found = new Map<string, Buffer>();
  let left = limits.bytes;
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (file.readUInt32LE(at) !== CENTRAL) throw new ArchiveError('a broken directory');
    const [flags, method, packed, nameBytes] = [file.readUInt16LE(at + 8), file.readUInt16LE(at + 10), file.readUInt32LE(at + 20), file.readUInt16LE(at + 28)];
    const name = file.toString('utf8', at + 46, at + 46 + nameBytes);
    if ((flags & 1) !== 0) throw new ArchiveError('encrypted');
    const content = contentOf(file, file.readUInt32LE(at + 42), { packed, method, most: left });
    left -= content.length;
    if (!name.endsWith('/')) found.set(name, content);
    at += 46 + nameBytes + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return found;
}
function endOf(file: Buffer): number {
  // A comment of up to 64 KiB may follow.
  for (let at = file.length - END_BYTES; at >= Math.max(0, file.length - END_BYTES - 65_535); at -= 1) if (file.readUInt32LE(at) === END) return at;
  throw new ArchiveError('not an archive');
}
function contentOf(file: Buffer, local: number, { packed, method, most }: { readonly packed: number; readonly method: number; readonly most: number }): Buffer {
  if (file.readUInt32LE(local) !== LOCAL) throw new ArchiveError('a broken entry');
  const begin = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const raw = file.subarray(begin, begin + packed);
  if (raw.length !== packed) throw new ArchiveError('a cut entry');
  if (method === STORED && packed <= most) return raw;
  if (method !== DEFLATED) throw new ArchiveError(method === STORED ? 'too large' : 'an unknown compression');
  try {
    // What the entry says of its own size is not believed: unpacking stops at the limit.
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    throw new ArchiveError(error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too large' : 'a broken stream');
  }
}

/** In the order of the map, without any time. */
export function writeArchive(entries: ReadonlyMap<string, Uint8Array>): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of entries) {
    const title = Buffer.from(name);
    const packed = deflateRawSync(content);
    const head = Buffer.alloc(26);
    for (const [offset, value] of [
      [0, 20],
      [2, UTF8_NAMES],
      [4, DEFLATED],
      [8, FIRST_DATE],
      [22, title.length],
    ] as const)
      head.writeUInt16LE(value, offset);
    head.writeUInt32LE(crc32(content), 10);
    head.writeUInt32LE(packed.length, 14);
    head.writeUInt32LE(content.length, 18);
    const local = Buffer.concat([word(LOCAL), head, title, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([word(CENTRAL), Buffer.from([20, 0]), head, rest, title]));
    parts.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(END_BYTES - 4);
  end.writeUInt16LE(entries.size, 4);
  end.writeUInt16LE(entries.size, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, central, word(END), end]);
}
function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Of an Office file that we made ourselves. */
const OWN: ArchiveLimits = { entries: 20_000, bytes: 1024 * 1024 * 1024 };
type Rewrites = Readonly<Record<string, (xml: string) => string>>;
const TIMES = /(<dcterms:(created|modified)\b[^>]*>)[^<]*(<\/dcterms:\2>)/g;

/**
 * An Office file whose libraries wrote the present into it, as if it had been made at the moment of its data.
 * @param madeAt Unix seconds
 * @param rewrite changes parts by name, for what a library counts over the life of the process; may be told by what other parts hold
 */
export function settledOffice(bytes: Uint8Array, madeAt: number, rewrite: Rewrites | ((part: (name: string) => string) => Rewrites) = {}): Uint8Array {
  const entries = new Map<string, Uint8Array>(readArchive(bytes, OWN));
  const rewrites = typeof rewrite === 'function' ? rewrite((name) => Buffer.from(entries.get(name) ?? []).toString('utf8')) : rewrite;
  const core = entries.get('docProps/core.xml');
  const time = new Date(madeAt * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
  if (core) entries.set('docProps/core.xml', Buffer.from(Buffer.from(core).toString('utf8').replaceAll(TIMES, `$1${time}$3`)));
  for (const [name, change] of Object.entries(rewrites)) {
    const part = entries.get(name);
    if (part) entries.set(name, Buffer.from(change(Buffer.from(part).toString('utf8'))));
  }
  return writeArchive(entries);
}
