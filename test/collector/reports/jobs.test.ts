/** Reports as jobs: claimed once, tried again, ended with a reason; schedules; letters. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MakerOptions, makeNext, NothingToReport } from '../../../collector/reports/make-report.ts';
import { nextTurn, PRESETS } from '../../../collector/reports/periods.ts';
import { RenderProcess } from '../../../collector/reports/render-process.ts';
import type { ReportRequest } from '../../../collector/reports/report.ts';
import { runSchedules } from '../../../collector/reports/schedules.ts';
import { findSchedule, saveSchedule } from '../../../collector/store/report-schedule-store.ts';
import { findReport, insertReport, listFiles, listReports } from '../../../collector/store/report-store.ts';
import { RICH } from '../../reports/fixtures/models.ts';
import { type TestCollector, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';

const folder = mkdtempSync(join(tmpdir(), 'xunjian-jobs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** A process that renders in its own way. */
function script(name: string, code: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}
const CRASHES = script('crashes', "process.on('message', () => process.kill(process.pid, 'SIGSEGV'));");
const HANGS = script('hangs', "process.on('message', () => undefined); setInterval(() => undefined, 1000);");
const LEAKS = script('leaks', "process.on('message', () => { const all = []; for (;;) all.push(new Array(1e6).fill({})); });");
const WRITES = script(
  'writes',
  "import { writeFileSync } from 'node:fs'; process.on('message', ({ outputs }) => { for (const { file } of outputs) writeFileSync(file, 'content'); process.send({ done: outputs.length }); process.send({ ended: true }); });",
);
const ACTOR = { kind: 'system' } as const;

