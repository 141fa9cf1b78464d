import { defineCheck, unknown } from '../check.ts';

export const apiNotReady = defineCheck({
  id: 'control-plane-api-not-ready',
  area: 'control-plane',
  title: { zh: 'API 服务器未就绪', en: 'API server not ready' },
  why: {
    zh: '未就绪的 API Server 不应接收请求：其余实例承担全部负载，单实例时集群无法管理。',
    en: 'It should not receive requests: the other instances carry the full load, and with a single instance the cluster cannot be managed.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw "/readyz?verbose"` 查看未通过的检查项；etcd 失败时先检查 etcd 成员与网络，其余项查看 kube-apiserver 的日志。',
    en: 'Run `kubectl get --raw "/readyz?verbose"` to see which checks fail; if etcd fails, check the etcd members and the network first; otherwise, check the kube-apiserver logs.',
  },
  severity: 'critical',
  reads: ['apiServer'],
  unit: 'value',
  threshold: { state: 'ok' },
  source: 'kubernetes-mixin KubeAPIDown, Tencent and DaoCloud control-plane checks',

  evaluate({ apiServer }, { state }) {
    if (apiServer.readyz === undefined) return unknown('forbidden');
    return apiServer.readyz === state ? [] : [{ observed: apiServer.failingChecks[0] ?? apiServer.readyz, threshold: state }];
  },
});
