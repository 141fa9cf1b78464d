import { defineCheck, type Violation } from '../check.ts';
import { below } from '../levels.ts';

export const webhookCaExpiring = defineCheck({
  id: 'control-plane-webhook-ca-expiring',
  area: 'control-plane',
  title: { zh: '准入 Webhook 的 CA 证书到期', en: 'Admission webhook CA certificates about to expire' },
  why: {
    zh: 'CA 到期后 API Server 不再信任该 Webhook：它管辖的对象将无法创建或修改。',
    en: 'Once the CA expires, the API server no longer trusts the webhook: objects it covers cannot be created or modified.',
  },
  remedy: {
    zh: '执行 `kubectl get validatingwebhookconfiguration <名称> -o jsonpath={.webhooks[0].clientConfig.caBundle} | base64 -d | openssl x509 -noout -enddate` 核对日期；重新签发证书并更新 caBundle，到期后调用会全部失败。',
    en: 'Run `kubectl get validatingwebhookconfiguration <name> -o jsonpath={.webhooks[0].clientConfig.caBundle} | base64 -d | openssl x509 -noout -enddate` to check the date; reissue the certificate and update the caBundle, because every call fails after expiry.',
  },
  severity: 'warning',
  reads: ['webhooks'],
  unit: 'days',
  threshold: { warningDays: 30, criticalDays: 7 },
  source: 'k8sgpt, kubeeye certificate limits (30 days); critical at 7 days as for other certificates',

  evaluate({ webhooks }, { warningDays, criticalDays }, { now }) {
    return webhooks.rows.flatMap(({ kind, name, caExpiresAt, caUnreadable }): readonly Violation[] => {
      if (caUnreadable && caExpiresAt === undefined) return [{ scope: { kind, name } }];
      if (caExpiresAt === undefined) return [];
      return below(Math.floor((caExpiresAt - now) / 86_400), { warning: warningDays, critical: criticalDays }).map((violation) => ({ ...violation, scope: { kind, name } }));
    });
  },
});
