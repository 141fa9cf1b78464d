import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readGivenText } from '../../bin/given-file.ts';
import { temporary, xunjian } from '../support/program.ts';

const LIMITS = { mostBytes: 1024 * 1024 };
function pipe(): string {
  const path = join(temporary(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

describe('a file that the user named', () => {
  it('is read up to its limit and no further', async () => {
    const path = join(temporary(), 'file');
    writeFileSync(path, 'x'.repeat(LIMITS.mostBytes));
    expect(await readGivenText(path, LIMITS)).toHaveLength(LIMITS.mostBytes);
    writeFileSync(path, 'x'.repeat(LIMITS.mostBytes + 1));
    await expect(readGivenText(path, LIMITS)).rejects.toMatchObject({ words: { zh: `${path}：超过 1 MiB`, en: `${path}: larger than 1 MiB` } });
  });
  it.each([
    ['a device', () => '/dev/zero', 'no regular file'],
    ['a pipe that nobody writes to', pipe, 'no regular file'],
    ['a folder', temporary, 'is a folder'],
    ['a missing file', () => '/no/such/file', 'no such file'],
  ])('%s is refused at once', async (_what, path, words) => {
    await expect(readGivenText(path(), LIMITS)).rejects.toMatchObject({ message: expect.stringContaining(words) });
  });
  it('a stop ends the wait', async () => {
    await expect(readGivenText('/etc/hostname', { ...LIMITS, signal: AbortSignal.abort() })).rejects.toMatchObject({ message: expect.stringContaining('stopped') });
  });
});

it.each([
  ['inspect', '--config'],
  ['inspect', '--suppressions'],
  ['policy', 'lint'],
  ['collector', '--config'],
  ['policy', 'simulate', '--policy', 'daocloud', '--tier', 'standard', '--events'],
  ['report', '--template-input'],
  ['advisory', 'import'],
])('%s %s with a pipe ends with one clear line', async (...args) => {
  const path = pipe();
  const { code, err } = await xunjian([...args, path, ...(args[0] === 'inspect' ? ['--no-cluster', '--quiet'] : [])]);
  expect(code).toBe(2);
  expect(err).toContain(path);
  expect(err.trim().split('\n').length).toBeLessThanOrEqual(2);
});

it('a kubeconfig that never ends is named as what it is', async () => {
  const { err } = await xunjian(['inspect', '--kubeconfig', '/dev/zero', '--no-host', '--quiet', '--lang', 'zh']);
  expect(err).toContain('/dev/zero');
  expect(err).toContain('不是普通文件');
  expect(err).not.toContain('插件');
});
