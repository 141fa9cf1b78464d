/**
 * Makes xunjian-host-VERSION-ARCH.tar.gz for hosts without Kubernetes: the agent, its packages, Node and the systemd unit. After `npm run build`.
 * usage: node scripts/host-package.mjs [FOLDER]   (default: the present one)
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const target = resolve(process.argv[2] ?? '.');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
if (!existsSync('dist/bin/xunjian.js')) throw new Error('first: npm run build');

/** Packages that the compiled agent imports, and all that these need, by their places in the lock file. */
function placesOf() {
  const imported = globSync('dist/{agent,bin}/**/*.js')
    .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport|\brequire|\(import\.meta\.url\))\s*\(?\s*['"]([^'".][^'"]*)['"]/g)].map(([, name]) => name))
    .filter((name) => !name.startsWith('node:'))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );
  const found = new Set();
  const add = (name, from) => {
    const place = placeOf(name, from);
    if (place === undefined || found.has(place)) return;
    found.add(place);
    for (const next of Object.keys(packages[place].dependencies ?? {})) add(next, place);
  };
  for (const name of new Set(imported)) if (packages[`node_modules/${name}`]?.dev !== true) add(name, '');
  return [...found];
}

/** Where Node finds a package from another one's folder; `undefined` for what is not installed here (another system's). */
function placeOf(name, from) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[place] && existsSync(place)) return place;
    if (folder === '') return undefined;
  }
}

const work = mkdtempSync(join(tmpdir(), 'xunjian-host-'));
const name = `xunjian-host-${version}-${process.arch}`;
const root = join(work, name);
mkdirSync(root);
const places = placesOf();
for (const place of places) {
  mkdirSync(dirname(join(root, place)), { recursive: true });
  cpSync(place, join(root, place), { recursive: true, filter: (path) => !path.slice(place.length).includes('/node_modules') });
}
for (const folder of ['agent', 'bin']) cpSync(join('dist', folder), join(root, 'dist', folder), { recursive: true });
for (const file of ['package.json', 'LICENSE', 'README.md', 'README.zh-CN.md', 'DATA.md']) cpSync(file, join(root, file));
for (const file of ['install.sh', 'uninstall.sh', 'agent.env', 'xunjian-agent.service']) cpSync(join('packaging/host', file), join(root, file));
mkdirSync(join(root, 'bin'));
cpSync(process.execPath, join(root, 'bin/node'), { dereference: true });
const node = dirname(dirname(process.execPath));
if (existsSync(join(node, 'LICENSE'))) cpSync(join(node, 'LICENSE'), join(root, 'bin/LICENSE.node'));
execFileSync(process.execPath, [resolve('scripts/slim-packages.mjs')], { cwd: root });
// The lists of what is inside, from the same places.
const lock = join(work, 'lock.json');
writeFileSync(lock, JSON.stringify({ packages: Object.fromEntries(places.map((place) => [place, packages[place]])) }));
execFileSync(process.execPath, ['scripts/sbom.mjs', 'host', lock, root]);
const archive = join(target, `${name}.tar.gz`);
execFileSync('tar', ['--owner=0', '--group=0', '--sort=name', `--mtime=@${process.env['SOURCE_DATE_EPOCH'] ?? 0}`, '-czf', archive, '-C', work, name]);
rmSync(work, { recursive: true });
console.log(archive);
