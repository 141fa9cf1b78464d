import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const nacosNotReady = defineCheck({
  id: 'nacos-not-ready',
  area: 'middleware',
  product: 'nacos',
  group: 'load',
  title: { zh: 'Nacos 成员未就绪', en: 'Nacos member not ready' },
  why: { zh: '该成员不能提供服务，连到它的客户端注册和取配置会失败。', en: 'It cannot serve requests, so clients connected to it fail to register or fetch configurations.' },
  remedy: {
    zh: '执行 `curl http://<成员>:8848/nacos/v1/console/health/readiness` 查看原因；检查数据库连接与 naming-server.log。',
    en: 'Run `curl http://<member>:8848/nacos/v1/console/health/readiness` to find the reason; check the database connection and naming-server.log.',
  },
  severity: 'critical',
  reads: ['middlewareNacos'],
  unit: 'value',
  threshold: {},
  source: 'Nacos documentation, "Open API": readiness is 200 when configurations and services can be served',

  evaluate({ middlewareNacos: { members } }) {
    return judgeInstances(members, ({ ready }) => wrongWhen(ready === undefined ? undefined : !ready));
  },
});
