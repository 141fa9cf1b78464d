import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';

export const fanFailed = defineCheck({
  id: 'service-fan-failed',
  area: 'service',
  title: { zh: '风扇故障', en: 'Fan failure' },
  why: { zh: '散热不足，机器会降频、报警，最终过热关机。', en: 'Poor cooling: the machine throttles, raises alarms and finally shuts down from overheating.' },
  remedy: {
    zh: '执行 `sensors` 或查看 BMC 风扇状态；更换故障风扇，更换前留意温度。',
    en: 'Run `sensors` or check the fan status in the BMC; replace the failed fan, and monitor the temperature until then.',
  },
  severity: 'warning',
  reads: ['hardwareHealth'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: hwmon fault and alarm flags of fans come from the hardware itself',

  evaluate({ hardwareHealth: { fans, fanFaults } }, { warningCount }) {
    return fans === 0 ? notApplicable('not-present') : above(fanFaults, { warning: warningCount });
  },
});
