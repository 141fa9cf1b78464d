import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosIdentityPublished = defineCheck({
  id: 'nacos-identity-published',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 服务端身份标识缺失或为默认值', en: 'Nacos server identity missing or default' },
  why: { zh: '攻击者可冒充集群内的服务端，绕过鉴权访问全部接口。', en: 'An attacker may impersonate a cluster server and bypass authentication on all interfaces.' },
  remedy: {
    zh: '在成员上检查 conf/application.properties 的 nacos.core.auth.server.identity.key 与 value，换成自己的值，所有成员一致。',
    en: 'Check nacos.core.auth.server.identity.key and value in conf/application.properties on the member; set your own values, identical on all members.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'Nacos documentation, "Authorization": requests with the identity are not checked any further; read on hosts only',

  evaluate({ middlewareNacos: { members } }) {
    return judgeInstances(members, ({ defaultIdentity }) => (defaultIdentity === undefined ? 'other' : wrongWhen(defaultIdentity)));
  },
});
