import { type CertificateRow, flagged } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const signatureWeak = defineCheck({
  id: 'certificate-signature-weak',
  area: 'certificate',
  title: { zh: '证书使用已弃用的签名算法', en: 'Certificates with a deprecated signature algorithm' },
  why: {
    zh: '这种签名可被伪造，新版软件默认拒绝，升级后连接中断。',
    en: 'Such signatures can be forged, and newer software rejects them by default, so connections fail after an upgrade.',
  },
  remedy: {
    zh: '执行 `openssl x509 -noout -text -in <证书>` 查看签名算法；改用 SHA-256 以上重新签发，新版 Go 编写的组件会直接拒绝这类证书。',
    en: 'Run `openssl x509 -noout -text -in <certificate>` to check the signature algorithm; reissue the certificate with SHA-256 or stronger: components built with recent Go versions reject such certificates.',
  },
  severity: 'info',
  setup: true,
  reads: ['certificates'],
  unit: 'value',
  threshold: {},
  source: 'NIST SP 800-131A Rev. 2; Go 1.18 and later refuse SHA-1 signatures. Of a self-signed root nobody verifies the signature',

  evaluate({ certificates }, _threshold, context) {
    const isWeak = ({ signatureHash, isCa, selfSigned }: CertificateRow): boolean => (signatureHash === 'md5' || signatureHash === 'sha1') && !(isCa && selfSigned);
    return flagged(certificates.certificates, isWeak, context, ({ signatureHash }) => signatureHash);
  },
});
