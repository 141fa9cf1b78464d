import { endingSoon } from '../certificates.ts';
import { defineCheck, notApplicable, unknown } from '../check.ts';

export const kubeletExpiring = defineCheck({
  id: 'certificate-kubelet-expiring',
  area: 'certificate',
  title: { zh: 'kubelet 证书即将过期', en: 'Kubelet certificates about to expire' },
  why: { zh: 'kubelet 的证书到期后节点失联，上面的 Pod 会被驱逐。', en: "Once the kubelet's certificate expires, the node is lost and its pods are evicted." },
  remedy: {
    zh: '执行 `openssl x509 -noout -enddate -in /var/lib/kubelet/pki/kubelet-client-current.pem` 确认；已开启轮换却未更新的，用 `journalctl -u kubelet` 与 `kubectl get csr` 查明签发受阻的原因，未开启的先开启轮换或手工续期。',
    en: 'Run `openssl x509 -noout -enddate -in /var/lib/kubelet/pki/kubelet-client-current.pem` to confirm; if rotation is enabled, use `journalctl -u kubelet` and `kubectl get csr` to find out why no new certificate was issued; if it is not, enable it or renew the certificate manually.',
  },
  severity: 'warning',
  reads: ['certificates', 'kubelet'],
  unit: 'days',
  threshold: { warningDays: 7, criticalDays: 1, withoutRotationDays: 30 },
  source: 'kubernetes-mixin KubeletClientCertificateExpiration and KubeletServerCertificateExpiration (7 d, 1 d); 30 d where nothing renews it by itself',

  evaluate({ certificates, kubelet }, { warningDays, criticalDays, withoutRotationDays }, context) {
    const rows = certificates.certificates.filter(({ isCa, store }) => !isCa && store === 'kubelet');
    if (rows.length === 0) return certificates.dropped > 0 ? unknown('truncated') : notApplicable('not-present');
    return rows.flatMap((row) => {
      const isRenewed = row.isServer ? kubelet.serverTlsBootstrap : kubelet.rotateCertificates;
      return endingSoon([row], { warning: isRenewed === true ? warningDays : withoutRotationDays, critical: criticalDays }, context);
    });
  },
});
