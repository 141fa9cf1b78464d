import type { Stats } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * A private folder and those above it. Not `mkdir` with `recursive`: Node asks for ever where the system denies a folder
 * with ENOENT below one that exists, as procfs does.
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path, 0o700);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && dirname(path) !== path && !(await isFolder(dirname(path)))) {
      await makeFolder(dirname(path));
      await makeFolder(path);
    } else if (code !== 'EEXIST' || !(await isFolder(path))) throw error;
  }
}
async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}

/**
 * Whether a file is kept from others. A mounted Secret belongs to root and is read by our group (a pod's fsGroup), which is the one
 * way to give it to a process that is not root.
 */
export function isPrivate({ mode, uid }: Pick<Stats, 'mode' | 'uid'>, self: number | undefined = process.getuid?.()): boolean {
  const mayBe = uid === 0 && self !== 0 ? 0o040 : 0;
  return (mode & 0o077 & ~mayBe) === 0;
}
