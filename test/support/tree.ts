/** A small host tree on disk, made from a table of files: what `--host-root` would point at. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Host } from '../../agent/host/host.ts';

/** Content by path; `-> target` makes a symbolic link. Paths below `/.later/` are the second sample. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes the files below a temporary folder, removed when the test ends. */
export function makeTree(files: Files): string {
  const root = mkdtempSync(join(tmpdir(), 'xunjian-tree-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeTree(root, files);
  return root;
}

/** Writes the files below a folder that is there. */
export function writeTree(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string' && content.startsWith('-> ')) symlinkSync(content.slice(3), file);
    else writeFileSync(file, content);
  }
}

/** The tree as gatherers see it. */
export async function hostOf(files: Files, now = 1_795_305_600_000): Promise<Host> {
  return await Host.at(makeTree(files), { sampleMs: 0, now: () => now });
}
