import { deflateRawSync } from 'node:zlib';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArchiveError, readArchive, settledOffice, writeArchive } from '../../../reports/archive.ts';
import { writeDocument } from '../../../reports/document.ts';
import { formatDate } from '../../../reports/format.ts';
import { tongtech } from '../../../reports/kinds/tongtech.ts';
import { known } from '../../../reports/model.ts';
import { render } from '../../../reports/renderers/index.ts';
import { formDocx } from '../../../reports/templates/form-docx.ts';
import { modelOfForm } from '../../../reports/templates/form-model.ts';
import { formXlsx, MOST_FORM_BYTES, readFormXlsx } from '../../../reports/templates/form-xlsx.ts';
import { tongtechSelfCheck as form } from '../../../reports/templates/tongtech-self-check.ts';
import { textForm } from '../fixtures/text-form.ts';

const CONTEXT = { now: 1_795_305_600, version: '0.1.0', sha256: 'a'.repeat(64), zoneMinutes: 480 };
const GOOD: Readonly<Record<string, exceljs.CellValue>> = {
  ...{ customer: '示例银行', date: new Date('2026-11-20T00:00:00Z'), host: 'app-01', product: 'TongWeb', version: '7.0.4.9_M2', instance: 'pay', os: 'openEuler 22.03 LTS SP4' },
  ...{ 'cpu-used': 91, 'memory-used': '72 %', 'default-password': '是', 'time-sync': 'yes', 'license-until': '2027/3/1', ports: '8080，9060', 'open-files': 1_024 },
};
async function filled(answers: Readonly<Record<string, exceljs.CellValue>>, change: (page: exceljs.Worksheet) => void = () => undefined): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  await book.xlsx.load(Buffer.from(await formXlsx(form, 'zh')) as unknown as exceljs.Buffer);
  const [page] = book.worksheets;
  if (!page) throw new Error('no sheet');
  page.eachRow((row) => {
    const id = row.getCell(1).text;
    if (Object.hasOwn(answers, id)) row.getCell(4).value = answers[id] ?? null;
  });
  change(page);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
const read = async (bytes: Uint8Array) => {
  const result = await readFormXlsx(bytes, form);
  if ('fault' in result) throw new Error(result.fault);
  return result;
};

describe('the form', () => {
  it('has unique ids, both languages, and is the same bytes every time', async () => {
    expect(new Set(form.items.map(({ id }) => id)).size).toBe(form.items.length);
    for (const { label } of form.items) expect([label.zh !== '', label.en !== '']).toEqual([true, true]);
    expect(Buffer.from(await formXlsx(form, 'zh')).equals(Buffer.from(await formXlsx(form, 'zh')))).toBe(true);
    expect(Buffer.from(await formDocx(form, 'en')).equals(Buffer.from(await formDocx(form, 'en')))).toBe(true);
  });
  it('has a name and an advice for whatever may be wrong, and its ids are nobody’s to read', async () => {
    for (const { id, limit, problem, remedy } of form.items) if (limit) expect([id, problem?.zh, problem?.en, remedy?.zh, remedy?.en]).not.toContain(undefined);
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(await formXlsx(form, 'zh')) as unknown as exceljs.Buffer);
    expect([book.worksheets[0]?.getColumn(1).hidden, book.worksheets[0]?.getCell(1, 2).text]).toEqual([true, form.title.zh]);
  });
  it('empty has no answers', async () => expect(await read(await formXlsx(form, 'en'))).toEqual({ answers: new Map(), refused: [] }));
});

