/**
 * After `tsc`: the drawing engine is some 250 files of echarts and zrender. What is used of them becomes one file, which loads
 * in a fraction of the time; every inspection that ends in a report loads it, while the cluster is read on the same cores.
 */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { rolldown } from 'rolldown';

const FILE = resolve('dist/reports/charts/engine.js');

const bundle = await rolldown({ input: FILE, platform: 'node', external: (id) => id.startsWith('node:') });
await bundle.write({ file: FILE, format: 'esm' });
await bundle.close();
console.log(`reports/charts/engine.js: what is used of echarts, ${statSync(FILE).size} bytes`);
