/**
 * A TrueType font with the outlines of some characters only. The rasteriser reads the whole file anew for every piece of
 * text: ten megabytes of outlines that no chart shows made up nine tenths of the time of a Word report.
 * Glyph numbers stay, so every table but `glyf` and `loca` is copied; layout tables go, as Chinese, Latin letters and digits
 * need none. Formats: OpenType 1.9, chapters "glyf", "loca", "cmap" (subtables 4 and 12).
 */

interface Table {
  readonly tag: string;
  readonly checksum: number;
  readonly bytes: Buffer;
}
/** Left out: substitution, positioning, vertical writing, signatures. */
const DROPPED: ReadonlySet<string> = new Set(['GSUB', 'GPOS', 'GDEF', 'BASE', 'DSIG', 'vhea', 'vmtx', 'VORG', 'STAT']);

/** @param font bytes of a TrueType font with `glyf` outlines @throws RangeError when the tables are not where they should be */
export function subsetFont(font: Buffer, characters: Iterable<string>): Buffer {
  const tables = tablesOf(font);
  const table = (tag: string): Buffer => {
    const found = tables.find((entry) => entry.tag === tag);
    if (!found) throw new RangeError(`the font has no table ${tag}`);
    return found.bytes;
  };
  const isLong = table('head').readInt16BE(50) === 1;
  const count = table('maxp').readUInt16BE(4);
  const glyf = table('glyf');
  const loca = table('loca');
  const offsetOf = (glyph: number): number => (isLong ? loca.readUInt32BE(glyph * 4) : loca.readUInt16BE(glyph * 2) * 2);
  const kept = withParts([0, ...[...characters].map(glyphFinder(table('cmap')))], (glyph) => glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)), count);

  const outlines: Buffer[] = [];
  const newLoca = Buffer.alloc((count + 1) * 4);
  let end = 0;
  for (let glyph = 0; glyph < count; glyph += 1) {
    newLoca.writeUInt32BE(end, glyph * 4);
    if (!kept.has(glyph)) continue;
    const outline = padded(glyf.subarray(offsetOf(glyph), offsetOf(glyph + 1)));
    outlines.push(outline);
    end += outline.length;
  }
  newLoca.writeUInt32BE(end, count * 4);
  const head = Buffer.from(table('head'));
  head.writeInt16BE(1, 50);
  const replaced = new Map([
    ['glyf', Buffer.concat(outlines)],
    ['loca', newLoca],
    ['head', head],
  ]);
  return written(
    font.subarray(0, 4),
    tables.filter(({ tag }) => !DROPPED.has(tag)).map((entry) => ({ ...entry, bytes: replaced.get(entry.tag) ?? entry.bytes })),
  );
}

function tablesOf(font: Buffer): readonly Table[] {
  return Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
    const at = 12 + index * 16;
    const from = font.readUInt32BE(at + 8);
    return { tag: font.toString('latin1', at, at + 4), checksum: font.readUInt32BE(at + 4), bytes: font.subarray(from, from + font.readUInt32BE(at + 12)) };
  });
}
/** Checksums are kept as they were: no renderer of pictures reads them. */
function written(version: Buffer, tables: readonly Table[]): Buffer {
  const head = Buffer.alloc(12 + tables.length * 16);
  version.copy(head);
  const power = Math.floor(Math.log2(tables.length));
  head.writeUInt16BE(tables.length, 4);
  head.writeUInt16BE(2 ** power * 16, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((tables.length - 2 ** power) * 16, 10);
  let at = head.length;
  const parts: Buffer[] = [head];
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const row = 12 + index * 16;
    head.write(tag, row, 'latin1');
    head.writeUInt32BE(checksum, row + 4);
    head.writeUInt32BE(at, row + 8);
    head.writeUInt32BE(bytes.length, row + 12);
    const part = padded(bytes);
    parts.push(part);
    at += part.length;
  }
  return Buffer.concat(parts);
}
function padded(bytes: Buffer): Buffer {
  const rest = (4 - (bytes.length % 4)) % 4;
  return rest === 0 ? bytes : Buffer.concat([bytes, Buffer.alloc(rest)]);
}

/** Finds the glyph of a character; 0 (the empty box) where the font has none. @throws RangeError when the font has no table of characters */
export function glyphsOf(font: Buffer): (character: string) => number {
  const cmap = tablesOf(font).find(({ tag }) => tag === 'cmap');
  if (!cmap) throw new RangeError('the font has no table cmap');
  return glyphFinder(Buffer.from(cmap.bytes)); // a copy: the font's ten megabytes may go
}

/** Glyph of a character; 0 (the empty box) where the font has none. */
function glyphFinder(cmap: Buffer): (character: string) => number {
  const subtables = Array.from({ length: cmap.readUInt16BE(2) }, (_, index) => cmap.subarray(cmap.readUInt32BE(4 + index * 8 + 4)));
  const wide = subtables.find((subtable) => subtable.readUInt16BE(0) === 12);
  const narrow = subtables.find((subtable) => subtable.readUInt16BE(0) === 4);
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    return (wide && inGroups(wide, code)) || (narrow && code <= 0xffff && inSegments(narrow, code)) || 0;
  };
}
function inGroups(subtable: Buffer, code: number): number {
  for (let at = 16; at < 16 + subtable.readUInt32BE(12) * 12; at += 12) {
    if (code >= subtable.readUInt32BE(at) && code <= subtable.readUInt32BE(at + 4)) return subtable.readUInt32BE(at + 8) + code - subtable.readUInt32BE(at);
  }
  return 0;
}
function inSegments(subtable: Buffer, code: number): number {
  const size = subtable.readUInt16BE(6);
  for (let segment = 0; segment < size; segment += 2) {
    if (code > subtable.readUInt16BE(14 + segment)) continue;
    const startAt = 16 + size + segment;
    const start = subtable.readUInt16BE(startAt);
    if (code < start) return 0;
    const delta = subtable.readUInt16BE(startAt + size);
    const rangeAt = startAt + size * 2;
    const range = subtable.readUInt16BE(rangeAt);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = subtable.readUInt16BE(rangeAt + range + (code - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

/** The glyphs and those that they are put together from. */
function withParts(glyphs: readonly number[], outlineOf: (glyph: number) => Buffer, count: number): ReadonlySet<number> {
  const kept = new Set<number>();
  const waiting = [...glyphs];
  for (let glyph = waiting.pop(); glyph !== undefined; glyph = waiting.pop()) {
    if (kept.has(glyph) || glyph >= count) continue;
    kept.add(glyph);
    const outline = outlineOf(glyph);
    if (outline.length > 10 && outline.readInt16BE(0) < 0) waiting.push(...partsOf(outline));
  }
  return kept;
}
/** Flags of a composite glyph's parts. */
const WORDS = 0x0001;
const SCALE = 0x0008;
const MORE = 0x0020;
const TWO_SCALES = 0x0040;
const MATRIX = 0x0080;
function partsOf(outline: Buffer): readonly number[] {
  const parts: number[] = [];
  let at = 10;
  let flags = MORE;
  while ((flags & MORE) !== 0 && at + 4 <= outline.length) {
    flags = outline.readUInt16BE(at);
    parts.push(outline.readUInt16BE(at + 2));
    at += 4 + ((flags & WORDS) !== 0 ? 4 : 2);
    if ((flags & SCALE) !== 0) at += 2;
    else if ((flags & TWO_SCALES) !== 0) at += 4;
    else if ((flags & MATRIX) !== 0) at += 8;
  }
  return parts;
}
