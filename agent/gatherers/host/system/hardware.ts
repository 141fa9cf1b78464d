/**
 * Class of hardware through the `systeminformation` package, which runs lscpu and, as root, dmidecode. For the roles on a
 * plain host: the node agent leaves this gatherer out, and the package is loaded only when it is asked for.
 */
import type { Sections } from '../../../wire/section-values.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';

type Hardware = Sections['hardware'];

/** What is read of the package's answers. Serial numbers, UUIDs and asset tags stay where they are. */
export interface HardwareFacts {
  readonly manufacturer: string;
  readonly model: string;
  readonly virtual: boolean;
  readonly processor: string;
  readonly ghz: number;
  readonly physicalCores: number;
  readonly sockets: number;
  readonly firmwareDate: string;
}

const VENDOR_WORDS: readonly (readonly [RegExp, Hardware['vendor']])[] = [
  [/huawei cloud/i, 'huawei-cloud'],
  [/xfusion/i, 'xfusion'],
  [/huawei/i, 'huawei'],
  [/inspur|ieit|浪潮/i, 'inspur'],
  [/sugon|dawning/i, 'sugon'],
  [/h3c|new h3c/i, 'h3c'],
  [/\bzte\b/i, 'zte'],
  [/lenovo/i, 'lenovo'],
  [/\bdell\b/i, 'dell'],
  [/\bhpe\b|hewlett packard enterprise/i, 'hpe'],
  [/\bhp\b|hewlett-packard/i, 'hp'],
  [/\bibm\b/i, 'ibm'],
  [/supermicro/i, 'supermicro'],
  [/asus/i, 'asus'],
  [/cisco/i, 'cisco'],
  [/fujitsu/i, 'fujitsu'],
  [/nettrix/i, 'nettrix'],
  [/powerleader/i, 'powerleader'],
  [/great ?wall/i, 'great-wall'],
  [/tongfang/i, 'tongfang'],
  [/foxconn|ingrasys/i, 'foxconn'],
  [/quanta/i, 'quanta'],
  [/gigabyte/i, 'gigabyte'],
  [/\bintel\b/i, 'intel'],
  [/amazon/i, 'amazon'],
  [/google/i, 'google'],
  [/microsoft/i, 'microsoft'],
  [/alibaba/i, 'alibaba-cloud'],
  [/tencent/i, 'tencent-cloud'],
  [/openstack/i, 'openstack'],
  [/vmware/i, 'vmware'],
  [/nutanix/i, 'nutanix'],
  [/sangfor/i, 'sangfor'],
  [/zstack/i, 'zstack'],
  [/smartx/i, 'smartx'],
  [/innotek|virtualbox/i, 'virtualbox'],
  [/parallels/i, 'parallels'],
  [/\bxen\b/i, 'xen'],
  [/red hat/i, 'red-hat'],
  [/qemu|\bkvm\b|bochs/i, 'qemu'],
];
const PROCESSOR_WORDS: readonly (readonly [RegExp, Hardware['processorFamily']])[] = [
  [/xeon/i, 'intel-xeon'],
  [/\bcore\b.*\b(i\d|ultra|\d)/i, 'intel-core'],
  [/epyc/i, 'amd-epyc'],
  [/ryzen/i, 'amd-ryzen'],
  [/hygon/i, 'hygon'],
  [/zhaoxin|kaixian|kaisheng/i, 'zhaoxin'],
  [/kunpeng|hisilicon|hip0|tsv110/i, 'kunpeng'],
  [/phytium|ft-?2[05]00|s[25]\d00c?/i, 'phytium'],
  [/loongson/i, 'loongson'],
  [/ampere|altra/i, 'ampere'],
  [/graviton/i, 'graviton'],
  [/yitian/i, 'yitian'],
  [/neoverse/i, 'arm-neoverse'],
  [/apple/i, 'apple'],
  [/power\d/i, 'power'],
  [/\bz1[3-9]\b|s390/i, 'z'],
  [/sunway|\bsw/i, 'sunway'],
  [/qemu|virtual|kvm/i, 'virtual'],
  [/intel/i, 'intel-other'],
  [/\bamd\b/i, 'amd-other'],
];

function firstWord<V extends string>(text: string, words: readonly (readonly [RegExp, V])[]): V | 'other' {
  const head = text.slice(0, 200);
  return words.find(([pattern]) => pattern.test(head))?.[1] ?? 'other';
}

/** Firmware date `YYYY-MM-DD` or DMI's `MM/DD/YYYY` in Unix seconds; `undefined` for placeholders. */
export function parseFirmwareDate(text: string): number | undefined {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text.trim()) ?? [];
  const iso = year === undefined ? /^\d{4}-\d{2}-\d{2}$/.exec(text.trim())?.[0] : `${year}-${month}-${day}`;
  const time = iso === undefined ? Number.NaN : Date.parse(`${iso}T00:00:00Z`);
  return time > 0 ? time / 1_000 : undefined;
}

export function classifyHardware(facts: HardwareFacts): Hardware {
  return {
    vendor: firstWord(`${facts.manufacturer} ${facts.model}`, VENDOR_WORDS),
    virtual: facts.virtual,
    processorFamily: firstWord(facts.processor, PROCESSOR_WORDS),
    processorGhz: facts.ghz > 0 ? facts.ghz : undefined,
    physicalCores: facts.physicalCores > 0 ? facts.physicalCores : undefined,
    sockets: facts.sockets > 0 ? facts.sockets : undefined,
    firmwareDate: parseFirmwareDate(facts.firmwareDate),
  };
}

export const hardware = hostGatherer({
  section: 'hardware',
  needs: [{ command: '/usr/bin/lscpu' }, { command: '/usr/sbin/dmidecode' }],
  deadlineMs: 10_000,

  async gather(host, signal) {
    if (!host.live) throw new UnreadableError('not-visible');
    const information = await import('systeminformation');
    const [system, bios, cpu] = await Promise.all([information.system(), information.bios(), information.cpu()]);
    signal.throwIfAborted();
    return classifyHardware({
      manufacturer: system.manufacturer,
      model: system.model,
      virtual: system.virtual === true,
      firmwareDate: bios.releaseDate,
      processor: `${cpu.manufacturer} ${cpu.brand}`,
      ghz: cpu.speed,
      physicalCores: cpu.physicalCores,
      sockets: cpu.processors,
    });
  },
});
