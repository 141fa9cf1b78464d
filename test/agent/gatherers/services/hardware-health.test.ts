import { describe, expect, it } from 'vitest';
import { hardwareHealth, summariseTemperatures } from '../../../../agent/gatherers/host/services/hardware-health.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

async function gather(files: Files): Promise<{ value: unknown; status: string | undefined; reason: string | undefined }> {
  const { sections, reports } = await runGatherers(
    [hardwareHealth],
    { host: await hostOf(files) },
    { signal: new AbortController().signal, concurrency: 1, clock: () => performance.now() },
  );
  return { value: sections.hardwareHealth, status: reports[0]?.status, reason: reports[0]?.reason };
}
const HWMON = '/sys/devices/platform/coretemp.0/hwmon/hwmon1';

describe('temperatures', () => {
  it('are compared with the limit of their own sensor', () => {
    expect(
      summariseTemperatures([
        { celsius: 60, critical: 100, alarm: false },
        { celsius: 45, critical: 50, alarm: true },
        { celsius: 70, alarm: false },
      ]),
    ).toEqual({ temperatureSensors: 3, temperatureAlarms: 1, hottestCelsius: 70, hottestPercentOfCritical: 90 });
  });
  it('that no sensor can measure are left out', () => {
    expect(
      summariseTemperatures([
        { celsius: -128, alarm: true },
        { celsius: 65_261.8, alarm: false },
        { celsius: 0, alarm: false },
        { celsius: 40, critical: 0, alarm: false },
        { celsius: 41, critical: 65_261, alarm: false },
      ]),
    ).toEqual({ temperatureSensors: 2, temperatureAlarms: 0, hottestCelsius: 41 });
    expect(summariseTemperatures([])).toEqual({ temperatureSensors: 0, temperatureAlarms: 0 });
  });
});

describe('the section of hardware', () => {
  it('of a server', async () => {
    const { value } = await gather({
      '/sys/devices/system/edac/mc/mc0/ce_count': '3\n',
      '/sys/devices/system/edac/mc/mc0/ue_count': '0\n',
      '/sys/devices/system/edac/mc/mc1/ce_count': '2\n',
      '/sys/devices/system/edac/mc/mc1/ue_count': '1\n',
      '/sys/devices/system/edac/mc/power/x': '',
      '/sys/class/hwmon/hwmon1': `-> ${HWMON}`,
      [`${HWMON}/name`]: 'coretemp\n',
      [`${HWMON}/temp1_input`]: '61000\n',
      [`${HWMON}/temp1_crit`]: '96000\n',
      [`${HWMON}/temp1_crit_alarm`]: '0\n',
      [`${HWMON}/temp2_input`]: '48000\n',
      '/sys/class/hwmon/hwmon2/fan1_input': '0\n',
      '/sys/class/hwmon/hwmon2/fan1_alarm': '1\n',
      '/sys/class/hwmon/hwmon2/fan2_input': '5400\n',
      '/sys/devices/system/cpu/cpu0/thermal_throttle/package_throttle_count': '5\n',
      '/sys/devices/system/cpu/cpu1/thermal_throttle/package_throttle_count': '5\n',
      '/sys/devices/system/cpu/cpu2/thermal_throttle/package_throttle_count': '2\n',
      '/sys/devices/system/cpu/cpu0/topology/physical_package_id': '0\n',
      '/sys/devices/system/cpu/cpu1/topology/physical_package_id': '0\n',
      '/sys/devices/system/cpu/cpu2/topology/physical_package_id': '1\n',
      '/sys/devices/system/cpu/cpufreq/x': '',
    });
    expect(value).toEqual({
      memoryControllers: 2,
      correctedErrors: 5,
      uncorrectedErrors: 1,
      temperatureSensors: 2,
      hottestCelsius: 61,
      hottestPercentOfCritical: 63.542,
      temperatureAlarms: 0,
      fans: 2,
      fanFaults: 1,
      throttleEvents: 7,
    });
  });
  it('of a virtual machine is absent', async () => {
    expect(await gather({ '/sys/devices/system/cpu/cpu0/online': '1\n', '/sys/class/hwmon/hwmon0/name': 'x\n' })).toMatchObject({ status: 'absent', reason: 'not-present' });
  });
  it('takes no garbage for a number', async () => {
    const { value } = await gather({
      '/sys/devices/system/edac/mc/mc0/ce_count': 'many\n',
      '/sys/devices/system/edac/mc/mc0/ue_count': '-1\n',
      '/sys/class/hwmon/hwmon1/temp1_input': `${'9'.repeat(40)}\n`,
      '/sys/class/hwmon/hwmon1/temp2_input': '\0\0',
      '/sys/class/hwmon/hwmon1/temp3_input': '-12000\n',
    });
    expect(value).toEqual({ memoryControllers: 1, temperatureSensors: 1, hottestCelsius: -12, temperatureAlarms: 0, fans: 0, fanFaults: 0 });
  });
});
