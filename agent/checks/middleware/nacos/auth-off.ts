import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosAuthOff = defineCheck({
  id: 'nacos-auth-off',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 未启用鉴权', en: 'Nacos authentication disabled' },
  why: { zh: '能连上的人可读取全部配置里的口令，也可篡改服务地址。', en: 'Anyone who can connect can read the passwords in all configurations and tamper with service addresses.' },
  remedy: {
    zh: '在成员上执行 `grep nacos.core.auth.enabled conf/application.properties`；设为 true 并配置自己的 token.secret.key 与 server.identity，先为客户端配置账号。',
    en: 'Run `grep nacos.core.auth.enabled conf/application.properties` on a member; create accounts for clients first, then set it to true with your own token.secret.key and server.identity.',
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
