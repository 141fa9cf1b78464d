import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogueMarkdown } from '../../../agent/checks/catalogue.ts';
import { CHECKS } from '../../../agent/checks/index.ts';
import { SUBJECTS } from '../../../agent/checks/subjects/index.ts';

const ALL = SUBJECTS.flatMap(({ subjects }) => subjects);
const IDS = new Set(CHECKS.map(({ id }) => id));

it('every check that a subject names exists', () => {
  expect(ALL.flatMap(({ checks }) => checks).filter((id) => !IDS.has(id))).toEqual([]);
});
it('a subject has checks or a reason, in both languages, never both and never neither', () => {
  for (const { title, checks, why } of ALL) {
    expect(title.zh.length > 0 && title.en.length > 0, title.en).toBe(true);
    expect(checks.length > 0, title.en).toBe(why === undefined);
    expect(new Set(checks).size, title.en).toBe(checks.length);
  }
});
it('the READMEs promise no more checks than there are, and not many fewer', () => {
  for (const file of ['README.md', 'README.zh-CN.md']) {
    const text = readFileSync(join(import.meta.dirname, '../../..', file), 'utf8');
    const promised = Number(/\*\*(?:More than )?([\d,]+) ?(?:多项检查|checks)\*\*/.exec(text)?.[1]?.replace(',', ''));
    expect(CHECKS.length, file).toBeGreaterThanOrEqual(promised);
    expect(CHECKS.length, file).toBeLessThan(promised * 1.25);
  }
});
it('no subject stands twice in its group', () => {
  for (const { subjects } of SUBJECTS) expect(new Set(subjects.map(({ title }) => title.en)).size).toBe(subjects.length);
});
it('a check that a reason names exists', () => {
  const named = ALL.flatMap(({ why }) => why?.en.match(/\b[a-z]+(?:-[a-z0-9]+){2,}\b/g) ?? []).filter((word) => !['least-privilege'].includes(word));
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((word) => !IDS.has(word))).toEqual(['node-problem-detector'].filter((word) => named.includes(word)));
});
it('the catalogue quotes no ids but those of its checks and thresholds', () => {
  const section = catalogueMarkdown(['zh', 'en']).split('## 巡检内容')[1] ?? '';
  expect(section).not.toMatch(/\b(node|cp|etcd|pod|wl|res|net|sec|cert|pvc|mw)\.[a-z]+/);
  for (const [, id = ''] of section.matchAll(/`([^`]+)`/g)) expect(IDS.has(id), id).toBe(true);
});
