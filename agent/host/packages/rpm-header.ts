/**
 * The header of an installed RPM package as its database keeps it: counts of index entries and of data bytes, the entries (tag, type,
 * offset, count; big-endian), then the data. Source: rpm's documentation, "RPM V4 package format", and lib/header.c.
 */
import type { InstalledPackage } from './installed-package.ts';

const TAGS = { name: 1_000, version: 1_001, release: 1_002, epoch: 1_003 } as const;
const INT32 = 4;
const STRING = 6;
const ENTRY_BYTES = 16;
/** rpm's own bound of entries is larger; a header with more has no meaning for us. */
const MOST_ENTRIES = 65_536;
const LONGEST = 255;

/** The tags that are read come first in the data: so many bytes of it hold them. */
const FIRST_DATA_BYTES = 4_096;
/** How many bytes from its begin tell name and version. @param begin 8 bytes or more */
export function enoughOfRpmHeader(begin: Uint8Array): number {
  const entries = begin.byteLength < 8 ? 0 : new DataView(begin.buffer, begin.byteOffset, begin.byteLength).getUint32(0);
  return 8 + Math.min(entries, MOST_ENTRIES) * ENTRY_BYTES + FIRST_DATA_BYTES;
}

/** `undefined` when it is no header of a package. */
export function parseRpmHeader(blob: Uint8Array): InstalledPackage | undefined {
  if (blob.byteLength < 8) return undefined;
  const view = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
  const entries = view.getUint32(0);
  const start = 8 + entries * ENTRY_BYTES;
  if (entries > MOST_ENTRIES || start > blob.byteLength) return undefined;
  const found: Partial<Record<keyof typeof TAGS, string>> = {};
  for (let index = 0; index < entries; index += 1) {
    const at = 8 + index * ENTRY_BYTES;
    const tag = view.getUint32(at);
    for (const [key, wanted] of Object.entries(TAGS) as [keyof typeof TAGS, number][]) // keys of a literal
      if (tag === wanted) found[key] = valueAt(blob, view, view.getUint32(at + 4), start + view.getUint32(at + 8));
  }
  const { name, version, release, epoch = '0' } = found;
  if (name === undefined || version === undefined || release === undefined) return undefined;
  return { name, version: `${epoch === '0' ? '' : `${epoch}:`}${version}-${release}` };
}

function valueAt(blob: Uint8Array, view: DataView, type: number, at: number): string | undefined {
  if (type === INT32) return at + 4 <= blob.byteLength ? String(view.getUint32(at)) : undefined;
  if (type !== STRING || at >= blob.byteLength) return undefined;
  const end = blob.subarray(at, at + LONGEST + 1).indexOf(0);
  return end <= 0 ? undefined : new TextDecoder('latin1').decode(blob.subarray(at, at + end));
}
