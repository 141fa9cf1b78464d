import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import type { Block } from '../../../reports/blocks.ts';
import { KINDS } from '../../../reports/kinds/index.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { renderHtml } from '../../../reports/renderers/html.ts';
import { CLUSTER_ONLY, EMPTY, HEALTHY_CLUSTER, HOST_ONLY, RICH } from '../fixtures/models.ts';
import { PERIOD } from '../fixtures/period.ts';

/** Every element that opens is closed in order: hostile names did not break the page. */
function expectBalanced(page: string): void {
  const body = page.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<!doctype html>/, '');
  const open: string[] = [];
  for (const [, close, name = '', selfClosing] of body.matchAll(/<(\/?)([a-zA-Z][\w-]*)(?:"[^"]*"|[^>"])*?(\/?)>/g)) {
    if (selfClosing || ['meta', 'wbr', 'br', 'hr', 'col', 'img'].includes(name)) continue;
    if (close) expect(open.pop()).toBe(name);
    else open.push(name);
  }
  expect(open).toEqual([]);
}

describe.each([
  ['rich', RICH],
  ['host only', HOST_ONLY],
  ['cluster only', CLUSTER_ONLY],
  ['healthy', HEALTHY_CLUSTER],
  ['empty', EMPTY],
] as const)('the page of a %s run', (_name, model: ReportModel) => {
  it.each(LOCALES)('is self-contained, whole and always the same (%s)', async (locale) => {
    const page = await renderHtml(model, locale);
    expect(page).toBe(await renderHtml(model, locale));
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:"`);
    expect(page).not.toMatch(/<script|<link|<iframe|<object| on\w+="|javascript:|undefined|NaN|\[object/);
    expect([...page.matchAll(/https?:\/\/[^\s"<]+/g)].map(([url]) => url).filter((url) => !url.startsWith('http://www.w3.org/'))).toEqual([]);
    expectBalanced(page);
    const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target);
  });
});

describe('hostile names', () => {
  const evil = '</style></title><script>alert(1)</script><img src=x onerror=alert(1)>"\'`\u202E\u0007';
  const hostile: ReportModel = {
    ...RICH,
    subject: { ...RICH.subject, customer: evil, cluster: evil, host: evil },
    product: { ...RICH.product, version: evil },
    findings: RICH.findings.map((finding) => ({
      ...finding,
      check: finding.check,
      scope: { ...finding.scope, name: evil, ...(finding.scope.node !== undefined && { node: evil }) },
      observed: evil,
      threshold: `${evil}${'x'.repeat(1_000_000)}`,
    })),
    accepted: RICH.accepted.map((risk) => ({ ...risk, owner: evil, reason: evil, expires: evil })),
    expired: [{ check: evil, owner: evil, expires: evil }],
    checks: RICH.checks.map((check) => ({ ...check, title: { zh: evil, en: evil }, why: { zh: evil, en: evil }, remedy: { zh: evil, en: evil } })),
    gatherers: RICH.gatherers.map((report) => ({ ...report, section: `__proto__${evil}` })),
  };
  it.each(LOCALES)('do not break the page (%s)', async (locale) => {
    const page = await renderHtml(hostile, locale);
    expect(page).not.toMatch(/<script|<img|\u202E|\u0007/);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page.length).toBeLessThan(2_000_000);
    expectBalanced(page);
  });
});

it('has a renderer for every block', () => {
  // The switch is exhaustive by type; this list fails to compile when a block is added without a thought here.
  const types: Readonly<Record<Block['type'], true>> = {
    heading: true,
    paragraph: true,
    list: true,
    keyFigures: true,
    table: true,
    chart: true,
    callout: true,
    finding: true,
    signOff: true,
    collapsed: true,
    pageBreak: true,
  };
  expect(Object.keys(types)).toHaveLength(11);
});
it('says how many rows of how many it shows', async () => {
  const planned = { ...RICH, expired: Array.from({ length: 130 }, () => ({ check: 'disk-space-low', owner: 'Li', expires: '2026-01-01' })) };
  expect(await renderHtml(planned, 'zh')).toContain('显示 100 行，共 130 行');
  expect(await renderHtml(planned, 'en')).toContain('shows 100 of 130 rows');
});

describe('a problem of many objects', () => {
  const [one] = HOST_ONLY.findings;
  const manyOf = (count: number): ReportModel => ({
    ...HOST_ONLY,
    findings: Array.from({ length: count }, (_, index) => ({ ...one, scope: { kind: 'Mount', node: 'n', name: `/mount-${index}.` } }) as ReportModel['findings'][number]),
  });
  const blockOf = (page: string): string => /<article class="finding \w+">\n<header><span class="level[\s\S]*?<\/article>/.exec(page)?.[0] ?? '';
  it('shows the worst few, and holds the rest behind a click', async () => {
    const [inView = '', behind = ''] = blockOf(await renderHtml(manyOf(12), 'en')).split('<details');
    expect(inView.match(/<td class="name">/g)).toHaveLength(5);
    expect(behind.match(/<td class="name">/g)).toHaveLength(7);
    expect(behind).toContain('and 7 other objects; all are in the workbook and the JSON file of this report');
  });
  it('does not hide a single one', async () => expect(blockOf(await renderHtml(manyOf(6), 'en'))).not.toContain('<details'));
  it('says how many it left out even behind the click', async () => expect(blockOf(await renderHtml(manyOf(300), 'zh'))).toContain('此处略去 100 个'));
});

it('never breaks a day in a table', async () => {
  for (const kind of ['s360', 'monthly']) {
    const page = await renderHtml(
      PERIOD,
      'en',
      KINDS.find(({ id }) => id === kind),
    );
    const cells = [...page.matchAll(/<td [^>]*>(.*?)<\/td>/g)].map(([, cell = '']) => cell);
    const days = cells.filter((cell) => /\d{4}-(?:<wbr>)?\d\d-(?:<wbr>)?\d\d/.test(cell));
    expect(days.length).toBeGreaterThan(5);
    for (const cell of days.filter((one) => !one.includes('class="id"')))
      expect(cell.replace(/<span class="day">\d{4}-\d\d-\d\d<\/span>/g, '')).not.toMatch(/\d{4}-(?:<wbr>)?\d\d-/);
    expect(page).toContain('.day{white-space:nowrap}');
  }
});

it('leaves what is collapsed off the paper', async () => {
  const page = await renderHtml(RICH, 'en');
  expect(page).toContain('<details class="screen"><summary>Show the results of all');
  expect(page).toMatch(/@media print\{[\s\S]*details\.screen\{display:none\}/);
  // A browser knows nothing of what is left of a page: a forced break would leave pages with two lines.
  expect(page).not.toMatch(/class="pagebreak"|\.chapter:not\(\.short\):not\(\.runson\)\{break-before:page\}/);
  expect(page).toContain('.scroll.whole{break-inside:avoid}');
});
