import { toNumber } from '../../../host/parse.ts';
import { RESERVED_NODE_PORTS, SIMPLE_SYSCTLS, SYSCTL_PARTS, type SysctlKey } from '../../../wire/sections/host/system-sysctls.ts';
import { hostGatherer, UnreadableError } from '../../gatherer.ts';

type Values = Partial<Record<SysctlKey, number>>;
const NODE_PORTS = { low: 30_000, high: 32_767 };
const RESERVED_PORTS = 'net.ipv4.ip_local_reserved_ports';

/** Numbers of one value, each for its key; parts that are no number are left out. */
export function parseParts(text: string, keys: readonly SysctlKey[]): Values {
  const parts = text.trim().split(/\s+/, keys.length);
  const out: Values = {};
  for (const [index, key] of keys.entries()) {
    const number = toNumber(parts[index]);
    if (number !== undefined) out[key] = number;
  }
  return out;
}

/** How many ports from 30000 to 32767 a list like `6443,30000-32767` holds. */
export function countReservedNodePorts(text: string): number {
  const held = new Set<number>();
  for (const part of text.trim().split(',', 5_000)) {
    const [, from, to] = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part) ?? [];
    if (from === undefined) continue;
    for (let port = Math.max(Number(from), NODE_PORTS.low); port <= Math.min(Number(to ?? from), NODE_PORTS.high); port += 1) held.add(port);
  }
  return held.size;
}

export const sysctls = hostGatherer({
  section: 'sysctls',
  needs: [{ mount: '/proc' }],
  deadlineMs: 10_000,

  async gather(host) {
    const hostNetwork = await host.seesHostNetwork();
    const wanted = (key: string): boolean => hostNetwork || !key.startsWith('net.');
    const values: Values = {};
    const take = async (file: string, parse: (text: string) => Values): Promise<void> => {
      const text = wanted(file) ? await host.sysctl(file) : undefined;
      if (text !== undefined) Object.assign(values, parse(text));
    };
    await Promise.all([
      ...SIMPLE_SYSCTLS.map((key) => take(key, (text) => parseParts(text, [key]))),
      ...Object.entries(SYSCTL_PARTS).map(([file, keys]) => take(file, (text) => parseParts(text, keys))),
      take(RESERVED_PORTS, (text) => ({ [RESERVED_NODE_PORTS]: countReservedNodePorts(text) })),
    ]);
    if (Object.keys(values).length === 0) throw new UnreadableError('not-visible');
    return { hostNetwork, values };
  },
});
