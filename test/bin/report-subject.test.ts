/** Whose report it is: found by id or name among all customers and clusters, not among the first page of them. */
import { beforeAll, expect, it } from 'vitest';
import { subjectOf } from '../../bin/report-from-store.ts';
import { onBothEngines } from '../support/databases.ts';
import { enrol } from '../support/fleet.ts';

onBothEngines('the subject of a report', (database) => {
  const COUNT = 230; // more than a page of any list
  beforeAll(async () => {
    for (let index = 0; index < COUNT; index += 1) await enrol(database(), `site ${String(index).padStart(3, '0')}`);
  }, 60_000);

  it('is found wherever it stands in the lists', async () => {
    const { db } = database();
    const { id, name } = await db.selectFrom('customers').select(['id', 'name']).orderBy('name', 'desc').limit(1).executeTakeFirstOrThrow();
    const cluster = await db.selectFrom('clusters').select('id').where('customer_id', '=', id).executeTakeFirstOrThrow();
    expect(await subjectOf(db, { customer: name, cluster: undefined })).toMatchObject({ customer: { id } });
    expect(await subjectOf(db, { customer: undefined, cluster: cluster.id })).toMatchObject({ customer: { id }, cluster: { id: cluster.id } });
    await expect(subjectOf(db, { customer: 'nobody', cluster: undefined })).rejects.toMatchObject({
      words: { en: expect.stringMatching(/"nobody" is not exactly one.* and 210 more$/) },
    });
  });
});
