import { defineCheck, unknown } from '../check.ts';

export const apiNotLive = defineCheck({
  id: 'control-plane-api-not-live',
  area: 'control-plane',
  title: { zh: 'API 服务器存活检查失败', en: 'API server liveness check failure' },
  why: {
    zh: '不存活的 API Server 会被重启：其间无法管理集群，单实例时完全失去控制。',
    en: 'An API server that is not live is restarted: meanwhile it cannot manage the cluster, and with a single instance all control is lost.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw "/livez?verbose"` 查看未通过的检查项；etcd 失败时先检查 etcd 成员与网络，其余项查看 kube-apiserver 的日志。',
    en: 'Run `kubectl get --raw "/livez?verbose"` to see which checks fail; if etcd fails, check the etcd members and the network first; otherwise, check the kube-apiserver logs.',
  },
  severity: 'critical',
  reads: ['apiServer'],
  unit: 'value',
  threshold: { state: 'ok' },
  source: 'kubernetes-mixin KubeAPIDown, Tencent and DaoCloud control-plane checks',

  evaluate({ apiServer }, { state }) {
    if (apiServer.livez === undefined) return unknown('forbidden');
    return apiServer.livez === state ? [] : [{ observed: apiServer.failingChecks[0] ?? apiServer.livez, threshold: state }];
  },
});
