/**
 * After `tsc`: what is used of large libraries becomes one file of ours. client-node is some 1,000 files, for the most part
 * models of resources, of which reading a credential needs none; each inspection of a cluster begins with it, and loads 48 kB in
 * half the time. Packages that only a proxy or an old way to sign in needs are loaded when they are called: that halves the time
 * once more. Of the Kafka client only the messages are used: loading all of it takes the inspection some 40 MB more.
 */
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** What client-node calls of packages that few clusters need; nothing but functions and classes can come later. */
const OF_FEW = {
  undici: ['Agent', 'ProxyAgent', 'fetch'],
  'jsonpath-plus': ['JSONPath'],
  'socks-proxy-agent': ['SocksProxyAgent'],
  socks: ['SocksClient'],
  hpagent: ['HttpProxyAgent', 'HttpsProxyAgent'],
};
/** Our file, the library, packages that go into the file with it or are loaded later, and bytes: more, and what is not used came along again. */
const LIBRARIES = [
  { file: 'dist/agent/kube/kube-config.js', library: '@kubernetes/client-node', within: [], later: OF_FEW, mostBytes: 200_000 },
  { file: 'dist/agent/gatherers/middleware/kafka/library.js', library: '@platformatic/kafka', within: ['@platformatic/dynamic-buffer'], later: {}, mostBytes: 200_000 },
];
const MARK = '\0later:';
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));

const bundled = [];
for (const { file, library, within, later, mostBytes } of LIBRARIES) {
  const ours = resolve(file);
  await bundle(ours, library, within, later);
  const { size } = statSync(ours);
  const early = Object.keys(later).filter((id) => readFileSync(ours, 'utf8').includes(`from "${id}"`));
  if (early.length > 0) throw new Error(`${file} loads ${early.join()} at once`);
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

async function bundle(file, library, within, later) {
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
    plugins: [
      {
        name: 'later',
        resolveId: (id, importer) => (id in later && importer !== undefined ? MARK + id : undefined),
        load: (id) => (id.startsWith(MARK) ? loadedLater(id.slice(MARK.length), later[id.slice(MARK.length)], theirs) : undefined),
      },
    ],
    external: (id, importer) => (importer === file && id.startsWith('./')) || (!(id in later) && isPackage(id)),
    treeshake: { moduleSideEffects: (id) => !isWithin(id.split('/node_modules/').at(-1)) },
  });
  await build.write({ file, format: 'esm' });
  await build.close();
}

/** A module whose exports stand for those of a package, which their first use loads. */
function loadedLater(id, names, theirs) {
  for (const name of names) if (typeof theirs(id)[name] !== 'function') throw new Error(`${id} has no ${name} any more`);
  // As the scripts that look for what a file imports know it.
  return `import { createRequire } from 'node:module';
const load = () => createRequire(import.meta.url)('${id}');
const stand = (of) => new Proxy(function () {}, {
  apply: (_target, self, args) => Reflect.apply(of(load()), self, args),
  construct: (_target, args) => Reflect.construct(of(load()), args),
  get: (_target, key) => of(load())[key],
});
${names.map((name) => `export const ${name} = stand((all) => all.${name});`).join('\n')}`;
}
