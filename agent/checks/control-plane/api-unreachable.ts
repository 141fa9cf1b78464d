import { defineCheck } from '../check.ts';

export const apiUnreachable = defineCheck({
  id: 'control-plane-api-unreachable',
  area: 'control-plane',
  title: { zh: 'API 服务器无法访问', en: 'API server unreachable' },
  why: {
    zh: '集群无法管理：正在运行的业务还在，但故障不会被修复，也无法发布。',
    en: 'The cluster cannot be managed: running workloads continue, but faults are not repaired and nothing can be deployed.',
  },
  remedy: {
    zh: '在管理节点上执行 `crictl ps -a --name kube-apiserver` 与 `curl -k https://127.0.0.1:6443/livez` 判断是进程、etcd 还是负载均衡的问题；恢复之前集群中的其他状态均不可信。',
    en: 'Run `crictl ps -a --name kube-apiserver` and `curl -k https://127.0.0.1:6443/livez` on a control-plane node to determine whether the process, etcd or the load balancer is at fault; until it recovers, no other cluster status can be trusted.',
  },
  severity: 'critical',
  reads: ['apiReach'],
  unit: 'value',
  threshold: { reachable: true },
  source: 'kubernetes-mixin KubeAPIDown (critical)',

  evaluate({ apiReach }, { reachable }) {
    return apiReach.reachable === reachable ? [] : [{ observed: apiReach.failure ?? 'no-connection' }];
  },
});
