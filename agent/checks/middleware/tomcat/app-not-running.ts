import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tomcatAppNotRunning = defineCheck({
  id: 'tomcat-app-not-running',
  area: 'middleware',
  product: 'tomcat',
  group: 'load',
  title: { zh: 'Tomcat 应用未运行', en: 'Tomcat application does not run' },
  why: { zh: '该应用的用户得到 404 或 503，业务中断。', en: 'Its users get 404 or 503: the business is down.' },
  remedy: {
    zh: '查看 catalina.out 中的部署错误；有意停用的应用请登记为例外。',
    en: 'See catalina.out for errors of deployment; record an exemption for what is meant to be stopped.',
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
