/** Lists of findings: every order pages through all of them once, filters and groups count the same things, accepted risks stand apart. */
import { createHash } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { Risks } from '../../../collector/fleet/risks.ts';
import { findingIdentity } from '../../../collector/ingest/inspection-facts.ts';
import { risksOf } from '../../../collector/inspections/period/risks.ts';
import { heatCells, heatChecks, heatNodes } from '../../../collector/store/finding-heat.ts';
import { countFindings, FINDING_ORDERS, type FindingFilter, type FindingOrder, groupFindings, listFindingPage } from '../../../collector/store/finding-list.ts';
import { type FindingRow, upsertFindings } from '../../../collector/store/finding-store.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';

const NOW = 1_795_305_600_000;
const DAY = 86_400_000;
const COUNT = 137;
const SEVERITIES = ['critical', 'warning', 'info'] as const;

function rowsOf(clusterId: string): FindingRow[] {
  return Array.from({ length: COUNT }, (_, index) => {
    const node = `node-${index % 7}`;
    const scope = index % 3 === 0 ? { kind: 'Node', name: node } : { kind: 'Mount', node, name: `/data${index}` };
    return {
      ...{ cluster_id: clusterId, identity: createHash('sha256').update(String(index)).digest('hex'), check_id: `check-${index % 5}`, area: index % 2 === 0 ? 'disk' : 'node' },
      ...{ severity: SEVERITIES[index % 3] ?? 'info', scope: JSON.stringify(scope), scope_kind: scope.kind, namespace: null, name: scope.name, node: scope.node ?? null },
      ...{ observed: '1', threshold: null, unit: 'count', asked_by: null, agent: 'a', owner: 'a', first_seen_at: NOW - (index % 9) * DAY, last_seen_at: NOW },
      ...{ gone_at: index % 10 === 9 ? NOW - DAY : null, unknown_since: index % 10 === 8 ? NOW : null },
    };
  });
}

