import { defineCheck } from '../check.ts';

export const autoTlsOn = defineCheck({
  id: 'etcd-auto-tls-on',
  area: 'etcd',
  title: { zh: 'etcd 使用启动时自动生成的证书', en: 'etcd using certificates generated at startup' },
  why: {
    zh: '启动时自制的证书谁也不验证：能接入网络的人都可冒充 etcd 成员。',
    en: 'Nothing verifies certificates generated at startup: anyone with network access can impersonate an etcd member.',
  },
  remedy: {
    zh: '执行 `grep -E -- "--(peer-)?auto-tls" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；去掉该参数，改用集群 CA 签发的证书。',
    en: 'Run `grep -E -- "--(peer-)?auto-tls" /etc/kubernetes/manifests/etcd.yaml` (or check `/etc/etcd.env`) to confirm; remove the flag and use certificates issued by the cluster CA.',
  },
  severity: 'warning',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 2.3 and 2.6',

  evaluate({ etcdFlags }) {
    return etcdFlags.autoTls || etcdFlags.peerAutoTls ? [{ observed: true, threshold: false }] : [];
  },
});
