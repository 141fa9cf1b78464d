import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nginxTokensShown = defineCheck({
  id: 'nginx-tokens-shown',
  area: 'middleware',
  product: 'nginx',
  group: 'configuration',
  title: { zh: 'nginx 对外显示版本号', en: 'nginx version exposed' },
  why: { zh: '攻击者可据版本直接选用对应的漏洞。', en: 'An attacker can pick exploits that match the version.' },
  remedy: {
    zh: '执行 `curl -sI http://<地址>/ | grep -i server` 确认；在 http 块设置 server_tokens off。',
    en: 'Run `curl -sI http://<address>/ | grep -i server` to confirm; set server_tokens off in the http block.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareNginx'],
  unit: 'value',
  threshold: {},
  source: 'CIS NGINX Benchmark: server_tokens off',

  evaluate({ middlewareNginx: { rows } }) {
    return judgeInstances(rows, ({ configurationRead, tokensShown }) => (configurationRead ? wrongWhen(tokensShown) : 'other'));
  },
});
