/** Numbers over time: one row a machine and bucket instead of one a number. Some thirty rows an inspection become two. */
import { sql } from 'kysely';
import type { Engine } from '../database.ts';
import type { Migration } from '../migrate.ts';

/** Name before the `|`, machine behind it; in both dialects, and an object of the numbers of a group. */
const WORDS: Readonly<Record<Engine, { readonly bar: string; readonly object: (key: string, list: string) => string; readonly list: string }>> = {
  sqlite: { bar: `instr(series, '|')`, object: (key, list) => `json_group_object(${key}, ${list})`, list: 'json_array' },
  postgres: { bar: `position('|' in series)`, object: (key, list) => `json_object_agg(${key}, ${list})::text`, list: 'json_build_array' },
};

function statements(engine: Engine): readonly string[] {
  const { bar, object, list } = WORDS[engine];
  const machine = `case when ${bar} = 0 then '' else substr(series, ${bar} + 1) end`;
  const name = `case when ${bar} = 0 then series else substr(series, 1, ${bar} - 1) end`;
  return [
    `alter table rollups rename to rollups_before`,
    `drop index rollups_age`,
    `create table rollups (
      cluster_id text not null,
      machine text not null,
      resolution text not null,
      at bigint not null,
      numbers text not null,
      constraint rollups_key primary key (cluster_id, machine, resolution, at)
    )`,
    `insert into rollups (cluster_id, machine, resolution, at, numbers)
      select cluster_id, ${machine}, resolution, at, ${object(name, `${list}(samples, minimum, maximum, total, last, last_at - at)`)}
      from rollups_before group by cluster_id, ${machine}, resolution, at`,
    `drop table rollups_before`,
    `create index rollups_age on rollups (resolution, at)`,
  ];
}

export const packedRollups: Migration = {
  name: 'packed-rollups',
  async up(db, engine) {
    for (const text of statements(engine)) await sql.raw(text).execute(db);
  },
};
