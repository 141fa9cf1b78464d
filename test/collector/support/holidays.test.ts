import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadHolidays } from '../../../collector/support/holidays.ts';
import { PolicyError } from '../../../collector/support/policy-error.ts';

const FOLDER = join(import.meta.dirname, '../../../collector/support/holidays/cn');
const SUMS = JSON.parse(readFileSync(join(FOLDER, 'sha256.json'), 'utf8')) as Record<string, string>;
const YEARS = [2020, 2021, 2022, 2023, 2024, 2025, 2026];
/** Another data set, kept by other people. */
const OTHER = createRequire(import.meta.url).resolve('holiday-calendar/package.json');
interface OtherYear {
  readonly dates: readonly { readonly date: string; readonly type: string }[];
}

describe('the bundled holidays', () => {
  it('are the years with a notice, each with its papers and its sha256', () => {
    const { years } = loadHolidays();
    expect([...years.keys()]).toEqual(YEARS);
    for (const [year, { papers }] of years) {
      expect(papers.length, String(year)).toBeGreaterThan(0);
      for (const paper of papers) expect(paper).toMatch(/^https?:\/\/www\.gov\.cn\//);
    }
    for (const [file, sum] of Object.entries(SUMS))
      expect(
        createHash('sha256')
          .update(readFileSync(join(FOLDER, file)))
          .digest('hex'),
        file,
      ).toBe(sum);
  });
  it.each(YEARS)('%i agrees with holiday-calendar, day by day', (year) => {
    const other = JSON.parse(readFileSync(join(OTHER, '..', 'data', 'CN', `${year}.json`), 'utf8')) as OtherYear;
    const theirs = new Set(other.dates.map(({ date, type }) => `${date} ${type === 'public_holiday'}`));
    // The extension of 2020 ended on a Sunday, which the other set leaves out as an ordinary weekend.
    if (year === 2020) theirs.add('2020-02-02 true');
    expect(
      new Set(
        loadHolidays()
          .years.get(year)
          ?.days.map(({ date, isOffDay }) => `${date} ${isOffDay}`),
      ),
    ).toEqual(theirs);
  });
  it('move every make-up workday to a weekend, and no date twice', () => {
    for (const { days } of loadHolidays().years.values()) {
      expect(new Set(days.map(({ date }) => date)).size).toBe(days.length);
      for (const { date } of days.filter(({ isOffDay }) => !isOffDay)) expect([0, 6], date).toContain(new Date(date).getUTCDay());
    }
  });
});

describe('years of the vendor', () => {
  const folderWith = (name: string, text: string): string => {
    const folder = mkdtempSync(join(tmpdir(), 'policies-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'holidays', 'cn'), { recursive: true });
    writeFileSync(join(folder, 'holidays', 'cn', name), text);
    return folder;
  };
  it('are added, and change the revision', () => {
    const more = loadHolidays(
      folderWith('2027.json', JSON.stringify({ year: 2027, papers: ['https://www.gov.cn/x'], days: [{ name: '元旦', date: '2027-01-01', isOffDay: true }] })),
    );
    expect([...more.years.keys()]).toContain(2027);
    expect(more.revision).not.toBe(loadHolidays().revision);
  });
  it.each([
    ['{', 'not JSON'],
    ['{"year":2027,"papers":[],"days":[{"name":"x","date":"2027-02-30","isOffDay":true}]}', 'days.0.date'],
    ['{"year":2027,"papers":[],"days":[],"secret":1}', 'secret'],
  ])('%s is refused with its place', (text, word) => {
    expect(() => loadHolidays(folderWith('2027.json', text))).toThrow(PolicyError);
    expect(() => loadHolidays(folderWith('2027.json', text))).toThrow(word);
  });
});
