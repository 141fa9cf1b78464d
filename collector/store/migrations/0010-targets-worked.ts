/** When a target last took a message: one that was never tried is not one that works. */
import { sql } from 'kysely';
import type { Migration } from '../migrate.ts';

export const targetsWorked: Migration = {
  name: 'targets-worked',
  async up(db) {
    await sql.raw('alter table targets add column worked_at bigint').execute(db);
    // What was sent before counts.
    await sql
      .raw(`update targets set worked_at = (select max(sent_at) from notifications where notifications.target_id = targets.id and notifications.state = 'sent')`)
      .execute(db);
  },
};
