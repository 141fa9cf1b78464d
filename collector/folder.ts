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
