import { endingSoon } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const expiring = defineCheck({
  id: 'certificate-expiring',
  area: 'certificate',
  title: { zh: '控制面或 etcd 证书即将过期', en: 'Control-plane or etcd certificates about to expire' },
  why: {
    zh: '控制面或 etcd 的证书到期后，集群会立即失去控制，且难以远程恢复。',
    en: 'Once a control-plane or etcd certificate expires, the cluster is immediately out of control and hard to recover remotely.',
  },
  remedy: {
    zh: '执行 `kubeadm certs check-expiration` 确认到期时间；安排变更窗口用 `kubeadm certs renew all`（或所用安装工具的续期命令）续期，再逐个重启控制面组件。',
    en: 'Run `kubeadm certs check-expiration` to confirm the expiry dates; in a change window, renew with `kubeadm certs renew all` (or the renewal command of the installer used), then restart the control-plane components one by one.',
  },
  severity: 'warning',
  reads: ['certificates'],
  unit: 'days',
  threshold: { warningDays: 30, criticalDays: 7 },
  source: 'kubeeye certificate rule (30 d), Rancher review and ACK cluster inspection; critical at one week by practice',

  evaluate({ certificates }, { warningDays, criticalDays }, context) {
    const rows = certificates.certificates.filter(({ isCa, store }) => !isCa && store !== 'kubelet');
    return endingSoon(rows, { warning: warningDays, critical: criticalDays }, context);
  },
});
