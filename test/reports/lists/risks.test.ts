import { expect, it } from 'vitest';
import { CHECKS } from '../../../agent/checks/index.ts';
import { workers } from '../../../reports/chapters/workers.ts';
import { writeDocument } from '../../../reports/document.ts';
import { expert } from '../../../reports/kinds/expert.ts';
import { risk } from '../../../reports/kinds/risk.ts';
import { riskKindOf, risksList } from '../../../reports/lists/risks.ts';
import type { ReportModel } from '../../../reports/model.ts';
import { RICH } from '../fixtures/models.ts';

it.each([
  ['etcd', 'etcd-client-auth-off', 'security'],
  ['etcd', 'etcd-client-url-plain', 'security'],
  ['middleware', 'etcd-server-anonymous', 'security'],
  ['kubelet', 'kubelet-anonymous-auth-on', 'security'],
  ['etcd', 'etcd-backup-stale', 'stability'],
  ['disk', 'disk-space-low', 'capacity'],
  ['host', 'host-cpu-high', 'performance'],
  ['security', 'security-privileged-container', 'security'],
] as const)('of %s, %s is a risk of %s', (area, check, kind) => expect(riskKindOf({ area, check })).toBe(kind));
it('every check about who may enter is one of security', () => {
  const doors = CHECKS.filter(({ id }) => /anonymous|password|insecure|auth-o|-plain|tls-off|-open$|root/.test(id)).filter(
    (check) => riskKindOf({ area: check.area, check: check.id }) !== 'security',
  );
  expect(doors.map(({ id }) => id)).toEqual(['disk-node-data-on-root']); // a file system of that name
});

it('a host that was inspected with a cluster and is none of its nodes is not counted as one', () => {
  const on = (machine: string) =>
    ({ check: 'host-cpu-high', area: 'host', severity: 'warning', unit: 'percent', observed: 99, threshold: 80, scope: { kind: 'Node', name: machine } }) as const;
  const own = RICH.cluster?.nodes && 'value' in RICH.cluster.nodes ? RICH.cluster.nodes.value.rows.find(({ controlPlane }) => !controlPlane)?.name : undefined;
  const model: ReportModel = { ...RICH, findings: [on(own ?? ''), on('vm')] };
  const [lead] = workers.write(model, 'en');
  expect(JSON.stringify(lead)).toContain('issues found in 1 place; 1 more on a host inspected with the cluster but not in its list of nodes (vm)');
});

it.each([risk, expert])('what both sides write into is printed whole: $id', (kind) => {
  const [first] = RICH.findings;
  if (!first) throw new Error('the fixture has findings');
  const findings = CHECKS.slice(0, 80).map(({ id, area }): typeof first => ({ ...first, check: id, area, severity: 'warning' }));
  const tables = writeDocument(kind, { ...RICH, findings }, 'zh').chapters.flatMap(({ blocks }) => blocks.filter((block) => block.type === 'table'));
  expect(tables.find(({ title }) => title.endsWith(risksList.title.zh))?.rows).toHaveLength(80);
});
