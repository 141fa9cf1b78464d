/**
 * One process at a time in a directory. The lock is a listening socket: the kernel drops it with its process, however that
 * ends, and it can be asked across containers, where process numbers mean nothing (a rolling update runs the old and the
 * new pod over the same folder).
 */
import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

export class LockedError extends Error {
  override readonly name = 'LockedError';
  readonly code = 'LOCKED';
  constructor(directory: string) {
    super(`another agent uses ${directory}`);
  }
}

const TRIES = 5;

export interface DirectoryLock {
  [Symbol.asyncDispose](): Promise<void>;
}

/** @throws LockedError while another process holds it; the system's error when the directory takes no file */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const folder = await open(directory, 'r');
  // A socket's path may have 107 bytes; through the open folder it is short wherever the folder is.
  const at = (name: string): string => `/proc/self/fd/${folder.fd}/${name}`;
  const mine = `lock.${randomUUID().slice(0, 8)}`;
  const server = createServer((socket) => socket.destroy());
  try {
    await listen(server, at(mine));
    await take(directory, at, mine);
  } catch (error) {
    // Also where the disk takes no socket of ours: somebody else's is asked.
    const isTaken = error instanceof LockedError || (await answers(at('lock')));
    await end(server);
    await rm(join(directory, mine), { force: true }).catch(() => undefined);
    await folder.close();
    throw isTaken ? new LockedError(directory) : error;
  }
  server.unref();
  return {
    async [Symbol.asyncDispose]() {
      await rm(join(directory, 'lock'), { force: true }).catch(() => undefined);
      await end(server);
      await folder.close();
    },
  };
}

async function take(directory: string, at: (name: string) => string, mine: string): Promise<void> {
  const lock = join(directory, 'lock');
  const { ino } = await stat(join(directory, mine));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    try {
      await link(join(directory, mine), lock);
      await rm(join(directory, mine), { force: true });
      if ((await stat(lock)).ino === ino) return;
    } catch (error) {
      if (!isCode(error, 'EEXIST') && !isCode(error, 'ENOENT')) throw error;
    }
    const seen = await stat(lock).catch(() => undefined);
    if (!seen) continue;
    if (await answers(at('lock'))) throw new LockedError(directory);
    await putAway(directory, lock, seen.ino);
  }
  throw new LockedError(directory);
}

/** Takes a dead lock away; one that somebody made meanwhile is put back. */
async function putAway(directory: string, lock: string, ino: number): Promise<void> {
  const away = join(directory, `lock.${randomUUID().slice(0, 8)}`);
  try {
    await rename(lock, away);
    if ((await stat(away)).ino !== ino) await link(away, lock);
  } catch (error) {
    if (!isCode(error, 'ENOENT') && !isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(away, { force: true });
  }
}

async function answers(path: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => resolve());
  });
}
async function end(server: Server): Promise<void> {
  await new Promise<void>((resolve) => (server.listening ? server.close(() => resolve()) : resolve()));
}
function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
