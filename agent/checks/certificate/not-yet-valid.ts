import { flagged } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const notYetValid = defineCheck({
  id: 'certificate-not-yet-valid',
  area: 'certificate',
  title: { zh: '证书尚未生效', en: 'Certificates that are not valid yet' },
  why: {
    zh: '证书尚未生效（多因时钟不准）：连接被拒绝，看起来与过期一样。',
    en: 'It is not valid yet, mostly because a clock is wrong: connections are refused as if it had expired.',
  },
  remedy: {
    zh: '执行 `date -u` 与 `chronyc tracking` 核对本机时间；时间无误时说明签发时的时钟偏快，应重新签发该证书。',
    en: "Compare the clock with `date -u` and `chronyc tracking`; when it is right, the issuer's clock was fast: issue the certificate again.",
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
