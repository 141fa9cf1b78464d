/**
 * After `tsc`: what is used of large libraries becomes one file of ours. client-node is some 1,000 files, for the most part
 * models of resources, of which reading a credential needs none; each inspection of a cluster begins with it, and loads 48 kB in
 * half the time. Of the Kafka client only the messages are used: loading all of it takes the inspection some 40 MB more.
 */
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** Our file, the library, packages that go into the file with it, and bytes: more, and what is not used came along again. */
const LIBRARIES = [
  { file: 'dist/agent/kube/kube-config.js', library: '@kubernetes/client-node', within: [], mostBytes: 200_000 },
  { file: 'dist/agent/gatherers/middleware/kafka/library.js', library: '@platformatic/kafka', within: ['@platformatic/dynamic-buffer'], mostBytes: 200_000 },
];
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

const bundled = [];
for (const { file, library, within, mostBytes } of LIBRARIES) {
  const ours = resolve(file);
  await bundle(ours, library, within);
  const { size } = statSync(ours);
  if (size > mostBytes) throw new Error(`${file}: ${size} bytes: what is not used of ${library} is in it`);
  // Their texts and their places in the list of parts go with their code: the packages themselves are not in the images.
  for (const name of [library, ...within]) {
    const text = `${dirname(file)}/LICENSE.${name.slice(name.indexOf('/') + 1)}`;
    const { version, license, integrity } = packages[`node_modules/${name}`];
    copyFileSync(`node_modules/${name}/LICENSE`, text);
    bundled.push({ name, version, license, integrity, text });
  }
  console.log(`${relative('dist', file)}: what is used of ${library}, ${size} bytes`);
}
writeFileSync(resolve('dist/bundled.json'), `${JSON.stringify(bundled)}\n`);

async function bundle(file, library, within) {
  const ours = createRequire(file);
  const theirs = createRequire(resolve(`node_modules/${library}/package.json`));
  const isWithin = (id) => [library, ...within].some((name) => id === name || id.startsWith(`${name}/`));
  /** Their own packages stay packages; moved into our folder, the file must find the very same ones. */
  const isPackage = (id) => {
    if (id.startsWith('node:')) return true;
    if (!/^[a-z@]/.test(id) || isWithin(id)) return false;
    if (ours.resolve(id) !== theirs.resolve(id)) throw new Error(`${id}: ${library} has a version of its own`);
    return true;
  };
  const build = await rolldown({
    input: file,
    platform: 'node',
    external: (id, importer) => (importer === file && id.startsWith('./')) || isPackage(id),
    treeshake: { moduleSideEffects: (id) => !isWithin(id.split('/node_modules/').at(-1)) },
  });
  await build.write({ file, format: 'esm' });
  await build.close();
}
