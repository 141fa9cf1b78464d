import { describe, expect, it } from 'vitest';
import type { TableBlock } from '../../../reports/blocks.ts';
import { writeDocument } from '../../../reports/document.ts';
import { findKind, KINDS } from '../../../reports/kinds/index.ts';
import { known, type ReportModel } from '../../../reports/model.ts';
import { EMPTY, RICH } from '../fixtures/models.ts';
import { PERIOD } from '../fixtures/period.ts';
import { textForm } from '../fixtures/text-form.ts';

function textOf(id: string, model: ReportModel, locale: 'zh' | 'en'): string {
  const kind = findKind(id);
  if (!kind) throw new Error(id);
  return textForm(writeDocument(kind, model, locale));
}
const incidents = known(PERIOD.incidents)?.rows ?? [];

describe('where lists are from', () => {
  it.each(['risk', 'backup', 'cost', 'demands', 'changes'])('is no event log in a report without incidents: %s', (id) => {
    expect(textOf(id, PERIOD, 'zh')).not.toContain('按事件日志生成');
    expect(textOf(id, PERIOD, 'en')).not.toContain('event log');
  });
  it.each(['events', 'problems', 'fault', 'weekly', 'monthly'])('is the event log where it tells incidents: %s', (id) => {
    expect(textOf(id, PERIOD, 'zh')).toContain('按事件日志生成');
  });
  it.each(KINDS.map(({ id }) => id))('names no file that nobody hands over: %s', (id) => {
    for (const model of [PERIOD, RICH]) expect(textOf(id, model, 'zh')).not.toContain('report.json');
  });
});

describe('missed targets', () => {
  it('ask for causes only where one is missing, and end sentences as their own language does', () => {
    const given = textOf('events', PERIOD, 'en');
    expect(given).toContain('Missed SLA targets and their causes');
    expect(given).not.toContain('fills in empty causes');
    const chinese: ReportModel = {
      ...PERIOD,
      incidents: {
        value: { rows: incidents.map((row) => ({ ...row, cause: '值班电话未转接。', actions: [{ text: '改为双人转接' }, { text: '每月拨测' }] })), total: incidents.length },
      },
    };
    expect(textOf('events', chinese, 'en')).toContain('值班电话未转接。Improvement: 改为双人转接；每月拨测');
    const open: ReportModel = { ...PERIOD, incidents: { value: { rows: incidents.map((row) => ({ ...row, cause: undefined, actions: undefined })), total: incidents.length } } };
    expect(textOf('monthly', open, 'zh')).toContain('空白的原因与改进由服务方在签字前填写');
  });
});

describe('the conclusion of a report on operating systems', () => {
  it('says once why there is none, and has no advice that was written for the cluster', () => {
    const model: ReportModel = {
      ...PERIOD,
      advisories: undefined,
      authored: [
        { place: 'recommendations', markdown: '扩为三台管理节点' },
        { place: 'os-recommendations', markdown: '升级到 SP4' },
      ],
    };
    const text = textOf('os-support', model, 'en');
    expect(text).toContain('No overall assessment: ');
    expect(text).not.toMatch(/so [^.]*, so /);
    expect(text).not.toContain('三台管理节点');
    expect(text).toContain('升级到 SP4');
  });
});

describe('what inspections saw and nobody registered', () => {
  const { asOf } = PERIOD.period;
  const at = asOf - 45 * 86_400;
  const [host] = RICH.hosts;
  const hosts = ['w-1', 'w-2'].map((name) => ({ ...host, name, system: { value: { uptimeSeconds: 45 * 86_400 } } })) as unknown as ReportModel['hosts'];
  const rows = ['w-1', 'w-2'].map((node) => ({ node, os: 'openEuler', kernel: '6.6', updatedAt: at }));
  const seen: ReportModel = { ...PERIOD, hosts, systems: { value: { rows, total: 2 } }, changeRecords: { value: { rows: [], total: 0 } } };
  const change = { number: 'BG-1', title: '升级补丁', from: at - 7_200, until: at - 3_600, result: 'done' } as const;
  it('is pointed out below the list of changes', () => {
    expect(textOf('changes', seen, 'zh')).toMatch(/未登记为变更的操作[\s\S]*w-1、w-2 更新软件包并重启/);
    expect(textOf('monthly', seen, 'en')).toContain('packages updated and restarted: w-1, w-2');
  });
  it('has a row for the result of looking into it, which both fill in before they sign', () => {
    const { chapters } = writeDocument(findKind('changes') ?? expect.fail('no kind'), seen, 'zh');
    const check = chapters.flatMap(({ blocks }) => blocks).find((block): block is TableBlock => block.type === 'table' && block.title.includes('未登记操作的核对'));
    expect(check?.rows).toHaveLength(1);
    expect(check?.rows[0]?.map(({ text }) => text).slice(2)).toEqual(['', '', '']);
    expect(JSON.stringify(chapters.find(({ id }) => id === 'sign-off'))).toContain('核对结果由双方在签字前填写');
    const done = { ...change, from: asOf - 7_200, until: asOf - 3_600 };
    expect(textOf('changes', { ...seen, changeRecords: { value: { rows: [done], total: 1 } } }, 'zh')).toContain('全部成功。另有 1 天的操作没有登记为变更');
  });
  it('is not where a change was registered for it, before the period, or where nobody keeps changes', () => {
    const quiet = [
      { ...seen, changeRecords: { value: { rows: [change], total: 1 } } },
      { ...seen, period: { ...PERIOD.period, from: asOf - 40 * 86_400 } },
      { ...seen, changeRecords: { missing: 'not-gathered' } },
    ] satisfies readonly ReportModel[];
    for (const model of quiet) expect(textOf('changes', model, 'zh')).not.toContain('未登记为变更的操作');
  });
});

