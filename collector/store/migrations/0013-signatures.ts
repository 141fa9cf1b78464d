/** Who signed a report for each side, on its page or on paper. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const signatures: Migration = {
  name: 'signatures',
  async up(db) {
    await sql.raw('alter table reports add column signed_customer text').execute(db);
    await sql.raw('alter table reports add column signed_provider text').execute(db);
  },
};
