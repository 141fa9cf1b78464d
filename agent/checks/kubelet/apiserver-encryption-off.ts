import { defineCheck } from '../check.ts';

export const apiserverEncryptionOff = defineCheck({
  id: 'kubelet-apiserver-encryption-off',
  area: 'kubelet',
  title: { zh: 'Secret 未静态加密', en: 'Secrets that are not encrypted at rest' },
  why: { zh: '拿到 etcd 备份或磁盘的人可以直接读出全部密码和令牌。', en: 'Whoever gets an etcd backup or disk reads all passwords and tokens as they are.' },
  remedy: {
    zh: '执行 `grep -- --encryption-provider-config /etc/kubernetes/manifests/kube-apiserver.yaml` 确认；按官方文档“静态加密机密数据”配置后，重写全部 Secret 使其生效。',
    en: 'Check `grep -- --encryption-provider-config /etc/kubernetes/manifests/kube-apiserver.yaml`; set it up as "Encrypting Confidential Data at Rest" describes, then write all Secrets anew so that it takes effect.',
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
