/** Files that only their owner may read: the site key, the reverse table, the spool. */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Below the state directory: the last inspection's payload, as it was sealed. */
export const LAST_INSPECTION = 'last-inspection.json';

/**
 * A folder and those above it. Not `mkdir` with `recursive`: Node asks for ever where the system denies a folder with
 * ENOENT below one that exists, as procfs and some automounters do.
 */
export async function makeFolder(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, mode);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && dirname(path) !== path && !(await isFolder(dirname(path)))) {
      await makeFolder(dirname(path), mode);
      await makeFolder(path, mode);
    } else if (code !== 'EEXIST' || !(await isFolder(path))) throw error;
  }
}
async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/** Replaces a file in one step, mode 0600, on disk before it returns. A crash leaves the old file or the new one. */
export async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  await makeFolder(dirname(path), 0o700);
  const part = `${path}.${randomUUID()}.part`;
  try {
    await using file = await open(part, 'wx', 0o600);
    await file.writeFile(content);
    await file.sync();
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  await rename(part, path);
}

/** Creates a file that must not exist yet, mode 0600; `false` when somebody was faster. */
export async function createPrivate(path: string, content: string | Uint8Array): Promise<boolean> {
  await makeFolder(dirname(path), 0o700);
  try {
    await using file = await open(path, 'wx', 0o600);
    await file.writeFile(content);
    await file.sync();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Bytes of a file, or `undefined` when there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
