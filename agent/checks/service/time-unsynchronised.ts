import { defineCheck } from '../check.ts';

export const timeUnsynchronised = defineCheck({
  id: 'service-time-unsynchronised',
  area: 'service',
  title: { zh: '时钟没有同步', en: 'Clock not synchronised' },
  why: {
    zh: '时间会逐渐偏离：证书失效、日志错位、etcd 与数据库的租约出错。',
    en: 'The clock gradually drifts: certificates fail, log timestamps no longer line up, and etcd and database leases go wrong.',
  },
  remedy: {
    zh: '执行 `timedatectl status` 查看同步状态，再用 `systemctl status chronyd` 查看服务；启用一个时间同步服务并配置可达的时间源。',
    en: 'Run `timedatectl status` to check the synchronisation state and `systemctl status chronyd` to check the service; enable one time service and configure sources that it can reach.',
  },
  severity: 'critical',
  reads: ['timeSync'],
  unit: 'value',
  threshold: {},
  source: 'node-mixin NodeClockNotSynchronising; node-problem-detector NTPProblem (which knows ntpd only)',

  evaluate({ timeSync: { service, synchronised } }) {
    if (service === 'none') return [{ observed: 'none' }];
    return synchronised === false ? [{ observed: false, threshold: true }] : [];
  },
});
