import { expect, it } from 'vitest';
import { backupsOf } from '../../collector/inspections/period/resources.ts';
import { backupDueAt, backupFlaws, backupRule, backupState } from '../../reports/backups.ts';
import { writeDocument } from '../../reports/document.ts';
import type { BackupRecord } from '../../reports/facts/service.ts';
import { findKind } from '../../reports/kinds/index.ts';
import { known, type ReportModel } from '../../reports/model.ts';
import { HEALTHY } from '../fixtures/healthy/index.ts';
import { HEALTHY_MIDDLEWARE } from '../fixtures/healthy/middleware.ts';
import { PERIOD } from './fixtures/period.ts';

const DAY = 86_400;
const { asOf } = PERIOD.period;
const GOOD = { newestAt: asOf - 3_600, restoreTestedAt: asOf - 30 * DAY };

it.each([
  [GOOD, [], '✓ 正常', '✓ OK'],
  [{ ...GOOD, failed: 2 }, ['failed'], '▲ 累计 2 次失败', '▲ 2 failures in total'],
  [{ ...GOOD, newestAt: asOf - 30 * 3_600 }, ['late'], '▲ 26 小时以上没有成功', '▲ None in 26 hours'],
  [{ newestAt: GOOD.newestAt, failed: 1 }, ['failed', 'untried'], '▲ 累计 1 次失败、无恢复演练记录', '▲ 1 failure in total, no restore test on record'],
  [{ ...GOOD, restoreTestedAt: asOf - 200 * DAY }, ['restore-old'], '▲ 180 天以上没有演练恢复', '▲ No restore tested in 180 days'],
  [{ ...GOOD, newestAt: asOf - 8 * DAY }, ['lost'], '■ 7 天以上没有成功', '■ None in 7 days'],
  [{ restoreTestedAt: GOOD.restoreTestedAt }, ['unrecorded'], '? 未登记成功时间', '? No success recorded'],
] as const)('what is wrong with a backup is said by its name: %j', (backup, flaws, zh, en) => {
  expect(backupFlaws(backup, asOf)).toEqual(flaws);
  expect([backupState(backup, asOf, 'zh').text, backupState(backup, asOf, 'en').text]).toEqual([zh, en]);
});
it('a failure of Velero is that of its newest backup, and no total', () => {
  expect(backupState({ ...GOOD, kind: 'velero', failed: 1 }, asOf, 'zh').text).toBe('▲ 1 次失败');
});
it('one that was lost is due as a critical problem is', () => {
  expect([backupDueAt(['lost'], 0), backupDueAt(['untried'], 0)]).toEqual([7 * DAY, 30 * DAY]);
});

const row = (name: string, change: Partial<BackupRecord> = {}): BackupRecord => ({ ...GOOD, name, kind: 'etcd', ...change });
const withBackups = (...rows: readonly BackupRecord[]): ReportModel => ({ ...PERIOD, backups: { value: { rows, total: rows.length } } });
it.each(['s360', 'backup'])('in %s every backup that needs attention is work with a day, and one in order is not', (id) => {
  const kind = findKind(id) ?? expect.fail('no kind');
  const words = (model: ReportModel): string => JSON.stringify(writeDocument(kind, model, 'zh').chapters);
  expect(words(withBackups(row('fine'), row('flawed', { restoreTestedAt: undefined })))).toMatch(/备份整改.*etcd flawed.*登记演练日期。/);
  expect(words(withBackups(row('fine')))).not.toContain('备份整改');
});

it.each(['s360', 'backup', 'weekly'])('%s says below its list what a good verdict takes, what a dash means and since when is counted', (id) => {
  const words = (model: ReportModel): string => JSON.stringify(writeDocument(findKind(id) ?? expect.fail('no kind'), model, 'zh').chapters);
  const rule = /最近 26 小时内有成功的备份、没有失败记录、180 天内做过恢复演练.*“—”表示巡检与登记均未提供/;
  expect(words(withBackups(row('fine')))).toMatch(rule);
  expect(words(withBackups(row('fine')))).not.toContain('不限于本期');
  expect(words(withBackups(row('fine', { failed: 2 })))).toMatch(/登记的累计数，不限于本期/);
  expect(words(withBackups())).not.toMatch(rule);
});

it('copies that a machine keeps are not successes, and declared backups of middleware are in the list', () => {
  const [etcdHost, middleware] = [HEALTHY.etcdHost, HEALTHY_MIDDLEWARE.middleware];
  if (!etcdHost || !middleware) return expect.fail('no fixture');
  const [first] = middleware.rows;
  if (!first) return expect.fail('no instance');
  const declared = { ...first, instance: 'pay/StatefulSet/db', product: 'mysql', backupDeclared: true, backupAt: asOf - 60, restoreTestedAt: undefined } as const;
  const fact = backupsOf([
    { machine: 'm', inspection: { sections: { etcdHost: { ...etcdHost, backupFound: true, backupCount: 7 }, middleware: { ...middleware, rows: [declared] } } } },
  ]);
  expect(known(fact)?.rows).toMatchObject([
    { kind: 'etcd', kept: 7 },
    { kind: 'mysql', name: 'pay/db', newestAt: asOf - 60 },
  ]);
  expect(known(fact)?.rows[0]?.succeeded).toBeUndefined();
});

it('a verdict without a number of failures does not say that none failed', () => {
  expect(backupRule([{ succeeded: 3, failed: 0 }], 'zh')).not.toContain('不说明是否曾有失败');
  expect(backupRule([{ succeeded: 3, failed: 0 }, {}], 'zh')).toContain('没有登记失败次数的备份，“正常”不说明是否曾有失败。');
});
