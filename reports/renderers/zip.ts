/**
 * Reads and writes the ZIP files that Office documents are, to the extent that libraries write them: stored or deflated
 * entries below 4 GiB, no encryption. Written anew with one date, equal contents give equal bytes (APPNOTE 6.3.10).
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly bytes: Buffer;
}
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATED = 8;
const UTF8_NAMES = 0x0800;

/** @throws RangeError when the file is no ZIP of this simple kind */
export function readZip(file: Buffer): readonly ZipEntry[] {
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end === -1) throw new RangeError('the file has no directory of a ZIP');
  const entries: ZipEntry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < file.readUInt16LE(end + 10); index += 1) {
    if (file.readUInt32LE(at) !== CENTRAL) throw new RangeError('the directory of the ZIP is broken');
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength);
    const local = file.readUInt32LE(at + 42);
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const packed = file.subarray(from, from + file.readUInt32LE(at + 20));
    if (!name.endsWith('/')) entries.push({ name, bytes: file.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(packed) : Buffer.from(packed) });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param at Unix seconds that every entry carries, in UTC */
export function writeZip(entries: readonly ZipEntry[], at: number): Buffer {
  const { day, time } = dosTime(at);
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const label = Buffer.from(name, 'utf8');
    const packed = deflateRawSync(bytes, { level: 6 });
    const facts = Buffer.alloc(26);
    for (const [place, value] of [20, UTF8_NAMES, DEFLATED, time, day].entries()) facts.writeUInt16LE(value, place * 2);
    for (const [place, value] of [crc32(bytes), packed.length, bytes.length].entries()) facts.writeUInt32LE(value, 10 + place * 4);
    facts.writeUInt16LE(label.length, 22);
    const head = Buffer.alloc(4);
    head.writeUInt32LE(LOCAL);
    locals.push(head, facts, label, packed);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(CENTRAL);
    central.writeUInt16LE(20, 4);
    facts.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    centrals.push(central, label);
    offset += 30 + label.length + packed.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}
/** DOS dates begin in 1980 and count every other second. */
function dosTime(at: number): { readonly day: number; readonly time: number } {
  const date = new Date(Math.max(at, 315_532_800) * 1_000);
  return {
    day: ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
    time: (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
  };
}
