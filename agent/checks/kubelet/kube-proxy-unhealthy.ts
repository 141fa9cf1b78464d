import { defineCheck, unknown } from '../check.ts';

export const kubeProxyUnhealthy = defineCheck({
  id: 'kubelet-kube-proxy-unhealthy',
  area: 'kubelet',
  title: { zh: 'kube-proxy 健康检查失败', en: 'kube-proxy health check failure' },
  why: {
    zh: 'kube-proxy 不健康：该节点访问 Service 会连到已不存在的 Pod。',
    en: 'kube-proxy is unhealthy: connections from this node to Services may go to pods that no longer exist.',
  },
  remedy: {
    zh: '执行 `curl -s http://127.0.0.1:10256/healthz` 与 `kubectl -n kube-system logs -l k8s-app=kube-proxy --tail=100` 查明原因；故障期间服务地址在该节点上不再更新。',
    en: 'Run `curl -s http://127.0.0.1:10256/healthz` and `kubectl -n kube-system logs -l k8s-app=kube-proxy --tail=100` to find the cause; until it is fixed, Service addresses are not updated on this node.',
  },
  severity: 'critical',
  reads: ['kubeProxy'],
  unit: 'value',
  threshold: {},
  source: 'node-problem-detector health checker (kube-proxy :10256/healthz)',

  evaluate({ kubeProxy }) {
    if (kubeProxy.health === undefined) return unknown('not-visible');
    return kubeProxy.health === 'ok' ? [] : [{ observed: kubeProxy.health, threshold: 'ok' }];
  },
});
