import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const apiClockOff = defineCheck({
  id: 'control-plane-api-clock-off',
  area: 'control-plane',
  title: { zh: 'API 服务器时钟偏移', en: 'API server clock offset' },
  why: {
    zh: 'API Server 的时钟不准会使证书与令牌被误判：组件和用户无缘无故登录失败。',
    en: 'An incorrect API server clock causes certificates and tokens to be misjudged: components and users are rejected for no apparent reason.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /version -v=8 2>&1 | grep Date:` 与 `date -u` 对比两端时钟，在偏移的一端执行 `chronyc tracking`；修复时间同步，否则令牌与证书会被拒绝，租约、事件与备份的时间不可信。',
    en: 'Run `kubectl get --raw /version -v=8 2>&1 | grep Date:` and `date -u` to compare both clocks, then run `chronyc tracking` on the side that is off; fix time synchronisation, otherwise tokens and certificates are rejected and the timestamps of leases, events and backups are unreliable.',
  },
  severity: 'critical',
  reads: ['apiServer'],
  unit: 'seconds',
  threshold: { warningSeconds: 5, criticalSeconds: 60 },
  source: 'critical: go-jose, which checks service account tokens, lets clocks differ by one minute (DefaultLeeway); warning: practice, as for nodes',

  evaluate({ apiServer: { clockOffsetSeconds: offset } }, { warningSeconds, criticalSeconds }) {
    if (offset === undefined) return unknown('not-reported');
    return above(Math.abs(offset), { warning: warningSeconds, critical: criticalSeconds }).map((violation) => ({ ...violation, observed: offset }));
  },
});
