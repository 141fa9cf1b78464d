import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosAuthOff = defineCheck({
  id: 'nacos-auth-off',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 未启用鉴权', en: 'Nacos answers without signing in' },
  why: { zh: '能连上的人可读取全部配置里的口令，也可篡改服务地址。', en: 'Whoever connects reads the passwords in all configurations, and may change addresses of services.' },
  remedy: {
    zh: '在成员上执行 `grep nacos.core.auth.enabled conf/application.properties`；设为 true 并配置自己的 token.secret.key 与 server.identity，先为客户端配置账号。',
    en: 'Run `grep nacos.core.auth.enabled conf/application.properties` on a member; set it to true with a token.secret.key and server.identity of your own, and give clients their accounts first.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'Nacos documentation, "Authorization": without it whoever reaches the port reads and changes every configuration',

  evaluate({ middlewareNacos: { rows } }) {
    return judgeInstances(rows, ({ authEnabled }) => wrongWhen(authEnabled === undefined ? undefined : !authEnabled));
  },
});
