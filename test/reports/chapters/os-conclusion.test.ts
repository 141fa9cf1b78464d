import { describe, expect, it } from 'vitest';
import { assessSystems, osConclusion } from '../../../reports/chapters/os-conclusion.ts';
import { osDefects, osLifecycle } from '../../../reports/chapters/os-support.ts';
import type { AdvisoryMatch } from '../../../reports/facts/middleware.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { PERIOD } from '../fixtures/period.ts';

const DAY = 86_400;
const { asOf } = PERIOD.period;
const supported = { value: { rows: [{ node: 'a', os: 'openEuler 24.03', endOfSupportAt: asOf + 365 * DAY }], total: 1 } };
const defect = (severity: AdvisoryMatch['severity'], daysAgo: number, more: Partial<AdvisoryMatch> = {}): AdvisoryMatch => ({
  ...{ id: `openEuler-SA-2026-${daysAgo}`, kind: 'security', severity, publishedAt: asOf - daysAgo * DAY, cves: [], component: 'openssl', current: '1', fixed: '2' },
  ...{ nodes: ['a'], reboot: false, obtainable: true, ...more },
});
const withDefects = (...matches: AdvisoryMatch[]): ReportModel => ({
  ...PERIOD,
  authored: [],
  systems: supported,
  advisories: { value: { feed: 'x', feedAt: asOf, unmatchedNodes: [], matches } },
});

describe('the conclusion on operating systems', () => {
  it.each([
    ['nothing to fix', [], 'excellent'],
    ['defects that are not grave', [defect('important', 90), defect('low', 2)], 'good'],
    ['a critical defect within its thirty days', [defect('critical', 20)], 'fair'],
    ['one of a high score, whatever it is called', [defect('moderate', 20, { score: 9.1 })], 'fair'],
    ['a critical defect whose fix is older', [defect('critical', 31)], 'poor'],
    ['a defect that this service pack gets no fix for', [defect('low', 1, { obtainable: false })], 'poor'],
  ] as const)('with %s', (_what, matches, grade) => expect(assessSystems(withDefects(...matches)).grade).toBe(grade));
  it('names the critical ones and the day by which each is to be fixed, and counts the rest', () => {
    const text = JSON.stringify(osConclusion.write(withDefects(defect('critical', 20), defect('low', 3)), 'zh'));
    const due = new Date((asOf + 10 * DAY) * 1_000 + PERIOD.period.zoneMinutes * 60_000).toISOString().slice(0, 10);
    expect(text).toContain(`1 个严重缺陷的修复尚未安装：openssl（openEuler-SA-2026-20）须在 ${due} 前修复。其余 1 个公告的修复待安装`);
    expect(text).toContain('"结论：中"');
  });
});

describe('the chapters before it', () => {
  it('say the command once, and per defect only what it asks for', () => {
    const blocks = osDefects.write(withDefects(defect('critical', 20), defect('low', 3, { reboot: true })), 'en');
    expect(JSON.stringify(blocks).match(/dnf update/g)).toHaveLength(1);
    const rows = blocks.flatMap((block) => (block.type === 'table' ? block.rows.map((row) => row.at(-1)?.text) : []));
    expect(rows).toEqual(['Install', 'Install, reboot']);
  });
  it('say no command where no fix can be installed', () => {
    expect(JSON.stringify(osDefects.write(withDefects(defect('low', 3, { obtainable: false })), 'en'))).not.toContain('dnf');
  });
  it('leave out product lines that nothing uses', () => {
    const lifecycles = {
      value: [
        { product: 'openEuler', version: '24.03', inUse: 1 },
        { product: 'DCE 5.y', version: '—', inUse: 0 },
      ].map((one) => ({ ...one, source: 'x', sourceAt: asOf })),
    };
    const text = JSON.stringify(osLifecycle.write({ ...PERIOD, lifecycles }, 'zh'));
    expect(text).toContain('openEuler');
    expect(text).not.toContain('DCE');
  });
});
