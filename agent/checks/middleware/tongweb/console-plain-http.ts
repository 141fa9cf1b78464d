import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebConsolePlainHttp = defineCheck({
  id: 'tongweb-console-plain-http',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 管理控制台使用明文 HTTP', en: 'TongWeb admin console served over plain HTTP' },
  why: {
    zh: '管理员口令以明文传输，截获后可控制整个中间件。',
    en: 'The administrator password is sent in clear text; anyone who intercepts it can control the entire middleware.',
  },
  remedy: {
    zh: '在控制台将 system-http-listener 启用 SSL；或只允许本机与管理网访问 9060。',
    en: 'Enable SSL for system-http-listener in the console, or allow only the local host and the management network to reach 9060.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 8 baseline item checkSSL',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ consoleTls }) => wrongWhen(consoleTls === undefined ? undefined : !consoleTls));
  },
});
