/** Where a path of the host is seen from this process. */
import { readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { UnreadableError } from '../gatherers/gatherer.ts';

const MAX_LINKS = 40;

/**
 * The path as this process sees it. Links are followed inside the root only: an absolute link of the host
 * (`/etc/localtime`) stays below the root, `..` cannot climb out of it.
 * @param running `/proc` below the root is a running kernel's
 * @throws UnreadableError `malformed` for links that lead in circles
 */
export async function resolveBelow(root: string, path: string, running: boolean): Promise<string> {
  const rest = path.split('/').filter((part) => part !== '' && part !== '.');
  // At the machine's own root the kernel follows links as this does, and procfs has none below /proc/sys: asking for each part would only cost.
  if (root === '/') return `/${rest.join('/')}`;
  if (running && isPlainProc(rest)) return join(root, ...rest);
  const done: string[] = [];
  let links = 0;
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (part === '..') {
      done.pop();
      continue;
    }
    const target = await readlink(join(root, ...done, part)).catch(() => undefined);
    if (target === undefined) {
      done.push(part);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) throw new UnreadableError('malformed');
    if (target.startsWith('/')) done.length = 0;
    rest.unshift(...target.split('/').filter((piece) => piece !== '' && piece !== '.'));
  }
  return join(root, ...done);
}

/** Paths of procfs without a link in them: everything but `self`, `net` and the like, and the links of a process. */
function isPlainProc(parts: readonly string[]): boolean {
  if (parts[0] !== 'proc' || parts.includes('..')) return false;
  if (parts[1] === 'sys') return true;
  return !/^(self|thread-self|net|mounts)$/.test(parts[1] ?? '') && !/^(cwd|root|exe|fd|task|map_files|ns)$/.test(parts[2] ?? '');
}