onBothEngines('report jobs', (database) => {
  let collector: TestCollector;
  let customerId = '';
  const faults: string[] = [];
  beforeAll(async () => {
    collector = await testCollector(database());
    customerId = await collector.addCustomer('A');
  });
  beforeEach(async () => {
    await database().db.deleteFrom('reports').execute();
    faults.length = 0;
  });
  const maker = (change: Partial<MakerOptions> & { readonly script?: string; readonly deadlineMs?: number } = {}): MakerOptions => ({
    ...collector.wired.maker,
    assemble: async () => RICH,
    onFault: (_report, fault) => void faults.push(fault),
    holder: randomUUID(),
    renderer: () => new RenderProcess({ script: change.script ?? WRITES, deadlineMs: change.deadlineMs ?? 30_000 }),
    ...change,
  });
  const ask = async (change: Partial<ReportRequest> = {}): Promise<string> => {
    const { now } = collector.clock;
    const request: ReportRequest = {
      customerId,
      clusterId: null,
      kind: 's360',
      formats: ['html', 'pdf'],
      locales: ['zh'],
      to: now,
      mail: false,
      requestKey: randomUUID(),
      ...change,
    };
    return (await insertReport(database().db, request, ACTOR, now)).report.id;
  };
  const report = async (id: string) => await findReport(database().db, 'all', id);

  it('ends with its files, a manifest and its signature', async () => {
    const id = await ask();
    expect(await makeNext(maker())).toBe(true);
    expect(await report(id)).toMatchObject({ state: 'done', progress: 100, attempts: 1 });
    expect((await listFiles(database().db, id)).map(({ name }) => name.replace(/\d{8}/, 'DAY'))).toEqual([
      'manifest.json',
      'manifest.sig.json',
      's360-DAY.zh.html',
      's360-DAY.zh.pdf',
    ]);
    expect(await makeNext(maker())).toBe(false);
  });

  it('of several collectors one makes it, whoever comes', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => ask()));
    let assembled = 0;
    const workers = Array.from({ length: 4 }, () =>
      maker({
        assemble: async () => {
          assembled += 1;
          return RICH;
        },
      }),
    );
    await Promise.all(
      workers.map(async (one) => {
        while (await makeNext(one));
      }),
    );
    expect(assembled).toBe(ids.length);
    for (const id of ids) expect(await report(id)).toMatchObject({ state: 'done', attempts: 1 });
  });

  it.each([
    ['crashes', CRASHES, 'crashed'],
    ['hangs', HANGS, 'timeout'],
  ])('a process that %s fails the job with its reason, after three attempts and no more', async (_what, path, fault) => {
    const id = await ask();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      expect(await makeNext(maker({ script: path, deadlineMs: 1_500 }))).toBe(true);
      expect(await report(id)).toMatchObject({ state: attempt < 3 ? 'queued' : 'failed', attempts: attempt, fault });
      expect(await makeNext(maker({ script: path }))).toBe(false); // not at once
      collector.clock.now += 60_000;
    }
    expect(await makeNext(maker())).toBe(false);
    expect(faults).toEqual([fault, fault, fault]);
    expect(await listFiles(database().db, id)).toEqual([]);
  });

  it('a process that eats memory ends alone', async () => {
    const id = await ask();
    await makeNext(maker({ script: LEAKS, deadlineMs: 60_000, mostAttempts: 1 }));
    expect(await report(id)).toMatchObject({ state: 'failed', fault: 'crashed' });
  });

  it('a second attempt starts from the stored document', async () => {
    const id = await ask();
    await makeNext(maker({ script: CRASHES }));
    const { documentSha256 } = (await report(id)) ?? {};
    collector.clock.now += 60_000;
    await makeNext(
      maker({
        assemble: async () => {
          throw new Error('it must not be asked again');
        },
      }),
    );
    expect(await report(id)).toMatchObject({ state: 'done', attempts: 2, documentSha256 });
  });

  it('without an inspection it fails at once, and says so', async () => {
    const id = await ask();
    await makeNext(
      maker({
        assemble: async () => {
          throw new NothingToReport();
        },
      }),
    );
    expect(await report(id)).toMatchObject({ state: 'failed', fault: 'no-data', attempts: 1 });
  });

  it('what a dead collector left behind is taken up when its lease is over, and counted', async () => {
    const id = await ask();
    const { claimReport } = await import('../../../collector/store/report-store.ts');
    for (let death = 0; death < 3; death += 1) {
      await database().transaction(async (db) => await claimReport(db, database().engine, collector.clock.now, { by: 'dead', leaseMs: 60_000 }));
      expect(await makeNext(maker())).toBe(false);
      collector.clock.now += 60_001;
    }
    await makeNext(maker());
    expect(await report(id)).toMatchObject({ state: 'failed', fault: 'lost' });
  });

  it('a collector that stops gives it back without counting', async () => {
    const id = await ask();
    const stop = new AbortController();
    const making = makeNext(maker({ script: HANGS }), stop.signal);
    setTimeout(() => stop.abort(), 300);
    await making;
    expect(await report(id)).toMatchObject({ state: 'queued', attempts: 0 });
  });

  it('a claim that was lost writes nothing', async () => {
    const id = await ask();
    await makeNext(
      maker({
        assemble: async () => {
          await database().db.updateTable('reports').set({ claimed_by: 'somebody else' }).where('id', '=', id).execute();
          return RICH;
        },
      }),
    );
    expect(await report(id)).toMatchObject({ state: 'running' });
    expect((await report(id))?.documentSha256).toBeUndefined();
    expect(await listFiles(database().db, id)).toEqual([]);
  });

  describe('schedules', () => {
    const schedule = async (preset: keyof typeof PRESETS, nextAt: number): Promise<string> => {
      const id = randomUUID();
      await saveSchedule(database().db, {
        ...{
          id,
          customerId,
          clusterId: null,
          kind: 's360',
          formats: ['pdf'],
          locales: ['zh'],
          zone: 'Asia/Shanghai',
          mail: true,
          enabled: true,
          nextAt,
          createdAt: 0,
          createdBy: ACTOR,
        },
        ...PRESETS[preset],
      });
      return id;
    };
    it('become one report a turn, for the period before it, however many collectors look', async () => {
      const now = Date.parse('2027-01-01T06:00:30+08:00');
      const id = await schedule('semiannual', Date.parse('2027-01-01T06:00:00+08:00'));
      await Promise.all([runSchedules(database(), now), runSchedules(database(), now), runSchedules(database(), now)]);
      const made = await listReports(database().db, 'all', { scheduleId: id, limit: 10 });
      expect(made).toMatchObject([{ from: Date.parse('2026-07-01T00:00:00+08:00'), to: Date.parse('2027-01-01T00:00:00+08:00'), mail: true, kind: 's360' }]);
      expect((await findSchedule(database().db, 'all', id))?.nextAt).toBe(Date.parse('2027-07-01T06:00:00+08:00'));
    });
    it('make the newest turn of those that were missed, once', async () => {
      const now = Date.parse('2026-11-25T12:00:00+08:00');
      const id = await schedule('daily', Date.parse('2026-11-20T06:00:00+08:00'));
      expect(await runSchedules(database(), now)).toBe(1);
      expect(await runSchedules(database(), now)).toBe(0);
      const [only, ...more] = await listReports(database().db, 'all', { scheduleId: id, limit: 10 });
      expect([only?.to, more]).toEqual([Date.parse('2026-11-25T00:00:00+08:00'), []]);
      expect((await findSchedule(database().db, 'all', id))?.nextAt).toBe(nextTurn(PRESETS.daily.cron, 'Asia/Shanghai', now));
    });
  });

  it('is announced to the contract’s contacts in the transaction that ends it, each once', async () => {
    await database()
      .db.updateTable('customers')
      .set({ contacts: JSON.stringify({ report: ['ops@a.example'], customer: ['no@a.example'], 'customer-representative': ['rep@v.example', 'OPS@a.example'] }) })
      .where('id', '=', customerId)
      .execute();
    await collector.deps.targets.create(
      { customerId: null, kind: 'email', name: 'Mail', config: { kind: 'email', host: 'mail.example', from: 'xunjian@v.example' }, secrets: {} },
      { kind: 'system' },
      1,
    );
    const id = await ask({ mail: true });
    const silent = await ask();
    await makeNext(maker());
    await makeNext(maker());
    const rows = await database().db.selectFrom('notifications').select(['message', 'lane']).where('event', '=', 'report').execute();
    const told = rows.map(({ message }) => JSON.parse(message) as { recipient: string; report: { id: string; files: unknown[] } });
    expect(told.map(({ recipient }) => recipient.toLowerCase()).sort()).toEqual(['ops@a.example', 'rep@v.example']);
    expect(told.every(({ report: facts }) => facts.id === id && facts.files.length === 4)).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(silent);
  });
});
