import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const nginxCertificateExpiring = defineCheck({
  id: 'nginx-certificate-expiring',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 证书即将到期', en: 'nginx certificate about to expire' },
  why: { zh: '到期后浏览器报警、程序拒绝连接，网站等于中断。', en: 'After expiry, browsers show warnings and programs refuse to connect: the site is as good as down.' },
  remedy: {
    zh: '执行 `nginx -T 2>/dev/null | grep ssl_certificate` 找出证书，用 `openssl x509 -enddate -noout -in <文件>` 核对；更换后执行 `nginx -t && nginx -s reload`。',
    en: 'Run `nginx -T 2>/dev/null | grep ssl_certificate` to find the files and `openssl x509 -enddate -noout -in <file>` for their expiry dates; replace the certificate, then run `nginx -t && nginx -s reload`.',
  },
  severity: 'warning',
  reads: ['middlewareNginx'],
  unit: 'days',
  threshold: { warningDays: 30, criticalDays: 7 },
  source: 'KubeEye certificate rule (30 days), as for other certificates; practice: critical at 7 days',

  evaluate({ middlewareNginx: { rows } }, { warningDays, criticalDays }, { now }) {
    return judgeInstances(rows, ({ certificates, certificateExpiresAt }) => {
      if (certificates === undefined) return 'silent';
      if (certificateExpiresAt === undefined) return 'other';
      return below(Math.floor((certificateExpiresAt - now) / 86_400), { warning: warningDays, critical: criticalDays });
    });
  },
});
