import { defineCheck } from '../check.ts';

export const peerAuthOff = defineCheck({
  id: 'etcd-peer-auth-off',
  area: 'etcd',
  title: { zh: 'etcd 成员之间不校验证书', en: 'No peer certificate verification in etcd' },
  why: {
    zh: '成员之间不验证证书：同网络的人可冒充成员，拿到全部数据。',
    en: "Members do not verify each other's certificates: anyone on the same network may impersonate a member and obtain all data.",
  },
  remedy: {
    zh: '执行 `grep -E -- "--peer-client-cert-auth" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；设置 `--peer-client-cert-auth=true` 与 `--peer-trusted-ca-file`，逐个成员重启。',
    en: 'Run `grep -E -- "--peer-client-cert-auth" /etc/kubernetes/manifests/etcd.yaml` (or check `/etc/etcd.env`) to confirm; set `--peer-client-cert-auth=true` and `--peer-trusted-ca-file`, and restart the members one by one.',
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