describe('a filled-in form', () => {
  it('is read by id, typed, and becomes the report of the instance', async () => {
    const result = await read(await filled(GOOD));
    expect(Object.fromEntries(result.answers)).toMatchObject({ 'memory-used': 72, 'default-password': true, 'license-until': '2027-03-01', date: '2026-11-20' });
    const model = modelOfForm(form, result, CONTEXT);
    const items = known(model.middleware)?.rows[0];
    const verdicts = Object.fromEntries(items?.items.map(({ name, verdict }) => [name, verdict]) ?? []);
    expect(verdicts).toMatchObject({
      'cpu-used': 'fail',
      'memory-used': 'pass',
      'default-password': 'fail',
      'time-sync': 'pass',
      'open-files': 'fail',
      'heap-used': 'unknown',
      os: 'not-applicable',
    });
    expect(items?.ports).toEqual([8080, 9060]);
    expect(model.score.total).toBeNull();
    for (const locale of ['zh', 'en'] as const) {
      const html = Buffer.from((await render('html', tongtech, model, locale)).bytes).toString();
      expect(html).toContain('app-01');
      expect(html).not.toMatch(/undefined|NaN/);
    }
  });
  it('makes a report that says who answered, names items and advice in words, and praises nothing that was left empty', async () => {
    const model = modelOfForm(form, await read(await filled({ ...GOOD, contact: '张三' })), CONTEXT);
    const zh = textForm(writeDocument(tongtech, model, 'zh'));
    expect(zh).toContain('客户按自检模板填写（填写人：张三）');
    expect(zh).toContain('控制台仍为默认口令');
    expect(zh).toContain('立即修改控制台各账号的默认口令');
    expect(zh).toContain('堆内存使用率（Full GC 后）');
    expect(zh).toContain('未填写');
    expect(zh).not.toMatch(/采集器|工具自动采集|全部得到结果|全部填写|不适用/);
    const en = textForm(writeDocument(tongtech, model, 'en'));
    expect(en).toContain('Filled in by the customer');
    expect(en).toContain('The console still has its first password');
    for (const text of [zh, en]) expect(text).not.toMatch(/\b(?:cpu-used|default-password|heap-used|oom-count)\b/);
    expect(en).not.toMatch(/数据来源|[是否] \|/);
  });
  it('takes a choice in either language, and as forms of earlier versions had it', async () => {
    for (const given of ['单机', 'standalone', '单机 standalone']) expect((await read(await filled({ ...GOOD, mode: given }))).answers.get('mode'), given).toBe('standalone');
    expect((await read(await filled({ ...GOOD, mode: '双机' }))).refused).toEqual(['mode']);
    const texts = await Promise.all(
      (['zh', 'en'] as const).map(async (locale) => textForm(writeDocument(tongtech, modelOfForm(form, await read(await filled({ ...GOOD, mode: '单机' })), CONTEXT), locale))),
    );
    expect(texts[1]).not.toContain('单机');
    expect(texts[0]).not.toContain('standalone');
  });
  it('each language asks in its own words alone', async () => {
    const book = new exceljs.Workbook();
    await book.xlsx.load(Buffer.from(await formXlsx(form, 'en')) as unknown as exceljs.Buffer);
    book.worksheets[0]?.eachRow((row) => row.eachCell((cell) => expect(cell.text).not.toMatch(/\p{Script=Han}/u)));
  });
  it('a percentage is what the cell shows, and one that cannot be is refused', async () => {
    const percent: Readonly<Record<string, string>> = { 'cpu-used': '0%', 'memory-used': '0.00%', 'disk-used': '0.0"%"' };
    const result = await read(
      await filled({ ...GOOD, 'cpu-used': 0.95, 'memory-used': 0.57, 'disk-used': 88, 'log-disk-used': '７２％', 'heap-used': -5, 'threads-used': 950 }, (page) =>
        page.eachRow((row) => {
          const format = percent[row.getCell(1).text];
          // Cells that were read share their styles.
          if (format) row.getCell(4).style = { ...row.getCell(4).style, numFmt: format };
        }),
      ),
    );
    expect(['cpu-used', 'memory-used', 'disk-used', 'log-disk-used'].map((id) => result.answers.get(id))).toEqual([95, 57, 88, 72]);
    expect(result.refused).toEqual(['heap-used', 'threads-used']);
    expect(known(modelOfForm(form, result, CONTEXT).middleware)?.rows[0]?.items.find(({ name }) => name === 'cpu-used')?.verdict).toBe('fail');
  });
  it('the day of the form is the day of the report, whatever the zone', () => {
    const answers = new Map([['date', '2026-11-20']]);
    for (const zoneMinutes of [-720, 0, 480, 840]) {
      const { period } = modelOfForm(form, { answers, refused: [] }, { ...CONTEXT, zoneMinutes });
      expect(formatDate(period.asOf, zoneMinutes)).toBe('2026-11-20');
    }
  });
  it('takes the stored value of a formula and computes nothing; what is hostile is text', async () => {
    const evil = "=cmd|' /C calc'!A0";
    const result = await read(
      await filled({
        'cpu-used': { formula: '40+2', result: 42 },
        host: evil,
        instance: '<script>alert(1)</script>\u202E',
        contact: 'x'.repeat(100_000),
        customer: { text: 'Link', hyperlink: 'javascript:alert(1)' },
      }),
    );
    expect(result.answers.get('cpu-used')).toBe(42);
    expect(result.answers.get('customer')).toBe('Link');
    expect(String(result.answers.get('contact')).length).toBeLessThanOrEqual(401);
    const html = Buffer.from((await render('html', tongtech, modelOfForm(form, result, CONTEXT), 'zh')).bytes).toString();
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('\u202E');
  });
  it.each([
    ['cpu-used', 'many'],
    ['cpu-used', '1e999'],
    ['date', '2026-02-30'],
    ['time-sync', 'maybe'],
    ['product', 'TongWeb; rm -rf'],
  ])('refuses %s = %s and counts it as not answered', async (id, value) => {
    const { answers, refused } = await read(await filled({ [id]: value }));
    expect([answers.has(id), refused]).toEqual([false, [id]]);
  });
  it('of two rows with one id the first counts; rows of unknown ids count for nothing', async () => {
    const { answers } = await read(
      await filled({ 'cpu-used': 10 }, (page) => {
        page.addRow(['cpu-used', '', '', 99]);
        page.addRow(['__proto__', '', '', 1]);
        page.addRow(['constructor', '', '', 1]);
      }),
    );
    expect([answers.get('cpu-used'), answers.size]).toEqual([10, 1]);
  });
});

