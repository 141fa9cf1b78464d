import { endingSoon } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const caExpiring = defineCheck({
  id: 'certificate-ca-expiring',
  area: 'certificate',
  title: { zh: 'CA 证书将在一年内过期', en: 'Certificate authorities close to their end' },
  why: {
    zh: 'CA 到期时，它签发的全部证书同时失效：整个集群停止互信，更换需要周密计划。',
    en: 'When a CA ends, every certificate it signed ends with it: nothing in the cluster trusts anything, and replacing it takes planning.',
  },
  remedy: {
    zh: '执行 `kubeadm certs check-expiration` 查看 CA 的到期时间；按官方文档“手动轮换 CA 证书”提前制定方案，先让新旧 CA 并存，再逐步换发全部证书。',
    en: 'Run `kubeadm certs check-expiration` for the dates of the CAs; plan the "manual rotation of CA certificates" of the Kubernetes documentation early: trust the old and the new CA side by side first, then issue all certificates anew.',
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
