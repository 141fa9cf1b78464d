import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const cpuStealHigh = defineCheck({
  id: 'host-cpu-steal-high',
  area: 'host',
  title: { zh: '处理器时间被宿主机占用', en: 'CPU time stolen by the hypervisor' },
  why: {
    zh: '宿主机超卖，虚拟机得不到应有的算力：业务变慢，而本机看不出原因。',
    en: 'The hypervisor is overcommitted and the virtual machine gets too little CPU time: services slow down with no cause visible inside it.',
  },
  remedy: {
    zh: '执行 `vmstat 1 5` 查看 st 列；请虚拟化平台取消超分、迁移虚拟机或更换规格。',
    en: 'Run `vmstat 1 5` and check the st column; have the overcommitment removed, or the virtual machine migrated or resized.',
  },
  severity: 'warning',
  reads: ['cpu'],
  unit: 'percent',
  threshold: { warningPercent: 10 },
  source: 'awesome-prometheus-alerts HostCpuStealNoisyNeighbor (10 %)',

  evaluate({ cpu }, { warningPercent }) {
    if (cpu.stealPercent === undefined) return unknown('no-history');
    return above(cpu.stealPercent, { warning: warningPercent });
  },
});
