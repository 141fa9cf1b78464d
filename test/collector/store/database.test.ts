import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Migration, MigrationError, migrate } from '../../../collector/store/migrate.ts';
import { MIGRATIONS } from '../../../collector/store/migrations/index.ts';
import type { NewRow } from '../../../collector/store/tables.ts';
import { onBothEngines } from '../../support/databases.ts';

const customer = (id: string): NewRow<'customers'> => ({ id, name: '客户 <&>', zone: 'Asia/Shanghai', locale: 'zh', contacts: '{}', demo: 0, created_at: 1_795_305_600_123 });

onBothEngines('the database', (database) => {
  it('keeps 64-bit times, text in every script and bytes as they are', async () => {
    const { db } = database();
    await db.insertInto('customers').values(customer('round-trip')).execute();
    const row = await db.selectFrom('customers').selectAll().where('id', '=', 'round-trip').executeTakeFirstOrThrow();
    expect({ ...row }).toEqual(customer('round-trip'));
  });

  it('rolls back everything of a transaction that fails, also with another one at the same time', async () => {
    const { db, transaction } = database();
    const failing = transaction(async (one) => {
      await one.insertInto('customers').values(customer('lost')).execute();
      throw new Error('after the insert');
    });
    const working = transaction(async (one) => await one.insertInto('customers').values(customer('kept')).execute());
    await expect(failing).rejects.toThrow('after the insert');
    await working;
    const ids = (await db.selectFrom('customers').select('id').execute()).map(({ id }) => id);
    expect(ids).toContain('kept');
    expect(ids).not.toContain('lost');
  });

  it('has a second active incident of one identity refused by the database itself', async () => {
    const { db } = database();
    await db.insertInto('customers').values(customer('c')).execute();
    const incident = (id: string, number: number, active: number): NewRow<'incidents'> => ({
      id,
      number,
      active,
      customer_id: 'c',
      cluster_id: null,
      contract_id: null,
      dedup_key: 'k',
      kind: 'incident',
      state: 'open',
      signal_state: 'firing',
      level: 1,
      severity: 'critical',
      rule: 'r',
      scope: null,
      title: null,
      source: 'agent',
      policy: 'p',
      assignee: null,
      parent_id: null,
      group_key: null,
      follows_id: null,
      members: 0,
      reopened: 0,
      flapping: 0,
      version: 1,
      opened_at: 1,
      acknowledged_at: null,
      resolved_at: null,
      closed_at: null,
      closure: null,
      updated_at: 1,
      next_due_at: null,
      breached: 0,
    });
    await db
      .insertInto('incidents')
      .values(incident('1', 1, 1))
      .execute();
    await db
      .insertInto('incidents')
      .values(incident('2', 2, 0))
      .execute();
    await expect(
      db
        .insertInto('incidents')
        .values(incident('3', 3, 1))
        .execute(),
    ).rejects.toThrow(/unique/i);
  });

  it('refuses a schema of a newer program that left this one behind', async () => {
    const { db, engine } = database();
    await sql`insert into schema_version (version, name, applied_at) values (9999, 'future', 0)`.execute(db);
    await expect(migrate(db, engine)).rejects.toThrow(MigrationError);
    await sql`delete from schema_version where version = 9999`.execute(db);
    await expect(migrate(db, engine)).resolves.toBeUndefined();
  });

  it('goes on with the schema of a newer program whose steps only added, until one of them does more', async () => {
    const { db, engine } = database();
    const adding = (name: string): Migration => ({
      name,
      isAdditive: true,
      async up(one) {
        await sql.raw(`alter table customers add column ${name} text`).execute(one);
      },
    });
    const next: readonly Migration[] = [...MIGRATIONS, adding('added_once'), adding('added_twice')];
    await migrate(db, engine, next);
    await expect(migrate(db, engine)).resolves.toBeUndefined(); // rolled back
    await expect(migrate(db, engine, next)).resolves.toBeUndefined(); // and forward again
    const last: readonly Migration[] = [...next, { name: 'other', up: async () => undefined }];
    await migrate(db, engine, last);
    await expect(migrate(db, engine)).rejects.toThrow(`which programs of schema ${last.length} can use`);
    await expect(migrate(db, engine, next)).rejects.toThrow(MigrationError);
    for (const name of ['added_once', 'added_twice']) await sql.raw(`alter table customers drop column ${name}`).execute(db);
    await sql`delete from schema_version where version > ${MIGRATIONS.length}`.execute(db);
  });

  it('takes a database of before compatibility was noted', async () => {
    const { db, engine } = database();
    await sql`alter table schema_version drop column oldest`.execute(db);
    await expect(migrate(db, engine)).resolves.toBeUndefined();
    await sql`insert into schema_version (version, name, applied_at) values (9999, 'future', 0)`.execute(db);
    await expect(migrate(db, engine)).rejects.toThrow(MigrationError);
    await sql`delete from schema_version where version = 9999`.execute(db);
  });
});
