/** Ends with an error when a file of a build imports a package that is not there. usage: node scripts/check-imports.mjs FOLDER… below the present one */
import { globSync, readFileSync } from 'node:fs';
import { findPackageJSON, isBuiltin } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** At the beginning of a line, or awaited, or by our own `createRequire`: not in the midst of a text. */
const IMPORTS = [
  /^import ['"]([^'".][^'"]*)['"]/gm,
  /^(?:import|export)\b[^'"`;=()]*\bfrom ['"]([^'".][^'"]*)['"]/gm,
  /\bawait import\(['"]([^'".][^'"]*)['"]\)/g,
  /\(import\.meta\.url\)\(['"]([^'".][^'"]*)['"]\)/g,
];

const files = process.argv.slice(2).flatMap((folder) => globSync(`${folder}/**/*.js`));
let count = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  for (const [, name] of IMPORTS.flatMap((pattern) => [...text.matchAll(pattern)])) {
    if (isBuiltin(name)) continue;
    count += 1;
    if (isThere(name, file)) continue;
    console.error(`${file}: ${name} is not there`);
    process.exitCode = 1;
  }
}
if (count === 0) throw new Error('nothing is imported: is the build where it was?');
console.log(`${files.length} files, ${count} imports of packages`);

function isThere(name, file) {
  try {
    return findPackageJSON(name, pathToFileURL(resolve(file))) !== undefined;
  } catch {
    return false;
  }
}
