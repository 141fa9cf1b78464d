import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const thsServerTokensOn = defineCheck({
  id: 'ths-server-tokens-on',
  area: 'middleware',
  product: 'ths',
  group: 'configuration',
  title: { zh: 'TongHttpServer 应答中显示版本', en: 'Version exposed in TongHttpServer responses' },
  why: { zh: '攻击者可据版本直接选用对应的漏洞。', en: 'Attackers can choose exploits that match the version.' },
  remedy: {
    zh: '在 httpserver.conf 中设置 server_tokens off。',
    en: 'Set server_tokens off in httpserver.conf.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareThs'],
  unit: 'value',
  threshold: {},
  source: 'CIS nginx Benchmark: server_tokens off; the directive is the same',

  evaluate({ middlewareThs: { rows } }) {
    return judgeInstances(rows, ({ serverTokens }) => wrongWhen(serverTokens === undefined ? undefined : serverTokens));
  },
});
