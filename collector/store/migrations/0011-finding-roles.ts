/** Which roles of a machine ask for what a finding says is missing. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const findingRoles: Migration = {
  name: 'finding-roles',
  async up(db) {
    await sql.raw('alter table findings add column asked_by text').execute(db);
  },
};
