/**
 * The result of TongWeb 8's own 一键巡检, when somebody has downloaded and unpacked it: only how many items passed, by level. Explanations
 * and advice in it are the vendor's; names and addresses stay where they are.
 */
import type { Host } from '../../../host/host.ts';
import type { Sections } from '../../../wire/section-values.ts';

type Row = Sections['middlewareTongweb']['rows'][number];
export type OwnInspection = Pick<Row, 'baselineAt' | 'baselinePassed' | 'baselineFailed' | 'baselineMandatoryFailed' | 'configProtection' | 'consoleTrustedAny'>;

const MOST_BYTES = 8 * 1024 * 1024;
const MOST_ROWS = 5_000;

/** @param path the unpacked folder, or one of its pages */
export async function readOwnInspection(host: Host, path: string): Promise<OwnInspection | undefined> {
  const page = path.endsWith('.html') ? path : `${path}/index.html`;
  const pages = [page];
  if (!path.endsWith('.html')) {
    const { names } = await host.list(`${path}/instances`).catch(() => ({ names: [] }));
    pages.push(
      ...names
        .filter((name) => name.endsWith('.html'))
        .slice(0, 50)
        .map((name) => `${path}/instances/${name}`),
    );
  }
  const texts = await Promise.all(pages.map(async (file) => await host.read(file, { maxBytes: MOST_BYTES }).catch(() => undefined)));
  const read = texts.filter((text) => text !== undefined);
  if (read.length === 0) return undefined;
  return { baselineAt: await host.modifiedAt(page), ...countItems(read) };
}

/** Rows of tables whose cells say a level and whether the item passed. */
export function countItems(pages: readonly string[]): Omit<OwnInspection, 'baselineAt'> {
  let passed = 0;
  let failed = 0;
  let mandatory = 0;
  const items = new Map<string, boolean>();
  for (const page of pages) {
    for (const [, row = ''] of [...page.matchAll(/<tr\b[^>]*>([\s\S]{0,20000}?)<\/tr>/gi)].slice(0, MOST_ROWS)) {
      const cells = [...row.matchAll(/<td\b[^>]*>([\s\S]{0,8000}?)<\/td>/gi)].map(([, cell = '']) => cell.replace(/<[^>]{0,500}>/g, '').trim());
      const verdict = cells.map(verdictOf).find((one) => one !== undefined);
      if (verdict === undefined || cells.length < 3) continue;
      if (verdict) passed += 1;
      else failed += 1;
      if (!verdict && cells.some((cell) => cell.includes('强制基线'))) mandatory += 1;
      const item = cells.map((cell) => /^check[A-Za-z]{2,40}$/.exec(cell)?.[0]).find((one) => one !== undefined);
      if (item !== undefined) items.set(item, verdict);
    }
  }
  const trusted = items.get('checkTrustedIP');
  return {
    baselinePassed: passed,
    baselineFailed: failed,
    baselineMandatoryFailed: mandatory,
    configProtection: items.get('checkConfigProtection'),
    ...(trusted !== undefined && { consoleTrustedAny: !trusted }),
  };
}
function verdictOf(cell: string): boolean | undefined {
  if (/^(通过|是|合格|true|pass(ed)?)$/i.test(cell)) return true;
  return /^(未通过|不通过|否|不合格|false|fail(ed)?)$/i.test(cell) ? false : undefined;
}
