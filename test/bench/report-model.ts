/** A large customer: 1,000 nodes, 20,000 pods, 500 findings and half a year of trends, made by rule. */
import type { Finding } from '../../agent/wire/inspection.ts';
import type { NodeFacts, ReportModel } from '../../reports/model.ts';
import { judged, RICH } from '../reports/fixtures/models.ts';
import { PERIOD } from '../reports/fixtures/period.ts';

const GIB = 2 ** 30;
export function largeModel(nodeCount = 1_000, podCount = 20_000, findingCount = 500): ReportModel {
  const nodes = Array.from(
    { length: nodeCount },
    (_, index): NodeFacts => ({
      name: `${index < 3 ? 'cp' : 'worker'}-${String(index).padStart(4, '0')}.prod.example.com`,
      controlPlane: index < 3,
      ready: index % 211 !== 7,
      schedulable: true,
      kubelet: '1.33.4',
      kernel: '5.10.0-182.oe2203sp4.x86_64',
      os: 'openEuler 22.03 LTS SP4',
      runtime: 'containerd 1.7.27',
      cpuMillicores: 32_000,
      memoryBytes: 128 * GIB,
      pods: Math.round(podCount / nodeCount) + (index % 7),
      podCapacity: 110,
      cpuRequestPercent: 30 + (index % 68),
      memoryRequestPercent: 25 + (index % 73),
      cpuUsedPercent: 12 + (index % 60),
      memoryUsedPercent: 20 + (index % 70),
    }),
  );
  const findings = Array.from({ length: findingCount }, (_, index): Finding => {
    const base = RICH.findings[index % RICH.findings.length] ?? (RICH.findings[0] as Finding);
    const node = nodes[(index * 37) % nodeCount]?.name ?? 'node';
    return { ...base, scope: base.scope.node === undefined ? { ...base.scope, name: base.scope.kind === 'Node' ? node : `${base.scope.name}-${index}` } : { ...base.scope, node } };
  });
  const trends = 'value' in (PERIOD.trends ?? { missing: 'failed' }) && PERIOD.trends && 'value' in PERIOD.trends ? PERIOD.trends.value : [];
  const days = trends[0]?.points.map(({ at }) => at) ?? [];
  return {
    ...PERIOD,
    ...judged(findings),
    ...(RICH.cluster && {
      cluster: {
        ...RICH.cluster,
        nodes: { value: { rows: nodes, total: nodeCount } },
        pods: { value: { total: podCount, running: podCount - 41, pending: 12, failed: 29, restarts: 40_211 } },
      },
    }),
    comparison: {
      value: {
        previousAsOf: PERIOD.period.asOf - 91 * 86_400,
        previousScore: 61,
        findings: findings.map(
          (finding, index) => ({ finding, standing: index % 3 === 0 ? 'new' : 'open', firstSeenAt: PERIOD.period.asOf - index * 30_000, reports: 1 + (index % 2) }) as const,
        ),
      },
    },
    trends: {
      value: [
        ...trends,
        ...nodes.slice(0, 300).map(({ name }, index) => ({
          id: `disk/${name}`,
          kind: 'disk' as const,
          name: `${name}:/var/lib/containerd`,
          unit: 'percent' as const,
          limit: 95,
          points: days.map((at, day) => ({ at, value: 30 + (index % 40) + day * 0.05 })),
        })),
      ],
    },
  };
}
