import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

it('keeps for the agent image every package that its files import, however the compiler or the bundler quotes it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-manifest-'));
  try {
    mkdirSync(join(folder, 'dist/agent'), { recursive: true });
    mkdirSync(join(folder, 'dist/bin'));
    writeFileSync(join(folder, 'dist/agent/tsc.js'), "import pino from 'pino';\nconst cron = await import('node-cron');\n");
    writeFileSync(
      join(folder, 'dist/agent/rolldown.js'),
      'import { x } from "@scope/name/part";\nconst s = await import("systeminformation");\nconst { p } = createRequire(import.meta.url)("pg");\nconst y = require(\'yaml\');\nimport "./near.js";\nimport { z } from "of-bundled";\n',
    );
    const dependencies = { pino: '1.0.0', 'node-cron': '1.0.0', '@scope/name': '1.0.0', systeminformation: '1.0.0', pg: '1.0.0', yaml: '1.0.0', fastify: '1.0.0' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies, devDependencies: { vitest: '1.0.0' } }));
    // What a package needs that was bundled into a file is nobody's dependency; a word in a text may be the name of a development one.
    const packages = { 'node_modules/of-bundled': { version: '2.3.4' }, 'node_modules/unused': { version: '1.0.0' }, 'node_modules/vitest': { version: '1.0.0', dev: true } };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
    writeFileSync(join(folder, 'dist/bin/text.js'), "export const text = 'comes from \\'vitest\\'';\n");
    execFileSync(process.execPath, [resolve('scripts/agent-manifest.mjs')], { cwd: folder, stdio: 'ignore' });
    const { fastify, ...kept } = dependencies;
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ dependencies: { ...kept, 'of-bundled': '2.3.4' } });
    expect(fastify).toBeDefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('says which file of a build imports what is not there, and takes no text for an import', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-imports-'));
  const check = (): { readonly status: number | null; readonly stderr: string } =>
    spawnSync(process.execPath, [resolve('scripts/check-imports.mjs'), 'dist'], { cwd: folder, encoding: 'utf8' });
  try {
    mkdirSync(join(folder, 'dist'));
    mkdirSync(join(folder, 'node_modules/there'), { recursive: true });
    writeFileSync(join(folder, 'node_modules/there/package.json'), JSON.stringify({ name: 'there', version: '1.0.0', main: 'main.js' }));
    writeFileSync(join(folder, 'node_modules/there/main.js'), '');
    writeFileSync(join(folder, 'dist/whole.js'), "import fs from 'node:fs';\nimport x from 'there';\nexport const text = 'import y from \"nowhere\"';\n");
    expect(check()).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'dist/bundle.js'), 'import { load } from "js-yaml-of-nobody";\nconst late = await import("late-of-nobody");\n');
    expect(check()).toMatchObject({ status: 1 });
    expect(check().stderr.trim().split('\n')).toEqual(['dist/bundle.js: js-yaml-of-nobody is not there', 'dist/bundle.js: late-of-nobody is not there']);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
