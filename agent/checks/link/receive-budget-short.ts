import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const linkReceiveBudgetShort = defineCheck({
  id: 'link-receive-budget-short',
  area: 'link',
  title: { zh: '收包时间片频繁用尽', en: 'Packet receive budget frequently exhausted' },
  why: { zh: '收包来不及处理，流量高峰时会丢包或时延升高。', en: 'Packets are not processed in time and may be dropped or delayed at traffic peaks.' },
  remedy: {
    zh: '执行 `cat /proc/net/softnet_stat`（第 3 列）确认；适当提高 net.core.netdev_budget 与 netdev_budget_usecs，并把收包分散到多个处理器。',
    en: 'Run `cat /proc/net/softnet_stat` (third column) to confirm; moderately raise net.core.netdev_budget and netdev_budget_usecs, and spread packet reception across CPUs.',
  },
  severity: 'info',
  setup: true,
  reads: ['softnet'],
  unit: 'per-second',
  threshold: { infoPerSecond: 10 },
  source: 'netdata 1min_netdev_budget_ran_outs (10)',

  evaluate({ softnet }, { infoPerSecond }) {
    if (softnet.squeezedPerSecond === undefined) return unknown('no-history');
    return above(softnet.squeezedPerSecond, { info: infoPerSecond });
  },
});
