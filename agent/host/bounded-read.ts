/** Reading with a bound: never more bytes than asked for, and never waiting on a pipe. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { UnreadableError } from '../gatherers/gatherer.ts';

/** Bytes of a file, and whether there were more. */
export interface Bounded {
  readonly bytes: Buffer;
  readonly more: boolean;
}

/** Opens a regular file. @throws UnreadableError `malformed` when it is anything else */
export async function openRegular(path: string): Promise<FileHandle> {
  // O_NONBLOCK: opening a pipe nobody writes to would wait for ever.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const facts = await file.stat();
  if (facts.isFile()) return file;
  await file.close();
  throw Object.assign(new UnreadableError('malformed'), { code: facts.isDirectory() ? 'EISDIR' : 'ENOTREG' });
}

/** What one read of a small procfs file gives; `undefined` when it cannot be read (the process ended). */
export function readAtOnce(path: string, buffer: Buffer): string | undefined {
  try {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return buffer.toString('latin1', 0, readSync(file, buffer, 0, buffer.length, 0));
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Only for procfs of a running kernel. @throws UnreadableError `malformed` when it is no regular file */
export function readProcUpTo(path: string, maxBytes: number): Bounded {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    if (!fstatSync(file).isFile()) throw new UnreadableError('malformed');
    const chunks: Buffer[] = [];
    for (let length = 0; length <= maxBytes; ) {
      const buffer = Buffer.alloc(Math.min(16_384, maxBytes + 1 - length));
      const size = readSync(file, buffer, 0, buffer.length, null);
      if (size === 0) return { bytes: Buffer.concat(chunks), more: false };
      chunks.push(buffer.subarray(0, size));
      length += size;
    }
    return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), more: true };
  } finally {
    closeSync(file);
  }
}

/** The first `maxBytes` of an open file, whatever size it claims: files of procfs claim none. */
export async function readUpTo(file: FileHandle, maxBytes: number): Promise<Bounded> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length <= maxBytes) {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(Math.min(65_536, maxBytes + 1 - length)), 0, null, null);
    if (bytesRead === 0) return { bytes: Buffer.concat(chunks), more: false };
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), more: true };
}
