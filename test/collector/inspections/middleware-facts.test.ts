/** What reports say of instances: a TongWeb of which only files are read, and a Redis within its blackout. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import { verdictsByInstance } from '../../../agent/checks/instance-verdicts.ts';
import { REACHES } from '../../../agent/wire/sections/middleware/products.ts';
import { REPORT_CHECKS } from '../../../bin/report-knowledge.ts';
import { middlewareFactsOf } from '../../../collector/inspections/middleware-facts.ts';
import { adviceChapter } from '../../../reports/chapters/tongtech-advice.ts';
import type { List } from '../../../reports/lists/list.ts';
import { instanceState, resourceItems } from '../../../reports/lists/middleware.ts';
import { datasourcesList, listenersList } from '../../../reports/lists/middleware-pools.ts';
import { gapsList, settingsList } from '../../../reports/lists/middleware-settings.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { known } from '../../../reports/model.ts';
import { unreadRemedy } from '../../../reports/unread-remedies.ts';
import { EMPTY } from '../../reports/fixtures/models.ts';
import { declaredAt, inspectHostMiddleware } from '../../support/middleware.ts';
import { put, tongweb7 } from '../../support/tongweb-tree.ts';

const NOW = Math.floor(Date.now() / 1_000);
const root = mkdtempSync(join(tmpdir(), 'xunjian-facts-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function modelOf(): Promise<ReportModel> {
  const tree = { root, now: NOW };
  put(tree, '/etc/hostname', 'app-1\n');
  tongweb7(tree, { options: '-Xms512m\n-Xmx512m\n' });
  const dark = declaredAt('redis', 'dark', {}, { addresses: [{ host: '192.0.2.1', port: 6379 }], blackout: [{ from: NOW - 60, to: NOW + 60 }] });
  const { sections, verdicts, findings } = await inspectHostMiddleware({ root, now: NOW, instances: [dark] });
  const alone = verdictsByInstance(CHECKS, sections, [], new Set(['middleware']), { now: NOW, host: 'app-1' }, undefined);
  const middleware = middlewareFactsOf({ sections, gatherers: [], verdicts, findings, checkTexts: REPORT_CHECKS, instanceVerdicts: alone });
  return { ...EMPTY, middleware };
}

describe('middleware in a report', () => {
  it('never calls an instance sound that nobody looked at', async () => {
    const model = await modelOf();
    const dark = known(model.middleware)?.rows.find(({ name }) => name === 'dark');
    expect(dark?.items.filter(({ verdict }) => verdict === 'pass')).toEqual([]);
    expect(dark && instanceState(dark, 'zh', model).text).toMatch(/未检查/);
  });

  it('says of each instance that was not read in full why, and what to do about it', async () => {
    const model = await modelOf();
    const rows = known(gapsList.pick(model))?.rows ?? [];
    expect(rows.map(({ instance, gap }) => `${instance.product} ${gap.reach}`).toSorted()).toEqual(['Redis blackout', 'TongWeb files-only']);
    for (const locale of ['zh', 'en'] as const)
      expect(rows.map((row) => gapsList.columns.map((column) => column.cell(row, model, locale).text).join(' ')).join(' ')).toMatch(
        /options\.jolokia.*blackout|blackout.*options\.jolokia/,
      );
    for (const reach of REACHES) expect(unreadRemedy('mysql', reach) === undefined).toBe(reach === 'ok');
    expect(unreadRemedy('mysql', 'partial')?.en).toContain('GRANT PROCESS');
    expect(unreadRemedy('rabbitmq', 'protocol')?.zh).toContain('rabbitmq_management');
    // An address alone is not enough for these.
    expect(unreadRemedy('nginx', 'not-addressed')?.zh).toContain('options.statusPath');
    expect(unreadRemedy('tomcat', 'not-addressed')?.en).toContain('options.jolokia');
  });

  it('says once why several instances of a product were not read', async () => {
    const model = await modelOf();
    const middleware = known(model.middleware);
    const gap = middleware?.rows.find(({ name }) => name === 'dark')?.gap ?? middleware?.rows.find((row) => row.gap)?.gap;
    const first = middleware?.rows.find((row) => row.gap === gap);
    if (!middleware || !first || !gap) throw new Error('no instance with a gap');
    const rows = [1, 2, 3].map((number) => ({ ...first, name: `dark-${number}` }));
    const told = known(gapsList.pick({ ...model, middleware: { value: { rows, total: rows.length } } }))?.rows ?? [];
    expect(told).toHaveLength(1);
    const line = told.map((row) => gapsList.columns.map((column) => column.cell(row, model, 'en').text))[0];
    expect(line).toContain('dark-1 and 2 more');
    expect(line).toContain(String(gap.unanswered * 3));
    // And what to adjust is the way for that reason, not for all there are.
    const item = {
      group: 'platform',
      name: 'unread',
      check: 'middleware-instance-unread',
      remedy: { zh: '一切可能', en: 'everything' },
      verdict: 'fail',
      severity: 'warning',
      unit: 'value',
    } as const;
    const advised = JSON.stringify(adviceChapter.write({ ...model, middleware: { value: { rows: [{ ...first, items: [item] }], total: 1 } } }, 'en'));
    // What could not be read is no problem that was found: the list above tells the way to read it, the plan does not.
    expect(advised).toContain('unknown whether there are issues');
    expect(advised).not.toContain('everything');
  });

  it('lists the settings that were read with their values, sizes with a unit', async () => {
    const model = await modelOf();
    const told = new Map((known(settingsList.pick(model))?.rows ?? []).map((row) => [row.setting.key, settingsList.columns.at(-1)?.cell(row, model, 'zh').text]));
    expect(told.get('listener.max-threads')).toBe('200');
    expect(told.get('jvm.xmx')).toBe('512 MiB');
    expect(JSON.stringify([...told])).not.toContain('canary');
  });

  it('lists the listeners and data sources of a TongWeb, without a name or the address of any database', async () => {
    const model = await modelOf();
    const lines = <T>(list: List<T>): string =>
      JSON.stringify((known(list.pick(model))?.rows ?? []).map((row) => list.columns.map((column) => column.cell(row, model, 'zh').text)));
    expect(lines(listenersList)).toMatch(/"应用","8088","否","200"/);
    expect(lines(datasourcesList)).toMatch(/"1","dm","50"/);
    expect(JSON.stringify(model.middleware)).not.toMatch(/canary|jdbc:/);
  });

  it('tells limits in the unit of what was measured', async () => {
    const model = await modelOf();
    const items = known(model.middleware)?.rows.flatMap(({ items: own }) => own) ?? [];
    const small = items.find(({ check }) => check === 'tongweb-heap-too-small');
    expect(small).toMatchObject({ verdict: 'fail', unit: 'bytes', advised: 1_073_741_824 });
    const limit = resourceItems.columns.find(({ title }) => title.en === 'Limit');
    const instance = known(model.middleware)?.rows[0];
    expect(small && instance && limit?.cell({ instance, item: small }, model, 'zh').text).toBe('≥ 1 GiB');
  });
});
