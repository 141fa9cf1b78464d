/** Reads `/proc/net/dev` and tells interfaces of pods from the host's own. Pure. */
import { share } from '../../../host/parse.ts';
import { perSecond } from '../../../host/rate.ts';
import { linesOf } from '../../../host/statfs-paths.ts';
import type { InterfaceType, TunnelType } from '../../../wire/sections/host/network.ts';

export interface NetDevice {
  readonly rxBytes: number;
  readonly rxPackets: number;
  readonly rxErrors: number;
  readonly rxDrops: number;
  readonly txBytes: number;
  readonly txPackets: number;
  readonly txErrors: number;
  readonly txDrops: number;
}

/** A node has some hundred pods, and each an interface or two; more lines than this are no node's. */
const MAX_LINES = 50_000;
/** Host side of a pod's or virtual machine's card: bridge, Calico, Cilium, AWS, Azure, GKE, OVN, KubeVirt, Spiderpool. */
const POD_INTERFACE =
  /^(veth.*|cali[0-9a-f]{11}|lxc.*|eni[0-9a-f]{11}|azv.*|gke[0-9a-f]{11}|[0-9a-f]{12}_[hc0-9]*|tap.*|vnet\d+|nic[0-9a-f]{8,}|ovn-k8s-.*|vif\d.*|k6t-.*|ifb\d+)$/;

export function isPodInterface(name: string): boolean {
  return POD_INTERFACE.test(name);
}

/** Counters by interface, loopback left out. */
export function parseNetDev(text: string): ReadonlyMap<string, NetDevice> {
  const out = new Map<string, NetDevice>();
  let seen = 0;
  for (const line of linesOf(text)) {
    seen += 1;
    if (seen > MAX_LINES) break;
    const match = /^ {0,32}([^\s:|]{1,32}):\s*([\d ]{31,800})$/.exec(line);
    if (match?.[1] === undefined || match[1] === 'lo') continue;
    const [rxBytes = 0, rxPackets = 0, rxErrors = 0, rxDrops = 0, , , , , txBytes = 0, txPackets = 0, txErrors = 0, txDrops = 0] = (match[2] ?? '').trim().split(/ +/).map(Number);
    out.set(match[1], { rxBytes, rxPackets, rxErrors, rxDrops, txBytes, txPackets, txErrors, txDrops });
  }
  return out;
}

/** Throughput and quality between two readings; shares are those of the worse direction. */
export function deviceRates(
  first: NetDevice,
  second: NetDevice,
  seconds: number,
): {
  readonly rxBytesPerSecond: number;
  readonly txBytesPerSecond: number;
  readonly packetsPerSecond: number;
  readonly errorPercent: number;
  readonly dropPercent: number;
} {
  const rate = (counter: keyof NetDevice): number => perSecond(first[counter], second[counter], seconds);
  const [rx, tx] = [rate('rxPackets'), rate('txPackets')];
  const worse = (rxBad: number, txBad: number): number => Math.max(share(rxBad, rx + rxBad), share(txBad, tx + txBad));
  return {
    rxBytesPerSecond: rate('rxBytes'),
    txBytesPerSecond: rate('txBytes'),
    packetsPerSecond: rx + tx,
    errorPercent: worse(rate('rxErrors'), rate('txErrors')),
    dropPercent: worse(rate('rxDrops'), rate('txDrops')),
  };
}

/** The busier direction of the speed, in percent. */
export function saturation(rxBytesPerSecond: number, txBytesPerSecond: number, speedMbps: number): number {
  return share(Math.max(rxBytesPerSecond, txBytesPerSecond) * 8, speedMbps * 1_000_000);
}

const TUNNELS: readonly (readonly [TunnelType, RegExp])[] = [
  ['vxlan', /^(vxlan.*|flannel\.\d+|cilium_vxlan|vx-.*)$/],
  ['geneve', /^(geneve.*|genev_sys_.*|cilium_geneve)$/],
  ['ipip', /^(tunl\d+|flannel\.ipip|cilium_ipip\d?|cilium_tunl)$/],
  ['gre', /^(gre|gretap|erspan|ip6gre)\d*$/],
  ['sit', /^(sit|ip6tnl)\d+$/],
  ['wireguard', /^(wireguard\.cali|wg-v6\.cali|cilium_wg0|wg\d+|flannel-wg.*)$/],
];

/** What the kernel's `DEVTYPE`, or failing that the name, says an interface is. */
export function classify(name: string, devtype: string | undefined): { readonly type: InterfaceType; readonly tunnel?: TunnelType } {
  if (devtype === 'bond' || devtype === 'bridge' || devtype === 'vlan') return { type: devtype };
  const tunnel = TUNNELS.find(([kind, pattern]) => devtype === kind || pattern.test(name))?.[0];
  if (tunnel !== undefined) return { type: 'tunnel', tunnel };
  if (/^(bond\d+|team\d+)$/.test(name)) return { type: 'bond' };
  if (/^(docker\d+|cni\d+|cbr0|virbr\d+|br[-_.\d].*|kube-bridge|nerdctl\d+)$/.test(name)) return { type: 'bridge' };
  if (/^[^.]+\.\d{1,4}$/.test(name)) return { type: 'vlan' };
  return { type: 'other' };
}
