/**
 * Many rows as one parameter: a statement's text stays the same whatever the number of rows, so both engines keep it
 * compiled, and the 65,535 parameters of PostgreSQL's protocol are no limit. Not for bytes.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Engine } from './database.ts';

type ColumnType = 'text' | 'bigint' | 'double precision';
export type Columns<R> = { readonly [K in keyof R & string]: ColumnType };

/** A derived table of the rows with these columns, in their order, to stand after `from`; needs an alias of its own. */
export function rowsTable<R extends object>(engine: Engine, columns: Columns<R>, rows: readonly R[]): RawBuilder<unknown> {
  const names = Object.keys(columns) as (keyof R & string)[];
  const json = JSON.stringify(rows.map((row) => names.map((name) => row[name] ?? null)));
  const fields = names.map((name, index) => (engine === 'postgres' ? postgresField(name, index, columns[name]) : sql`value ->> ${sql.lit(index)} as ${sql.ref(name)}`));
  return engine === 'postgres' ? sql`(select ${sql.join(fields)} from json_array_elements(${json}::json) as value)` : sql`(select ${sql.join(fields)} from json_each(${json}))`;
}
function postgresField(name: string, index: number, type: ColumnType): RawBuilder<unknown> {
  return sql`(value ->> ${sql.lit(index)})::${sql.raw(type)} as ${sql.ref(name)}`;
}
