import { defineCheck } from '../check.ts';

export const apiserverEncryptionOff = defineCheck({
  id: 'kubelet-apiserver-encryption-off',
  area: 'kubelet',
  title: { zh: 'Secret 未静态加密', en: 'Secrets not encrypted at rest' },
  why: { zh: '拿到 etcd 备份或磁盘的人可以直接读出全部密码和令牌。', en: 'Anyone who obtains an etcd backup or disk can read all passwords and tokens directly.' },
  remedy: {
    zh: '执行 `grep -- --encryption-provider-config /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；按官方文档“静态加密机密数据”配置后，重写全部 Secret 使其生效。',
    en: 'Run `grep -- --encryption-provider-config /etc/kubernetes/manifests/kube-apiserver.yaml` to confirm; configure encryption as described in "Encrypting Confidential Data at Rest", then rewrite all Secrets so that it takes effect.',
  },
  severity: 'warning',
  reads: ['apiserverFlags'],
  unit: 'value',
  threshold: {},
  source: 'CIS Kubernetes Benchmark 1.2.27, Kubescape C-0066',

  evaluate({ apiserverFlags }) {
    return apiserverFlags.encryptionProviderSet ? [] : [{ observed: false, threshold: true }];
  },
});
