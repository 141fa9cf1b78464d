import { defineCheck, unknown } from '../check.ts';

export const clientCertificatesExpiring = defineCheck({
  id: 'control-plane-client-certificates-expiring',
  area: 'control-plane',
  title: { zh: '访问 API 的客户端证书即将到期', en: 'API client certificates about to expire' },
  why: {
    zh: '正在使用的客户端证书到期后，对应的组件或人员会立刻被拒绝。',
    en: 'Once a client certificate in use expires, the component or user that relies on it is rejected immediately.',
  },
  remedy: {
    zh: '在各节点上执行 `kubeadm certs check-expiration` 与 `openssl x509 -enddate -noout -in /var/lib/kubelet/pki/kubelet-client-current.pem` 找出证书；续期后重启使用它的组件。',
    en: 'Run `kubeadm certs check-expiration` and `openssl x509 -enddate -noout -in /var/lib/kubelet/pki/kubelet-client-current.pem` on each node to find the certificate; renew it and restart the component that uses it.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'percent',
  threshold: { minimumCount: 1 },
  source: 'kubernetes-mixin KubeClientCertificateExpiration (7 days, 1 day), measured between two samples',

  evaluate({ apiMetrics }, { minimumCount }) {
    const { recentClientCertificates: seen, recentCertificatesWithin7Days: week, recentCertificatesWithin1Day: day } = apiMetrics;
    if (seen === undefined || seen < minimumCount) return unknown('no-history');
    if (week === undefined || day === undefined) return unknown('not-reported');
    const share = (part: number): number => Math.round((part / seen) * 1_000) / 10;
    if (day > 0) return [{ observed: share(day), severity: 'critical' }];
    return week > 0 ? [{ observed: share(week) }] : [];
  },
});
