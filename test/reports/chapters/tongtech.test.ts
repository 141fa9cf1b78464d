import { describe, expect, it } from 'vitest';
import type { TableBlock } from '../../../reports/blocks.ts';
import { writeDocument } from '../../../reports/document.ts';
import type { MiddlewareInstance, MiddlewareItem } from '../../../reports/facts/middleware.ts';
import { tongtech } from '../../../reports/kinds/tongtech.ts';
import { assessMiddleware } from '../../../reports/middleware-assessment.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { unreadRemedy } from '../../../reports/unread-remedies.ts';
import { HOST_ONLY } from '../fixtures/models.ts';
import { textForm } from '../fixtures/text-form.ts';

const item = (check: string, verdict: MiddlewareItem['verdict'], rest: Partial<MiddlewareItem> = {}): MiddlewareItem => ({
  ...{ group: 'load', name: check, check, title: { zh: `问题 ${check}`, en: `Problem ${check}` }, unit: 'percent', severity: 'warning', verdict },
  ...rest,
});
const instance = (name: string, rest: Partial<MiddlewareInstance> = {}): MiddlewareInstance => ({
  ...{ name, product: 'Tomcat', vendor: 'other', deployment: 'host', node: 'a', running: true, items: [] },
  ...rest,
});
const of = (...rows: readonly MiddlewareInstance[]): ReportModel => ({ ...HOST_ONLY, findings: [], middleware: { value: { rows, total: rows.length } } });
const written = (model: ReportModel): string => textForm(writeDocument(tongtech, model, 'zh'));
const tables = (model: ReportModel): readonly TableBlock[] =>
  writeDocument(tongtech, model, 'zh').chapters.flatMap(({ blocks }) => blocks.filter((block): block is TableBlock => block.type === 'table'));

describe('an instance that could not be read', () => {
  const unread = instance('db', {
    product: 'PostgreSQL',
    running: undefined,
    gap: { product: 'postgresql', reach: 'credentials-missing', unanswered: 1 },
    items: [
      item('middleware-instance-unread', 'fail', { observed: 'credentials-missing' }),
      item('postgresql-connections-high', 'unknown', { reason: 'unauthorized' }),
      item('middleware-instance-down', 'pass'),
    ],
  });
  it('was not checked: neither a risk nor in order, and no problem of the list', () => {
    const text = written(of(unread));
    expect(text).toContain('PostgreSQL | db | — | 主机 | a | ? 未检查');
    expect(text).not.toContain('问题 middleware-instance-unread');
    expect(assessMiddleware(of(unread))).toMatchObject({ critical: 0, warning: 0 });
  });
  it('is told once with the way to read it, not item by item', () => {
    const text = written(of(unread));
    expect(text).toMatch(/未能完整读取的实例与补齐办法[^\n]*\n[^\n]*\nPostgreSQL \| db \| 未提供口令 \| 1 \|/);
    expect(text).not.toContain('问题 postgresql-connections-high');
  });
  it('sends nobody to a file of this repository', () => {
    for (const product of ['postgresql', 'kafka', 'tlq', 'redis'] as const)
      for (const reach of ['credentials-missing', 'no-rights', 'partial'] as const) expect(JSON.stringify(unreadRemedy(product, reach))).not.toContain('docs/');
  });
});

describe('an instance that is not running', () => {
  const stopped = instance('web', { running: false, gap: { product: 'tomcat', reach: 'files-only', unanswered: 1 }, items: [item('tomcat-heap-high', 'unknown')] });
  it('is said to be so where instances are listed and where problems are, with what to do', () => {
    const text = written(of(stopped));
    expect(text).toContain('▲ 未运行');
    expect(text).toMatch(/1 \| ▲ 风险 \| web \| 实例未运行 \| 确认是否有意停用/);
  });
});

describe('items that are named after the problem', () => {
  const model = of(
    instance('web', {
      items: [
        item('tomcat-heap-high', 'pass', { advised: 80, observed: 41 }),
        item('tomcat-nofile-low', 'fail', { advised: 65_535, observed: 1_024, unit: 'count', severity: 'critical' }),
      ],
    }),
    instance('web-2', { items: [item('tomcat-nofile-low', 'fail', { advised: 65_535, observed: 1_024, unit: 'count', severity: 'critical' })] }),
  );
  it('are not found where they passed, and their limits say the side and the unit', () => {
    const text = written(model);
    expect(text).toContain('web | 问题 tomcat-heap-high | 41 % | < 80 % | ✓ 未发现');
    expect(text).toContain('问题 tomcat-nofile-low | 1,024 | ≥ 65,535 | ■ 严重');
  });
  it('are counted in the conclusion as often as the list of problems has them', () => {
    const list = tables(model).find(({ title }) => title.includes('中间件问题与调整建议'));
    expect(list?.rows.filter((row) => row[1]?.text === '■ 严重')).toHaveLength(1);
    expect(assessMiddleware(model).critical).toBe(1);
  });
});

describe('patterns of the log', () => {
  it('stand each for itself, though several are one check’s, and say when they came last', () => {
    const pattern = (name: string, observed: number, rest: Partial<MiddlewareItem> = {}): MiddlewareItem => ({
      ...item('tongweb-oom', observed > 0 ? 'fail' : 'pass', { group: 'log', name, title: undefined, unit: 'count', observed, ...rest }),
    });
    const items = [pattern('oom-metaspace', 0), pattern('oom-native-thread', 0)];
    const one = instance('a', { product: 'TongWeb', items: [pattern('oom-heap', 3, { severity: 'critical', lastAt: Date.UTC(2026, 11, 30, 13) / 1_000 }), ...items] });
    const other = instance('b', { product: 'TongWeb', items: [pattern('oom-heap', 0), ...items] });
    const text = written(of(one, other));
    expect(text).toMatch(/\na \| 堆内存溢出（最近一次 2026-12-30 21:00）/);
    expect(text.match(/全部 2 个 TongWeb 实例/g)).toHaveLength(2);
    expect(text).not.toMatch(/等 \d 个实例/);
  });
});