it('a window without a number of its own says so, and what its mark is for', () => {
  const row = { number: '89db1a6b', isUnnumbered: true, title: '升级存储插件', from: PERIOD.period.asOf - 7_200, until: PERIOD.period.asOf, result: 'unrecorded' } as const;
  const told = (change: object): string => textOf('changes', { ...PERIOD, changeRecords: { value: { rows: [{ ...row, ...change }], total: 1 } } }, 'zh');
  expect(told({})).toContain('无变更单号（窗口 89db1a6b）');
  expect(told({})).toMatch(/登记其结果时以此为编号/);
  expect(told({ number: 'BG-1', isUnnumbered: undefined, result: 'done' })).not.toContain('无变更单号');
});

it('a list of changes counts what there is, and nothing that there is not', () => {
  const row = { number: 'BG-1', title: '扩容', from: PERIOD.period.asOf - 7_200, until: PERIOD.period.asOf, result: 'done' } as const;
  const lead = (rows: readonly (typeof row | { readonly result: 'failed' })[], locale: 'zh' | 'en'): string =>
    textOf('changes', { ...PERIOD, changeRecords: { value: { rows: rows.map((one) => ({ ...row, ...one })), total: rows.length } } }, locale);
  expect(lead([row, row], 'zh')).toContain('本期 2 项变更，全部成功。');
  expect(lead([row, { result: 'failed' }], 'zh')).toContain('本期 2 项变更：成功 1 项；失败、回退或超窗 1 项。');
  expect(lead([row, row], 'en')).toContain('2 changes in the period, all of them successful.');
});

describe('the first revision', () => {
  const revisions = (model: ReportModel) => {
    const kind = findKind('monthly');
    return kind && writeDocument(kind, { ...model, revisions: undefined }, 'zh').revisions.rows;
  };
  it('is no older than what the report counts, and says who reviews it', () => {
    const { asOf } = PERIOD.period;
    const later: ReportModel = { ...PERIOD, period: { ...PERIOD.period, to: asOf + 2 * 86_400 } };
    const [[, before] = [], [, after] = []] = [revisions(PERIOD)?.[0], revisions(later)?.[0]];
    expect(Date.parse(after ?? '') - Date.parse(before ?? '')).toBe(2 * 86_400_000);
    expect(revisions(PERIOD)?.[0]?.at(-1)).toContain('审核人在“审核”栏签名');
    expect(revisions({ ...EMPTY, period: PERIOD.period })?.[0]?.at(-1)).toBe('由巡检数据自动生成');
  });
});

it('the vendor’s product that no table of support dates has is said to lack one', () => {
  expect(textOf('tongtech', PERIOD, 'zh')).toMatch(/没有 TongWeb[^。]*的停止支持日期/);
  const rows = known(PERIOD.lifecycles) ?? [];
  const life = { product: 'TongWeb', version: '7.0', inUse: 1, endOfSupportAt: PERIOD.period.asOf, source: 'x', sourceAt: 0 };
  expect(textOf('tongtech', { ...PERIOD, lifecycles: { value: [...rows, life] } }, 'zh')).not.toMatch(/没有 TongWeb[^。]*的停止支持日期/);
});
it('what nobody measured has no unit', () => {
  const costs = known(PERIOD.costs);
  const model: ReportModel = { ...PERIOD, ...(costs && { costs: { value: { ...costs, usedMillicores: undefined, usedBytes: undefined } } }) };
  expect(textOf('cost', model, 'zh')).toContain('未采集使用量');
  expect(textOf('cost', model, 'zh')).not.toMatch(/— ?%/);
});
it('patterns of a log read as problems, and two instances as both', () => {
  const text = textOf('tongtech', PERIOD, 'en');
  expect(text).not.toMatch(/heap ran out|could be made|\ball 2 /);
});
