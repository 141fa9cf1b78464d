import { defineCheck } from '../check.ts';
import { below } from '../levels.ts';

export const certificateExpiring = defineCheck({
  id: 'addon-certificate-expiring',
  area: 'addon',
  title: { zh: 'cert-manager 证书即将到期却没有续期', en: 'cert-manager certificate expiring without renewal' },
  why: { zh: '自动续期已经失败，到期那天使用它的服务就会拒绝连接。', en: 'Automatic renewal has failed; after expiry the service using it refuses connections.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe certificate <名称>` 查看续期时间与失败原因；修正后用 `cmctl renew <名称>` 立即续期。',
    en: 'Run `kubectl -n <namespace> describe certificate <name>` to see the renewal time and the cause of the failure; fix it, then renew immediately with `cmctl renew <name>`.',
  },
  severity: 'warning',
  reads: ['certManager'],
  unit: 'days',
  threshold: { warningDays: 21, criticalDays: 7 },
  source:
    'awesome-prometheus-alerts CertManagerCertificateExpiringSoon (21 days); critical at 7 days, where kubernetes-mixin warns of certificates; short-lived certificates count once their renewal is overdue',

  evaluate({ certManager }, { warningDays, criticalDays }, { now }) {
    return certManager.rows.flatMap(({ namespace, name, notAfter, renewalAt }) => {
      if (notAfter === undefined || (renewalAt !== undefined && renewalAt > now)) return []; // its turn has not come
      const days = Math.floor((notAfter - now) / 86_400);
      return below(days, { warning: warningDays, critical: criticalDays }).map((violation) => ({ ...violation, scope: { kind: 'Certificate' as const, namespace, name } }));
    });
  },
});
