/**
 * Makes xunjian-host-VERSION-ARCH.tar.gz for hosts without Kubernetes: the whole program, its packages, Node, and the systemd unit
 * that runs the agent. `xunjian inspect` makes its reports there without a network. After `npm run build`.
 * usage: node scripts/host-package.mjs [FOLDER] [x64|arm64]   (default: the present folder, this machine's processor)
 *
 * The packages are taken as for the images: npm puts them there in the lock file's versions for the archive's processor.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { npmrcOf } from './target-platform.mjs';

const target = resolve(process.argv[2] ?? '.');
const arch = process.argv[3] ?? process.arch;
const npmrc = npmrcOf(arch);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
if (!existsSync('dist/bin/xunjian.js')) throw new Error('first: npm run build');

const work = mkdtempSync(join(tmpdir(), 'xunjian-host-'));
const name = `xunjian-host-${version}-${arch}`;
const root = join(work, name);
const packages = join(work, 'packages');
try {
  mkdirSync(packages);
  for (const file of ['package.json', 'package-lock.json']) cpSync(file, join(packages, file));
  writeFileSync(join(packages, '.npmrc'), `${readFileSync('.npmrc', 'utf8')}${npmrc}\n`);
  execFileSync('npm', ['ci', '--omit=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: packages, stdio: ['ignore', 'ignore', 'inherit'] });
  const node = join(packages, `node_modules/node-linux-${arch}`);

  mkdirSync(join(root, 'bin'), { recursive: true });
  cpSync(join(node, 'bin/node'), join(root, 'bin/node'), { dereference: true });
  cpSync(join(node, 'LICENSE'), join(root, 'bin/LICENSE.node'));
  execFileSync(process.execPath, [resolve('scripts/slim-packages.mjs')], { cwd: packages, stdio: ['ignore', 'ignore', 'inherit'] });
  // The lists of what is inside; npm's own stays outside.
  const lock = join(packages, 'lock.json');
  renameSync(join(packages, 'node_modules/.package-lock.json'), lock);
  execFileSync(process.execPath, ['scripts/sbom.mjs', 'host', lock, root]);
  renameSync(join(packages, 'node_modules'), join(root, 'node_modules'));

  cpSync('dist', join(root, 'dist'), { recursive: true });
  cpSync('docs/middleware', join(root, 'docs/middleware'), { recursive: true }); // remedies name its pages
  for (const file of ['package.json', 'LICENSE', 'README.md', 'README.zh-CN.md', 'DATA.md']) cpSync(file, join(root, file));
  for (const file of ['xunjian', 'install.sh', 'uninstall.sh', 'agent.env', 'xunjian-agent.service']) cpSync(join('packaging/host', file), join(root, file));
  execFileSync(process.execPath, [resolve('scripts/check-imports.mjs'), 'dist'], { cwd: root, stdio: 'inherit' });

  const archive = join(target, `${name}.tar.gz`);
  execFileSync('tar', ['--owner=0', '--group=0', '--sort=name', `--mtime=@${process.env['SOURCE_DATE_EPOCH'] ?? 0}`, '-czf', archive, '-C', dirname(root), name]);
  console.log(archive);
} finally {
  rmSync(work, { recursive: true });
}
