import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosMetricsOff = defineCheck({
  id: 'nacos-metrics-off',
  area: 'middleware',
  product: 'nacos',
  group: 'configuration',
  title: { zh: 'Nacos 指标端点未开启', en: 'Nacos metrics endpoint not enabled' },
  why: { zh: '看不到连接数、推送与堆的状态，问题要等业务报障才知道。', en: 'Connections, pushes and heap cannot be seen, so problems are noticed only when users report them.' },
  remedy: {
    zh: '在成员上执行 `grep management.endpoints conf/application.properties`；设置 management.endpoints.web.exposure.include=prometheus,health 并限制来源，否则推送失败与数据库异常无从得知。',
    en: 'Run `grep management.endpoints conf/application.properties` on a member; set management.endpoints.web.exposure.include=prometheus,health and restrict access, otherwise failed pushes and database errors go unnoticed.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'Nacos documentation, "Monitor"; practice: info',

  evaluate({ middlewareNacos: { members } }) {
    return judgeInstances(members, ({ metrics }) => wrongWhen(metrics === undefined ? undefined : !metrics));
  },
});
