import { defineCheck } from '../check.ts';

export const peerAuthOff = defineCheck({
  id: 'etcd-peer-auth-off',
  area: 'etcd',
  title: { zh: 'etcd 成员之间不校验证书', en: 'etcd members that ask each other for no certificate' },
  why: {
    zh: '成员之间不验证证书：同网络的人可冒充成员，拿到全部数据。',
    en: 'Members ask each other for no certificate: somebody on the network can join as one and get all data.',
  },
  remedy: {
    zh: '执行 `grep -E -- "--peer-client-cert-auth" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；设置 `--peer-client-cert-auth=true` 与 `--peer-trusted-ca-file`，逐个成员重启。',
    en: 'Check `grep -E -- "--peer-client-cert-auth" /etc/kubernetes/manifests/etcd.yaml` (or `/etc/etcd.env`); set `--peer-client-cert-auth=true` with `--peer-trusted-ca-file` and restart the members one by one.',
  },
  severity: 'warning',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 2.5',

  evaluate({ etcdFlags }) {
    return etcdFlags.peerClientCertAuth ? [] : [{ observed: false, threshold: true }];
  },
});
