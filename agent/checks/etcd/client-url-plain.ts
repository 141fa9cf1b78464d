import { defineCheck } from '../check.ts';

export const clientUrlPlain = defineCheck({
  id: 'etcd-client-url-plain',
  area: 'etcd',
  title: { zh: 'etcd 以明文向其他主机提供服务', en: 'etcd that serves other hosts without TLS' },
  why: { zh: 'etcd 的流量未加密：同网络的人可读到 Secret，也能改写集群。', en: "etcd's traffic is plain: anybody on the network can read Secrets and change the cluster." },
  remedy: {
    zh: '执行 `ss -ltnp | grep etcd` 查看监听地址；把 `--listen-client-urls` 中的 `http://` 改为 `https://`，或只监听 `127.0.0.1`。',
    en: 'See the addresses with `ss -ltnp | grep etcd`; turn `http://` in `--listen-client-urls` into `https://`, or listen on `127.0.0.1` only.',
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
