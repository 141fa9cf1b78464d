import { defineCheck } from '../check.ts';
import { byOwner, notReadySeconds, waitOf } from '../pod-rows.ts';

export const staticNotReady = defineCheck({
  id: 'pod-static-not-ready',
  area: 'pod',
  title: { zh: '静态 Pod 未就绪', en: 'Static pods are not ready' },
  why: {
    zh: '静态 Pod 多为控制面组件：它未就绪时，集群的管理能力随之下降。',
    en: 'Static pods are mostly control plane components: while one is not ready, the ability to manage the cluster is reduced.',
  },
  remedy: {
    zh: '执行 `kubectl -n kube-system describe pod <Pod>`，再到该节点执行 `crictl ps -a` 与 `crictl logs <容器>` 查看原因；检查 `/etc/kubernetes/manifests` 中的清单、证书与磁盘。',
    en: 'Run `kubectl -n kube-system describe pod <pod>`, then `crictl ps -a` and `crictl logs <container>` on its node to find the cause; check the manifest in `/etc/kubernetes/manifests`, the certificates and the disk.',
  },
  severity: 'critical',
  reads: ['pods'],
  unit: 'seconds',
  threshold: { minimumSeconds: 300 },
  source: 'practice: static pods are the control plane; 5 min as in kube-prometheus KubeAPIInstanceUnreachable shortened (15 min there)',

  evaluate({ pods }, { minimumSeconds }, { now }) {
    return byOwner(pods.abnormal, (row) => {
      const seconds = notReadySeconds(row, now);
      if (!row.static || row.ready || row.deletedAt !== undefined || row.phase === 'Succeeded' || waitOf(row) === 'crash') return undefined;
      return seconds >= minimumSeconds ? { observed: seconds, threshold: minimumSeconds } : undefined;
    });
  },
});
