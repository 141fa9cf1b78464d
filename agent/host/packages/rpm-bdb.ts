/**
 * RPM's database in Berkeley DB (`Packages`; rpm before 4.16: openEuler 20.03, Kylin V10, CentOS 7): a hash whose values, the headers,
 * lie in chains of overflow pages. Only read, page by page. Source: Berkeley DB 5.3, src/dbinc/db_page.h.
 */
import type { FileHandle } from 'node:fs/promises';
import { UnreadableError } from '../../gatherers/gatherer.ts';
import type { InstalledPackage } from './installed-package.ts';
import { enoughOfRpmHeader, parseRpmHeader } from './rpm-header.ts';

const HASH_MAGIC = 0x00061561;
const HASH_PAGES: ReadonlySet<number> = new Set([2, 13]);
const OVERFLOW_PAGE = 7;
const PAGE_HEAD_BYTES = 26;
/** An item that says where its value lies: type, three bytes unused, first page, length. */
const OFF_PAGE_ITEM = 3;
const MOST_BYTES = 1024 * 1024 * 1024;
const MOST_BLOB_BYTES = 16 * 1024 * 1024;
/** Pages of a chain mostly follow one another: they are fetched together. */
const WINDOW_BYTES = 64 * 1024;

/** @throws UnreadableError `malformed` when it is no such database */
export async function* rpmBdbPackages(file: FileHandle, signal: AbortSignal): AsyncGenerator<InstalledPackage | undefined> {
  const meta = Buffer.alloc(512);
  await file.read(meta, 0, 512, 0);
  const order = meta.readUInt32LE(12) === HASH_MAGIC ? 'LE' : meta.readUInt32BE(12) === HASH_MAGIC ? 'BE' : undefined;
  const size = order === 'BE' ? meta.readUInt32BE(20) : meta.readUInt32LE(20);
  if (order === undefined || size < 512 || size > 65_536 || (size & (size - 1)) !== 0) throw new UnreadableError('malformed');
  const pages = new Pages(file, size, order);
  const last = Math.min(order === 'BE' ? meta.readUInt32BE(32) : meta.readUInt32LE(32), Math.floor(MOST_BYTES / size));
  for (let number = 1; number <= last; number += 1) {
    if (number % 256 === 0) signal.throwIfAborted();
    const page = await pages.at(number);
    if (page === undefined) return;
    if (!HASH_PAGES.has(page.type)) continue;
    for (const { first, length } of [...page.valuesElsewhere()]) yield length > MOST_BLOB_BYTES ? undefined : await header(pages, first, length, signal);
  }
}
/** Of a header only what tells name and version is read: its begin. */
async function header(pages: Pages, first: number, length: number, signal: AbortSignal): Promise<InstalledPackage | undefined> {
  const parts: Buffer[] = [];
  let have = 0;
  let wanted = length;
  for (let number = first; number !== 0 && have < wanted; ) {
    signal.throwIfAborted();
    const page = await pages.at(number);
    // A chain that leads nowhere, or round in a circle, ends with its length at the latest: each page must bring something.
    if (page === undefined || page.type !== OVERFLOW_PAGE || page.data.length === 0) return undefined;
    if (have === 0) wanted = Math.min(length, enoughOfRpmHeader(page.data));
    parts.push(Buffer.from(page.data));
    have += page.data.length;
    number = page.next;
  }
  return have < wanted ? undefined : parseRpmHeader(Buffer.concat(parts).subarray(0, length));
}

class Page {
  readonly #bytes: Buffer;
  readonly #order: 'LE' | 'BE';
  constructor(bytes: Buffer, order: 'LE' | 'BE') {
    this.#bytes = bytes;
    this.#order = order;
  }
  get type(): number {
    return this.#bytes[25] ?? 0;
  }
  get next(): number {
    return this.#uint32(16);
  }
  /** Of an overflow page: the field that elsewhere says where free space begins says how much there is. */
  get data(): Buffer {
    return this.#bytes.subarray(PAGE_HEAD_BYTES, PAGE_HEAD_BYTES + this.#uint16(22));
  }
  /** Keys and values alternate. */
  *valuesElsewhere(): Generator<{ readonly first: number; readonly length: number }> {
    const entries = Math.min(this.#uint16(20), Math.floor((this.#bytes.length - PAGE_HEAD_BYTES) / 2));
    for (let index = 1; index < entries; index += 2) {
      const at = this.#uint16(PAGE_HEAD_BYTES + index * 2);
      if (at + 12 <= this.#bytes.length && this.#bytes[at] === OFF_PAGE_ITEM) yield { first: this.#uint32(at + 4), length: this.#uint32(at + 8) };
    }
  }
  #uint16(at: number): number {
    return this.#order === 'LE' ? this.#bytes.readUInt16LE(at) : this.#bytes.readUInt16BE(at);
  }
  #uint32(at: number): number {
    return this.#order === 'LE' ? this.#bytes.readUInt32LE(at) : this.#bytes.readUInt32BE(at);
  }
}

/** Pages through one window onto the file, and a second one for the chains that are followed in between. A page is valid until two others were asked for. */
class Pages {
  readonly #file: FileHandle;
  readonly #size: number;
  readonly #order: 'LE' | 'BE';
  readonly #windows = [
    { begin: -1, length: 0, bytes: Buffer.alloc(WINDOW_BYTES) },
    { begin: -1, length: 0, bytes: Buffer.alloc(WINDOW_BYTES) },
  ];
  constructor(file: FileHandle, size: number, order: 'LE' | 'BE') {
    this.#file = file;
    this.#size = size;
    this.#order = order;
  }
  async at(number: number): Promise<Page | undefined> {
    const position = number * this.#size;
    let window = this.#windows.find(({ begin, length }) => begin >= 0 && position >= begin && position + this.#size <= begin + length);
    if (!window) {
      window = this.#windows.shift();
      if (window === undefined) return undefined;
      this.#windows.push(window);
      window.begin = position;
      window.length = (await this.#file.read(window.bytes, 0, WINDOW_BYTES, position)).bytesRead;
      if (window.length < this.#size) return undefined;
    }
    const start = position - window.begin;
    return new Page(window.bytes.subarray(start, start + this.#size), this.#order);
  }
}
