import type { Host } from '../../../host/host.ts';
import { toCount, toNumber } from '../../../host/parse.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';

type HardwareHealth = Sections['hardwareHealth'];
const MAX_DEVICES = 500;
const MAX_CPUS = 8_192;
const MILLI = 1_000;
/** What a sensor can measure; firmware shows 0, −128 or 65 261 °C for one that is not there. */
const POSSIBLE_CELSIUS = { min: -60, max: 200 };

/** One temperature, in degrees. */
export interface Temperature {
  readonly celsius: number;
  /** Where the hardware shuts down or throttles; drivers without one leave it out. */
  readonly critical?: number | undefined;
  readonly alarm: boolean;
}

export const hardwareHealth = hostGatherer({
  section: 'hardwareHealth',
  needs: [{ mount: '/sys' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const memory = await memoryErrors(host);
    const { temperatures, fans, fanFaults } = await sensors(host, signal);
    const throttleEvents = await throttles(host, signal);
    if (memory.memoryControllers === 0 && temperatures.length === 0 && fans === 0 && throttleEvents === undefined) throw new AbsentError('not-present');
    return { ...memory, ...summariseTemperatures(temperatures), fans, fanFaults, throttleEvents };
  },
});

/** Readings outside what a sensor can measure are left out. */
export function summariseTemperatures(
  all: readonly Temperature[],
): Pick<HardwareHealth, 'temperatureSensors' | 'hottestCelsius' | 'hottestPercentOfCritical' | 'temperatureAlarms'> {
  const real = all.filter(({ celsius }) => celsius > POSSIBLE_CELSIUS.min && celsius < POSSIBLE_CELSIUS.max && celsius !== 0);
  const shares = real.flatMap(({ celsius, critical }) =>
    critical !== undefined && critical >= 30 && critical < POSSIBLE_CELSIUS.max ? [Math.max(0, (celsius / critical) * 100)] : [],
  );
  return {
    temperatureSensors: real.length,
    temperatureAlarms: real.filter(({ alarm }) => alarm).length,
    ...(real.length > 0 && { hottestCelsius: Math.max(...real.map(({ celsius }) => celsius)) }),
    ...(shares.length > 0 && { hottestPercentOfCritical: Math.min(1_000, Math.max(...shares)) }),
  };
}

async function memoryErrors(host: Host): Promise<Pick<HardwareHealth, 'memoryControllers' | 'correctedErrors' | 'uncorrectedErrors'>> {
  const folder = '/sys/devices/system/edac/mc';
  const { names } = await host.list(folder);
  const controllers = names.filter((name) => /^mc\d{1,4}$/.test(name)).slice(0, MAX_DEVICES);
  if (controllers.length === 0) return { memoryControllers: 0 };
  const [corrected, uncorrected] = await Promise.all(['ce_count', 'ue_count'].map((file) => Promise.all(controllers.map((name) => number(host, `${folder}/${name}/${file}`)))));
  return { memoryControllers: controllers.length, correctedErrors: sumOf(corrected), uncorrectedErrors: sumOf(uncorrected) };
}

interface Sensors {
  readonly temperatures: readonly Temperature[];
  readonly fans: number;
  readonly fanFaults: number;
}

async function sensors(host: Host, signal: AbortSignal): Promise<Sensors> {
  const temperatures: Temperature[] = [];
  const fans: boolean[] = [];
  const { names } = await host.list('/sys/class/hwmon');
  for (const device of names.slice(0, MAX_DEVICES)) {
    if (signal.aborted) throw new UnreadableError('timeout');
    const folder = `/sys/class/hwmon/${device}`;
    const files = new Set((await host.list(folder).catch(() => ({ names: [] }))).names);
    const read = async (file: string): Promise<number | undefined> => (files.has(file) ? await number(host, `${folder}/${file}`) : undefined);
    const inputs = [...files].flatMap((file) => /^((?:temp|fan)\d{1,3})_input$/.exec(file)?.[1] ?? []).slice(0, MAX_DEVICES);
    for (const sensor of inputs) {
      if (sensor.startsWith('fan')) fans.push((await read(`${sensor}_fault`)) === 1 || (await read(`${sensor}_alarm`)) === 1);
      else temperatures.push(...(await temperature(sensor, read)));
    }
  }
  return { temperatures, fans: fans.length, fanFaults: fans.filter((failed) => failed).length };
}

/** None when the sensor itself is broken or says nothing. */
async function temperature(sensor: string, read: (file: string) => Promise<number | undefined>): Promise<readonly Temperature[]> {
  const input = await read(`${sensor}_input`);
  if (input === undefined || (await read(`${sensor}_fault`)) === 1) return [];
  const critical = await read(`${sensor}_crit`);
  return [{ celsius: input / MILLI, critical: critical === undefined ? undefined : critical / MILLI, alarm: (await read(`${sensor}_crit_alarm`)) === 1 }];
}

/** Throttling of whole packages: every thread of a package shows the same counter, so each package counts once. */
async function throttles(host: Host, signal: AbortSignal): Promise<number | undefined> {
  const folder = '/sys/devices/system/cpu';
  const { names } = await host.list(folder);
  const packages = new Map<string, number>();
  for (const name of names.filter((one) => /^cpu\d{1,5}$/.test(one)).slice(0, MAX_CPUS)) {
    if (signal.aborted) return undefined;
    const count = await number(host, `${folder}/${name}/thermal_throttle/package_throttle_count`);
    if (count === undefined) break; // a driver of all processors or of none
    const id = (await number(host, `${folder}/${name}/topology/physical_package_id`)) ?? 0;
    packages.set(String(id), Math.max(packages.get(String(id)) ?? 0, count));
  }
  return packages.size === 0 ? undefined : sumOf([...packages.values()]);
}

/** A sensor that cannot be read (`EIO`, `ENODATA`) is no sensor. */
async function number(host: Host, path: string): Promise<number | undefined> {
  const text = await host.readIfThere(path, { maxBytes: 64, cut: true }).catch(() => undefined);
  return path.endsWith('_count') ? toCount(text) : toNumber(text);
}

function sumOf(numbers: readonly (number | undefined)[] | undefined): number | undefined {
  const known = (numbers ?? []).filter((one) => one !== undefined);
  if (known.length === 0) return undefined;
  let out = 0;
  for (const one of known) out += one;
  return Math.min(out, Number.MAX_SAFE_INTEGER);
}
