import { defineCheck, notApplicable, unknown } from '../check.ts';

export const replicasColocated = defineCheck({
  id: 'workload-replicas-colocated',
  area: 'workload',
  title: { zh: '副本集中在同一节点', en: 'All replicas on the same node' },
  why: { zh: '全部副本在同一个节点上：该节点一旦故障，服务整体中断。', en: 'All replicas share one node: if it fails, the whole service goes down.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide` 确认分布；配置 topologySpreadConstraints 或 podAntiAffinity 后重新发布。',
    en: 'Run `kubectl -n <namespace> get pods -o wide` to confirm their placement; configure topologySpreadConstraints or podAntiAffinity and roll out again.',
  },
  severity: 'warning',
  reads: ['pods'],
  unit: 'count',
  threshold: { nodesCount: 2 },
  source: 'Polaris topologySpreadConstraint; only where replicas really share one node and nothing tells them to spread; not on single-node clusters',

  evaluate({ pods }, { nodesCount }) {
    if (pods.byNode.length < nodesCount) return notApplicable();
    const violations = pods.colocated.flatMap(({ kind, namespace, name, pods: replicas }) =>
      kind === 'Deployment' || kind === 'StatefulSet' || kind === 'ReplicaSet' ? [{ scope: { kind, namespace, name }, observed: replicas }] : [],
    );
    return violations.length === 0 && pods.ownersDropped > 0 ? unknown('truncated') : violations;
  },
});
