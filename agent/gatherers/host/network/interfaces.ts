import type { Host } from '../../../host/host.ts';
import { toCount, toNumber } from '../../../host/parse.ts';
import { perSecond, sampleOnceOrTwice } from '../../../host/rate.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { InterfaceType } from '../../../wire/sections/host/network.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';
import { classify, deviceRates, isPodInterface, type NetDevice, parseNetDev, saturation } from './netdev.ts';

type Row = Sections['interfaces']['interfaces'][number];

const MAX_LISTED = 64;
const SMALL = { maxBytes: 1_024, cut: true } as const;
/** IFF_UP in linux/if.h. */
const UP = 0x1;
const MINUTE = 60;
const DAY = 86_400;
/** What old drivers write for -1. */
const UNKNOWN_SPEEDS = new Set([65_535, 4_294_967_295]);
/** Drivers of virtual machines, whose speed is made up or missing. */
const PARAVIRTUAL = new Set(['virtio_net', 'xen_netfront', 'vif', 'hv_netvsc', 'vmxnet3', 'ibmveth', 'gve', 'ena', 'nfp_net_vf']);
const ORDER: Readonly<Record<InterfaceType, number>> = { physical: 0, paravirtual: 1, bond: 2, vlan: 3, tunnel: 4, bridge: 5, other: 6 };

interface Reading {
  readonly devices: ReadonlyMap<string, NetDevice>;
  readonly carrierChanges: ReadonlyMap<string, number>;
}

/**
 * Whether `/sys/class/net`, which belongs to the namespace that mounted it, lists what the host's `/proc/net/dev` does.
 * Interfaces of pods come and go between the two readings.
 */
export function describesSame(procNames: readonly string[], sysNames: readonly string[]): boolean {
  const own = (names: readonly string[]): readonly string[] => names.filter((name) => !isPodInterface(name) && name !== 'lo' && name !== 'bonding_masters').sort();
  const [proc, sys] = [own(procNames), own(sysNames)];
  if (proc.length === 0 || proc.join(' ') !== sys.join(' ')) return false;
  const known = new Set(sysNames);
  const pods = procNames.filter(isPodInterface);
  return pods.filter((name) => known.has(name)).length * 2 >= pods.length;
}

async function readSys(host: Host, name: string, file: string): Promise<string | undefined> {
  return (await host.readIfThere(`/sys/class/net/${name}/${file}`, SMALL).catch(() => undefined))?.trim(); // carrier and speed fail on a switched-off interface
}

/** What the card is: its driver tells a real one from that of a virtual machine. */
async function cardOf(host: Host, name: string): Promise<'physical' | 'paravirtual' | undefined> {
  const device = `/sys/class/net/${name}/device`;
  if (!(await host.exists(device))) return undefined;
  const driver = /^DRIVER=(\w{1,40})$/m.exec((await host.readIfThere(`${device}/uevent`, SMALL).catch(() => undefined)) ?? '')?.[1];
  return driver !== undefined && PARAVIRTUAL.has(driver) ? 'paravirtual' : 'physical';
}

