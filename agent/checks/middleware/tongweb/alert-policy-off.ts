import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebAlertPolicyOff = defineCheck({
  id: 'tongweb-alert-policy-off',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 8 未启用预警策略', en: 'TongWeb 8 has no alert policy' },
  why: { zh: '线程、内存出问题时 TongWeb 不会自己预警，也不留现场。', en: 'TongWeb itself neither warns nor keeps evidence when threads or memory go wrong.' },
  remedy: {
    zh: '在管理控制台查看“预警策略”，为 CPU、内存、磁盘、连接池与线程设置阈值（0 为不启用）。',
    en: 'See the alert policy (预警策略) in the console; set limits for processors, memory, disk, pools and threads (0 is off).',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'value',
  threshold: {},
  source: 'TongWeb 8 manual: every limit of the policy is 0, that is off, until it is set',

  evaluate({ middlewareTongweb: { rows } }) {
    return judgeInstances(rows, ({ line, alertPolicy }) =>
      alertPolicy === undefined && line !== 'tongweb-8' ? 'other' : wrongWhen(alertPolicy === undefined ? undefined : !alertPolicy),
    );
  },
});
