import { defineCheck, unknown } from '../check.ts';

export const timeZoneUnexpected = defineCheck({
  id: 'os-time-zone-unexpected',
  area: 'os',
  title: { zh: '时区与要求不符', en: 'Unexpected time zone' },
  why: {
    zh: '日志时间与定时任务和别的主机相差若干小时，排查与对账容易出错。',
    en: 'Logs and scheduled jobs are hours off from other hosts, which easily causes errors in troubleshooting and reconciliation.',
  },
  remedy: {
    zh: '执行 `timedatectl` 查看；用 `timedatectl set-timezone Asia/Shanghai` 统一各节点，再重启依赖时区的服务。',
    en: 'Run `timedatectl` to check the current time zone; set the same time zone on all nodes with `timedatectl set-timezone`, then restart services that depend on it.',
  },
  severity: 'info',
  reads: ['os'],
  unit: 'value',
  threshold: { expected: ['Asia/Shanghai'] },
  source: 'DCE installation requirements: Asia/Shanghai',

  evaluate({ os }, { expected }) {
    if (os.timeZone === undefined) return unknown();
    return expected.includes(os.timeZone) ? [] : [{ observed: os.timeZone, threshold: expected[0] }];
  },
});
