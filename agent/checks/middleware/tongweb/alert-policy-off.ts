import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const tongwebAlertPolicyOff = defineCheck({
  id: 'tongweb-alert-policy-off',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 8 未启用预警策略', en: 'TongWeb 8 alert policy not enabled' },
  why: { zh: '线程、内存出问题时 TongWeb 不会自己预警，也不留现场。', en: 'TongWeb does not raise alerts or preserve evidence when thread or memory problems occur.' },
  remedy: {
    zh: '在管理控制台查看“预警策略”，为 CPU、内存、磁盘、连接池与线程设置阈值（0 为不启用）。',
    en: 'Check the alert policy (预警策略) in the admin console; set thresholds for CPU, memory, disk, connection pools and threads (0 disables them).',
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
