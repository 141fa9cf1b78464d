import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tomcatShutdownPortOpen = defineCheck({
  id: 'tomcat-shutdown-port-open',
  area: 'middleware',
  product: 'tomcat',
  group: 'configuration',
  title: { zh: 'Tomcat 开放停止端口', en: 'Tomcat shutdown port open' },
  why: { zh: '能连到该端口的人可以直接停掉服务。', en: 'Anyone who can reach the port can stop the server.' },
  remedy: {
    zh: '执行 `ss -ltnp | grep 8005` 确认；将 Server port 设为 -1，或修改停止口令。',
    en: 'Run `ss -ltnp | grep 8005`; set the port of the Server element to -1, or change the shutdown command.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTomcat'],
  unit: 'value',
  threshold: {},
  source: 'CIS Apache Tomcat Benchmark: disable the shutdown port',

  evaluate({ middlewareTomcat: { rows } }) {
    return judgeInstances(rows, ({ shutdownPort }) => wrongWhen(shutdownPort === undefined ? undefined : shutdownPort));
  },
});
