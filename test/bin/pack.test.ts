import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../collector/store/audit-store.ts';
import { openDatabase } from '../../collector/store/database.ts';
import { AgentProcess } from '../support/agent.ts';
import { CollectorProcess } from '../support/collector-process.ts';
import { temporary, xunjian } from '../support/program.ts';

const HOLIDAYS_2031 = {
  year: 2031,
  papers: ['https://www.gov.cn/zhengce/2030.htm'],
  days: [{ name: '元旦', date: '2031-01-01', isOffDay: true }],
};

/** A folder of rules; the threshold makes the check fail on any machine. */
function rules(root: string, changes: Readonly<Record<string, string>> = {}): string {
  const folder = join(root, 'rules');
  mkdirSync(join(folder, 'holidays/cn'), { recursive: true });
  mkdirSync(join(folder, 'policies'), { recursive: true });
  const files = {
    'thresholds.yaml': 'disk-space-low: { warningPercent: 30, criticalPercent: 20 }\n',
    'lifecycles.yaml': "kubernetes: [{ minor: 40, released: '2027-08-01', activeUntil: '2028-08-01', end: '2028-10-01' }]\n",
    'note.yaml': 'zh: 季度规则更新\nen: Rules of the quarter\n',
    'holidays/cn/2031.json': JSON.stringify(HOLIDAYS_2031),
    ...changes,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const own = join(import.meta.dirname, '../../collector/support/policies/daocloud.yaml');
  writeFileSync(join(folder, 'policies/daocloud.yaml'), readFileSync(own, 'utf8').replace(/^version: \d+/m, 'version: 7'));
  return folder;
}
async function build(root: string, version: string, changes: Readonly<Record<string, string>> = {}, key = 'vendor.pem') {
  const file = join(root, `base-${version}.xjpack`);
  const built = await xunjian(['pack', 'build', rules(root, changes), '--name', 'base', '--version', version, '--key', join(root, key), '--out', file, '--lang', 'en']);
  return { ...built, file, keyId: /key ([0-9a-f]{64})/.exec(built.out)?.[1] ?? '' };
}

describe('xunjian pack', () => {
  it('changes a site without internet: approved, recorded in the next inspection, rolled back, never downgraded by accident', async () => {
    const root = temporary();
    const [first, second] = [await build(root, '2026.11.1'), await build(root, '2026.12.1', { 'thresholds.yaml': 'disk-space-low: { warningPercent: 40 }\n' })];
    expect([first.err, second.err]).toEqual(['', '']);
    const state = join(root, 'state');
    const into = ['--state-dir', state, '--lang', 'en'];
    const unapproved = await xunjian(['pack', 'apply', first.file, ...into]);
    expect(unapproved.code).toBe(2);
    const digest = /--approve ([0-9a-f]+)/.exec(unapproved.err)?.[1] ?? '';
    expect(unapproved.out).toContain('disk-space-low.warningPercent = 30');
    expect((await xunjian(['pack', 'apply', first.file, ...into, '--approve', digest])).code).toBe(0);

    await using agent = new AgentProcess(['--role', 'host', '--run-at-start'], {}, state);
    await agent.until(() => agent.spool.length > 0, 'inspected');
    const payload = JSON.parse(readFileSync(agent.spool[0] ?? '', 'utf8')) as { agent: { pack?: string }; findings: { check: string; threshold?: number }[] };
    expect(payload.agent.pack).toBe('2026.11.1');
    await agent.stop();

    mkdirSync(state, { recursive: true });
    writeFileSync(join(state, 'pack-keys'), `# the vendor\n${second.keyId}\n`);
    expect((await xunjian(['pack', 'apply', second.file, ...into])).code).toBe(0);
    const older = await xunjian(['pack', 'apply', first.file, ...into]);
    expect([older.code, older.err]).toEqual([2, expect.stringContaining('--force')]);
    expect((await xunjian(['pack', 'apply', second.file, ...into])).out).toContain('it counts already');
    expect((await xunjian(['pack', 'rollback', ...into])).out).toContain('base 2026.12.1 → base 2026.11.1');
    const shown = JSON.parse((await xunjian(['pack', 'show', ...into, '--json'])).out) as { current: object; history: { what: string }[] };
    expect(shown.current).toMatchObject({ version: '2026.11.1', approvedBy: 'approval' });
    expect(shown.history.map(({ what }) => what)).toEqual(['apply', 'apply', 'rollback']);
  });

  it('signs nothing that is outside the limits, and takes nothing that somebody else signed or changed', async () => {
    const root = temporary();
    const wild = await build(root, '1', { 'thresholds.yaml': 'disk-space-low: { warningPercent: 250 }\nno-such-check: { a: 1 }\n' });
    expect(wild.code).toBe(2);
    expect(wild.err).toContain('disk-space-low.warningPercent: outside the range');
    expect(wild.err).toContain('no-such-check: no such check');
    const extra = await build(root, '1', { 'lifecycles.yaml': 'code: "rm -rf /"\n' });
    expect(extra.code).toBe(2);
    const fine = await build(root, '1');
    const bytes = readFileSync(fine.file);
    const at = bytes.indexOf('"warningPercent": 30');
    bytes.write('"warningPercent": 31', at);
    const changed = join(root, 'changed.xjpack');
    writeFileSync(changed, bytes);
    const refused = await xunjian(['pack', 'verify', changed, '--lang', 'zh']);
    expect([refused.code, refused.err]).toEqual([1, `${changed}：签名不符：内容在签名之后被改动\n`]);
    writeFileSync(join(root, 'trusted'), `${'0'.repeat(64)}\n`);
    const stranger = await xunjian(['pack', 'apply', fine.file, '--state-dir', join(root, 'state'), '--trust', join(root, 'trusted'), '--lang', 'en']);
    expect([stranger.code, stranger.err]).toEqual([2, expect.stringContaining('not approved')]);
    expect(readdirSync(root)).not.toContain('state');
  });

  it('gives a running collector policies and holidays, with an audit record, and takes them back', async () => {
    const root = temporary();
    const { file, keyId } = await build(root, '2026.11.1');
    await using site = await CollectorProcess.start();
    const data = join(site.directory, 'data');
    writeFileSync(join(data, 'pack-keys'), keyId);
    const root1 = await site.administrator();
    const versions = async (): Promise<number[]> => {
      const { items } = await root1.call<{ items: { id: string; version: number }[] }>('GET', '/api/v1/policies');
      return items.filter(({ id }) => id === 'daocloud').map(({ version }) => version);
    };
    expect(await versions()).not.toContain(7);
    copyFileSync(file, join(root, 'usb.xjpack'));
    const applied = await xunjian(['pack', 'apply', join(root, 'usb.xjpack'), '--data-dir', data, '--lang', 'en']);
    expect([applied.code, applied.err]).toEqual([0, '']);
    await expect.poll(versions, { timeout: 60_000, interval: 500 }).toContain(7);
    const explained = await xunjian(['pack', 'show', '--data-dir', data, '--lang', 'en']);
    expect(explained.out).toContain('base 2026.11.1  current');
    expect((await xunjian(['pack', 'rollback', '--data-dir', data, '--lang', 'en'])).out).toContain("the program's own rules");
    await using database = await openDatabase({ url: `sqlite:${join(data, 'xunjian.db')}` });
    const audit = await database.db.selectFrom('audit').select('action').where('action', 'like', 'pack.%').orderBy('id').execute();
    expect(audit.map(({ action }) => action)).toEqual(['pack.apply', 'pack.rollback']);
    expect(await verifyAudit(database.db)).toBeUndefined();
  });
});
