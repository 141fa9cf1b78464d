import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosUserAgentTrusted = defineCheck({
  id: 'nacos-user-agent-trusted',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 按 User-Agent 放行请求', en: 'Nacos authentication bypass by User-Agent' },
  why: { zh: '改一个请求头就能绕过登录，读写全部配置。', en: 'Changing one request header bypasses login to read and write all configurations.' },
  remedy: {
    zh: '在成员上执行 `grep userAgentAuthWhite conf/application.properties`；设为 false 并配置 server.identity。',
    en: 'Run `grep userAgentAuthWhite conf/application.properties` on the member; set it to false and configure server.identity.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'CVE-2021-29441; Nacos documentation, "Authorization": nacos.core.auth.enable.userAgentAuthWhite=false; read on hosts only',

  evaluate({ middlewareNacos: { members } }) {
    return judgeInstances(members, ({ userAgentTrusted }) => (userAgentTrusted === undefined ? 'other' : wrongWhen(userAgentTrusted)));
  },
});
