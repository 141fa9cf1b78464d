import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const thermalThrottling = defineCheck({
  id: 'service-thermal-throttling',
  area: 'service',
  title: { zh: '处理器因过热降频', en: 'Processor thermal throttling' },
  why: { zh: '处理器被迫降速，业务变慢；散热不改善会更严重。', en: 'Processors are forced to run slower and services slow down; this gets worse unless cooling improves.' },
  remedy: {
    zh: '执行 `sensors` 或查看 BMC 温度；检查风扇、风道、机房温度与灰尘。',
    en: 'Run `sensors` or check the temperatures in the BMC; check the fans, airflow, room temperature and dust.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: throttled processors slow every workload of the node; any in 24 h',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['thermal-throttle', 'thermal-critical'], { warning: warningCount });
  },
});
