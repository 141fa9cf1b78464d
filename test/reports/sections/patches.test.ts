/** Published defects in reports about more than operating systems: said where problems are listed, and never passed over in silence. */
import { describe, expect, it } from 'vitest';
import { writeDocument } from '../../../reports/document.ts';
import type { AdvisoryMatch } from '../../../reports/facts/middleware.ts';
import { findKind } from '../../../reports/kinds/index.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { gravePatches, patchState } from '../../../reports/sections/patches.ts';
import { PERIOD } from '../fixtures/period.ts';

const DAY = 86_400;
const { asOf } = PERIOD.period;
const defect = (id: string, severity: AdvisoryMatch['severity'], daysAgo: number): AdvisoryMatch => ({
  ...{
    id,
    kind: 'security',
    severity,
    publishedAt: asOf - daysAgo * DAY,
    cves: [],
    component: 'openssl',
    current: '1',
    fixed: '2',
    nodes: ['a', 'b'],
    reboot: false,
    obtainable: true,
  },
});
const withDefects = (...matches: AdvisoryMatch[]): ReportModel => ({ ...PERIOD, advisories: { value: { feed: 'x', feedAt: asOf, unmatchedNodes: [], matches } } });
const textOf = (id: string, model: ReportModel): string => {
  const kind = findKind(id);
  if (!kind) throw new Error(id);
  return JSON.stringify(writeDocument(kind, model, 'zh').chapters);
};

describe('published defects of the operating systems', () => {
  it.each(['s360', 'risk', 'expert', 'daily', 'monthly', 'weekly'])('that are grave stand beside the problems of %s', (id) => {
    expect(textOf(id, withDefects(defect('openEuler-SA-1', 'critical', 20)))).toContain('操作系统另有 1 个严重缺陷未修复');
    expect(textOf(id, withDefects(defect('openEuler-SA-1', 'important', 20)))).not.toContain('个严重缺陷未修复');
  });
  it('say since when a fix is overdue', () => {
    const [block] = gravePatches(withDefects(defect('SA-1', 'critical', 40), defect('SA-2', 'critical', 3)), 'en');
    expect(block).toMatchObject({ type: 'callout', tone: 'critical' });
    expect(JSON.stringify(block)).toMatch(/openssl \(SA-1\), overdue since \d{4}-\d\d-\d\d; openssl \(SA-2\), to be fixed by/);
  });
  it('are told in a TongTech report, and where none were imported it says that patches were not assessed', () => {
    const open = textOf('tongtech', withDefects(defect('openEuler-BA-2', 'low', 5), defect('openEuler-SA-1', 'critical', 20)));
    expect(open).toContain('2 个公告的修复尚未安装：openssl openEuler-SA-1（2 台）、openssl openEuler-BA-2（2 台）');
    expect(open).toContain('操作系统另有 1 个严重缺陷未修复');
    expect(textOf('tongtech', { ...PERIOD, advisories: { missing: 'not-gathered' } })).toContain('补丁未判断');
    expect(JSON.stringify(patchState(withDefects(), 'zh'))).toContain('没有待修复的缺陷');
  });
});
