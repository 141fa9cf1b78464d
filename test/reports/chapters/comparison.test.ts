/** Reports of a day, a week and a month about what moved since the report before. */
import { expect, it } from 'vitest';
import type { Block, FindingBlock, TableBlock } from '../../../reports/blocks.ts';
import { writeDocument } from '../../../reports/document.ts';
import type { ComparedFinding, Standing } from '../../../reports/facts/period.ts';
import { groupByCheck } from '../../../reports/findings.ts';
import { findKind } from '../../../reports/kinds/index.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { PERIOD } from '../fixtures/period.ts';

function blocksOf(kind: string, chapter: string, model: ReportModel): readonly Block[] {
  const { chapters } = writeDocument(findKind(kind) ?? expect.fail('no kind'), model, 'en');
  return chapters.find(({ id }) => id === chapter)?.blocks ?? expect.fail('no chapter');
}
const compared = known(PERIOD.comparison)?.findings ?? [];
const RANK = ['critical', 'warning', 'info'];
const movedTable = (model: ReportModel): TableBlock | undefined =>
  blocksOf('weekly', 'running-state', model).find((block): block is TableBlock => block.type === 'table' && block.title.includes('New, worse and resolved'));
const withFindings = (findings: readonly ComparedFinding[]): ReportModel => ({
  ...PERIOD,
  comparison: { value: { previousAsOf: PERIOD.period.asOf - 86_400, previousScore: 1, findings } },
});

it('a report of a week has a row for each problem that it counts as new, worse or resolved, and none for the others', () => {
  const text = JSON.stringify(blocksOf('weekly', 'running-state', PERIOD));
  const count = (standing: Standing): number => compared.filter((one) => one.standing === standing).length;
  expect(text).toContain(`${count('new')} new, ${count('worse')} worse, `);
  const table = movedTable(PERIOD) ?? expect.fail('no table');
  expect(table.total).toBe(count('new') + count('worse') + count('gone'));
  expect(table.rows.length).toBeLessThanOrEqual(15);
  // New and worse ones by their severity, so that no notice has the place of a critical problem; what is gone comes last.
  const severities = movedTable(withFindings(compared.filter(({ standing }) => standing === 'new' || standing === 'worse').slice(0, 12)))?.rows.map(
    ([, severity]) => severity?.tone,
  );
  expect(severities).toEqual(severities?.toSorted((one, other) => RANK.indexOf(String(one)) - RANK.indexOf(String(other))));
  const last = movedTable(withFindings(compared.slice(-12)))?.rows.map(([standing]) => standing?.text);
  expect(last?.slice(-2)).toEqual(['✓ Gone', '✓ Gone']);
});
it('and no table where nothing moved', () => {
  expect(movedTable(withFindings(compared.filter(({ standing }) => standing === 'open')))).toBeUndefined();
  expect(movedTable({ ...PERIOD, comparison: { missing: 'no-history' } })).toBeUndefined();
});

it('the details of a day begin with what is new or worse, however grave the old problems are', () => {
  const urgent = groupByCheck(PERIOD).filter(({ severity }) => severity !== 'info');
  const last = urgent.at(-1) ?? expect.fail('no problem');
  const model = withFindings(PERIOD.findings.map((finding): ComparedFinding => ({ finding, standing: finding.check === last.check ? 'new' : 'open', firstSeenAt: 0, reports: 2 })));
  const detailed = blocksOf('daily', 'abnormalities', model).filter((block): block is FindingBlock => block.type === 'finding');
  expect(detailed.length).toBeLessThan(urgent.length);
  expect(detailed[0]?.check).toBe(last.check);
  expect(detailed[1]?.check).toBe(urgent[0]?.check);
});
