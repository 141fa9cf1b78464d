import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const mongodbTlsOff = defineCheck({
  id: 'mongodb-tls-off',
  area: 'middleware',
  product: 'mongodb',
  group: 'configuration',
  title: { zh: 'MongoDB 未使用 TLS', en: 'MongoDB without TLS' },
  why: { zh: '口令和数据以明文在网络上传输，可被窃听。', en: 'Passwords and data are sent in clear text and may be intercepted.' },
  remedy: {
    zh: '执行 `db.adminCommand({getCmdLineOpts: 1}).parsed.net` 核对；配置证书并将 net.tls.mode 设为 requireTLS。',
    en: 'Run `db.adminCommand({getCmdLineOpts: 1}).parsed.net` to check; configure certificates and set net.tls.mode to requireTLS.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMongodb'],
  unit: 'value',
  threshold: {},
  source: 'MongoDB manual, "Security Checklist": encrypt communication',

  evaluate({ middlewareMongodb: { members } }) {
    return judgeInstances(members, ({ tls }) => wrongWhen(tls === undefined ? undefined : !tls));
  },
});
