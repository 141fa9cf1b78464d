/** The heat map of a cluster: every machine, also the healthy, by the checks that are worst; bounded and paged. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { heatMap } from '../../../collector/console/pages/heat-map.ts';
import { View } from '../../../collector/console/view.ts';
import type { StateModel } from '../../../collector/inspections/cluster-state.ts';
import { type FindingRow, upsertFindings } from '../../../collector/store/finding-store.ts';
import { html } from '../../../reports/renderers/markup.ts';
import { NOW, testCollector } from '../../support/collector-app.ts';
import { onBothEngines } from '../../support/databases.ts';
import { enrol } from '../../support/fleet.ts';

function found(clusterId: string, node: string, check: string, severity: 'critical' | 'warning' | 'info', area = 'disk'): FindingRow {
  return {
    ...{ cluster_id: clusterId, identity: createHash('sha256').update(`${node} ${check}`).digest('hex'), check_id: check, area, severity },
    ...{ scope: JSON.stringify({ kind: 'Node', name: node }), scope_kind: 'Node', namespace: null, name: node, node: null },
    ...{ observed: '1', threshold: null, unit: 'count', asked_by: null, agent: 'a', owner: 'a', first_seen_at: NOW, last_seen_at: NOW, gone_at: null, unknown_since: null },
  };
}
onBothEngines('the heat map', (database) => {
  it('shows all machines by check, the worst first, and tells health from what nobody looked at', async () => {
    const { clusterId } = await enrol(database(), 'Heat');
    const collector = await testCollector(database());
    const admin = await collector.client('administrator', null, { serves: 'all' });
    await upsertFindings(database().db, database().engine, [
      found(clusterId, 'bad', 'disk-full', 'critical'),
      found(clusterId, 'bad', 'clock-skew', 'warning', 'os'),
      found(clusterId, 'worn', 'clock-skew', 'warning', 'os'),
      ...Array.from({ length: 20 }, (_, index) => found(clusterId, 'worn', `small-${index + 10}`, 'info', 'host')),
    ]);
    const model = {
      cluster: {
        nodes: {
          value: { rows: ['bad', 'worn', 'healthy', 'unseen', 'mute', ...Array.from({ length: 30 }, (_, index) => `z-${index + 10}`)].map((name) => ({ name })), total: 35 },
        },
      },
      hosts: [],
    } as unknown as StateModel;
    const agent = (node: string, silent: number | null) => ({
      ...{ cluster_id: clusterId, agent: createHash('md5').update(node).digest('hex'), role: 'node', node, version: '1', boot: 'b', epoch: 1 },
      ...{ first_seen_at: NOW, last_seen_at: NOW, last_inspection_at: NOW, silent_since: silent },
    });
    for (const one of [agent('bad', null), agent('worn', null), agent('healthy', null), agent('mute', NOW)]) await database().db.insertInto('agents').values(one).execute();
    const request = { url: `/clusters/${clusterId}`, cookies: { xunjian: 'x', 'xunjian-lang': 'en' }, query: {}, headers: {}, protocol: 'http' };
    const principal = { kind: 'user', userId: admin.userId, role: 'administrator', customerId: null, administrator: null, login: 'a', name: 'A', serves: 'all' };
    const view = new View({ principal, visibility: 'all', now: NOW, request } as never);
    const draw = async (after: number): Promise<string> => html`${await heatMap(collector.deps, view, model, { clusterId, after, areaTitle: (area) => area })}`.text;
    const first = await draw(0);
    const rows = [...first.matchAll(/<tr><th scope="row"><a [^>]*>(.*?)<\/a>(.*?)<\/th>(.*?)<\/tr>/gs)].map(([, name = '', state = '', cells = '']) => ({
      name: name.replaceAll('<wbr>', ''),
      state,
      cells,
    }));
    expect(rows.slice(0, 3).map(({ name }) => name)).toEqual(['bad', 'worn', 'healthy']);
    expect(rows).toHaveLength(25);
    const row = (name: string) => rows.find((one) => one.name === name) ?? { state: '', cells: '' };
    expect(row('healthy').state).toContain('✓ no finding');
    expect(row('healthy').cells).not.toContain('?');
    expect(row('mute').state).toContain('agent silent');
    expect(row('unseen').state).toContain('no node agent');
    expect(row('unseen').cells).toContain('?');
    expect(row('bad').cells).toContain(`href="/clusters/${clusterId}/findings?node=bad&amp;check=disk-full"`);
    // Columns are bounded, the worst come first, and checks of an area stand together.
    const checks = [...first.matchAll(/<th scope="col" class="failing"><a href="[^"]*check=([^"&]*)/g)].map(([, check]) => check);
    expect(checks).toHaveLength(16);
    expect(checks.slice(0, 2)).toEqual(['disk-full', 'clock-skew']);
    expect(first).toContain('colspan="14" class="area">host');
    expect(first).toContain('The 16 worst checks');
    expect(first).toContain('machines 1 to 25 of 35, 1 of them without a finding');
    expect(first).toContain(`/clusters/${clusterId}?machines=25#machines`);
    const second = await draw(25);
    expect(second).toContain('machines 26 to 35 of 35');
    expect(second).not.toContain('rel="next"');
  });
});