/** What sysfs tells about one interface; nothing of it is required. */
async function attributesOf(host: Host, name: string, uptime: number | undefined): Promise<Omit<Row, 'name'>> {
  const read = async (file: string): Promise<string | undefined> => await readSys(host, name, file);
  const [event, flags, carrier, speed, duplex, mtu, changes, card] = await Promise.all([
    read('uevent'),
    read('flags'),
    read('carrier'),
    read('speed'),
    read('duplex'),
    read('mtu'),
    read('carrier_changes'),
    cardOf(host, name),
  ]);
  const kind = classify(name, /^DEVTYPE=(\w{1,20})$/m.exec(event ?? '')?.[1]);
  const [mbps, bytes, carrierChanges] = [toNumber(speed), toCount(mtu), toCount(changes)];
  const isSlave = await host.exists(`/sys/class/net/${name}/bonding_slave`);
  return {
    ...(kind.type === 'other' && card !== undefined ? { type: card } : kind),
    ...(flags !== undefined && /^0x[0-9a-f]{1,8}$/.test(flags) && { enabled: (Number(flags) & UP) !== 0 }),
    ...((carrier === '0' || carrier === '1') && { carrier: carrier === '1' }),
    bondSlave: isSlave,
    ...(mbps !== undefined && mbps > 0 && !UNKNOWN_SPEEDS.has(mbps) && { speedMbps: mbps }),
    ...((duplex === 'full' || duplex === 'half' || duplex === 'unknown') && { duplex }),
    ...(bytes !== undefined && { mtu: bytes }),
    ...(carrierChanges !== undefined && { carrierChanges }),
    ...(carrierChanges !== undefined && uptime !== undefined && { carrierChangesPerDay: (carrierChanges * DAY) / Math.max(uptime, DAY) }),
  };
}

async function readBoth(host: Host): Promise<Reading | undefined> {
  const text = await host.readIfThere(await host.netFile('dev'), { maxBytes: 8 * 1024 * 1024, cut: true });
  if (text === undefined) return undefined;
  const devices = parseNetDev(text);
  const carrierChanges = new Map<string, number>();
  for (const name of [...devices.keys()].filter((one) => !isPodInterface(one)).slice(0, MAX_LISTED * 2)) {
    const changes = toCount(await readSys(host, name, 'carrier_changes'));
    if (changes !== undefined) carrierChanges.set(name, changes);
  }
  return { devices, carrierChanges };
}

function ratesOf(name: string, first: Reading, second: Reading, seconds: number, speedMbps: number | undefined): Partial<Row> {
  const [before, after] = [first.devices.get(name), second.devices.get(name)];
  if (before === undefined || after === undefined) return {};
  const rates = deviceRates(before, after, seconds);
  const [changesBefore, changesAfter] = [first.carrierChanges.get(name), second.carrierChanges.get(name)];
  return {
    ...rates,
    ...(speedMbps !== undefined && { saturationPercent: saturation(rates.rxBytesPerSecond, rates.txBytesPerSecond, speedMbps) }),
    ...(changesBefore !== undefined && changesAfter !== undefined && { carrierChangesPerMinute: perSecond(changesBefore, changesAfter, seconds) * MINUTE }),
  };
}

export const interfaces = hostGatherer({
  section: 'interfaces',
  needs: [{ mount: '/proc' }, { mount: '/sys' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const { first, second, seconds } = await sampleOnceOrTwice(host, signal, readBoth);
    if (first === undefined) throw new UnreadableError('not-visible');
    if (first.devices.size === 0) throw new UnreadableError('malformed');
    const names = [...first.devices.keys()];
    const own = names.filter((name) => !isPodInterface(name));
    const attributesVisible = describesSame(names, (await host.list('/sys/class/net')).names);
    const uptime = toNumber((await host.readIfThere('/proc/uptime', SMALL))?.split(' ')[0]);
    const rows: Row[] = [];
    for (const name of own.slice(0, MAX_LISTED * 8)) {
      const attributes: Omit<Row, 'name'> = attributesVisible ? await attributesOf(host, name, uptime) : classify(name, undefined);
      const rates = second && seconds > 0 ? ratesOf(name, first, attributesVisible ? second : { ...second, carrierChanges: new Map() }, seconds, attributes.speedMbps) : {};
      rows.push({ name, ...attributes, ...rates });
    }
    rows.sort((a, b) => ORDER[a.type] - ORDER[b.type]);
    return {
      total: names.length,
      podInterfaces: names.length - own.length,
      dropped: Math.max(0, own.length - MAX_LISTED),
      attributesVisible,
      ...(second && seconds > 0 && { sampleSeconds: seconds }),
      interfaces: rows.slice(0, MAX_LISTED),
    };
  },
});
