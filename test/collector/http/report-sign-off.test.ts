/** The sign-off page of a report: asked for over the API, verified as a folder that somebody keeps. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyReport } from '../../../bin/verify-report.ts';
import { makeNext } from '../../../collector/reports/make-report.ts';
import { CONFIRM_WITHIN_MS } from '../../../collector/reports/report.ts';
import { openDatabase } from '../../../collector/store/database.ts';
import { readDocument } from '../../../collector/store/report-store.ts';
import { RICH } from '../../reports/fixtures/models.ts';
import { type TestClient, type TestCollector, testCollector } from '../../support/collector-app.ts';

const CUSTOMER = '客户 <script>alert(1)</script> =cmd|x';
const PROOFS = ['manifest.json', 'manifest.sig.json'];
const folder = mkdtempSync(join(tmpdir(), 'xunjian-sign-off-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the sign-off page of a report', () => {
  let collector: TestCollector;
  let [admin, primary, foreign]: TestClient[] = [];
  let [id, cluster] = ['', ''];
  const client = (one: TestClient | undefined): TestClient => one ?? (undefined as never);
  const make = async (kind = 's360'): Promise<string> => {
    const asked = await client(admin).call('POST', '/api/v1/reports', { clusterId: cluster, kind, formats: ['html', 'json'], locales: ['zh', 'en'] });
    while (await makeNext({ ...collector.wired.maker, assemble: async () => RICH, holder: 'test' }));
    return asked.json<{ id: string }>().id;
  };
  const get = async (path: string, by = client(admin)) => await by.call('GET', `/api/v1/reports/${id}/${path}`);
  const bytesOf = async (path: string): Promise<Buffer> => (await get(path)).rawPayload;
  const filesOf = async (): Promise<readonly { name: string; sha256: string }[]> =>
    (await client(admin).call('GET', `/api/v1/reports/${id}`)).json<{ files: { name: string; sha256: string }[] }>().files;

  beforeAll(async () => {
    const database = await openDatabase({ url: 'sqlite::memory:' });
    collector = await testCollector(database);
    const customer = await collector.addCustomer(CUSTOMER);
    const other = await collector.addCustomer('B');
    admin = await collector.client('administrator', null, { serves: 'all' });
    primary = await collector.client('customer-administrator', customer, { administrator: 'primary' });
    foreign = await collector.client('customer-administrator', other, { administrator: 'primary' });
    cluster = (await admin.call('POST', `/api/v1/customers/${customer}/clusters`, { name: 'one' })).json<{ id: string }>().id;
    id = await make();
  });

  it('says that nobody signed as long as nobody did, and is offered when somebody has', async () => {
    const before = (await get('sign-off/sign-off.en.html')).body;
    expect(before.match(/Not signed yet/g)).toHaveLength(2);
    expect(before).toContain('Waiting for the customer');
    expect((await client(admin).call('GET', `/reports/${id}`, undefined)).body).not.toContain('sign-off/sign-off');
    await client(admin).call('POST', `/api/v1/reports/${id}/sign`, { side: 'provider', name: '王工 <b>', position: '服务经理' });
    expect((await client(admin).call('GET', `/reports/${id}`, undefined)).body).toContain(`/api/v1/reports/${id}/sign-off/sign-off.zh.pdf`);
  });
  it('names who signed, for whom, when, and the digest of the document; the report itself stays what it was', async () => {
    const files = await filesOf();
    const document = await readDocument(collector.deps.database.db, 'all', id);
    await client(primary).call('POST', `/api/v1/reports/${id}/sign`, { side: 'customer', name: '李总', position: 'CTO' });
    await client(primary).call('POST', `/api/v1/reports/${id}/confirm`, { accepted: true, note: '同意 `整改`' });
    const { documentSha256 } = (await client(admin).call('GET', `/api/v1/reports/${id}`)).json<{ documentSha256: string }>();
    const page = (await get('sign-off/sign-off.zh.html')).body.replaceAll('<wbr>', '');
    for (const words of ['王工 &lt;b&gt;', '服务经理', '李总', 'CTO', '✓ 已签字', '客户已确认', '同意', documentSha256, id, '客户 &lt;script&gt;']) expect(page).toContain(words);
    for (const { name, sha256 } of files.filter((file) => !PROOFS.includes(file.name))) for (const words of [name, sha256]) expect(page).toContain(words);
    expect(page).not.toMatch(/<script|尚未签字/);
    expect(await filesOf()).toEqual(files);
    expect(await readDocument(collector.deps.database.db, 'all', id)).toBe(document);
    const pdf = await bytesOf('sign-off/sign-off.en.pdf');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(await bytesOf('sign-off/sign-off.en.pdf')).toEqual(pdf);
    if (existsSync('/usr/bin/pdftotext')) {
      writeFileSync(join(folder, 'page.pdf'), pdf);
      const text = execFileSync('pdftotext', [join(folder, 'page.pdf'), '-'], { encoding: 'utf8' }).replaceAll(/\u200b|\n/g, '');
      for (const words of ['李总', 'Signed', 'Confirmed by the customer', documentSha256.slice(0, 20)]) expect(text).toContain(words);
    }
  });
  it('is none of a draft: the customer is not asked, nobody signs, and the page says why', async () => {
    const draft = await make('expert');
    const report = (await client(admin).call('GET', `/api/v1/reports/${draft}`)).json<Record<string, unknown>>();
    expect(report).toMatchObject({ state: 'done' });
    expect(report).not.toHaveProperty('confirmUntil');
    for (const [by, path, body] of [
      [admin, 'sign', { side: 'provider', name: '王工' }],
      [primary, 'sign', { side: 'customer', name: '李总' }],
      [primary, 'confirm', { accepted: true }],
    ] as const) {
      const answer = await client(by).call('POST', `/api/v1/reports/${draft}/${path}`, body);
      expect(answer.statusCode).toBe(409);
      expect(answer.body).toContain('is a draft');
    }
    for (const by of [admin, primary]) {
      const page = (await client(by).call('GET', `/reports/${draft}`)).body;
      expect(page).toContain('本报告不请客户确认，也不签字');
      expect(page).not.toMatch(/\/confirm"|\/sign"/);
    }
  });
  it('is verified with the files of the report, whatever a browser called them, and not with those of another', async () => {
    const path = mkdtempSync(join(folder, 'kept-'));
    for (const { name } of await filesOf()) writeFileSync(join(path, PROOFS.includes(name) ? name : `客户-${name}`), await bytesOf(`files/${name}`));
    for (const name of ['sign-off.json', 'sign-off.sig.json']) {
      const answer = await get(`sign-off/${name}`);
      expect(answer.headers['content-disposition']).toContain(`filename*=UTF-8''${name}`);
      writeFileSync(join(path, name), answer.rawPayload);
    }
    writeFileSync(join(path, 'page.pdf'), await bytesOf('sign-off/sign-off.zh.pdf'));
    const good = await verifyReport(path);
    expect(good).toMatchObject({ unlisted: [], signOff: { signatures: { customer: { name: '李总' }, provider: { name: '王工 <b>' } }, word: { state: 'confirmed' } } });
    expect('files' in good && good.files.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect('files' in good && good.files.find(({ name }) => name === 'sign-off.zh.pdf')?.savedAs).toBe('page.pdf');
    expect(await verifyReport(join(path, 'page.pdf'))).toMatchObject({ files: [{ name: 'sign-off.zh.pdf', verdict: 'ok' }] });

    const record = await bytesOf('sign-off/sign-off.json');
    writeFileSync(join(path, 'sign-off.json'), record.toString().replace('李总', '张总'));
    expect(await verifyReport(path)).toEqual({ fault: 'sign-off-signature' });
    writeFileSync(join(path, 'sign-off.json'), record);
    writeFileSync(join(path, 'sign-off.zh.pdf'), 'forged');
    expect(await verifyReport(path)).toMatchObject({ files: expect.arrayContaining([expect.objectContaining({ name: 'sign-off.zh.pdf', verdict: 'changed' })]) });
    const first = id;
    id = await make();
    for (const name of ['sign-off.json', 'sign-off.sig.json']) writeFileSync(join(path, name), await bytesOf(`sign-off/${name}`));
    expect(await verifyReport(path)).toEqual({ fault: 'sign-off-document' });
    id = first;
  });
  it('is nothing for others, nothing else than its files, and no kind of report', async () => {
    for (const name of ['sign-off.zh.pdf', 'sign-off.json']) expect((await get(`sign-off/${name}`, client(foreign))).statusCode).toBe(404);
    for (const name of ['sign-off.fr.pdf', 'manifest.json', '..%2f..%2fx', 'x'.repeat(200)]) expect([400, 404]).toContain((await get(`sign-off/${name}`)).statusCode);
    expect((await client(admin).call('POST', '/api/v1/reports', { clusterId: cluster, kind: 'sign-off' })).statusCode).toBe(400);
  });
  it('says that a time without a word counts as confirmed, and that an objection is one', async () => {
    id = await make();
    await client(primary).call('POST', `/api/v1/reports/${id}/confirm`, { accepted: false, note: 'numbers differ' });
    expect((await get('sign-off/sign-off.en.html')).body).toMatch(/The customer objects.*numbers differ/s);
    id = await make();
    collector.clock.now += CONFIRM_WITHIN_MS + 60_000;
    const later = await collector.client('administrator', null, { serves: 'all' });
    expect((await get('sign-off/sign-off.en.html', later)).body).toContain('Deemed confirmed');
  });
});
