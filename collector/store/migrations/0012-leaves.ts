/** What an agent's site lets leave, as its heartbeats tell it, and since when they tell so. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const leaves: Migration = {
  name: 'leaves',
  async up(db) {
    await sql.raw('alter table agents add column leaves text').execute(db);
    await sql.raw('alter table agents add column leaves_at bigint').execute(db);
  },
};
