/** Office files against the schemas and rules of ECMA-376, with the validator of the Open XML SDK (its .NET code as WebAssembly). */
import validate, { type Format } from '@ooxml-tools/validate';
import { expect, it } from 'vitest';
import { LOCALES } from '../../../agent/wire/vocabulary.ts';
import { readArchive } from '../../../reports/archive.ts';
import { KINDS } from '../../../reports/kinds/index.ts';
import type { ReportKind } from '../../../reports/kinds/kind.ts';
import { render } from '../../../reports/renderers/index.ts';
import { formDocx } from '../../../reports/templates/form-docx.ts';
import { formXlsx } from '../../../reports/templates/form-xlsx.ts';
import { tongtechSelfCheck } from '../../../reports/templates/tongtech-self-check.ts';
import { hostile } from '../fixtures/hostile.ts';
import { EMPTY } from '../fixtures/models.ts';
import { PERIOD } from '../fixtures/period.ts';

const kindOf = (id: string): ReportKind => KINDS.find((kind) => kind.id === id) ?? (undefined as never);
async function faultsOf(bytes: Uint8Array, format: Format): Promise<readonly string[]> {
  return (await validate(bytes, format, 'Microsoft365')).map(({ id, path }) => `${path.partUri} ${path.xpath} ${id}`);
}

// One language a kind: the other differs in its texts alone, and the validator takes seconds for a long document.
it.each(KINDS.map(({ id }, index) => [id, LOCALES[index % LOCALES.length] ?? 'zh'] as const))('%s is valid (%s)', { timeout: 120_000 }, async (id, locale) => {
  for (const format of ['docx', 'xlsx'] as const) expect(await faultsOf((await render(format, kindOf(id), PERIOD, locale)).bytes, format), format).toEqual([]);
});
it.each(['fault', 'events', 'os-support'])('%s is valid with hostile names', { timeout: 120_000 }, async (id) => {
  for (const format of ['docx', 'xlsx'] as const) expect(await faultsOf((await render(format, kindOf(id), hostile(), 'zh')).bytes, format), format).toEqual([]);
});
// An empty workbook has the same fault whatever its lists: these have lists alone.
it.each(['demands', 'events', 'cost'])('%s is a valid workbook with nothing to list', { timeout: 120_000 }, async (id) => {
  const bare = await render('xlsx', kindOf(id), EMPTY, 'en');
  expect(await faultsOf(bare.bytes, 'xlsx')).toEqual([]);
  expect(Buffer.from(readArchive(bare.bytes, { entries: 100, bytes: 10_000_000 }).get('xl/workbook.xml') ?? []).toString()).toContain('<sheet ');
});
it('forms are valid', { timeout: 120_000 }, async () => {
  for (const locale of LOCALES) {
    expect(await faultsOf(await formXlsx(tongtechSelfCheck, locale), 'xlsx')).toEqual([]);
    expect(await faultsOf(await formDocx(tongtechSelfCheck, locale), 'docx')).toEqual([]);
  }
});
it('tells what is not valid', { timeout: 120_000 }, async () => {
  const { readArchive, writeArchive } = await import('../../../reports/archive.ts');
  const parts = new Map<string, Uint8Array>(readArchive((await render('docx', kindOf('demands'), PERIOD, 'en')).bytes, { entries: 1_000, bytes: 100_000_000 }));
  const document = Buffer.from(parts.get('word/document.xml') ?? []).toString();
  parts.set('word/document.xml', Buffer.from(document.replace('<w:pStyle', '<w:noSuchThing/><w:pStyle')));
  expect((await faultsOf(writeArchive(parts), 'docx')).length).toBeGreaterThan(0);
});
