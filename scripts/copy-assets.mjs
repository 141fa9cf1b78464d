/** Copies what the collector reads beside its modules (policies, holidays) into the build: the compiler takes code only. */
import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const assets = globSync('collector/**/*.{yaml,json}', { cwd: ROOT });
if (assets.length === 0) throw new Error('no assets found: is the collector where it was?');
for (const file of assets) cpSync(join(ROOT, file), join(ROOT, 'dist', file), { recursive: true });
