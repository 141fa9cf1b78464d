import { type CertificateRow, flagged } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const keyWeak = defineCheck({
  id: 'certificate-key-weak',
  area: 'certificate',
  title: { zh: '证书密钥过短', en: 'Certificate key too short' },
  why: {
    zh: '短密钥可能被破解，持有者能冒充该组件；新版软件也会拒绝它。',
    en: 'A short key may be broken, allowing the component to be impersonated; newer software also rejects it.',
  },
  remedy: {
    zh: '执行 `openssl x509 -noout -text -in <证书>` 查看密钥；用 RSA 2048 位以上或 ECDSA P-256 重新生成密钥并签发证书。',
    en: 'Run `openssl x509 -noout -text -in <certificate>` to check the key; generate a new key (RSA of 2048 bits or more, or ECDSA P-256) and reissue the certificate.',
  },
  severity: 'info',
  setup: true,
  reads: ['certificates'],
  unit: 'bits',
  threshold: { rsaBits: 2_048, ellipticBits: 224 },
  source: 'NIST SP 800-131A Rev. 2: at least 112 bits of strength; kube-bench',

  evaluate({ certificates }, { rsaBits, ellipticBits }, context) {
    const isShort = ({ keyType, keyBits }: CertificateRow): boolean => {
      if (keyBits === undefined) return false;
      return keyType === 'ec' ? keyBits < ellipticBits : (keyType === 'rsa' || keyType === 'dsa') && keyBits < rsaBits;
    };
    return flagged(certificates.certificates, isShort, context, ({ keyBits }) => keyBits);
  },
});
