import { defineCheck } from '../../check.ts';
import { judgeParts } from '../../middleware-parts.ts';
import { told } from '../../middleware-rows.ts';

export const tongwebAppNotRunning = defineCheck({
  id: 'tongweb-app-not-running',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 应用未运行', en: 'TongWeb application not running' },
  why: { zh: '该应用的用户得到 404 或 503，业务中断。', en: 'Its users get 404 or 503 errors: the service is down.' },
  remedy: {
    zh: '执行 `bin/commandstool.sh list-apps` 查看状态与 server.log 中的部署错误；有意停用的应用请登记为例外。',
    en: 'Run `bin/commandstool.sh list-apps` to check the state, and check server.log for deployment errors; record an exemption for applications that are stopped intentionally.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb monitor item stateName: running',

  evaluate({ middlewareTongweb: { rows, applications } }) {
    return judgeParts(
      rows,
      applications,
      ({ state }) => told(state, (word) => (word === 'running' ? [] : [{ observed: word }])),
      ({ configurationRead }) => (configurationRead ? 'other' : 'silent'),
    );
  },
});
