import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebInstanceStopped = defineCheck({
  id: 'tongweb-instance-stopped',
  area: 'middleware',
  product: 'tongweb',
  group: 'load',
  title: { zh: 'TongWeb 已安装但未运行', en: 'TongWeb installed but not running' },
  why: { zh: '它承载的应用不可用；若不是计划内停止，需要立即查明。', en: 'Its applications are unavailable; unless this was planned, investigate immediately.' },
  remedy: {
    zh: '执行 `ps -ef | grep tongweb` 与 `tail logs/server.log` 核对；有意停用的安装请登记为例外或在配置 middleware.ignore 中忽略。',
    en: 'Run `ps -ef | grep tongweb` and `tail logs/server.log`; if the installation is intentionally out of use, record an exemption or list it under middleware.ignore in the configuration.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'practice: an installation with a configuration is meant to run',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ running }) => wrongWhen(running === undefined ? undefined : !running));
  },
});
