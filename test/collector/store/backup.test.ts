import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Credentials } from '../../../collector/fleet/credentials.ts';
import { Ingest } from '../../../collector/ingest/ingest.ts';
import { appendAudit, listAudit, verifyAudit } from '../../../collector/store/audit-store.ts';
import { BackupError, backup, restore, verifyBackup } from '../../../collector/store/backup.ts';
import { type Database, openDatabase } from '../../../collector/store/database.ts';
import { listSnapshots, readSnapshot } from '../../../collector/store/snapshot-store.ts';
import { enrol } from '../../support/fleet.ts';
import { diskFinding, heartbeat, inspection, NOW, Numbered, requestOf } from '../../support/payloads.ts';
import { NO_POSTGRES, postgresUrl } from '../../support/postgres.ts';
import { temporary, xunjian } from '../../support/program.ts';

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ url });
  onTestFinished(async () => await database[Symbol.asyncDispose]());
  return database;
}
/** A customer with a token, inspections, findings and an audit log. */
async function filled(url: string): Promise<Database> {
  const database = await open(url);
  const cluster = await enrol(database);
  await new Credentials({ database, now: () => NOW }).issue({ actor: { kind: 'system' }, visibility: 'all' }, cluster.clusterId, { label: 'x' });
  const ingest = new Ingest({ database, now: () => NOW, onSignals: async () => undefined, threads: 0 });
  for (let number = 1; number <= 5; number += 1) {
    const one = new Numbered(number);
    await ingest.ingest(requestOf(cluster, `${one.line('inspection', inspection({ node: `节点-${number}`, findings: [diskFinding()] }))}\n${one.line('heartbeat', heartbeat())}`));
  }
  return database;
}
const lines = (file: string): string[] => gunzipSync(readFileSync(file)).toString('utf8').split('\n');
/** Rows of every table, in an order of their own. */
const contentOf = (file: string): string[] =>
  lines(file)
    .filter((line) => line.startsWith('{"table"'))
    .sort();

