/** Collects what was found at each place, opens what is compressed in it, and searches all of it for a planted word. */
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { unzipSync } from 'fflate';
import { disguises, foundIn } from '../support/disguises.ts';
import type { Place } from './places.ts';

interface Found {
  readonly place: Place;
  readonly what: string;
  readonly disguise: string;
  readonly around: string;
}
/** One row of the published table. */
export interface Searched {
  readonly items: number;
  readonly bytes: number;
}

export class Evidence {
  readonly #word: string;
  readonly #hidden: readonly string[];
  readonly #searched = new Map<Place, { items: number; bytes: number }>();
  readonly found: Found[] = [];

  constructor(word: string, around: readonly string[] = []) {
    this.#word = word;
    this.#hidden = [...disguises(word, around), ...wide(word)];
  }
  get disguises(): number {
    return this.#hidden.length;
  }
  get places(): ReadonlyMap<Place, Searched> {
    return this.#searched;
  }
  get word(): string {
    return this.#word;
  }

  /** Searches a text or bytes, and what is compressed inside. */
  search(place: Place, what: string, content: string | Uint8Array): void {
    const tally = this.#searched.get(place) ?? { items: 0, bytes: 0 };
    this.#searched.set(place, tally);
    tally.items += 1;
    for (const text of typeof content === 'string' ? [content] : textsOf(Buffer.from(content))) {
      tally.bytes += text.length;
      const [disguise] = foundIn(text, this.#hidden);
      if (disguise === undefined) continue;
      const at = Math.max(0, text.toLowerCase().indexOf(disguise.toLowerCase()));
      this.found.push({ place, what, disguise, around: text.slice(Math.max(0, at - 80), at + 60) });
    }
  }
  /** Every file below a folder; one that is not there is none. */
  folder(place: Place, folder: string): void {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }) as Dirent[]) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      this.search(place, path, readFileSync(path));
      this.search(place, `name of ${path}`, path.slice(folder.length));
    }
  }
  /** Every value of every table, and the file itself. */
  database(place: Place, file: string): void {
    for (const path of [file, `${file}-wal`]) if (existsSync(path)) this.search(place, path, readFileSync(path));
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      for (const { name } of database.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[])
        for (const row of database.prepare(`select * from "${name}"`).iterate())
          for (const value of Object.values(row)) {
            if (typeof value === 'string' || value instanceof Uint8Array) this.search(place, name, value);
          }
    } finally {
      database.close();
    }
  }
}

/** The word in UTF-16 of both orders, as bytes, and with its case turned. */
function wide(word: string): string[] {
  const little = Buffer.from(word, 'utf16le');
  const turned = [...word].map((letter, index) => (index % 2 === 0 ? letter.toUpperCase() : letter)).join('');
  return [little.toString('latin1'), Buffer.from(little).swap16().toString('latin1'), little.toString('hex'), little.toString('base64').replace(/=+$/, '').slice(0, -2), turned];
}

/** As they stand, and whatever in them can be unpacked: gzip members, zlib, zstd, ZIP files (Office). */
function textsOf(bytes: Buffer): string[] {
  const texts = [bytes.toString('latin1')];
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 3)) {
    const text = attempt(() => gunzipSync(bytes.subarray(at), { finishFlush: 2 }));
    if (text !== undefined) texts.push(text);
  }
  for (const unpack of [inflateSync, zstdDecompressSync]) {
    const text = attempt(() => unpack(bytes));
    if (text !== undefined) texts.push(text);
  }
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') for (const part of Object.values(unzipSync(bytes))) texts.push(Buffer.from(part).toString('utf8'));
  return texts;
}
const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);
function attempt(unpack: () => Buffer): string | undefined {
  try {
    return unpack().toString('utf8');
  } catch {
    return undefined; // not of this kind
  }
}
