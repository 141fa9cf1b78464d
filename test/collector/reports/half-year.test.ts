/** Every report from a stored half year, on both engines. */
import { beforeAll, describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../../bin/report-knowledge.ts';
import { assemblePeriod } from '../../../collector/inspections/assemble-period.ts';
import { makeNext } from '../../../collector/reports/make-report.ts';
import { readManifest } from '../../../collector/reports/manifest.ts';
import { listFiles, readDocument, readFileOf, sha256Of } from '../../../collector/store/report-store.ts';
import { writeDocument } from '../../../reports/document.ts';
import { KINDS } from '../../../reports/kinds/index.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { respondedAfter } from '../../../reports/service-words.ts';
import { type TestClient, type TestCollector, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { CLUSTER_ID, CUSTOMER_ID, FROM, fillHalfYear, TO } from '../../support/half-year.ts';
import { INTERNAL_NOTE } from '../../support/half-year-story.ts';

/** By engine: what the other one has to say as well. */
const documents = new Map<string, string>();

onBothEngines('a stored half year', (database) => {
  let collector: TestCollector;
  let admin: TestClient;
  beforeAll(async () => {
    collector = await testCollector(database(), {}, {}, { knowledge: KNOWLEDGE });
    await fillHalfYear(database(), { ...collector.wired, deps: collector.deps }, collector.clock);
    admin = await collector.client('administrator', null, { serves: 'all' });
  }, 900_000);

  const make = async (body: object): Promise<string> => {
    const answer = await admin.call('POST', '/api/v1/reports', { clusterId: CLUSTER_ID, from: FROM, to: TO, ...body });
    if (answer.statusCode !== 202) throw new Error(answer.body);
    const { id } = answer.json<{ id: string }>();
    while (await makeNext({ ...collector.wired.maker, holder: 'test' }));
    return id;
  };
  const modelOf = async (id: string): Promise<ReportModel> => JSON.parse((await readDocument(database().db, 'all', id)) ?? 'null') as ReportModel;

  it('gives a document with comparison, curves, forecast, dates, incidents and clocks; the same on both engines', async () => {
    const id = await make({ kind: 's360', formats: ['json'] });
    const model = await modelOf(id);
    expect(model.subject).toMatchObject({ customer: '云澜城市商业银行股份有限公司', cluster: 'demo-prod', domains: ['host', 'cluster'] });
    expect(model.hosts.map(({ name }) => name)).toEqual(['demo-prod-master-1', 'demo-prod-worker-1', 'demo-prod-worker-2']);
    expect(model.history.length).toBeGreaterThan(180);
    expect(known(model.runs)?.length).toBe(184);
    const disk = known(model.trends)?.find(({ id: trend }) => trend === 'disk/demo-prod-worker-2');
    expect(disk?.points.length).toBe(184);
    const forecast = known(model.forecasts)?.find(({ id: trend }) => trend === 'disk/demo-prod-worker-2');
    expect(forecast).toMatchObject({ kind: 'disk', limit: 85, daysToLimit: 0 });
    expect(known(model.namespaces)?.rows.length).toBeGreaterThan(0);
    expect(known(model.lifecycles)?.map(({ product }) => product)).toEqual(expect.arrayContaining(['Kubernetes', 'openEuler', 'MySQL', 'Redis', 'RabbitMQ']));
    // From 2026-12-31 in China, when it is still the day before in UTC.
    expect(model.findings.find(({ check }) => check === 'control-plane-version-ending')?.observed).toBe(59);
    expect(known(model.backups)?.rows.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['etcd', 'velero', 'mysql', 'redis']));
    expect(known(model.calendar)?.rows.some(({ kind }) => kind === 'certificate')).toBe(true);
    // The first inspection of all came two hours after the begin: nothing was known then that this could be compared with.
    expect(model.comparison).toEqual({ missing: 'no-history' });
    // But every day since then was inspected, so the report knows how old its findings are.
    const firstSeen = model.firstSeen ?? {};
    expect(new Set(Object.keys(firstSeen))).toEqual(new Set(model.findings.map(({ check }) => check)));
    expect(Math.min(...Object.values(firstSeen))).toBeLessThan(FROM / 1_000 + 86_400);
    expect(Math.max(...Object.values(firstSeen))).toBeGreaterThan(FROM / 1_000 + 90 * 86_400);
    expect(known(model.incidents)?.rows.map(({ title, state }) => [title.zh, state])).toEqual(
      expect.arrayContaining([
        ['核心账务查询响应缓慢，柜面交易超时', 'closed'],
        ['对账批量作业未在窗口内完成', 'open'],
      ]),
    );
    const clocks = new Map(known(model.incidents)?.rows.map((incident) => [incident.title.zh, incident]));
    const [answered, unanswered] = [clocks.get('核心账务查询响应缓慢，柜面交易超时'), clocks.get('对账批量作业未在窗口内完成')];
    expect(answered && respondedAfter(answered)).toBe(720); // by the first contact: neither the acknowledgement nor a note is one
    expect(answered?.clocks.filter(({ clock }) => clock === 'update')).toMatchObject([{ state: 'met', takenSeconds: 43 * 60, updates: 2 }]);
    expect(known(model.attainment)?.find(({ clock }) => clock === 'update')).toMatchObject({ met: 1, total: 1 }); // two updates kept one target
    expect(unanswered && respondedAfter(unanswered)).toBeUndefined();
    expect(unanswered?.clocks.find(({ clock }) => clock === 'response')?.stoppedAt).toBeUndefined();
    expect(known(model.problems)?.rows.map(({ title }) => title.zh)).toContain('日志存储卷在线扩容的操作步骤咨询');
    const response = known(model.attainment)?.filter(({ clock }) => clock === 'response') ?? [];
    expect(response.reduce((sum, { total }) => sum + total, 0)).toBeGreaterThanOrEqual(2);
    expect(response.some(({ met, total }) => met < total)).toBe(true);
    expect(known(model.changeRecords)?.rows.find(({ title }) => title === '升级存储插件')).toMatchObject({ title: '升级存储插件', kind: 'change', result: 'unrecorded' });
    expect(model.contract).toMatchObject({ policyId: 'daocloud/advanced@1', zone: 'Asia/Shanghai' });
    expect(JSON.stringify(model)).not.toContain(INTERNAL_NOTE);
    const plain = JSON.stringify(model).replaceAll(/"number":"[0-9a-f]{8}"/g, '"number":"…"');
    documents.set(database().engine, plain);
    for (const other of documents.values()) expect(plain).toBe(other);
  });

  it('compares with the begin of the period where there is no report before: what was open then is not new', async () => {
    const { comparison } = await modelOf(await make({ kind: 'monthly', formats: ['json'], from: FROM + 92 * 86_400_000 }));
    const standings = known(comparison)?.findings.map(({ standing }) => standing) ?? [];
    expect(standings).toEqual(expect.arrayContaining(['new', 'open']));
    expect(known(comparison)?.previousAsOf).toBe(FROM / 1_000 + 91 * 86_400 + 7_200);
  });
  it('of a single inspection compares with that of the day before, by the same score', async () => {
    const { comparison } = await modelOf(await make({ kind: 'daily', formats: ['json'], from: undefined, to: undefined }));
    const last = TO / 1_000 - 22 * 3_600;
    expect(known(comparison)?.previousAsOf).toBe(last - 86_400);
    const before = await modelOf(await make({ kind: 'risk', formats: ['json'], from: TO - 2 * 86_400_000, to: TO - 86_400_000 }));
    expect(known(comparison)?.previousScore).toBe(before.score.total);
    const fresh = known(comparison)
      ?.findings.filter(({ standing }) => standing === 'new')
      .map(({ finding }) => finding.check);
    expect(fresh).toContain('pod-crash-loop');
    expect(fresh).not.toContain('disk-space-low');
  });
  it('of a week has its seven days by the site’s clock, and nothing that was found later', async () => {
    const [from, to] = [Date.parse('2026-12-21T00:00:00+08:00'), Date.parse('2026-12-28T00:00:00+08:00')];
    const model = await modelOf(await make({ kind: 'weekly', formats: ['json'], from, to }));
    const days = Array.from({ length: 7 }, (_, day) => from / 1_000 + day * 86_400);
    const disk = known(model.trends)?.find(({ id }) => id === 'disk/demo-prod-worker-2');
    expect(disk?.points.map(({ at }) => at)).toEqual(days);
    expect(known(model.runs)?.map(({ at }) => at)).toEqual(days);
    expect(model.history.at(-1)?.at).toBe(days.at(-1));
    const found = model.findings.find(({ check, scope }) => check === 'disk-space-low' && scope.node === 'demo-prod-worker-2');
    expect(100 - (disk?.points.at(-1)?.value ?? 0)).toBeCloseTo(Number(found?.observed), 1);
  });
  it('compares with the report before: nothing is new the second time', async () => {
    const id = await make({ kind: 's360', formats: ['json'], to: TO + 1 });
    const comparison = known((await modelOf(id)).comparison);
    expect(comparison?.findings.length).toBeGreaterThan(0);
    expect(new Set(comparison?.findings.map(({ standing }) => standing))).toEqual(new Set(['open']));
    expect(comparison?.findings.every(({ reports, reportedAt }) => reports === 2 && reportedAt === comparison.previousAsOf)).toBe(true);
  });

  it.each(KINDS.map(({ id }) => id))('%s is made in every format and both languages, signed, and the same when made again from the document', async (kind) => {
    // One engine pays for all formats; the document is the same on the other.
    const all = database().engine === 'sqlite';
    const formats = all ? ['html', 'pdf', 'docx', 'xlsx', 'json'] : ['html'];
    const id = await make({ kind, formats, locales: ['zh', 'en'] });
    const report = (await admin.call('GET', `/api/v1/reports/${id}`)).json<{ state: string; fault?: string; files: { name: string }[] }>();
    expect([report.state, report.fault]).toEqual(['done', undefined]);
    expect(report.files.length).toBe(all ? 4 * 2 + 1 + 2 : 4);
    const files = await listFiles(database().db, id);
    const bodies = new Map<string, Buffer>();
    for (const { name } of files) bodies.set(name, Buffer.from((await readFileOf(database().db, 'all', id, name))?.body ?? []));
    const manifest = readManifest(bodies.get('manifest.json') ?? Buffer.alloc(0), bodies.get('manifest.sig.json')?.toString() ?? '');
    expect('manifest' in manifest && manifest.manifest.files.map(({ name, sha256 }) => [name, sha256])).toEqual(
      files.filter(({ name }) => !name.startsWith('manifest')).map(({ name, sha256 }) => [name, sha256]),
    );
    for (const [name, body] of bodies) expect(sha256Of(body), name).toBe(files.find((file) => file.name === name)?.sha256);
    await database().db.updateTable('reports').set({ state: 'queued', next_at: 0 }).where('id', '=', id).execute();
    await database().db.deleteFrom('report_files').where('report_id', '=', id).execute();
    expect(await makeNext({ ...collector.wired.maker, holder: 'again' })).toBe(true);
    const again = new Map((await listFiles(database().db, id)).map(({ name, sha256 }) => [name, sha256]));
    for (const { name, sha256 } of files) if (!name.startsWith('manifest')) expect([name, again.get(name)]).toEqual([name, sha256]);
  });

  describe('when its inspections are kept no longer', () => {
    let kept: ReportModel;
    let model: ReportModel;
    const request = { customerId: CUSTOMER_ID, clusterId: CLUSTER_ID, kind: 'gone', from: FROM, to: TO };
    const assemble = async (other: object = {}): Promise<ReportModel> =>
      await assemblePeriod({ db: database().db, rules: collector.wired.rules, knowledge: KNOWLEDGE, version: '1' }, { ...request, ...other });
    beforeAll(async () => {
      kept = await assemble();
      await database().db.deleteFrom('snapshots').execute();
      model = await assemble();
    });
    it('tells the same problems, curves, incidents and changes', () => {
      expect(model.recalled).toBe(true);
      const names = ({ findings }: ReportModel): readonly string[] => findings.map(({ check, scope }) => `${check} ${scope.node ?? ''} ${scope.name}`).toSorted();
      expect(names(model)).toEqual(names(kept));
      expect(model.coverage.percent).toBeGreaterThan(50);
      expect(model.score.total).not.toBeNull();
      for (const part of ['trends', 'forecasts', 'runs', 'incidents', 'problems', 'attainment', 'changeRecords'] as const)
        expect(known<unknown>(model[part]), part).toEqual(known<unknown>(kept[part]));
      expect(known(model.comparison)?.findings.length).toBe(known(kept.comparison)?.findings.length);
    });
    it('says in every kind what is no longer in detail, and praises nothing for it', () => {
      for (const kind of KINDS) {
        const text = JSON.stringify(writeDocument(kind, model, 'zh'));
        expect(text, kind.id).toContain('原始巡检数据已超过保留期');
        expect(text.match(/.{60}(?:覆盖率 0|[^0-9]0 \/ 0[^0-9]|全部得到结果|没有节点。).{20}/)?.[0], kind.id).toBeUndefined();
      }
    });
    it('has nothing to say about a time that no number is kept of, or about a single inspection', async () => {
      await expect(assemble({ from: FROM - 100 * 86_400_000, to: FROM - 90 * 86_400_000 })).rejects.toMatchObject({ name: 'NothingToReport' });
      await expect(assemble({ from: undefined })).rejects.toMatchObject({ name: 'NothingToReport' });
    });
  });
});
