import type { Host } from '../../../host/host.ts';
import { share, toCount, toNumber } from '../../../host/parse.ts';
import { sampleOnceOrTwice } from '../../../host/rate.ts';
import { AbsentError, hostGatherer, UnreadableError } from '../../gatherer.ts';
import { type DiskRow, diskRates, diskTypeOf, parseDiskstats, SECTOR_BYTES } from './diskstats.ts';

const MAX_LISTED = 64;
/** Disks looked at in sysfs; a SAN host can have thousands of paths. */
const MAX_DISKS = 512;
const SMALL = { maxBytes: 256, cut: true } as const;
/** SCSI and NVMe states in which no command gets through. */
const OFFLINE = new Set(['offline', 'transport-offline', 'dead', 'deleting', 'deleted', 'quiesce', 'blocked', 'created-blocked']);

/** SCSI writes its counters as `0x1f`. */
export function parseHex(text: string | undefined): number | undefined {
  return text !== undefined && /^0x[0-9a-f]{1,13}\s*$/i.test(text) ? Number.parseInt(text, 16) : undefined;
}

/** Highest of a device's own temperatures; `undefined` without a sensor. hwmon counts in thousandths of a degree. */
async function temperatureOf(host: Host, device: string): Promise<number | undefined> {
  const [direct, nested] = await Promise.all([host.list(device), host.list(`${device}/hwmon`)]);
  const folders = [...direct.names.map((name) => `${device}/${name}`), ...nested.names.map((name) => `${device}/hwmon/${name}`)].filter((path) => /\/hwmon\d{1,4}$/.test(path));
  for (const folder of folders.slice(0, 4)) {
    const thousandths = toNumber(await host.readIfThere(`${folder}/temp1_input`, SMALL).catch(() => undefined));
    if (thousandths !== undefined && Math.abs(thousandths) < 250_000) return thousandths / 1_000;
  }
  return undefined;
}

/** What sysfs tells about a disk; nothing of it is required. */
async function attributesOf(host: Host, name: string): Promise<Partial<DiskRow>> {
  const block = `/sys/block/${name}`;
  const read = async (file: string): Promise<string | undefined> => await host.readIfThere(`${block}/${file}`, SMALL).catch(() => undefined);
  const [rotational, size, readOnly, state, failed, done] = await Promise.all([
    read('queue/rotational'),
    read('size'),
    read('ro'),
    read('device/state'),
    read('device/ioerr_cnt'),
    read('device/iodone_cnt'),
  ]);
  const temperature = await temperatureOf(host, `${block}/device`);
  const [sectors, failedCommands, commands] = [toCount(size), parseHex(failed), parseHex(done)];
  return {
    ...(rotational !== undefined && { rotational: rotational.trim() === '1' }),
    ...(sectors !== undefined && { sizeBytes: sectors * SECTOR_BYTES }),
    ...(readOnly !== undefined && { readOnly: readOnly.trim() === '1' }),
    ...(state !== undefined && { offline: OFFLINE.has(state.trim()) }),
    ...(failedCommands !== undefined && { failedCommands }),
    ...(failedCommands !== undefined && commands !== undefined && { failedPercent: share(failedCommands, Math.max(commands, failedCommands)) }),
    ...(temperature !== undefined && { temperatureCelsius: temperature }),
  };
}

export const disks = hostGatherer({
  section: 'disks',
  needs: [{ mount: '/proc' }, { mount: '/sys' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const samples = await sampleOnceOrTwice(host, signal, (at) => at.readIfThere('/proc/diskstats', { maxBytes: 4 * 1024 * 1024, cut: true }));
    if (samples.first === undefined) throw new UnreadableError('not-visible');
    const { disks: first, mapped } = parseDiskstats(samples.first);
    const second = samples.second === undefined ? undefined : parseDiskstats(samples.second).disks;
    const rows: DiskRow[] = [];
    for (const [name, counters] of [...first].slice(0, MAX_DISKS)) {
      const type = diskTypeOf(name);
      const later = second?.get(name);
      const attributes = await attributesOf(host, name);
      if (type === undefined || attributes.sizeBytes === 0) continue; // an empty slot or reader
      rows.push({ name, type, ...attributes, ...(later && samples.seconds > 0 && diskRates(counters, later, samples.seconds)) });
    }
    if (rows.length === 0) throw new AbsentError('not-present');
    rows.sort((a, b) => Number(b.offline ?? false) - Number(a.offline ?? false) || (b.utilisationPercent ?? 0) - (a.utilisationPercent ?? 0));
    return {
      total: rows.length,
      mapped,
      dropped: Math.max(0, rows.length - MAX_LISTED) + Math.max(0, first.size - MAX_DISKS),
      ...(second && samples.seconds > 0 && { sampleSeconds: samples.seconds }),
      devices: rows.slice(0, MAX_LISTED),
    };
  },
});
