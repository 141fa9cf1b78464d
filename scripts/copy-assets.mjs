/** Copies what modules read beside them (policies, holidays, the template of the printed report) into the build: the compiler takes code only. */
import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
for (const pattern of ['collector/**/*.{yaml,json}', 'collector/console/assets/*.{css,js}', 'reports/**/*.typ']) {
  const assets = globSync(pattern, { cwd: ROOT });
  if (assets.length === 0) throw new Error(`no ${pattern} found: are they where they were?`);
  for (const file of assets) cpSync(join(ROOT, file), join(ROOT, 'dist', file), { recursive: true });
}
