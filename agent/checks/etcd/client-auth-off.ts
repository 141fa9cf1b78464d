import { defineCheck } from '../check.ts';

export const clientAuthOff = defineCheck({
  id: 'etcd-client-auth-off',
  area: 'etcd',
  title: { zh: 'etcd 不要求客户端证书', en: 'etcd that asks clients for no certificate' },
  why: {
    zh: '能连到 etcd 的人无需凭据即可读写整个集群，包括全部 Secret。',
    en: 'Whoever reaches etcd can read and write the whole cluster without a credential, every Secret included.',
  },
  remedy: {
    zh: '执行 `grep -E -- "--client-cert-auth" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；设置 `--client-cert-auth=true` 与 `--trusted-ca-file`，逐个成员重启。',
    en: 'Check `grep -E -- "--client-cert-auth" /etc/kubernetes/manifests/etcd.yaml` (or `/etc/etcd.env`); set `--client-cert-auth=true` with `--trusted-ca-file` and restart the members one by one.',
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