describe('a backup', () => {
  it.skipIf(NO_POSTGRES !== undefined)(
    `goes from SQLite to PostgreSQL and back without losing a byte${NO_POSTGRES === undefined ? '' : ` (skipped: ${NO_POSTGRES})`}`,
    async () => {
      const folder = temporary();
      const [first, second, third] = ['1', '2', '3'].map((name) => join(folder, `${name}.gz`)) as [string, string, string];
      const source = await filled(`sqlite:${join(folder, 'source.db')}`);
      const summary = await backup(source, first, NOW);
      expect(summary.rows).toMatchObject({ customers: 1, tokens: 1, snapshots: 5, receipts: 10, agents: 5, audit: 1 });
      expect(statSync(first).mode & 0o777).toBe(0o600);

      const postgres = await open(await postgresUrl());
      expect(await restore(postgres, first)).toEqual(summary);
      await backup(postgres, second, NOW);
      const target = await open(`sqlite:${join(folder, 'target.db')}`);
      await restore(target, second);
      await backup(target, third, NOW);
      const sorted = (file: string): unknown[] => contentOf(file).map((line): unknown => JSON.parse(line));
      const key = (rows: unknown[]): string[] =>
        rows
          .map((row) =>
            JSON.stringify(row, (_key, value: unknown) =>
              typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
            ),
          )
          .sort();
      expect(key(sorted(third))).toEqual(key(sorted(first)));
      expect(await verifyAudit(postgres.db)).toBeUndefined();

      // Numbering goes on where it was.
      await appendAudit(postgres.db, 'postgres', { at: NOW, actor: { kind: 'system' }, customerId: null, action: 'after.restore', object: 'x' });
      expect((await listAudit(postgres.db, 'all')).map(({ action }) => action)).toEqual(['after.restore', 'token.create']);
      const [snapshot] = await listSnapshots(target.db, 'all', { clusterId: (await target.db.selectFrom('clusters').select('id').executeTakeFirstOrThrow()).id });
      expect(JSON.parse((await readSnapshot(target.db, 'all', snapshot?.id ?? '')) ?? '')).toMatchObject({ schema: 1, findings: [{ check: 'disk-space-low' }] });
    },
  );

  it('is of one moment although rows keep coming', async () => {
    const folder = temporary();
    const url = `sqlite:${join(folder, 'busy.db')}`;
    const [writer, reader] = [await filled(url), await open(url)];
    let running = true;
    const writing = (async () => {
      for (let count = 0; running && count < 500; count += 1) await enrol(writer, `${count}-${randomUUID()}`);
    })();
    const file = join(folder, 'b.gz');
    const { rows } = await backup(reader, file, NOW);
    running = false;
    await writing;
    expect(rows['clusters']).toBe(rows['customers']);
    expect((await verifyBackup(file)).rows).toEqual(rows);
  });

  it('that was changed, cut or is something else is not restored, and leaves nothing behind', async () => {
    const folder = temporary();
    const file = join(folder, 'b.gz');
    await backup(await filled('sqlite::memory:'), file, NOW);
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    const target = await open('sqlite::memory:');
    const damages: readonly [string, Buffer][] = [
      ['its digest differs', gzipSync(text.replace('"zone":"Asia/Shanghai"', '"zone":"Asia/Kashgar"'))],
      ['it was cut', gzipSync(text.slice(0, text.lastIndexOf('{"end"')))],
      ['cannot be decompressed', readFileSync(file).subarray(0, 500)],
      ['not a backup', gzipSync('{"hello":1}\n')],
      ['newer', gzipSync(text.replace('"version":1', '"version":2'))],
      ['not JSON', gzipSync(text.replace('{"table"', '{table'))],
    ];
    for (const [message, bytes] of damages) {
      writeFileSync(file, bytes);
      await expect(restore(target, file), message).rejects.toThrow(BackupError);
      await expect(restore(target, file)).rejects.toThrow(message);
      expect(await target.db.selectFrom('customers').selectAll().execute()).toEqual([]);
    }
  });

  it('does not go over data, unless it is told to', async () => {
    const folder = temporary();
    const file = join(folder, 'b.gz');
    await backup(await filled('sqlite::memory:'), file, NOW);
    const target = await filled('sqlite::memory:');
    await expect(restore(target, file)).rejects.toThrow('holds data');
    expect((await restore(target, file, { force: true })).rows['snapshots']).toBe(5);
    expect(await target.db.selectFrom('customers').selectAll().execute()).toHaveLength(1);
  });

  it('is made and put back by the command line', async () => {
    const folder = temporary();
    const source = join(folder, 'source.db');
    await filled(`sqlite:${source}`);
    const made = await xunjian(['collector', 'backup', '--database', `sqlite:${source}`, '--out', 'b.gz'], {}, folder);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('rows written to b.gz');
    expect((await xunjian(['collector', 'restore', '--in', 'b.gz', '--database', 'sqlite:target.db'], {}, folder)).code).toBe(0);
    const again = await xunjian(['collector', 'restore', '--in', 'b.gz', '--database', 'sqlite:target.db'], {}, folder);
    expect(again).toMatchObject({ code: 2 });
    expect(again.err).toContain('--force');
    expect((await xunjian(['collector', 'restore', '--in', 'b.gz'], {}, folder)).code).toBe(2);
  });

  it('is never made of a database that is not there, and says in the user’s language what is wrong', async () => {
    const folder = temporary();
    for (const [args, words] of [
      [['backup', '--out', 'x'], '没有这个数据库'],
      [['backup', '--out', 'x', '--database', 'sqlite:typo.db'], 'typo.db'],
      [['backup', '--out', 'x', '--database', 'postgres://nobody@127.0.0.1:1/x'], '数据库无法连接'],
      [['restore', '--in', 'nothing', '--database', 'sqlite:target.db'], '备份文件无法读取（ENOENT）'],
    ] as const) {
      const { code, err } = await xunjian(['collector', ...args, '--lang', 'zh'], {}, folder);
      expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is made of the database that a collector with the same settings uses', async () => {
    const folder = temporary();
    mkdirSync(join(folder, 'data'));
    await filled(`sqlite:${join(folder, 'data', 'xunjian.db')}`);
    writeFileSync(join(folder, 'collector.yaml'), 'dataDir: data\n');
    const made = await xunjian(['collector', 'backup', '--config', 'collector.yaml', '--out', 'b.gz'], {}, folder);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(made.out).toContain('secret.key');
  });
});
