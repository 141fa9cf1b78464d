import { expect, it } from 'vitest';
import { appendAudit, listAudit, verifyAudit } from '../../../collector/store/audit-store.ts';
import { onBothEngines } from '../../support/databases.ts';

onBothEngines('the audit log', (database) => {
  it('is a chain that shows a changed and a missing line, also after entries that were written at once', async () => {
    const open = database();
    const entries = Array.from({ length: 20 }, (_, index) => ({
      at: index,
      actor: { kind: 'user', id: 'u', name: '李' } as const,
      customerId: index % 2 === 0 ? 'a' : null,
      action: 'token.revoke',
      object: `t${index}`,
    }));
    await Promise.all(entries.map((entry) => open.transaction((db) => appendAudit(db, open.engine, entry))));
    expect(await verifyAudit(open.db)).toBeUndefined();
    const [, second, third] = await open.db.selectFrom('audit').selectAll().orderBy('id').execute();
    await open.db
      .updateTable('audit')
      .set({ details: '{"other":1}' })
      .where('id', '=', second?.id ?? 0)
      .execute();
    expect(await verifyAudit(open.db)).toBe(second?.id);
    await open.db
      .deleteFrom('audit')
      .where('id', '=', second?.id ?? 0)
      .execute();
    expect(await verifyAudit(open.db)).toBe(third?.id);
  });

  it('shows a customer its own lines only', async () => {
    const { db } = database();
    const seen = await listAudit(db, ['a']);
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen.map(({ customerId }) => customerId))).toEqual(new Set(['a']));
    expect(await listAudit(db, [])).toEqual([]);
    expect((await listAudit(db, 'all')).some(({ customerId }) => customerId === null)).toBe(true);
  });
});
