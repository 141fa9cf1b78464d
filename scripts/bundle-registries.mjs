/**
 * After `tsc`: the hundreds of small files behind a registry become one, which loads in a tenth of the time; a look a minute
 * and every inspection load them anew. Files that others import too, or that know their own place, stay as they are.
 */
import { globSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { rolldown } from 'rolldown';

const ROOT = resolve('dist');
/** Registry and the folder whose files may go into it. */
const REGISTRIES = [
  ['agent/checks/host-checks.js', 'agent/checks'],
  ['agent/checks/cluster-checks.js', 'agent/checks'],
  ['agent/checks/middleware/index.js', 'agent/checks'],
  ['agent/gatherers/host/index.js', 'agent/gatherers'],
  ['agent/gatherers/cluster/index.js', 'agent/gatherers'],
];

/** Static and dynamic imports of each emitted file, as paths. */
const imports = new Map(globSync('**/*.js', { cwd: ROOT }).map((name) => [join(ROOT, name), importsOf(join(ROOT, name))]));
const plans = REGISTRIES.map(([entry, folder]) => planOf(join(ROOT, entry), join(ROOT, folder)));
for (const { entry, merged } of plans) {
  const bundle = await rolldown({
    input: entry,
    platform: 'node',
    treeshake: false,
    external: (id, importer) => importer !== undefined && !merged.has(resolve(dirname(importer), id)),
  });
  await bundle.write({ file: entry, format: 'esm' });
  await bundle.close();
  for (const file of merged) rmSync(file);
  if (merged.size === 0) throw new Error(`${entry}: nothing to merge: is the registry where it was?`);
  console.log(`${entry.slice(ROOT.length + 1)}: ${merged.size} files in one`);
}

function importsOf(file) {
  const specifiers = [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g)];
  return specifiers.map(([, to]) => resolve(dirname(file), to));
}

/** Files of the folder that nothing but the entry leads to. */
function planOf(entry, folder) {
  const merged = new Set();
  const reach = (file) => {
    for (const to of imports.get(file) ?? []) {
      if (merged.has(to) || !to.startsWith(folder + sep) || !imports.has(to) || readFileSync(to, 'utf8').includes('import.meta')) continue;
      merged.add(to);
      reach(to);
    }
  };
  reach(entry);
  merged.delete(entry);
  for (let before = -1; before !== merged.size; ) {
    before = merged.size;
    for (const [file, targets] of imports) if (file !== entry && !merged.has(file)) for (const to of targets) merged.delete(to);
  }
  return { entry, merged };
}
