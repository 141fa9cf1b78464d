import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tomcatAccessLogOff = defineCheck({
  id: 'tomcat-access-log-off',
  area: 'middleware',
  product: 'tomcat',
  group: 'configuration',
  title: { zh: 'Tomcat 未开启访问日志', en: 'Tomcat access log disabled' },
  why: { zh: '出现攻击、错误或争议时没有请求记录可查。', en: 'After an attack, error or dispute, there is no record of requests to consult.' },
  remedy: {
    zh: '在 server.xml 的 Host 中配置 AccessLogValve。',
    en: 'Configure an AccessLogValve in the Host element of server.xml.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTomcat'],
  unit: 'value',
  threshold: {},
  source: 'CIS Apache Tomcat Benchmark: access log',

  evaluate({ middlewareTomcat: { rows } }) {
    return judgeInstances(rows, ({ accessLog }) => wrongWhen(accessLog === undefined ? undefined : !accessLog));
  },
});
