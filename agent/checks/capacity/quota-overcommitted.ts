import { defineCheck, notApplicable, unknown } from '../check.ts';
import { percentOf } from '../cluster-capacity.ts';

export const quotaOvercommitted = defineCheck({
  id: 'capacity-quota-overcommitted',
  area: 'capacity',
  title: { zh: '各命名空间的配额之和远超全部节点的可分配量', en: "Total quotas far above all nodes' allocatable resources" },
  why: {
    zh: '各租户同时用满时资源不够，承诺给他们的容量并不存在。',
    en: 'If tenants use their quotas in full at the same time, resources run out: the promised capacity does not exist.',
  },
  remedy: {
    zh: '执行 `kubectl get resourcequota -A -o yaml` 汇总请求配额并与节点可分配量比较；下调配额或增加节点，否则配额之内的申请也会调度失败。',
    en: "Run `kubectl get resourcequota -A -o yaml`, total the requests quotas and compare them with the nodes' allocatable resources; lower quotas or add nodes, or requests within quota fail to schedule.",
  },
  severity: 'warning',
  reads: ['nodes', 'quotas'],
  unit: 'percent',
  threshold: { warningPercent: 150 },
  source: 'kubernetes-mixin KubeCPUQuotaOvercommit and KubeMemoryQuotaOvercommit (1.5)',

  evaluate({ nodes, quotas }, { warningPercent }) {
    if (quotas.total === 0 || (quotas.hardCpuMillicores === 0 && quotas.hardMemoryBytes === 0)) return notApplicable('not-in-use');
    let cpu = 0;
    let memory = 0;
    for (const row of nodes.rows) {
      cpu += row.cpuAllocatableMillicores;
      memory += row.memoryAllocatableBytes;
    }
    const promised = Math.max(percentOf(quotas.hardCpuMillicores, cpu) ?? 0, percentOf(quotas.hardMemoryBytes, memory) ?? 0);
    if (cpu === 0 || memory === 0) return unknown('not-reported');
    return promised > warningPercent ? [{ observed: promised, threshold: warningPercent }] : [];
  },
});
