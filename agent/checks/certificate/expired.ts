import { certificateScope, daysLeft } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const expired = defineCheck({
  id: 'certificate-expired',
  area: 'certificate',
  title: { zh: '证书已过期', en: 'Expired certificates' },
  why: {
    zh: '证书已过期：使用它的组件或服务拒绝连接，业务或集群管理已经中断。',
    en: 'The certificate has expired: components or services that use it refuse connections, and a service or cluster management is already down.',
  },
  remedy: {
    zh: '执行 `kubeadm certs check-expiration` 查看全部证书；用 `kubeadm certs renew all`（kubespray、kubekey 等用各自的续期命令）续期后，重启使用它的控制面组件，并更新分发出去的 kubeconfig。',
    en: 'Run `kubeadm certs check-expiration` to list all certificates; renew them with `kubeadm certs renew all` (or the renewal command of the installer used), then restart the control-plane components that use them and replace any distributed kubeconfig files.',
  },
  severity: 'critical',
  reads: ['certificates'],
  unit: 'days',
  threshold: {},
  source:
    "kubeeye certificate rule, Rancher review: an expired certificate is refused at once. The kubelet's own self-signed one is milder: the API server does not verify it by default (practice)",

  evaluate({ certificates }, _threshold, context) {
    return certificates.certificates
      .filter((row) => daysLeft(row, context.now) <= 0)
      .map((row) => ({
        scope: certificateScope(row, context),
        observed: Math.floor(daysLeft(row, context.now)),
        threshold: 0,
        severity: row.store === 'kubelet' && row.isServer ? 'warning' : 'critical',
      }));
  },
});
