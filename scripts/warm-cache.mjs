/**
 * V8's compiled code of a collector's start, for the image: the first start in a new volume is then as quick as every later one.
 * Starts the collector once as the image does, lets it show a page, and ends it: V8 keeps what was compiled at the end.
 * usage: NODE_COMPILE_CACHE=FOLDER node scripts/warm-cache.mjs ARCHITECTURE PROGRAM [FLAG…]
 * As the user of the image: the folder's name holds it. An image for another processor (amd64, arm64 as builders say; empty is
 * this one) gets nothing, as compiled code is of one processor; it starts as it would without.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [target, program, ...flags] = process.argv.slice(2);
const cache = process.env.NODE_COMPILE_CACHE;
if (program === undefined || !cache) throw new Error('usage: NODE_COMPILE_CACHE=FOLDER node scripts/warm-cache.mjs ARCHITECTURE PROGRAM [FLAG…]');
const OWN = { x64: 'amd64', arm64: 'arm64' }[process.arch];
if (target && target !== OWN) {
  console.log(`nothing for ${target}: this is ${OWN}`);
  process.exit();
}
const PORT = 18_080;
const DEADLINE_MS = 120_000;

const data = mkdtempSync(join(tmpdir(), 'xunjian-warm-'));
const child = spawn(process.execPath, [...flags, program, 'collector', '--listen', `127.0.0.1:${PORT}`, '--data-dir', data], {
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, NODE_ENV: 'production' },
});
const ended = new Promise((resolve) => child.once('exit', resolve));
try {
  for (const end = Date.now() + DEADLINE_MS; !(await isServing()); await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`the collector ended with ${child.exitCode}`);
    if (Date.now() > end) throw new Error(`the collector did not serve within ${DEADLINE_MS} ms`);
  }
  child.kill('SIGTERM');
  const code = await ended;
  if (code !== 0) throw new Error(`the collector ended with ${code}`);
} catch (error) {
  console.error(`warm-cache: ${error.message}: the image starts without compiled code`); // nothing needs it
} finally {
  child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
}
console.log(`compiled code of ${readdirSync(cache, { recursive: true }).length} modules`);

async function isServing() {
  try {
    const answers = await Promise.all(['/readyz', '/sign-in'].map(async (path) => await fetch(`http://127.0.0.1:${PORT}${path}`)));
    return answers.every(({ ok }) => ok);
  } catch {
    return false;
  }
}
