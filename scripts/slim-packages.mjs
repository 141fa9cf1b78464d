/** Removes from node_modules what only people and other platforms use; run while building an image. Licence texts stay. */
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = 'node_modules';
/** Whole folders and files that nothing loads in Node: browser bundles, sources, the program that runs us. */
const UNUSED = [
  'node-linux-*',
  '@kubernetes/client-node', // what is used of it is in dist/agent/kube, with its licence
  '@platformatic', // likewise, in dist/agent/gatherers/middleware/kafka
  '.bin',
  'echarts/{dist,types,ssr,lib}', // what is used of it and of zrender is in dist/reports/charts/engine.js
  'zrender/{dist,src,lib}',
  'exceljs/dist',
  'docx/dist/*.{iife.js,cjs}',
  'kysely/{src,dist/cjs}',
  'zod/src',
  '@resvg/resvg-js-linux-*-musl',
  '@expo-google-fonts/noto-sans-sc/[0-9]*/',
];
const KEPT_FONTS = ['400Regular', '700Bold'];
const FOR_PEOPLE = [
  '**/*.map',
  '**/*.{ts,mts,cts}',
  '{*,@*/*}/{test,tests,__tests__,example,examples,benchmark,benchmarks,coverage,docs,website}/',
  '**/{README,CHANGELOG,HISTORY,CONTRIBUTING,UPGRADING,SECURITY}*.md',
  '**/.github',
];

const unused = UNUSED.flatMap((pattern) => globSync(join(MODULES, pattern))).filter((path) => !KEPT_FONTS.some((font) => path.includes(`noto-sans-sc/${font}`)));
// The native typesetter and the WebAssembly one are the same version: one is enough.
const hasNative = globSync(join(MODULES, '@myriaddreamin/typst-ts-node-compiler-*')).length > 0;
const typesetter = hasNative ? '@myriaddreamin/typst-ts-web-compiler/pkg/*.wasm' : '@myriaddreamin/typst-ts-node-compiler';
for (const path of [...unused, ...globSync(join(MODULES, typesetter)), ...FOR_PEOPLE.flatMap((pattern) => globSync(join(MODULES, pattern)))])
  rmSync(path, { recursive: true, force: true });

const lock = join(MODULES, '.package-lock.json');
if (existsSync(lock)) {
  const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
  console.log(`${Object.keys(packages).filter((path) => existsSync(path)).length} packages`);
}
