/** Rewrites package.json to the dependencies that the agent image imports, so that `npm prune` leaves the rest out. Run while building the image. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = existsSync('package-lock.json') ? JSON.parse(readFileSync('package-lock.json', 'utf8')) : { packages: {} };
const imported = new Set(
  globSync('dist/agent/**/*.js')
    .concat(globSync('dist/bin/**/*.js'))
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport|\brequire|\(import\.meta\.url\))\s*\(?\s*['"]([^'".][^'"]*)['"]/g)].map(([, name]) => name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
);
/** What a bundled package needs is imported by our file and a dependency of nothing else: it stays in the version of the lock file. */
const ofBundled = [...imported].flatMap((name) => {
  const locked = packages[`node_modules/${name}`];
  return locked && !locked.dev && !(name in manifest.dependencies) ? [[name, locked.version]] : [];
});
manifest.dependencies = Object.fromEntries([...Object.entries(manifest.dependencies).filter(([name]) => imported.has(name)), ...ofBundled]);
delete manifest.devDependencies;
delete manifest.optionalDependencies;
writeFileSync('package.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
console.log(`agent: ${Object.keys(manifest.dependencies).join(', ')}`);
