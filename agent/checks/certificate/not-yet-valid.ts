import { flagged } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const notYetValid = defineCheck({
  id: 'certificate-not-yet-valid',
  area: 'certificate',
  title: { zh: '证书尚未生效', en: 'Certificates not yet valid' },
  why: {
    zh: '证书尚未生效（多因时钟不准）：连接被拒绝，看起来与过期一样。',
    en: 'The certificate is not yet valid, usually because of an incorrect clock: connections are refused as if it had expired.',
  },
  remedy: {
    zh: '执行 `date -u` 与 `chronyc tracking` 核对本机时间；时间无误时说明签发时的时钟偏快，应重新签发该证书。',
    en: "Run `date -u` and `chronyc tracking` to check the local clock; if it is correct, the issuer's clock was fast: reissue the certificate.",
  },
  severity: 'critical',
  reads: ['certificates'],
  unit: 'days',
  threshold: {},
  source: 'practice: TLS refuses a certificate before its notBefore; seen after machines were installed with a wrong clock',

  evaluate({ certificates }, _threshold, context) {
    return flagged(
      certificates.certificates,
      ({ notBefore }) => notBefore > context.now,
      context,
      ({ notBefore }) => Math.ceil((notBefore - context.now) / 86_400),
    );
  },
});