describe('what is no form', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('hello')],
    ['a cut workbook', Buffer.from('PK\x03\x04rest')],
  ])('%s is refused', async (_what, bytes) => expect(await readFormXlsx(bytes, form)).toEqual({ fault: 'not-a-workbook' }));
  it('another workbook, or a form of another version, is refused', async () => {
    expect(
      await readFormXlsx(
        await filled({}, (page) => {
          page.getCell(1, 1).value = 'xunjian-form tongtech-self-check 99';
        }),
        form,
      ),
    ).toEqual({ fault: 'another-form' });
    expect(await readFormXlsx(writeArchive(new Map()), form)).toEqual({ fault: 'another-form' });
  });
  it('a bomb is not unpacked', async () => {
    const bomb = writeArchive(new Map([['xl/worksheets/sheet1.xml', Buffer.alloc(64 * 1024 * 1024)]]));
    expect(bomb.length).toBeLessThan(MOST_FORM_BYTES);
    expect(await readFormXlsx(bomb, form)).toEqual({ fault: 'too-large' });
    expect(await readFormXlsx(new Uint8Array(MOST_FORM_BYTES + 1), form)).toEqual({ fault: 'too-large' });
    expect(await readFormXlsx(writeArchive(new Map(Array.from({ length: 400 }, (_, index) => [`f${index}`, Buffer.from('x')]))), form)).toEqual({ fault: 'too-large' });
  });
});

describe('archives', () => {
  const LIMITS = { entries: 100, bytes: 1_000_000 };
  it('give back what was put in, in the same bytes', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }).map((name) => name.replaceAll('/', '_')),
          fc.uint8Array({ maxLength: 500 }),
        ),
        (files) => {
          const entries = new Map(Object.entries(files));
          const bytes = writeArchive(entries);
          expect([...readArchive(bytes, LIMITS)].map(([name, content]) => [name, [...content]])).toEqual([...entries].map(([name, content]) => [name, [...content]]));
          expect(writeArchive(entries).equals(bytes)).toBe(true);
        },
      ),
      { numRuns: 50 },
    ));
  it('survive any byte', () =>
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 255 }), (place, value) => {
        const bytes = Buffer.from(
          writeArchive(
            new Map([
              ['a.xml', Buffer.from('content '.repeat(20))],
              ['b', Buffer.alloc(3)],
            ]),
          ),
        );
        bytes[place % bytes.length] = value;
        try {
          readArchive(bytes, LIMITS);
        } catch (error) {
          expect(error).toBeInstanceOf(ArchiveError);
        }
      }),
      { numRuns: 300 },
    ));
  it('lying about sizes helps nobody', () => {
    const packed = deflateRawSync(Buffer.alloc(2_000_000));
    expect(packed.length).toBeLessThan(3_000);
    expect(() => readArchive(writeArchive(new Map([['a', Buffer.alloc(2_000_000)]])), LIMITS)).toThrow(/too large/);
  });
  it('Office files lose the moment they were written at', async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet('x');
    const settled = settledOffice(new Uint8Array(await book.xlsx.writeBuffer()), 0);
    expect(readArchive(settled, LIMITS).get('docProps/core.xml')?.toString()).toContain('1970-01-01T00:00:00Z</dcterms:modified>');
  });
});
