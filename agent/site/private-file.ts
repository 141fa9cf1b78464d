/** Files that only their owner may read: the site key, the reverse table, the spool. The owner is the folder's, whoever writes. */
import { randomUUID } from 'node:crypto';
import { constants, copyFile, type FileHandle, link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Below the state directory: the last inspection's payload, as it was sealed. */
export const LAST_INSPECTION = 'last-inspection.json';

/**
 * A folder and those above it. Not `mkdir` with `recursive`: Node asks for ever where the system denies a folder with
 * ENOENT below one that exists, as procfs and some automounters do.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  if ((await made(path, mode)) !== 'ENOENT') return;
  if (!(await isFolder(dirname(path))) && dirname(path) !== path) await makeFolder(dirname(path), mode);
  // Once more also where the one above is there: somebody else may have made it since.
  if ((await made(path, mode)) === 'ENOENT') await mkdir(path, mode);
}
async function made(path: string, mode?: number): Promise<'made' | 'ENOENT'> {
  try {
    await mkdir(path, mode);
    if (mode !== undefined && isRoot()) {
      await using folder = await open(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
      await giveToOwner(folder, path);
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'ENOENT';
    if (!hasCode(error, 'EEXIST') || !(await isFolder(path))) throw error;
  }
  return 'made';
}
async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/**
 * What root makes in the folder of another account is that account's: an agent must go on reading its own state after
 * `sudo xunjian preview`, and a file that root alone can read would stop it. By the open file, so that no link takes part.
 */
export async function giveToOwner(file: FileHandle, path: string): Promise<void> {
  if (!isRoot()) return;
  const { uid, gid } = await stat(dirname(path));
  if (uid !== 0) await file.chown(uid, gid).catch(() => undefined); // without the capability, or on a server that squashes root, it stays ours
}
function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Replaces a file in one step, mode 0600, on disk before it returns. A crash leaves the old file or the new one. */
export async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path), 0o700);
  const part = await writePart(path, content);
  await rename(part, path);
}

/** Creates a file that must not exist yet, mode 0600, whole at once for whoever reads it; `false` when somebody was faster. */
export async function createPrivate(path: string, content: string | Uint8Array): Promise<boolean> {
  if ((await readIfThere(path)) !== undefined) return false;
  await makeFolder(dirname(path), 0o700);
  const part = await writePart(path, content);
  try {
    await link(part, path).catch(async (error: unknown) => {
      if (!hasCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error;
      await copyFile(part, path, constants.COPYFILE_EXCL); // a file system without hard links
    });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(part, { force: true });
  }
}
function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
async function writePart(path: string, content: string | Uint8Array): Promise<string> {
  const part = `${path}.${randomUUID()}.part`;
  try {
    await using file = await open(part, 'wx', 0o600);
    await giveToOwner(file, part);
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return part;
}

/** Bytes of a file, or `undefined` when there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
