import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withRecords } from '../../../collector/records/apply-records.ts';
import { RecordFileError, readRecordFolder } from '../../../collector/records/read-folder.ts';
import { mergedRecords, RecordSet, secondsOf } from '../../../collector/records/record-set.ts';
import { writeDocument } from '../../../reports/document.ts';
import { AUTHORED_PLACES } from '../../../reports/facts/service.ts';
import { KINDS, placesOf } from '../../../reports/kinds/index.ts';
import { known } from '../../../reports/model.ts';
import { EMPTY, RICH } from '../../reports/fixtures/models.ts';
import { PERIOD } from '../../reports/fixtures/period.ts';

const root = mkdtempSync(join(tmpdir(), 'xunjian-records-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
function folder(files: Readonly<Record<string, string>>): string {
  folders += 1;
  const path = mkdtempSync(join(root, `${folders}-`));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

describe('a folder of records', () => {
  it('takes one list of prices, which a report of costs then counts with', async () => {
    const set = await readRecordFolder(folder({ 'prices.yaml': 'currency: CNY\nperCore: 85\nperGibMemory: 22\nperGibStorage: 0.9\nsource: 2026 年度资源计价表\n' }));
    expect(set.prices).toEqual([{ currency: 'CNY', perCore: 85, perGibMemory: 22, perGibStorage: 0.9, source: '2026 年度资源计价表' }]);
    expect(known(withRecords(PERIOD, set, false).costs)?.prices).toEqual(set.prices[0]);
    expect(withRecords({ ...PERIOD, costs: { missing: 'not-gathered' } }, set, false).costs).toEqual({ missing: 'not-gathered' });
    expect(mergedRecords([set, RecordSet.parse({ prices: [{ currency: 'EUR', perCore: 9, perGibMemory: 2, perGibStorage: 0 }] })]).prices.map(({ currency }) => currency)).toEqual([
      'EUR',
    ]);
    await expect(readRecordFolder(folder({ 'prices.yaml': 'currency: yuan\nperCore: 85\n' }))).rejects.toThrow('ISO 4217');
    await expect(readRecordFolder(folder({ 'prices.yaml': 'perCore: 85\n' }))).rejects.toThrow('prices.0.currency');
  });
  it('is read from YAML, JSON and Markdown, the later file in place of the earlier', async () => {
    const set = await readRecordFolder(
      folder({
        'demands.yaml': '- { number: R1, raisedAt: 2026-10-01, text: one }\n- { number: R2, raisedAt: 2026-10-02, text: two }\n',
        'z.json': '{"demands":[{"number":"R1","raisedAt":"2026-10-01","text":"one again","state":"done"}],"plans":[{"check":"os-swap-enabled","owner":"Li"}]}',
        'architecture.zh.md': '---\nauthor: 周岚\nat: 2026-11-18\n---\n## 现状\n单控制面',
        'next.md': 'Nothing planned.\n',
      }),
    );
    expect(set.demands.map(({ number, text, state }) => [number, text, state])).toEqual([
      ['R1', 'one again', 'done'],
      ['R2', 'two', 'received'],
    ]);
    expect(set.plans).toEqual([{ check: 'os-swap-enabled', owner: 'Li', state: 'agreed' }]);
    expect(set.parts).toEqual([
      { place: 'architecture', lang: 'zh', author: '周岚', at: '2026-11-18', markdown: '## 现状\n单控制面' },
      { place: 'next', markdown: 'Nothing planned.' },
    ]);
  });
  it.each([
    [
      'an unknown field',
      { 'demands.yaml': '- { number: R1, raisedAt: 2026-10-01, text: a, password: x }' },
      'demands.yaml：demands.0：含有未知的字段：password',
      /demands\.0: .*password/,
    ],
    ['a field that is missing', { 'demands.yaml': '- { raisedAt: 2026-10-01, text: a }' }, 'demands.yaml：demands.0.number：必填', /demands\.0\.number: is needed/],
    [
      'a day that is none',
      { 'demands.yaml': '- { number: R1, raisedAt: 2026-02-31, text: a }' },
      'demands.yaml：demands.0.raisedAt：应为日期（2026-10-01）',
      /demands\.0\.raisedAt: a day/,
    ],
    ['a place that is none', { 'nowhere.md': 'x' }, 'nowhere.md：文件名须为以下之一（可加 .zh 或 .en）：scope.md、', /nowhere\.md: must be called one of scope\.md/],
    ['a language that is none', { 'next.fr.md': 'x' }, 'next.fr.md：lang：可选：zh、en', /next\.fr\.md: lang: one of zh, en/],
    ['broken YAML', { 'a.yaml': 'demands: [' }, 'a.yaml：不是有效的 YAML（第 1 行）', /a\.yaml: is not valid YAML \(line 1\)/],
    ['broken JSON', { 'a.json': '{' }, 'a.json：不是有效的 JSON', /a\.json: is not valid JSON/],
    [
      'aliases that multiply',
      {
        'a.yaml': `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.replaceAll(/./g, (letter) => `${letter}: &${letter} [${`*${String.fromCharCode(letter.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
      },
      'a.yaml：不是有效的 YAML',
      /is not valid YAML/,
    ],
    ['nothing', {}, '：没有 .yaml、.json 或 .md 文件', /holds no/],
  ])('tells %s in both languages', async (_name, files, zh, en) => {
    const refused = await readRecordFolder(folder(files as Record<string, string>)).catch((error: unknown) => error);
    if (!(refused instanceof RecordFileError)) throw new Error('it was not refused in words');
    expect(refused.words.zh).toContain(zh);
    expect(refused.words.en).toMatch(en);
  });
});

describe('records in a report', () => {
  const set = RecordSet.parse({
    demands: [{ number: 'R1', raisedAt: '2026-10-01', text: '短信通知', state: 'planned' }],
    changes: [
      { number: 'C1', title: '扩容', from: '2026-10-20T22:00:00+08:00', until: '2026-10-20T23:00:00+08:00', object: 'worker-07', result: 'done' },
      { number: 'C0', title: '早前', from: '2020-01-01', until: '2020-01-02', result: 'done' },
    ],
    backups: [{ name: 'order-db', kind: 'mysql', newestAt: '2026-11-21', offsite: true, restoreTestedAt: '2026-09-01' }],
    problems: [{ number: 'Q1', title: '如何限制配额', raisedAt: '2026-10-08', closedAt: '2026-10-09', solution: '给出示例' }],
    plans: [{ check: 'disk-space-low', owner: '王敏', dueAt: '2026-12-20' }],
    reviews: [{ incident: '#INC-2026-0142', impact: 'x', actions: [{ text: '双人复核', owner: '赵磊', dueAt: '2026-12-01' }] }],
    revisions: [{ version: '0.9', at: '2026-11-20', by: '周岚', note: '初稿' }],
  });
  it('stand beside what was measured, in the report’s zone, and only those of its period', () => {
    const model = withRecords(PERIOD, set, false);
    expect(known(model.demands)?.rows.map(({ number }) => number)).toContain('R1');
    expect(known(model.demands)?.rows.find(({ number }) => number === 'R1')?.raisedAt).toBe(Date.parse('2026-10-01T00:00:00+08:00') / 1_000);
    expect(known(model.changeRecords)?.rows.some(({ number }) => number === 'C1')).toBe(true);
    expect(known(model.changeRecords)?.rows.some(({ number }) => number === 'C0')).toBe(false);
    expect(known(model.backups)?.rows.find(({ name }) => name === 'order-db')).toMatchObject({ offsite: true });
    expect(known(model.problems)?.rows.find(({ number }) => number === 'Q1')).toMatchObject({ state: 'closed', solution: '给出示例' });
    expect(model.plans?.at(-1)).toMatchObject({ check: 'disk-space-low', owner: '王敏' });
    expect(known(model.incidents)?.rows.find(({ number }) => number === 'INC-2026-0142')).toMatchObject({ impact: 'x', actions: [{ text: '双人复核' }] });
    expect(known(model.incidents)?.total).toBe(known(PERIOD.incidents)?.total);
    expect(model.revisions?.at(-1)).toMatchObject({ version: '0.9', by: '周岚' });
  });
  it('under the mark of a window leave it without a change number', () => {
    const [change] = set.changes;
    if (!change) return expect.fail('no change');
    const window = { ...change, from: PERIOD.period.asOf - 86_400, until: PERIOD.period.asOf, isUnnumbered: true } as const;
    const told = (rows: readonly (typeof window)[]) =>
      known(withRecords({ ...PERIOD, changeRecords: { value: { rows, total: rows.length } } }, { ...set, changes: [change] }, false).changeRecords)?.rows.map(
        ({ isUnnumbered }) => isUnnumbered,
      );
    expect([told([window]), told([])]).toEqual([[true], [undefined]]);
  });
  it('tell a change window of the same number, with who, how and what came of it', () => {
    const { changes } = RecordSet.parse({ changes: [{ number: 'C1', title: '扩容', from: '2026-10-20', until: '2026-10-21', approvedBy: '李强', result: 'done' }] });
    const window = { number: 'C1', title: '窗口', from: PERIOD.period.asOf - 86_400, until: PERIOD.period.asOf, result: 'unrecorded' } as const;
    const model = withRecords({ ...PERIOD, changeRecords: { value: { rows: [window], total: 1 } } }, { ...set, changes }, false);
    expect(known(model.changeRecords)).toMatchObject({ total: 1, rows: [{ title: '扩容', approvedBy: '李强', result: 'done' }] });
  });
  it('say nothing of a backup or a rehearsal that came later than the report', () => {
    const told = { name: 'later-db', kind: 'mysql', schedule: '每天 01:00', sizeBytes: 1, durationSeconds: 1, succeeded: 182, failed: 2, offsite: true };
    const rowsOf = (asOf: string, newestAt?: string) =>
      known(
        withRecords(
          { ...PERIOD, period: { ...PERIOD.period, asOf: Date.parse(asOf) / 1_000 } },
          RecordSet.parse({ backups: [{ ...told, newestAt, restoreTestedAt: '2026-10-18' }] }),
          false,
        ).backups,
      )?.rows.find(({ name }) => name === 'later-db');
    const newestAt = '2026-12-31T01:24:00+08:00';
    expect(rowsOf('2026-09-27T02:00:00+08:00', newestAt)).toEqual({ name: 'later-db', kind: 'mysql', schedule: '每天 01:00', offsite: true });
    expect(rowsOf('2026-12-27T02:00:00+08:00', newestAt)).toEqual({ name: 'later-db', kind: 'mysql', schedule: '每天 01:00', offsite: true, restoreTestedAt: expect.any(Number) });
    expect(rowsOf('2026-12-31T02:00:00+08:00', newestAt)).toMatchObject({ succeeded: 182, failed: 2, sizeBytes: 1, newestAt: Date.parse(newestAt) / 1_000 });
    expect(rowsOf('2026-12-27T02:00:00+08:00')).toMatchObject({ succeeded: 182 });
  });
  it('that are not there change nothing, except where they are kept', () => {
    const none = RecordSet.parse({});
    expect(withRecords(EMPTY, none, false)).toEqual(EMPTY);
    expect(withRecords(EMPTY, none, true).demands).toEqual({ value: { rows: [], total: 0 } });
  });
  it('are one by their keys', () => expect(mergedRecords([set, set])).toEqual(set));
  it('know days and moments', () => {
    expect(secondsOf('2026-10-01', 480)).toBe(Date.parse('2026-09-30T16:00:00Z') / 1_000);
    expect(secondsOf('2026-10-01T08:00:00+08:00', 480)).toBe(Date.parse('2026-10-01T00:00:00Z') / 1_000);
    for (const strange of ['2026-02-30', '2026-13-01', '01.10.2026', '2026-10-01T08:00', 'now', '']) expect(secondsOf(strange, 480), strange).toBeUndefined();
  });
});

describe.each(KINDS.map((kind) => [kind.id, kind] as const))('%s', (_id, kind) => {
  it('prints the parts that it has places for, in their language, and no others', () => {
    for (const place of AUTHORED_PLACES) {
      const model = withRecords(RICH, RecordSet.parse({ parts: [{ place, markdown: `WORDS-OF-${place}`, author: 'Zhou', at: '2026-11-01' }] }), false);
      expect(JSON.stringify(writeDocument(kind, model, 'zh')).includes(`WORDS-OF-${place}`), place).toBe(placesOf(kind).includes(place));
    }
    const [place] = placesOf(kind);
    if (place === undefined) return;
    const parts = [
      { place, lang: 'zh', markdown: 'ZH-WORDS' },
      { place, lang: 'en', markdown: 'EN-WORDS' },
    ];
    const both = withRecords(RICH, RecordSet.parse({ parts }), false);
    expect(JSON.stringify(writeDocument(kind, both, 'en'))).toMatch(/^(?!.*ZH-WORDS).*EN-WORDS/s);
    const one = withRecords(RICH, RecordSet.parse({ parts: parts.slice(0, 1) }), false);
    expect(JSON.stringify(writeDocument(kind, one, 'en'))).toContain('ZH-WORDS');
  });
});
