/**
 * After `tsc`: client-node is some 1,000 files, for the most part models of resources, of which reading a credential needs
 * none. What it needs becomes one file of 48 kB, which loads in half the time; each inspection of a cluster begins with it.
 * Packages that only a proxy or an old way to sign in needs are loaded when they are called: that halves the time once more.
 */
import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const FILE = resolve('dist/agent/kube/kube-config.js');
/** More than what reads a kubeconfig: the models would have come along again. */
const MOST_BYTES = 200_000;

const ours = createRequire(FILE);
const theirs = createRequire(ours.resolve('@kubernetes/client-node'));
/** Its own packages stay packages; moved into our folder, the file must find the very same ones. */
function isPackage(id) {
  if (!/^[a-z]/.test(id) || id.startsWith('node:')) return id.startsWith('node:');
  if (ours.resolve(id) !== theirs.resolve(id)) throw new Error(`${id}: client-node has a version of its own`);
  return true;
}

/** What client-node calls of them; nothing but functions and classes can come later. */
const LATER = {
  undici: ['Agent', 'ProxyAgent', 'fetch'],
  'jsonpath-plus': ['JSONPath'],
  'socks-proxy-agent': ['SocksProxyAgent'],
  socks: ['SocksClient'],
  hpagent: ['HttpProxyAgent', 'HttpsProxyAgent'],
};
const MARK = '\0later:';
/** A module whose exports stand for those of a package, which their first use loads. */
function later(id) {
  for (const name of LATER[id]) if (typeof theirs(id)[name] !== 'function') throw new Error(`${id} has no ${name} any more`);
  const exported = LATER[id].map((name) => `export const ${name} = stand((all) => all.${name});`);
  // As the scripts that look for what a file imports know it.
  return `import { createRequire } from 'node:module';
const load = () => createRequire(import.meta.url)('${id}');
const stand = (of) => new Proxy(function () {}, {
  apply: (_target, self, args) => Reflect.apply(of(load()), self, args),
  construct: (_target, args) => Reflect.construct(of(load()), args),
  get: (_target, key) => of(load())[key],
});
${exported.join('\n')}`;
}

const bundle = await rolldown({
  input: FILE,
  platform: 'node',
  plugins: [
    {
      name: 'later',
      resolveId: (id, importer) => (id in LATER && importer !== undefined ? MARK + id : undefined),
      load: (id) => (id.startsWith(MARK) ? later(id.slice(MARK.length)) : undefined),
    },
  ],
  external: (id, importer) => (importer === FILE && id.startsWith('./')) || (!(id in LATER) && isPackage(id)),
  treeshake: { moduleSideEffects: (id) => !id.includes('client-node') },
});
await bundle.write({ file: FILE, format: 'esm' });
await bundle.close();
const { size } = statSync(FILE);
const early = Object.keys(LATER).filter((id) => readFileSync(FILE, 'utf8').includes(`from "${id}"`));
if (early.length > 0) throw new Error(`${FILE} loads ${early.join()} at once`);
if (size > MOST_BYTES) throw new Error(`${FILE}: ${size} bytes: the models of client-node are in it`);
// Its text and its place in the list of parts go with its code: the package itself is not in the images.
const { version, license, integrity } = JSON.parse(readFileSync('package-lock.json', 'utf8')).packages['node_modules/@kubernetes/client-node'];
copyFileSync('node_modules/@kubernetes/client-node/LICENSE', resolve(dirname(FILE), 'LICENSE.client-node'));
writeFileSync(resolve('dist/bundled.json'), `${JSON.stringify([{ name: '@kubernetes/client-node', version, license, integrity, text: 'dist/agent/kube/LICENSE.client-node' }])}\n`);
console.log(`agent/kube/kube-config.js: what is used of client-node, ${size} bytes`);
