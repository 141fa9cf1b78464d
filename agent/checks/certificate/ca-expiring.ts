import { endingSoon } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const caExpiring = defineCheck({
  id: 'certificate-ca-expiring',
  area: 'certificate',
  title: { zh: 'CA 证书将在一年内过期', en: 'CA certificates expiring within a year' },
  why: {
    zh: 'CA 到期时，它签发的全部证书同时失效：整个集群停止互信，更换需要周密计划。',
    en: 'When a CA expires, all certificates it issued become invalid at the same time: trust breaks down throughout the cluster, and replacement takes careful planning.',
  },
  remedy: {
    zh: '执行 `kubeadm certs check-expiration` 查看 CA 的到期时间；按官方文档“手动轮换 CA 证书”提前制定方案，先让新旧 CA 并存，再逐步换发全部证书。',
    en: 'Run `kubeadm certs check-expiration` to check the CA expiry dates; plan the "manual rotation of CA certificates" described in the Kubernetes documentation early: first trust the old and new CAs side by side, then gradually reissue all certificates.',
  },
  severity: 'warning',
  reads: ['certificates'],
  unit: 'days',
  threshold: { warningDays: 365, criticalDays: 30 },
  source: 'practice: rotating a CA touches every node and kubeconfig and takes months to plan; 30 d critical as for leaves',

  evaluate({ certificates }, { warningDays, criticalDays }, context) {
    const rows = certificates.certificates.filter(({ isCa, store }) => isCa && store !== 'kubelet');
    return endingSoon(rows, { warning: warningDays, critical: criticalDays }, context);
  },
});
