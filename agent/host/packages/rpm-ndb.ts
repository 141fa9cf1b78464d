/**
 * RPM's own database format (`Packages.db`; SUSE, and where it was chosen): pages of slots that say where each header lies.
 * Source: rpm, lib/backend/ndb/rpmpkg.c. Little-endian; a block has 16 bytes.
 */
import type { FileHandle } from 'node:fs/promises';
import { UnreadableError } from '../../gatherers/gatherer.ts';
import type { InstalledPackage } from './installed-package.ts';
import { parseRpmHeader } from './rpm-header.ts';

const HEADER_MAGIC = 0x506d7052; // "RpmP"
const SLOT_MAGIC = 0x746f6c53; // "Slot"
const BLOB_MAGIC = 0x53626c42; // "BlbS"
const PAGE_BYTES = 4_096;
const SLOT_BYTES = 16;
const BLOCK_BYTES = 16;
/** The first two slots of the first page are the header. */
const FIRST_SLOT = 2;
const MOST_PAGES = 2_048;
const MOST_BLOB_BYTES = 16 * 1024 * 1024;

/** @throws UnreadableError `malformed` when it is no such database */
export async function* rpmNdbPackages(file: FileHandle, signal: AbortSignal): AsyncGenerator<InstalledPackage | undefined> {
  const page = Buffer.alloc(PAGE_BYTES);
  await file.read(page, 0, PAGE_BYTES, 0);
  if (page.readUInt32LE(0) !== HEADER_MAGIC) throw new UnreadableError('malformed');
  const pages = Math.min(page.readUInt32LE(12), MOST_PAGES);
  for (let number = 0; number < pages; number += 1) {
    signal.throwIfAborted();
    if (number > 0) await file.read(page, 0, PAGE_BYTES, number * PAGE_BYTES);
    for (let at = number === 0 ? FIRST_SLOT * SLOT_BYTES : 0; at < PAGE_BYTES; at += SLOT_BYTES) {
      const id = page.readUInt32LE(at + 4);
      if (page.readUInt32LE(at) === SLOT_MAGIC && id !== 0) yield await headerAt(file, id, page.readUInt32LE(at + 8) * BLOCK_BYTES);
    }
  }
}
async function headerAt(file: FileHandle, id: number, position: number): Promise<InstalledPackage | undefined> {
  const head = Buffer.alloc(16);
  await file.read(head, 0, 16, position);
  const length = head.readUInt32LE(12);
  if (head.readUInt32LE(0) !== BLOB_MAGIC || head.readUInt32LE(4) !== id || length > MOST_BLOB_BYTES) return undefined;
  const blob = Buffer.alloc(length);
  const { bytesRead } = await file.read(blob, 0, length, position + 16);
  return bytesRead === length ? parseRpmHeader(blob) : undefined;
}
