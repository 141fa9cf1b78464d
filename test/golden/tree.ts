/**
 * Trees as version control keeps them, made whole again: git drops times, modes, empty folders and the size of what need not
 * be there. A tree's `.facts.json` says them by path.
 */
import { chmod, cp, lutimes, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Facts {
  /** ISO 8601; {@link DEFAULT_TIME} where it is not told. */
  readonly modifiedAt?: string;
  /** Size of a log that is only weighed: the file is extended with a hole. */
  readonly bytes?: number;
  /** Octal; 0644 and 0755 where it is not told. */
  readonly mode?: string;
  /** Target of a symbolic link; kept here, because links that leave the tree confuse tools that walk the repository. */
  readonly link?: string;
  /** A folder that may be empty. */
  readonly folder?: true;
}

/** What every file's time is set to. */
const DEFAULT_TIME = new Date('2026-11-01T00:00:00Z');

/** Copies a tree to a temporary folder, with the times, sizes and modes that its facts tell; `use` gets the folder. */
export async function withTree<T>(tree: string, use: (root: string) => Promise<T>): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'xunjian-golden-'));
  try {
    await cp(tree, root, { recursive: true, verbatimSymlinks: true });
    await complete(root);
    return await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

async function complete(root: string): Promise<void> {
  const facts = Object.entries(JSON.parse(await readFile(join(root, '.facts.json'), 'utf8')) as Record<string, Facts>);
  for (const [path, { folder, bytes, link }] of facts) {
    await mkdir(join(root, folder ? path : dirname(path)), { recursive: true });
    if (link !== undefined) {
      await symlink(link, join(root, path));
      continue;
    }
    if (!folder) await writeFile(join(root, path), '', { flag: 'a' });
    if (bytes !== undefined) await truncate(join(root, path), bytes);
  }
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isSymbolicLink()) await chmod(path, entry.isDirectory() ? 0o755 : 0o644); // the clone's umask
    await lutimes(path, DEFAULT_TIME, DEFAULT_TIME);
  }
  for (const [path, { modifiedAt, mode }] of facts) {
    if (mode !== undefined) await chmod(join(root, path), Number.parseInt(mode, 8));
    if (modifiedAt !== undefined) await utimes(join(root, path), new Date(modifiedAt), new Date(modifiedAt));
  }
}
