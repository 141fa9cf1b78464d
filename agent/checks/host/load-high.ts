import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const loadHigh = defineCheck({
  id: 'host-load-high',
  area: 'host',
  title: { zh: '系统负载过高', en: 'High system load' },
  why: {
    zh: '排队的任务多于处理器所能承担，响应变慢，登录和运维操作也会迟滞。',
    en: 'More tasks are queued than the CPUs can handle: responses are slow, and logins and maintenance operations lag too.',
  },
  remedy: {
    zh: '执行 `uptime` 与 `vmstat 1 5` 区分是处理器排队（r 列）还是等待磁盘（b 列）；据此限制负载、优化存储或扩容。',
    en: 'Run `uptime` and `vmstat 1 5` to tell CPU queuing (column r) from disk waits (column b); then limit the load, optimise storage or add capacity accordingly.',
  },
  severity: 'warning',
  reads: ['load'],
  unit: 'ratio',
  threshold: { warningRatio: 2 },
  source: 'node-mixin NodeSystemSaturation: load per core above 2; the 5-minute average, since one look must not catch a burst',

  evaluate({ load }, { warningRatio }) {
    if (load.cores === 0) return unknown();
    return above(load.load5 / load.cores, { warning: warningRatio });
  },
});
