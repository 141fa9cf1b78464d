import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tomcatAppNotRunning = defineCheck({
  id: 'tomcat-app-not-running',
  area: 'middleware',
  product: 'tomcat',
  group: 'load',
  title: { zh: 'Tomcat 应用未运行', en: 'Tomcat application not running' },
  why: { zh: '该应用的用户得到 404 或 503，业务中断。', en: 'Its users get 404 or 503 errors: the service is down.' },
  remedy: {
    zh: '查看 catalina.out 中的部署错误；有意停用的应用请登记为例外。',
    en: 'Check catalina.out for deployment errors; record an exemption for applications that are stopped intentionally.',
  },
  severity: 'critical',
  reads: ['middlewareTomcat'],
  unit: 'value',
  threshold: {},
  source: 'Tomcat LifecycleState: STARTED',

  evaluate({ middlewareTomcat: { rows, applications } }) {
    return judgeParts(
      rows,
      applications,
      ({ state }) => told(state, (word) => (word === 'running' ? [] : [{ observed: word }])),
      ({ heapUsedBytes }) => (heapUsedBytes === undefined ? 'silent' : 'other'),
    );
  },
});
