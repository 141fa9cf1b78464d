#!/usr/bin/env node
/**
 * Makes `npm start` and `npm test` work as the first command on a fresh clone, with any Node from 20 on: installs the
 * dependencies when they are missing or older than the lock file, then runs the npm script named by the first argument
 * with the Node 24 that the dependencies bring. Plain JavaScript, because the Node that runs it may not strip types.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [script, ...args] = process.argv.slice(2);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

function run(command, commandArgs) {
  const { status, error } = spawnSync(command, commandArgs, { cwd: root, stdio: 'inherit' });
  if (error) {
    console.error(`${command}: ${error.code ?? error.message}`);
    process.exit(2);
  }
  return status ?? 1;
}

/** The install is current when npm's own record names the same packages as the lock file. */
function installed() {
  const record = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  const have = read(record);
  return Object.entries(read(join(root, 'package-lock.json'))).every(([path, { version, optional }]) => path === '' || optional || have[path]?.version === version);
}

if (!installed()) {
  console.error('xunjian: installing dependencies (once) · 正在安装依赖（仅首次）…');
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // A registry that lacks the binaries of other platforms makes `npm ci` refuse the lock file; `npm install` only leaves them out.
  if (run(npm, ['ci', ...quiet]) !== 0 && run(npm, ['install', '--no-save', ...quiet]) !== 0) {
    console.error('xunjian: installing failed; see the message of npm above · 依赖安装失败，原因见上');
    process.exit(2);
  }
}
const brought = join(root, 'node_modules/.bin/node');
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (!existsSync(brought) && (major < 24 || (major === 24 && minor < 12))) {
  console.error(`xunjian: Node 24.12 or newer is needed on ${process.platform}/${process.arch}; this is ${process.versions.node}`);
  process.exit(2);
}
// Asynchronously, so that a signal to us ends what we started instead of leaving it behind.
const child =
  script === 'start'
    ? spawn(existsSync(brought) ? brought : process.execPath, ['bin/xunjian.ts', 'start', ...args], { cwd: root, stdio: 'inherit' })
    : spawn(npm, ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])], { cwd: root, stdio: 'inherit' });
process.on('SIGINT', () => undefined); // the terminal sends it to the child as well
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGTERM'));
child.on('error', (error) => {
  console.error(`${script}: ${error.code ?? error.message}`);
  process.exit(2);
});
child.on('exit', (status) => process.exit(status ?? 1));
