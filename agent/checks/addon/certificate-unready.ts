import { defineCheck } from '../check.ts';

export const certificateUnready = defineCheck({
  id: 'addon-certificate-unready',
  area: 'addon',
  title: { zh: 'cert-manager 证书未就绪', en: 'cert-manager certificate not ready' },
  why: { zh: '使用它的 Ingress 或服务没有可用证书，访问报错。', en: 'The Ingress or service that uses it has no valid certificate, and users get errors.' },
  remedy: {
    zh: '执行 `kubectl -n <命名空间> describe certificate <名称>`，沿 CertificateRequest、Order、Challenge 逐级查看原因；修正签发者或域名验证。',
    en: 'Run `kubectl -n <namespace> describe certificate <name>` and trace CertificateRequest, Order and Challenge to find the cause; correct the issuer or the domain validation.',
  },
  severity: 'warning',
  reads: ['certManager'],
  unit: 'minutes',
  threshold: { unreadyMinutes: 10 },
  source: 'awesome-prometheus-alerts CertManagerCertificateNotReady (10 min)',

  evaluate({ certManager }, { unreadyMinutes }, { now }) {
    return certManager.rows.flatMap(({ namespace, name, ready, since, createdAt }) => {
      const minutes = Math.floor((now - (since ?? createdAt)) / 60);
      return !ready && minutes >= unreadyMinutes ? [{ scope: { kind: 'Certificate' as const, namespace, name }, observed: minutes, threshold: unreadyMinutes }] : [];
    });
  },
});
