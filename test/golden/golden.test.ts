import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectedFolder, goldenRun, goldenTrees } from './run.ts';

const HOW = 'run `npm run golden`, review `git diff test/golden/expected`, and commit it when every change is meant';

describe.each(await goldenTrees())('%s', (tree) => {
  it('gives the findings and reports that were reviewed', async () => {
    const folder = expectedFolder(tree);
    const now = await goldenRun(tree);
    expect((await readdir(folder).catch(() => [])).sort(), HOW).toEqual(Object.keys(now).sort());
    for (const [name, content] of Object.entries(now)) {
      const expected = await readFile(join(folder, name), 'utf8');
      if (content !== expected) expect.fail(`${tree}/${name}: ${firstDifference(expected, content)}\n${HOW}`);
    }
  });

  it('gives the same bytes in another time zone', async () => {
    const zone = process.env['TZ'];
    const before = await goldenRun(tree);
    process.env['TZ'] = 'America/New_York';
    try {
      expect(await goldenRun(tree)).toEqual(before);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });
});

function firstDifference(expected: string, content: string): string {
  const [was, is] = [expected.split('\n'), content.split('\n')];
  const line = is.findIndex((text, index) => text !== was[index]);
  return `line ${line + 1}: was ${(was[line] ?? 'the end').slice(0, 200)}, is ${(is[line] ?? 'the end').slice(0, 200)}`;
}
