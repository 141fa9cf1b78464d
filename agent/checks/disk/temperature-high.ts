import { defineCheck, notApplicable, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskTemperatureHigh = defineCheck({
  id: 'disk-temperature-high',
  area: 'disk',
  title: { zh: '磁盘温度过高', en: 'Disk temperature too high' },
  why: { zh: '过热会降速并缩短寿命，持续下去可能突然失效。', en: 'Overheating slows the disk, shortens its life and may cause sudden failure.' },
  remedy: {
    zh: '执行 `smartctl -A <设备>` 查看温度；检查机房温度、风扇与风道，清理灰尘，必要时把负载移开。',
    en: 'Run `smartctl -A <device>` to check the temperature; check the room temperature, fans and airflow, remove dust, and move load elsewhere if necessary.',
  },
  severity: 'warning',
  reads: ['disks'],
  unit: 'celsius',
  threshold: { warningCelsius: 60, criticalCelsius: 70 },
  source: 'awesome-prometheus-alerts SMART temperature (60 and 70 °C)',

  evaluate({ disks }, { warningCelsius, criticalCelsius }, { host }) {
    const rows = disks.devices.filter(({ temperatureCelsius }) => temperatureCelsius !== undefined);
    if (rows.length === 0) return disks.devices.every(({ type }) => type === 'virtio' || type === 'xen') ? notApplicable('not-present') : unknown('not-reported');
    return judgeRows(rows, { kind: 'Disk', host, missing: 'not-reported' }, ({ temperatureCelsius = 0 }) =>
      above(temperatureCelsius, { warning: warningCelsius, critical: criticalCelsius }),
    );
  },
});
