/** Folders by patterns with `*`, as installations are laid out: bounded, links resolved, each folder once. */
import { realpath } from 'node:fs/promises';
import { relative } from 'node:path';
import type { Host } from './host.ts';

/** Entries of one folder that are compared with a pattern, and folders in all. */
const MOST_ENTRIES = 2_000;
const MOST_FOLDERS = 64;

export interface FoundFolders {
  readonly folders: readonly string[];
  /** A folder on the way could not be listed, or there were too many. */
  readonly complete: boolean;
}

/** Case does not matter in a part with `*`; other parts are as they are. */
export async function findFolders(host: Host, patterns: readonly string[]): Promise<FoundFolders> {
  const found = new Set<string>();
  let complete = true;
  for (const pattern of patterns) {
    let level: readonly string[] = [''];
    for (const part of pattern.split('/').filter((piece) => piece !== '')) {
      const next = await oneLevel(host, level, part);
      complete &&= next.complete;
      level = next.folders;
    }
    for (const folder of level) {
      const real = await realPath(host, folder);
      if (real !== undefined && found.size < MOST_FOLDERS) found.add(real);
    }
  }
  return { folders: [...found].sort(), complete };
}
/** Folders below each of `level` that fit one part of the pattern. */
async function oneLevel(host: Host, level: readonly string[], part: string): Promise<FoundFolders> {
  if (!part.includes('*')) return { folders: level.map((folder) => `${folder}/${part}`), complete: true };
  const fits = new RegExp(`^${part.split('*').map(escaped).join('.*')}$`, 'i');
  const next: string[] = [];
  let complete = true;
  for (const folder of level) {
    const { names, readable } = await namesIn(host, folder === '' ? '/' : folder);
    complete &&= readable;
    next.push(...names.filter((name) => fits.test(name)).map((name) => `${folder}/${name}`));
  }
  return { folders: next.slice(0, MOST_FOLDERS), complete: complete && next.length <= MOST_FOLDERS };
}

/** The path that links lead to, as the machine calls it; `undefined` when it does not exist. */
export async function realPath(host: Host, path: string): Promise<string | undefined> {
  const resolved = await host.resolve(path);
  if (!(await host.exists(path))) return undefined;
  if (host.root !== '/') return `/${relative(host.root, resolved)}`;
  return await realpath(resolved).catch(() => resolved);
}

async function namesIn(host: Host, folder: string): Promise<{ names: readonly string[]; readable: boolean }> {
  try {
    const { names, cut } = await host.list(folder);
    return { names: names.slice(0, MOST_ENTRIES), readable: !cut && names.length <= MOST_ENTRIES };
  } catch {
    return { names: [], readable: false };
  }
}
function escaped(text: string): string {
  return text.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
}
