import { execFileSync } from 'node:child_process';
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
      'import { x } from "@scope/name/part";\nconst s = await import("systeminformation");\nconst { p } = createRequire(import.meta.url)("pg");\nconst y = require(\'yaml\');\nimport "./near.js";\n',
    );
    const dependencies = { pino: '1.0.0', 'node-cron': '1.0.0', '@scope/name': '1.0.0', systeminformation: '1.0.0', pg: '1.0.0', yaml: '1.0.0', fastify: '1.0.0' };
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ dependencies, devDependencies: { vitest: '1.0.0' } }));
    execFileSync(process.execPath, [resolve('scripts/agent-manifest.mjs')], { cwd: folder, stdio: 'ignore' });
    const { fastify, ...kept } = dependencies;
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toEqual({ dependencies: kept });
    expect(fastify).toBeDefined();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
