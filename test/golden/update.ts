/** `npm run golden`: writes what the golden run gives now; the change is reviewed as a diff. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectedFolder, goldenRun, goldenTrees } from './run.ts';

for (const tree of await goldenTrees()) {
  const folder = expectedFolder(tree);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [name, content] of Object.entries(await goldenRun(tree))) await writeFile(join(folder, name), content);
  console.log(`${tree}: written, review it with \`git diff ${folder}\``);
}
