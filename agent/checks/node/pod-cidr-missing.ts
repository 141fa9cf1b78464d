import { defineCheck, notApplicable } from '../check.ts';
import { inStateFor } from '../node-rows.ts';

export const podCidrMissing = defineCheck({
  id: 'node-pod-cidr-missing',
  area: 'node',
  title: { zh: '部分节点没有 Pod 网段', en: 'Nodes without a pod CIDR' },
  why: { zh: '节点没有 Pod 网段，新建的 Pod 拿不到地址，一直停在创建中。', en: 'Without a pod CIDR, new pods on the node cannot get an address and remain in the creating state.' },
  remedy: {
    zh: '执行 `kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDR` 找出没有网段的节点；扩大 cluster-cidr 或调整 node-cidr-mask-size，网段耗尽时新节点无法运行 Pod。',
    en: 'Run `kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDR` to find nodes without a CIDR; enlarge cluster-cidr or adjust node-cidr-mask-size, because new nodes cannot run pods once the range is exhausted.',
  },
  severity: 'warning',
  reads: ['nodes'],
  unit: 'minutes',
  threshold: { afterMinutes: 10 },
  source: 'Alibaba Cloud inspection, pod CIDR blocks; not applicable where the network plugin assigns addresses itself',

  evaluate({ nodes }, { afterMinutes }, { now }) {
    if (!nodes.rows.some(({ podCidr }) => podCidr)) return notApplicable('not-in-use');
    return inStateFor(nodes.rows, afterMinutes, now, (row) => (row.podCidr ? undefined : row.createdAt));
  },
});
