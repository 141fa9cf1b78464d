import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosSecretKeyPublished = defineCheck({
  id: 'nacos-secret-key-published',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 令牌密钥为公开的默认值', en: 'Nacos token secret key is the published default' },
  why: { zh: '任何人都能伪造管理员令牌，接管全部配置。', en: 'Anyone can forge an administrator token and take over all configurations.' },
  remedy: {
    zh: '在成员上检查 conf/application.properties 的 nacos.core.auth.plugin.nacos.token.secret.key（1.x：nacos.core.auth.default.token.secret.key），换成自己的随机值（Base64，原文不少于 32 字节）并重启。',
    en: 'Check nacos.core.auth.plugin.nacos.token.secret.key (1.x: nacos.core.auth.default.token.secret.key) in conf/application.properties on the member; set your own random value (Base64 of at least 32 bytes) and restart.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'Nacos documentation, "Risk description of default values" (2023-03): with the published key anybody signs tokens of any user; read on hosts only',

  evaluate({ middlewareNacos: { members } }) {
    return judgeInstances(members, ({ defaultSecretKey }) => (defaultSecretKey === undefined ? 'other' : wrongWhen(defaultSecretKey)));
  },
});
