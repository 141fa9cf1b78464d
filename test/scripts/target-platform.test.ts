import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const SCRIPT = resolve('scripts/target-platform.mjs');
const npmrcOf = (...args: readonly string[]): string => execFileSync(process.execPath, [SCRIPT, ...args], { encoding: 'utf8' });

it('asks npm for the packages of the image’s processor, whatever machine builds it', () => {
  expect(npmrcOf('arm64')).toBe('cpu=arm64\nos=linux\nlibc=glibc\n');
  expect(npmrcOf('amd64')).toBe('cpu=x64\nos=linux\nlibc=glibc\n');
  expect(npmrcOf('')).toContain(`cpu=${process.arch}`); // builders that name no platform
  const { status, stderr } = spawnSync(process.execPath, [SCRIPT, 'riscv64'], { encoding: 'utf8' });
  expect([status, stderr.includes('not for riscv64')]).toEqual([1, true]);
});

it('gets the native parts of both processors from one lock file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-platform-'));
  try {
    for (const file of ['package.json', 'package-lock.json']) cpSync(file, join(folder, file));
    const wanted = (processor: string): readonly string[] => {
      writeFileSync(join(folder, '.npmrc'), npmrcOf(processor));
      const plan = execFileSync('npm', ['ci', '--dry-run', '--omit=dev', '--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--loglevel=warn'], {
        cwd: folder,
        encoding: 'utf8',
      });
      return plan
        .split('\n')
        .filter((line) => line.startsWith('add '))
        .map((line) => line.split(' ')[1] ?? '')
        .filter((name) => /-linux-(?:x64|arm64)(?:-gnu)?$/.test(name))
        .sort();
    };
    const [arm, amd] = [wanted('arm64'), wanted('amd64')];
    expect(arm.length).toBeGreaterThanOrEqual(3); // charts, the typesetter, the runtime
    expect(arm.map((name) => name.replace('arm64', 'x64'))).toEqual(amd);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
