/** Published defects: those that were imported, with the versions that have their fixes. */

import { sql } from 'kysely';
import type { Advisory, Fix } from '../advisories/advisory.ts';
import { rowsTable } from './bulk.ts';
import type { Db, Engine } from './database.ts';

/** Adds what is new. The same advisory from another repository adds its fixes: each service pack has a repository of its own. */
export async function saveAdvisories(db: Db, engine: Engine, advisories: readonly Advisory[], now: number): Promise<void> {
  for (const { id, kind, severity, publishedAt, cves, score, source } of advisories) {
    const row = { kind, severity, published_at: publishedAt, cves: JSON.stringify(cves), score: score ?? null, source, imported_at: now };
    await db
      .insertInto('advisories')
      .values({ id, ...row })
      // The score is in one of the formats only.
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...row, ...(score === undefined && { score: sql`advisories.score` }) }))
      .execute();
  }
  const fixes = advisories.flatMap(({ id, fixes: own }) => own.map((fix) => ({ advisory_id: id, product: fix.product, package: fix.package, version: fix.version })));
  if (fixes.length === 0) return;
  const table = rowsTable(engine, { advisory_id: 'text', product: 'text', package: 'text', version: 'text' }, fixes);
  await sql`insert into advisory_fixes (advisory_id, product, package, version) select * from ${table} as new where true on conflict do nothing`.execute(db);
}

/** All about these products, newest first. */
export async function advisoriesOf(db: Db, products: readonly string[], most: number): Promise<readonly Advisory[]> {
  if (products.length === 0) return [];
  const rows = await db
    .selectFrom('advisories')
    .selectAll()
    .where(
      'id',
      'in',
      db
        .selectFrom('advisory_fixes')
        .select('advisory_id')
        .where('product', 'in', [...products]),
    )
    .orderBy('published_at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  const fixes = await db
    .selectFrom('advisory_fixes')
    .selectAll()
    .where('product', 'in', [...products])
    .orderBy('advisory_id')
    .orderBy('package')
    .orderBy('version')
    .execute();
  const byAdvisory = Map.groupBy(fixes, ({ advisory_id: id }) => id);
  return rows.map(({ id, kind, severity, published_at: publishedAt, cves, score, source }) => ({
    ...{ id, publishedAt, source, kind: kind as Advisory['kind'], severity: severity as Advisory['severity'] },
    cves: JSON.parse(cves) as string[],
    ...(score !== null && { score }),
    fixes: (byAdvisory.get(id) ?? []).map(({ product, package: name, version }): Fix => ({ product, package: name, version })),
  }));
}

/** What there is, by format. */
export async function advisoryFeeds(db: Db): Promise<readonly { readonly source: string; readonly count: number; readonly newestAt: number; readonly importedAt: number }[]> {
  const rows = await db
    .selectFrom('advisories')
    .select(({ fn }) => ['source', fn.countAll<number>().as('count'), fn.max('published_at').as('newest'), fn.max('imported_at').as('imported')])
    .groupBy('source')
    .orderBy('source')
    .execute();
  return rows.map(({ source, count, newest, imported }) => ({ source, count: Number(count), newestAt: Number(newest), importedAt: Number(imported) }));
}
