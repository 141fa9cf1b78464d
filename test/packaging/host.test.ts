/** The archive for hosts without Kubernetes: its scripts on a folder, its unit under systemd's own judgement. */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SOURCE = join(import.meta.dirname, '../../packaging/host');
const analyse = (args: readonly string[]): { readonly status: number | null; readonly out: string } => {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  return { status, out: `${stdout}${stderr}` };
};
/** Offline judgement of a unit came with systemd 250. */
const NO_SYSTEMD =
  Number(/systemd (\d+)/.exec(spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0) >= 250
    ? ''
    : 'systemd-analyze of 250 or newer is not installed';

describe('the archive for hosts without Kubernetes', () => {
  let archive: string;
  let root: string;
  beforeAll(() => {
    archive = mkdtempSync(join(tmpdir(), 'xunjian-archive-'));
    root = mkdtempSync(join(tmpdir(), 'xunjian-root-'));
    cpSync(SOURCE, archive, { recursive: true });
    mkdirSync(join(archive, 'dist/bin'), { recursive: true });
    mkdirSync(join(archive, 'bin'));
    writeFileSync(join(archive, 'dist/bin/xunjian.js'), '');
    symlinkSync(process.execPath, join(archive, 'bin/node'));
  });
  afterAll(() => {
    for (const folder of [archive, root]) rmSync(folder, { recursive: true, force: true });
  });
  const run = (script: string, ...args: readonly string[]): string =>
    execFileSync('sh', [join(archive, script), ...args], { env: { PATH: process.env['PATH'] ?? '', DESTDIR: root }, encoding: 'utf8' });
  const modeOf = (path: string): string => (statSync(join(root, path)).mode & 0o777).toString(8);

  it('installs, keeps settings at the next install, and takes everything away again', () => {
    run('install.sh');
    expect([modeOf('etc/xunjian/token'), modeOf('etc/xunjian/agent.env'), modeOf('usr/local/bin/xunjian')]).toEqual(['600', '640', '755']);
    writeFileSync(join(root, 'etc/xunjian/agent.env'), 'XUNJIAN_SCHEDULE=0 3 * * *\n');
    writeFileSync(join(root, 'opt/xunjian/left-over'), '');
    run('install.sh');
    expect(readFileSync(join(root, 'etc/xunjian/agent.env'), 'utf8')).toContain('0 3');
    expect(existsSync(join(root, 'opt/xunjian/left-over'))).toBe(false);
    run('uninstall.sh', '--keep-state');
    expect([existsSync(join(root, 'opt/xunjian')), existsSync(join(root, 'etc/xunjian/token'))]).toEqual([false, true]);
    run('uninstall.sh');
    expect(execFileSync('find', [root, '-type', 'f', '-o', '-type', 'l'], { encoding: 'utf8' })).toBe('');
  });

  it('asks what concerns the agent with the agent’s own settings and state, and everything else without', () => {
    writeFileSync(join(archive, 'dist/bin/xunjian.js'), 'console.log(JSON.stringify([process.argv.slice(2), process.env]))');
    run('install.sh');
    const settings = join(root, 'etc/xunjian/agent.env');
    writeFileSync(settings, `${readFileSync(settings, 'utf8')}XUNJIAN_SITE_CONFIG=/etc/xunjian/site.yaml\n`);
    const program = join(root, 'usr/local/bin/xunjian');
    writeFileSync(
      program,
      readFileSync(program, 'utf8')
        .replaceAll(/(?<==)(?=\/(?:opt|etc)\/)/g, root)
        .replace(`{XUNJIAN_CONSENT_FOLDER:-${root}`, '{XUNJIAN_CONSENT_FOLDER:-'),
    );
    const asked = (args: readonly string[], given: Readonly<Record<string, string>> = {}): readonly [readonly string[], Readonly<Record<string, string>>] =>
      JSON.parse(execFileSync('sh', [program, ...args], { env: { PATH: process.env['PATH'] ?? '', ...given }, encoding: 'utf8' }));
    const agents = {
      XUNJIAN_STATE_DIR: '/var/lib/xunjian',
      XUNJIAN_CONSENT_FOLDER: '/etc/xunjian/consent',
      XUNJIAN_SITE_CONFIG: '/etc/xunjian/site.yaml',
      XUNJIAN_SCHEDULE: '0 2 * * *',
    };
    expect(asked(['preview', '--hash', 'a b'])).toMatchObject([['preview', '--hash', 'a b'], { ...agents, XUNJIAN_ROLE: 'host' }]);
    expect(asked(['who', 'x'])).toMatchObject([['who', 'x'], agents]);
    expect(asked(['ledger', 'verify'], { XUNJIAN_STATE_DIR: '/elsewhere' })[1]['XUNJIAN_STATE_DIR']).toBe('/elsewhere');
    for (const args of [['collector'], ['report', '--kind', 's360'], []]) expect(Object.keys(asked(args)[1]).filter((name) => name.startsWith('XUNJIAN_'))).toEqual([]);
    expect(readFileSync(join(root, 'etc/xunjian/consent/level'), 'utf8')).toBe('full\n');
    writeFileSync(join(root, 'etc/xunjian/consent/level'), 'off\n');
    run('install.sh');
    expect(readFileSync(join(root, 'etc/xunjian/consent/level'), 'utf8')).toBe('off\n'); // what a site decided outlives an upgrade
    run('uninstall.sh');
  });

  it('refuses an archive for another machine before it changes anything', () => {
    const foreign = mkdtempSync(join(tmpdir(), 'xunjian-foreign-'));
    cpSync(archive, foreign, { recursive: true });
    rmSync(join(foreign, 'bin/node'));
    writeFileSync(join(foreign, 'bin/node'), 'not a program of this machine');
    chmodSync(join(foreign, 'bin/node'), 0o755);
    const { status, stderr } = spawnSync('sh', [join(foreign, 'install.sh')], { env: { PATH: process.env['PATH'] ?? '', DESTDIR: root }, encoding: 'utf8' });
    expect([status, stderr.includes('glibc')]).toEqual([1, true]);
    expect(existsSync(join(root, 'opt/xunjian'))).toBe(false);
    rmSync(foreign, { recursive: true });
  });

  it('names no variable that the agent does not read', () => {
    const sources = ['bin/agent-options.ts', 'bin/delivery-options.ts', 'bin/site-file-paths.ts'].map((path) => readFileSync(join(SOURCE, '../..', path), 'utf8')).join('\n');
    const named = ['agent.env', 'xunjian-agent.service'].flatMap((file) => [...readFileSync(join(SOURCE, file), 'utf8').matchAll(/\bXUNJIAN_[A-Z_]+(?==)/g)].map(([name]) => name));
    expect(named.length).toBeGreaterThan(6);
    expect(named.filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
  });

  describe.skipIf(NO_SYSTEMD !== '')(`its unit${NO_SYSTEMD && ` (skipped: ${NO_SYSTEMD})`}`, () => {
    it('has no fault, and systemd calls it safe', () => {
      run('install.sh');
      const unit = join(root, 'etc/systemd/system/xunjian-agent.service');
      // The program stands elsewhere on this machine.
      writeFileSync(unit, readFileSync(unit, 'utf8').replaceAll('/opt/xunjian/bin/node', process.execPath));
      const verified = analyse(['verify', '--man=no', '--recursive-errors=no', unit]);
      expect(verified.out).not.toMatch(/xunjian-agent\.service:\d+:/);
      expect(verified.status, verified.out).toBe(0);
      const judged = analyse(['security', '--offline=true', '--threshold=20', unit]);
      expect(judged.out).toMatch(/Overall exposure level for xunjian-agent\.service: [01]\.\d OK/);
      expect(judged.status, judged.out.slice(-300)).toBe(0);
      run('uninstall.sh');
    });
  });
});