onBothEngines('lists of findings', (database) => {
  let clusterId: string;
  let customerId: string;
  let other: string;
  beforeAll(async () => {
    ({ clusterId, customerId } = await enrol(database(), 'A'));
    ({ clusterId: other } = await enrol(database(), 'B'));
    await upsertFindings(
      database().db,
      database().engine,
      rowsOf(clusterId).map((row) => ({ ...row, gone_at: null })),
    );
    await upsertFindings(database().db, database().engine, rowsOf(other));
    for (const { identity, gone_at, unknown_since } of rowsOf(clusterId))
      await database().db.updateTable('findings').set({ gone_at, unknown_since }).where('cluster_id', '=', clusterId).where('identity', '=', identity).execute();
  });
  const all = async (filter: FindingFilter, order?: FindingOrder, visibility: 'all' | readonly string[] = 'all') => {
    const found: string[] = [];
    for (let cursor: string | undefined, pages = 0; ; pages += 1) {
      const { items, next } = await listFindingPage(database().db, visibility, filter, { now: NOW, order, cursor, limit: 20 });
      found.push(...items.map((one) => `${one.clusterId} ${one.identity}`));
      if (next === undefined || pages > 40) return found;
      cursor = next;
    }
  };

  it.each(FINDING_ORDERS)('pages through everything once, ordered by %s', async (order) => {
    const found = await all({ state: 'all' }, order);
    expect(found).toHaveLength(2 * COUNT);
    expect(new Set(found).size).toBe(2 * COUNT);
  });

  it('puts the worst first, and shows nobody what is not theirs', async () => {
    const { items } = await listFindingPage(database().db, [customerId], { clusterId }, { now: NOW, limit: 200 });
    const ranks = items.map(({ severity }) => SEVERITIES.indexOf(severity));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(items.length).toBe(COUNT - Math.floor(COUNT / 10));
    expect(await all({ clusterId: other }, 'newest', [customerId])).toEqual([]);
    expect(await all({}, 'newest', [])).toEqual([]);
  });

  it('counts, groups and lists the same things', async () => {
    for (const filter of [
      { clusterId },
      { clusterId, severity: 'warning' },
      { clusterId, area: 'disk', node: 'node-3' },
      { clusterId, search: 'NODE-2 check-1' },
      { clusterId, state: 'gone' },
      { since: NOW - 2 * DAY },
    ] as const) {
      const listed = (await all(filter)).length;
      const sum = ({ critical, warning, info }: { readonly critical: number; readonly warning: number; readonly info: number }): number => critical + warning + info;
      expect(sum(await countFindings(database().db, 'all', filter, NOW))).toBe(listed);
      for (const by of ['check', 'node', 'area', 'cluster', 'namespace'] as const)
        expect((await groupFindings(database().db, 'all', filter, by, { now: NOW })).reduce((total, row) => total + sum(row), 0)).toBe(listed);
    }
    expect((await all({ clusterId, search: '100 %_' })).length).toBe((await all({ clusterId, search: '100' })).length);
    const nodes = await heatNodes(database().db, 'all', clusterId, NOW);
    expect(nodes.every(({ node }) => node.startsWith('node-'))).toBe(true);
    const checks = await heatChecks(database().db, 'all', clusterId, { now: NOW, limit: 99 });
    const sum = ({ critical, warning, info }: { readonly critical: number; readonly warning: number; readonly info: number }): number => critical + warning + info;
    const total = (rows: readonly Parameters<typeof sum>[0][]): number => rows.reduce((all, one) => all + sum(one), 0);
    const cells = await heatCells(database().db, 'all', clusterId, { nodes: nodes.map(({ node }) => node), checks: checks.map(({ check }) => check), now: NOW });
    expect([total(checks), total(cells)]).toEqual([total(nodes), total(nodes)]);
    expect(nodes).toEqual(nodes.toSorted((a, b) => b.critical - a.critical || b.warning - a.warning || b.info - a.info || (a.node < b.node ? -1 : 1)));
    expect(await heatCells(database().db, [], clusterId, { nodes: ['node-1'], checks: ['check-1'], now: NOW })).toEqual([]);
  });

  it('takes no cursor of another list, and none that somebody made up', async () => {
    const { next } = await listFindingPage(database().db, 'all', {}, { now: NOW, order: 'newest', limit: 5 });
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const cursor of [next, 'x', made({}), made([1]), made(['a', 'b', 'c', 'd']), made([Number.NaN, 'b', 'c', 'd'])])
      await expect(listFindingPage(database().db, 'all', {}, { now: NOW, order: 'severity', cursor, limit: 5 })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('leaves a risk that somebody accepted out until its day, in lists and in the score', async () => {
    const risks = new Risks(database());
    const caller = { actor: { kind: 'user', id: 'u', name: 'Li' } as const, visibility: [customerId] };
    const [first] = (await listFindingPage(database().db, 'all', { clusterId }, { now: NOW, limit: 1 })).items;
    const identity = first?.identity ?? '';
    const before = (await all({ clusterId })).length;
    await expect(risks.accept({ ...caller, visibility: [] }, { clusterId, identity, owner: 'Li', reason: 'known', expiresAt: NOW + DAY }, NOW)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(risks.accept(caller, { clusterId, identity, owner: 'Li', reason: 'known', expiresAt: NOW }, NOW)).rejects.toMatchObject({ code: 'invalid' });
    await risks.accept(caller, { clusterId, identity, owner: 'Wang', reason: 'first', expiresAt: NOW + DAY }, NOW);
    const { id } = await risks.accept(caller, { clusterId, identity, owner: 'Li', reason: 'known', expiresAt: NOW + 3 * DAY }, NOW + 1);
    expect((await all({ clusterId })).length).toBe(before - 1);
    expect(await all({ clusterId, state: 'accepted' })).toEqual([`${clusterId} ${identity}`]);
    expect((await listFindingPage(database().db, 'all', { clusterId }, { now: NOW + 3 * DAY, limit: 200 })).items.map((one) => one.identity)).toContain(identity);

    const scope = { kind: 'Node', name: 'n1' } as const;
    await database()
      .db.updateTable('findings')
      .set({ identity: findingIdentity('disk-space-low', scope) })
      .where('cluster_id', '=', clusterId)
      .where('identity', '=', identity)
      .execute();
    await database()
      .db.updateTable('accepted_risks')
      .set({ identity: findingIdentity('disk-space-low', scope) })
      .where('cluster_id', '=', clusterId)
      .execute();
    const finding = { check: 'disk-space-low', area: 'disk', severity: 'critical', scope, unit: 'percent' } as const;
    const inspection = { findings: [finding, { ...finding, scope: { kind: 'Node', name: 'n2' } }] };
    const inspected = [{ clusterId, inspection }] as unknown as Parameters<typeof risksOf>[1];
    const at = NOW + 2;
    const { accepted, expired, withoutAccepted } = await risksOf(database().db, inspected, { from: at, at, zone: 'Asia/Shanghai' });
    expect(accepted).toEqual([{ finding, owner: 'Li', reason: 'known', expires: '2026-11-25' }]);
    expect(withoutAccepted(clusterId, inspection as never).findings.map((one) => one.scope.name)).toEqual(['n2']);
    expect(expired).toEqual([]);
    expect((await risksOf(database().db, inspected, { from: NOW, at: NOW + 4 * DAY, zone: 'Asia/Shanghai' })).expired).toEqual([
      { check: first?.check, owner: 'Li', expires: '2026-11-25' },
    ]);

    await risks.withdraw(caller, id, NOW + 3);
    await expect(risks.withdraw(caller, id, NOW + 4)).rejects.toMatchObject({ code: 'conflict' });
    expect((await all({ clusterId })).length).toBe(before);
  });
});
