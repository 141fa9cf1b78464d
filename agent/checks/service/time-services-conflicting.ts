import { defineCheck } from '../check.ts';

export const timeServicesConflicting = defineCheck({
  id: 'service-time-services-conflicting',
  area: 'service',
  title: { zh: '同时运行多个时间同步服务', en: 'Several time services running at once' },
  why: { zh: '多个服务互相改写时钟，时间会来回跳动。', en: "They override each other's clock changes, so time may jump back and forth." },
  remedy: {
    zh: '执行 `ps -eo comm | grep -E "chronyd|ntpd|systemd-timesyn"` 查看正在运行的服务；只保留一个，停用并禁止其余服务自启动。',
    en: 'Run `ps -eo comm | grep -E "chronyd|ntpd|systemd-timesyn"` to see which are running; keep one, and stop and disable the others.',
  },
  severity: 'warning',
  setup: true,
  reads: ['timeSync'],
  unit: 'count',
  threshold: { maximumCount: 1 },
  source: 'practice: two services that steer one clock work against each other',

  evaluate({ timeSync: { running } }, { maximumCount }) {
    const steering = running.filter((service) => service !== 'ptp4l').length; // PTP feeds chrony by design
    return steering > maximumCount ? [{ observed: steering, threshold: maximumCount }] : [];
  },
});
