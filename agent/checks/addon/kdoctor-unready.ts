import { unreadyComponents } from '../addon-rows.ts';
import { defineCheck } from '../check.ts';

export const kdoctorUnready = defineCheck({
  id: 'addon-kdoctor-unready',
  area: 'addon',
  title: { zh: 'kdoctor 未就绪', en: 'kdoctor not ready' },
  why: {
    zh: '连通性与时延的主动探测停止，网络问题要等业务报障才知道。',
    en: 'Active probing of connectivity and latency stops, so network problems are noticed only when users report them.',
  },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> get pods -o wide | grep -v Running` 找出异常的 Pod 与节点，用 `kubectl -n <命名空间> describe pod <Pod>` 查看原因；恢复集群连通性探测。',
    en: 'Run `kubectl -n <namespace> get pods -o wide | grep -v Running` to find the affected pods and their nodes, then `kubectl -n <namespace> describe pod <pod>` to find the cause; restore the connectivity probes.',
  },
  severity: 'info',
  reads: ['addons'],
  unit: 'percent',
  threshold: { youngMinutes: 10, infoBelowPercent: 100 },
  source: 'DaoCloud documentation, kdoctor: its agents run the probes; practice: info, because workloads run without it; 10 min to start',

  evaluate({ addons }, limits, { now }) {
    return unreadyComponents(addons, ['kdoctor'], limits, now);
  },
});
