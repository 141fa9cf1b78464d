import { flagged } from '../certificates.ts';
import { defineCheck } from '../check.ts';

export const namesMissing = defineCheck({
  id: 'certificate-names-missing',
  area: 'certificate',
  title: { zh: '服务端证书没有主体备用名称', en: 'Server certificates without a subject alternative name' },
  why: {
    zh: '新版客户端只看备用名称，会拒绝这张证书，升级后连接中断。',
    en: 'Newer clients check only this field and reject the certificate, so connections fail after an upgrade.',
  },
  remedy: {
    zh: '执行 `openssl x509 -noout -ext subjectAltName -in <证书>` 确认；在签发请求中写明全部域名与 IP 后重新签发，较新的客户端已不再读取通用名。',
    en: 'Run `openssl x509 -noout -ext subjectAltName -in <certificate>` to confirm; reissue the certificate with all host names and IP addresses in the request: newer clients no longer read the common name.',
  },
  severity: 'info',
  reads: ['certificates'],
  unit: 'value',
  threshold: {},
  source: 'RFC 6125; Go 1.15 and later ignore the common name; kube-bench',

  evaluate({ certificates }, _threshold, context) {
    return flagged(certificates.certificates, ({ isServer, isCa, hasSubjectAltName }) => isServer && !isCa && !hasSubjectAltName, context);
  },
});
