/** The chart takes what releases of an older one hold (`test/fixtures/charts/README.md`). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CHART, NO_HELM, objectsOf, rendered, tool } from '../support/helm.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/charts');
const OLDER = readdirSync(FOLDER).flatMap((name) => /^values-(.*)\.yaml$/.exec(name)?.[1] ?? []);

interface Fixed {
  readonly kind: string;
  readonly name: string;
  readonly [field: string]: unknown;
}

describe.skipIf(NO_HELM)('an upgrade from an older chart', { timeout: 60_000 }, () => {
  it('has something to be held against', () => {
    expect(OLDER.length).toBeGreaterThanOrEqual(1);
  });
  it.each(OLDER)('%s: its values are taken, every key', async (release) => {
    const { code, out, err } = await tool('helm', ['template', 'site', CHART, '--namespace', 'inspection', '--values', join(FOLDER, `values-${release}.yaml`)]);
    expect([code, err]).toEqual([0, '']);
    expect(objectsOf(out).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['DaemonSet', 'Deployment', 'StatefulSet']));
  });
  it.each(OLDER)('%s: no field that the API server lets nobody change has changed', async (release) => {
    const before = JSON.parse(readFileSync(join(FOLDER, `fixed-${release}.json`), 'utf8')) as readonly Fixed[];
    const objects = await rendered(undefined);
    expect(before.length).toBeGreaterThanOrEqual(3);
    for (const { kind, name, ...fields } of before) {
      const spec = objects.find((object) => object.kind === kind && object.metadata.name === name)?.spec ?? {};
      for (const [field, value] of Object.entries(fields)) expect({ kind, name, [field]: spec[field] }).toEqual({ kind, name, [field]: value });
    }
  });
});
