import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const temperatureHigh = defineCheck({
  id: 'service-temperature-high',
  area: 'service',
  title: { zh: '温度达到硬件临界值', en: 'Temperature at the critical hardware limit' },
  why: { zh: '硬件会降频或自动关机以自保，持续过热会造成永久损坏。', en: 'The hardware throttles or shuts down to protect itself; sustained overheating causes permanent damage.' },
  remedy: {
    zh: '执行 `sensors` 或查看 BMC 温度；检查风扇、风道、机房温度与散热器。',
    en: 'Run `sensors` or check the temperatures in the BMC; check the fans, airflow, room temperature and heat sinks.',
  },
  severity: 'warning',
  reads: ['hardwareHealth'],
  unit: 'percent',
  threshold: { warningPercent: 100 },
  source: 'awesome-prometheus-alerts HostNodeOvertemperatureAlarm: the critical limit that the sensor itself tells',

  evaluate({ hardwareHealth: { temperatureSensors, hottestPercentOfCritical, temperatureAlarms } }, { warningPercent }) {
    if (temperatureSensors === 0) return notApplicable('not-present');
    // The sensor's own alarm stands, whatever its distance from the critical value.
    if (temperatureAlarms > 0) return [{ observed: hottestPercentOfCritical }];
    return hottestPercentOfCritical === undefined ? unknown() : above(hottestPercentOfCritical, { warning: warningPercent });
  },
});
