import { expect, it } from 'vitest';
import { KNOWLEDGE } from '../../bin/report-knowledge.ts';
import { lifecycleDates, systemsOf } from '../../collector/inspections/period/resources.ts';
import type { Cell } from '../../reports/blocks.ts';
import { calendarList, lifecycleState, lifecyclesList } from '../../reports/lists/outlook.ts';
import { systemsList } from '../../reports/lists/systems.ts';
import { known } from '../../reports/model.ts';
import { RICH } from '../reports/fixtures/models.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1_000;
const period = (day: string): Parameters<typeof lifecycleState>[1] => ({ period: { asOf: at(day), zoneMinutes: 0 } });
const DEBIAN_12 = KNOWLEDGE.systemLife({ distribution: 'debian', versionId: '12', release: '12.9' } as Parameters<typeof KNOWLEDGE.systemLife>[0]); // only what names the release is read

it('a table says which kind of support a release has, and when the regular one ended', () => {
  const life = DEBIAN_12 ?? {};
  expect(lifecycleState(life, period('2026-06-01'), 'zh').text).toBe('✓ 支持中');
  expect(lifecycleState(life, period('2026-11-26'), 'zh')).toEqual({ text: '● 仅 LTS/扩展支持（2026-06-10 起）', tone: 'info' });
  expect(lifecycleState(life, period('2026-11-26'), 'en').text).toBe('● LTS/extended only (since 2026-06-10)');
  expect(lifecycleState(life, period('2028-06-29'), 'en').text).toBe('▲ Ends within 180 days');
  expect(lifecycleState(life, period('2028-07-02'), 'en').text).toBe('■ Out of support');
});

it.each([
  ['v1.35.8', '2026-12-31', 'v1.36'], // ends in 60 days: the next one lasts longer
  ['v1.35.8', '2026-06-01', undefined], // long supported
  ['v1.36.1', '2027-06-01', undefined], // nothing newer is known
  ['v1.20.2', '2026-11-26', 'v1.36'], // ended long ago: the oldest that is maintained has 94 days to live, so the next one
  ['v1.20.2', '2026-06-01', 'v1.35'], // it had nine months then
  ['v1.20.2', '2027-03-15', 'v1.36'], // nothing that is known lives for half a year: the newest
] as const)('%s on %s is advised %s', (version, day, advised) => {
  const [entry] = KNOWLEDGE.lifecycles({ kubernetes: [version], systems: [], middleware: [] }, at(day));
  expect(entry?.advised).toBe(advised);
});

it.each([480, 330, 0, -300])('a release ends on the day of its table, wherever the report is read (%d minutes east)', (zoneMinutes) => {
  const model = { ...RICH, period: { asOf: at('2026-12-31'), zoneMinutes } };
  const systems = [{ distribution: 'openeuler', versionId: '24.03', release: '24.03-lts-sp3' }] as Parameters<typeof KNOWLEDGE.lifecycles>[0]['systems']; // only what names the release is read
  const [kubernetes, system] = KNOWLEDGE.lifecycles({ kubernetes: ['v1.35.8'], systems, middleware: [] }, model.period.asOf);
  const cells = <T>(
    { columns }: { readonly columns: readonly { readonly title: { readonly zh: string }; readonly cell: (row: T, of: typeof model, locale: 'zh') => Cell }[] },
    row: T,
  ) => new Map(columns.map(({ title, cell }) => [title.zh, cell(row, model, 'zh')]));
  if (!kubernetes || !system) throw new Error('both are in the tables');
  expect(cells(lifecyclesList, kubernetes).get('停止支持')?.text).toBe('2027-02-28');
  expect(cells(lifecyclesList, kubernetes).get('发布')?.text).toBe('2025-12-17');
  const [due] = lifecycleDates([kubernetes]);
  if (!due) throw new Error('it is in use');
  const day = cells(calendarList, due).get('到期日');
  expect(day?.text).toBe('2027-02-28');
  expect(new Date(((day?.at ?? 0) + zoneMinutes * 60) * 1_000).toISOString()).toBe('2027-02-28T00:00:00.000Z'); // as workbooks reckon it
  const [node] =
    known(systemsOf([{ machine: 'n', inspection: { sections: { os: { ...systems[0], kernel: '6.6.0' } as (typeof systems)[number] } } }], KNOWLEDGE.systemLife))?.rows ?? [];
  expect(node && cells(systemsList, node).get('停止支持')?.text).toBe('2027-12-31');
  // A contract ends at a moment, on the day of its zone.
  expect(cells(calendarList, { kind: 'contract', name: 'c', dueAt: at('2027-06-30') - zoneMinutes * 60 }).get('到期日')?.text).toBe('2027-06-30');
});

it.each([
  [{ distribution: 'openeuler', release: '24.03-lts-sp3', versionId: '24.03' }, 'openEuler', '24.03 LTS SP3', 'openEuler release-management/lifecycle.md'],
  [{ distribution: 'sles', release: '15.6', versionId: '15.6' }, 'SLES', '15 SP6', 'suse.com/lifecycle'],
  [{ distribution: 'kylin', release: 'v10-sp3', versionId: 'v10' }, 'Kylin', 'V10 SP3', '—'],
  [{ distribution: 'ubuntu', release: '24.04', versionId: '24.04' }, 'Ubuntu', '24.04', 'wiki.ubuntu.com/Releases'],
] as const)('a system is named as its vendor writes it, with where its dates are published: %j', (os, product, version, source) => {
  const systems = [os] as unknown as Parameters<typeof KNOWLEDGE.lifecycles>[0]['systems']; // only what names the release is read
  expect(KNOWLEDGE.lifecycles({ kubernetes: [], systems, middleware: [] }, at('2026-12-31'))).toMatchObject([{ product, version, source }]);
});

it('middleware has its row: with a day where one is published, and without one rather than none', () => {
  const middleware = [
    { product: 'tongweb', version: '7.0.4.9_m4' },
    { product: 'tongweb', version: '7.0.4.9_m4' },
    { product: 'redis', version: '7.0.15' },
    { product: 'redis', version: '7.0.15', fork: 'valkey' },
    { product: 'mysql' },
  ] as Parameters<typeof KNOWLEDGE.lifecycles>[0]['middleware'];
  const rows = KNOWLEDGE.lifecycles({ kubernetes: [], systems: [], middleware }, at('2026-12-31'));
  expect(rows.map(({ product, version, inUse, endOfSupportAt }) => [product, version, inUse, endOfSupportAt !== undefined])).toEqual([
    ['MySQL', '', 1, false],
    ['Redis', '7.0.15', 1, true],
    ['Redis', '7.0.15', 1, false],
    ['TongWeb', '7.0.4.9_m4', 2, false],
  ]);
  const model = { ...RICH, period: { asOf: at('2026-12-31'), zoneMinutes: 480 } };
  expect(rows.map((row) => lifecycleState(row, model, 'zh').text)).toEqual(['? 未收录公开日期', '■ 已停止维护', '? 未收录公开日期', '? 未收录公开日期']);
  const verdict = lifecyclesList.columns.find(({ title }) => title.en === 'Verdict');
  expect(rows[0] && verdict?.cell(rows[0], model, 'en').text).toBe('? Version not read');
});
