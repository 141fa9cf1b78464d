/** `xunjian report` as a process: from a folder, a database, a collector, and a form; and what is wrong with its options. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../bin/report-knowledge.ts';
import { makeNext } from '../../collector/reports/make-report.ts';
import { openDatabase } from '../../collector/store/database.ts';
import { tongtechSelfCheck } from '../../reports/templates/tongtech-self-check.ts';
import { RICH } from '../reports/fixtures/models.ts';
import { testCollector } from '../support/collector-app.ts';
import { CLUSTER_ID, fillHalfYear } from '../support/half-year.ts';

const PROGRAM = join(import.meta.dirname, '../../bin/xunjian.ts');
const folder = mkdtempSync(join(tmpdir(), 'xunjian-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...parts: string[]): string => join(folder, ...parts);

async function run(...args: readonly string[]): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, LANG: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return await new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

describe('from a folder', () => {
  beforeAll(() => {
    mkdirSync(at('in'));
    writeFileSync(at('in', 'report.json'), JSON.stringify(RICH));
  });
  it('makes every format in both languages', async () => {
    const { code, err } = await run('report', '--input', at('in'), '--kind', 's360', '--lang', 'zh,en', '--out', at('out'), '--quiet');
    expect([code, err]).toEqual([0, '']);
    expect(readdirSync(at('out')).map((name) => name.replace(/-\d{8}/, ''))).toEqual(
      expect.arrayContaining(['s360.json', 's360.zh.pdf', 's360.en.docx', 's360.zh.xlsx', 's360.en.html']),
    );
    expect(
      readFileSync(join(at('out'), readdirSync(at('out')).find((name) => name.endsWith('.zh.pdf')) ?? ''))
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });
  it('is signed with a key of its own, made when there is none; a changed byte and another key are told', async () => {
    const signed = (...more: readonly string[]) =>
      run('report', '--input', at('in'), '--kind', 'events', '--format', 'html', '--sign-key', at('key.pem'), '--out', at('signed'), '--quiet', ...more);
    expect((await signed()).code).toBe(0);
    expect(statSync(at('key.pem')).mode & 0o777).toBe(0o600);
    expect((await run('report', 'verify', at('signed'))).code).toBe(0);
    expect((await signed()).code).toBe(0); // the same key again
    const html = join(at('signed'), readdirSync(at('signed')).find((name) => name.endsWith('.html')) ?? '');
    writeFileSync(html, `${readFileSync(html, 'utf8')} `);
    expect((await run('report', 'verify', at('signed'))).code).toBe(1);
    chmodSync(at('key.pem'), 0o644);
    expect(await signed()).toMatchObject({ code: 2, err: expect.stringMatching(/chmod 600/) as string });
  });
  it('of an inspection is signed at once, with all that it wrote', async () => {
    const inspect = (...more: readonly string[]) =>
      run('inspect', '--no-cluster', '--host-root', at('empty-root'), '--out', at('inspected'), '--state-dir', at('state'), '--fail-on', 'never', '--quiet', ...more);
    mkdirSync(at('empty-root', 'proc'), { recursive: true });
    writeFileSync(at('empty-root', 'proc', 'loadavg'), '0.10 0.20 0.30 1/200 4242\n');
    const { out, code } = await inspect('--format', 'html,xlsx', '--sign-key', at('own.pem'));
    expect([0, 3]).toContain(code);
    expect(out).toContain('manifest.json');
    const verified = await run('report', 'verify', at('inspected'), '--key', at('own.pem'));
    expect([verified.code, verified.err]).toEqual([0, '']);
    expect(await run('report', 'verify', at('inspected'), '--key', at('in', 'report.json'))).toMatchObject({
      code: 2,
      err: expect.stringMatching(/--key: .*no public key in PEM/) as string,
    });
    expect(await inspect('--sign-key', '/proc/none/key.pem')).toMatchObject({ code: 2, err: expect.stringMatching(/cannot read or make the signing key/) as string });
    for (const name of ['report.html', 'report.xlsx', 'report.json', 'findings.json', 'snapshot.json']) expect(verified.out).toContain(`ok  ${name}`);
    writeFileSync(at('inspected', 'findings.json'), '{}');
    expect((await run('report', 'verify', at('inspected'))).code).toBe(1);
    chmodSync(at('own.pem'), 0o644);
    expect(await inspect('--sign-key', at('own.pem'))).toMatchObject({ code: 2, err: expect.stringMatching(/chmod 600/) as string });
  });
  it.each([
    ['a key for a collector that has its own', ['--sign-key', 'x'], /--sign-key belongs to --input/],
    ['a period of a single inspection', ['--input', '.', '--from', '2026-07-01'], /--from does not go with --input.*--database/],
    ['another name for what was inspected', ['--input', '.', '--customer', 'X'], /--customer does not go with --input: .*inspect --customer/],
    ['mail without a collector', ['--template-input', 'x.xlsx', '--mail'], /--mail does not go with --template-input/],
    ['a key where the system lets nobody write', ['--input', '.', '--sign-key', '/proc/none/key.pem'], /report\.json|cannot read or make the signing key/],
    ['no folder', ['--input', '/nonexistent'], /there is no report\.json/],
    ['a filled-in form in place of a folder', ['--input', '/nonexistent/filled.xlsx'], /is read with --template-input/],
    ['an unknown kind', ['--input', '.', '--kind', '../s360'], /no such kind of report.*s360/],
    ['a kind that every object has', ['--input', '.', '--kind', 'constructor'], /no such kind/],
    ['an unknown format', ['--input', '.', '--format', 'pdf,exe'], /--format: no such value "exe"; one of html, pdf/],
    ['an unknown language', ['--input', '.', '--lang', 'zh,fr'], /--lang/],
    ['two sources', ['--input', '.', '--collector', 'https://x.example'], /exclude each other/],
    ['a token without a collector', ['--token-file', 'x'], /belong to --collector/],
    ['a collector without a token', ['--collector', 'https://127.0.0.1:1'], /token of kind reporter/],
    ['a collector in the clear', ['--collector', 'http://example.com', '--token-file', 'x'], /https/],
    ['a date that is none', ['--from', '2026-02-30', '--data-dir', 'empty'], /customer|date/],
    ['an option that is none', ['--nonsense'], /no such option/],
  ])('%s: one line that says what to do, exit code 2, nothing written', async (_what, args, words) => {
    const { code, err } = await run('report', ...args, '--out', at('nothing'), '--quiet');
    expect(err).toMatch(words);
    expect(err).not.toMatch(/internal error|at .*\.ts/);
    expect([code, existsSync(at('nothing'))]).toEqual([2, false]);
  });
  it.each([
    ['no JSON', '{'],
    ['another schema', '{"schema":99}'],
    ['holes', JSON.stringify({ ...RICH, findings: 'x' })],
    ['a wild moment', JSON.stringify({ ...RICH, period: { asOf: 1e300, zoneMinutes: 480 } })],
    ['nonsense inside', JSON.stringify({ ...RICH, findings: [null] })],
  ])('a report.json with %s is refused, not crashed on', async (what, text) => {
    const place = at(`bad-${what.replaceAll(' ', '-')}`);
    mkdirSync(place);
    writeFileSync(join(place, 'report.json'), text);
    const { code, err } = await run('report', '--input', place, '--format', 'html', '--out', at('bad'), '--quiet');
    expect([code, /internal error/.test(err)]).toEqual([2, false]);
  });
});

describe('from a database, and from its collector', () => {
  it('makes a signed report of the half year, which verifies until a byte is changed', async () => {
    const url = `sqlite:${at('data.db')}`;
    {
      await using database = await openDatabase({ url });
      const collector = await testCollector(database, {}, {}, { knowledge: KNOWLEDGE });
      await fillHalfYear(database, { ...collector.wired, deps: collector.deps }, collector.clock);
      const admin = await collector.client('administrator', null, { serves: 'all' });
      const { token } = (await admin.call('POST', `/api/v1/clusters/${CLUSTER_ID}/tokens`, { label: 'r', kind: 'reporter' })).json<{ token: string }>();
      writeFileSync(at('token'), token, { mode: 0o600 });
      collector.clock.now = Math.max(collector.clock.now, Date.now());
      const address = await collector.app.listen({ host: '127.0.0.1', port: 0 });
      const stop = new AbortController();
      const making = (async () => {
        while (!stop.signal.aborted) if (!(await makeNext({ ...collector.wired.maker, holder: 'test' }))) await new Promise((resolve) => setTimeout(resolve, 100));
      })();
      const args = ['--collector', address, '--token-file', at('token'), '--kind', 'weekly', '--format', 'html', '--from', '2026-10-01', '--out', at('fetched')];
      const fetched = await run('report', ...args);
      const refused = await run('report', ...args, '--cluster', 'another');
      stop.abort();
      await making;
      await collector.app.close();
      expect([fetched.code, readdirSync(at('fetched')).length]).toEqual([0, 3]);
      expect([refused.code, refused.err]).toEqual([2, expect.stringMatching(/404/)]);
      expect((await run('report', 'verify', at('fetched'))).code).toBe(0);
    }
    const made = await run(
      'report',
      '--database',
      url,
      '--data-dir',
      at('data'),
      '--cluster',
      'demo-prod',
      '--from',
      '2026-07-01',
      '--to',
      '2026-12-31',
      '--kind',
      'monthly',
      '--format',
      'html,pdf',
      '--out',
      at('store'),
      '--quiet',
    );
    // The clock of this machine may stand before the end of the half year: then there is nothing after today.
    expect([made.code, made.err]).toEqual([0, '']);
    const verified = await run('report', 'verify', at('store'), '--json');
    expect([verified.code, JSON.parse(verified.out)]).toMatchObject([0, { ok: true }]);
    const { keyId } = JSON.parse(verified.out) as { keyId: string };
    expect((await run('report', 'verify', at('store'), '--key-id', keyId)).code).toBe(0);
    expect((await run('report', 'verify', at('store'), '--key-id', 'a'.repeat(64))).code).toBe(1);
    const pdf = join(at('store'), readdirSync(at('store')).find((name) => name.endsWith('.pdf')) ?? '');
    const bytes = readFileSync(pdf);
    bytes[1_000] = (bytes[1_000] ?? 0) ^ 1;
    writeFileSync(pdf, bytes);
    const changed = await run('report', 'verify', at('store'));
    expect([changed.code, changed.err]).toEqual([1, expect.stringContaining('CHANGED')]);
    expect((await run('report', 'verify', '/nonexistent')).code).toBe(2);
    const none = await run('report', '--database', url, '--data-dir', at('data'), '--from', '2020-01-01', '--to', '2020-02-01', '--out', at('none'));
    expect([none.code, none.err]).toEqual([3, expect.stringMatching(/no inspection in the period/)]);
  });
});

describe('the self-check', () => {
  it('is written, filled in, and read back into a report', async () => {
    expect((await run('report', '--template', '--lang', 'zh,en', '--out', at('form'))).code).toBe(0);
    expect(readdirSync(at('form')).sort()).toEqual(['docx', 'xlsx'].flatMap((format) => ['en', 'zh'].map((locale) => `${tongtechSelfCheck.id}.${locale}.${format}`)).sort());
    const blank = await run('report', '--template-input', at('form', `${tongtechSelfCheck.id}.zh.xlsx`), '--out', at('blank'));
    expect([blank.code, blank.err]).toEqual([2, expect.stringMatching(/missing or not valid.*Customer/)]);
    const book = new exceljs.Workbook();
    await book.xlsx.readFile(at('form', `${tongtechSelfCheck.id}.zh.xlsx`));
    book.worksheets[0]?.eachRow((row) => {
      const item = tongtechSelfCheck.items.find(({ id }) => id === row.getCell(1).value);
      if (item?.required) row.getCell(4).value = item.kind === 'date' ? '2026-11-20' : (item.choices?.[0]?.words.zh ?? 'app-01');
    });
    await book.xlsx.writeFile(at('filled.xlsx'));
    const made = await run('report', '--template-input', at('filled.xlsx'), '--format', 'html,docx', '--out', at('self'), '--quiet');
    expect([made.code, made.err]).toEqual([0, '']);
    expect(readdirSync(at('self')).sort()).toEqual(['tongtech-20261120.en.docx', 'tongtech-20261120.en.html']);
    writeFileSync(at('evil.xlsx'), 'PK\x03\x04 nothing');
    expect(await run('report', '--template-input', at('evil.xlsx'))).toMatchObject({ code: 2, err: expect.stringMatching(/no Excel workbook/) });
  });
});
