import { defineCheck, unknown } from '../check.ts';

export const apiNotReady = defineCheck({
  id: 'control-plane-api-not-ready',
  area: 'control-plane',
  title: { zh: 'API 服务器未就绪', en: 'API server that is not ready' },
  why: {
    zh: '未就绪的 API Server 不应接收请求：其余实例承担全部负载，单实例时集群无法管理。',
    en: 'It should take no requests: the others carry the load, and with a single one the cluster cannot be managed.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw "/readyz?verbose"` 查看未通过的检查项；etcd 失败时先检查 etcd 成员与网络，其余项查看 kube-apiserver 的日志。',
    en: 'Run `kubectl get --raw "/readyz?verbose"` for the checks that fail; look at etcd and the way to it when etcd fails, at the logs of kube-apiserver otherwise.',
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
