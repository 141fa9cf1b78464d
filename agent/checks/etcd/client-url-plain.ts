import { defineCheck } from '../check.ts';

export const clientUrlPlain = defineCheck({
  id: 'etcd-client-url-plain',
  area: 'etcd',
  title: { zh: 'etcd 以明文向其他主机提供服务', en: 'etcd serving other hosts without TLS' },
  why: { zh: 'etcd 的流量未加密：同网络的人可读到 Secret，也能改写集群。', en: 'etcd traffic is unencrypted: anyone on the same network can read Secrets and modify the cluster.' },
  remedy: {
    zh: '执行 `ss -ltnp | grep etcd` 查看监听地址；把 `--listen-client-urls` 中的 `http://` 改为 `https://`，或只监听 `127.0.0.1`。',
    en: 'Check the listening addresses with `ss -ltnp | grep etcd`; change `http://` in `--listen-client-urls` to `https://`, or listen on `127.0.0.1` only.',
  },
  severity: 'critical',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 2.1; etcd transport security guide',

  evaluate({ etcdFlags }) {
    return etcdFlags.plainClientUrl ? [{ observed: true, threshold: false }] : [];
  },
});
