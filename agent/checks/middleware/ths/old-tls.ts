import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const thsOldTls = defineCheck({
  id: 'ths-old-tls',
  area: 'middleware',
  product: 'ths',
  group: 'configuration',
  title: { zh: 'TongHttpServer 允许旧版 TLS', en: 'Legacy TLS versions allowed by TongHttpServer' },
  why: { zh: '旧协议有已知弱点，会话可能被破解或降级。', en: 'Old protocols have known weaknesses, and sessions may be decrypted or downgraded.' },
  remedy: {
    zh: '将 ssl_protocols 设为 TLSv1.2 TLSv1.3。',
    en: 'Set ssl_protocols to TLSv1.2 TLSv1.3.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareThs'],
  unit: 'value',
  threshold: {},
  source: 'CIS nginx Benchmark; RFC 8996 deprecates TLS 1.0 and 1.1',

  evaluate({ middlewareThs: { rows } }) {
    return judgeInstances(rows, ({ oldTls }) => wrongWhen(oldTls === undefined ? undefined : oldTls));
  },
});
