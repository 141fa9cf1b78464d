import { defineCheck } from '../check.ts';

export const clientAuthOff = defineCheck({
  id: 'etcd-client-auth-off',
  area: 'etcd',
  title: { zh: 'etcd 不要求客户端证书', en: 'Client certificates not required by etcd' },
  why: {
    zh: '能连到 etcd 的人无需凭据即可读写整个集群，包括全部 Secret。',
    en: 'Anyone who can reach etcd can read and write the whole cluster without credentials, including all Secrets.',
  },
  remedy: {
    zh: '执行 `grep -E -- "--client-cert-auth" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；设置 `--client-cert-auth=true` 与 `--trusted-ca-file`，逐个成员重启。',
    en: 'Run `grep -E -- "--client-cert-auth" /etc/kubernetes/manifests/etcd.yaml` (or check `/etc/etcd.env`) to confirm; set `--client-cert-auth=true` and `--trusted-ca-file`, and restart the members one by one.',
  },
  severity: 'critical',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 2.2: whoever reaches the port owns the cluster',

  evaluate({ etcdFlags }) {
    return etcdFlags.clientCertAuth ? [] : [{ observed: false, threshold: true }];
  },
});
