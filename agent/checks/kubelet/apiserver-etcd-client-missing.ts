import { defineCheck } from '../check.ts';

export const apiserverEtcdClientMissing = defineCheck({
  id: 'kubelet-apiserver-etcd-client-missing',
  area: 'kubelet',
  title: { zh: 'API Server 访问 etcd 时不出示证书', en: 'No client certificate from API server to etcd' },
  why: {
    zh: 'etcd 无法验证访问者：能连上它的人就能读写整个集群的数据。',
    en: 'etcd cannot verify its clients: anyone who can connect to it can read and modify the data of the whole cluster.',
  },
  remedy: {
    zh: '执行 `grep -- --etcd- /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；设置 `--etcd-certfile`、`--etcd-keyfile` 与 `--etcd-cafile`，并让 etcd 要求客户端证书。',
    en: 'Run `grep -- --etcd- /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; set `--etcd-certfile`, `--etcd-keyfile` and `--etcd-cafile`, and configure etcd to require client certificates.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.23 and 1.2.26',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.etcdClientCertSet ? [] : [{ observed: false, threshold: true }];
  },
});
