/**
 * The virtual address of a pair of TongHttpServers. Whether this host holds it, the kernel tells. Whether another holds it too, the
 * network tells: a host drops what comes from an address that it has itself (Linux: `accept_local` is off), so that a peer which
 * answers this host, but not this host speaking from the virtual address, has that address as well. No packet needs privileges, and
 * nothing is sent but the opening of connections.
 */
import type { Host } from '../../../host/host.ts';
import { addressesIn, ipVersion } from '../../../middleware/addresses.ts';
import type { Address } from '../../../middleware/declaration.ts';
import { reachOf } from '../../../middleware/failure.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { InspectContext } from '../product.ts';

type Row = Sections['middlewareThs']['rows'][number];
export type Vip = Pick<Row, 'vips' | 'vipsHeld' | 'vipPeers' | 'vipPeersHolding'>;
const MOST_VIPS = 4;

/** Options `vip` (addresses) and `haPeers` (`host:port` of the other nodes' listeners), with commas between; without `vip`, `httpserverHA.conf`. */
export async function readVip(context: InspectContext, host: Host, home: string | undefined): Promise<Vip> {
  const { options } = context.instance;
  const named = typeof options['vip'] === 'string' ? options['vip'].split(',').map((text) => text.trim()) : [];
  const configured = home === undefined || named.length > 0 ? [] : vipsIn(await host.read(`${home}/conf/httpserverHA.conf`, { maxBytes: 256 * 1024 }).catch(() => ''));
  const vips = [...new Set([...named, ...configured])].filter((text) => ipVersion(text) !== 0).slice(0, MOST_VIPS);
  if (vips.length === 0) return {};
  const own = await addressesOf(host);
  if (own === undefined) return { vips: vips.length };
  const held = vips.filter((vip) => own.has(vip));
  const peers = addressesIn(options['haPeers']).filter((peer) => !own.has(peer.host));
  const judged = await Promise.all(peers.map((peer) => holdsToo(context, peer, held)));
  const told = judged.filter((one) => one !== undefined);
  return {
    vips: vips.length,
    vipsHeld: held.length,
    ...(told.length > 0 && { vipPeers: told.length, vipPeersHolding: told.filter(Boolean).length }),
  };
}

/** Whether the peer has one of the addresses; `undefined` when it does not answer this host at all, or refuses it. */
async function holdsToo(context: InspectContext, peer: Address, held: readonly string[]): Promise<boolean | undefined> {
  if (held.length === 0 || (await openedFrom(context, peer, undefined)) !== 'ok') return undefined;
  for (const vip of held) {
    if (ipVersion(peer.host) !== 0 && ipVersion(peer.host) !== ipVersion(vip)) continue;
    const outcome = await openedFrom(context, peer, vip);
    if (outcome === 'timeout') return true;
    if (outcome !== 'ok') return undefined; // a firewall that says no has not been silent
  }
  return false;
}
async function openedFrom(context: InspectContext, peer: Address, from: string | undefined): Promise<'ok' | ReturnType<typeof reachOf>> {
  try {
    using visit = await context.visit({ name: context.instance.id }, peer);
    await visit.connect({ plain: true, ...(from !== undefined && { from }) });
    return 'ok';
  } catch (error) {
    return reachOf(error);
  }
}

/** Addresses of the machine's own network namespace; `undefined` when they cannot be seen. */
async function addressesOf(host: Host): Promise<ReadonlySet<string> | undefined> {
  const read = async (file: string): Promise<string> => await host.read(await host.netFile(file), { maxBytes: 4 * 1024 * 1024, cut: true }).catch(() => '');
  const [four, six] = await Promise.all([read('fib_trie'), read('if_inet6')]);
  const found = new Set([...localAddresses(four), ...six.split('\n').flatMap(localSix)]);
  return found.size > 0 ? found : undefined;
}
/** Leaves of `/proc/net/fib_trie` that are the machine's own. Pure. */
export function localAddresses(trie: string): string[] {
  return [...trie.matchAll(/\|-- (\d{1,3}(?:\.\d{1,3}){3})\n\s+\/32 host LOCAL/g)].map(([, address]) => address ?? '');
}
/** `fe80000000000000…` of `/proc/net/if_inet6`, in the short form. */
function localSix(line: string): string[] {
  const groups = /^[0-9a-f]{32}\b/.exec(line)?.[0].match(/.{4}/g);
  return groups ? [new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)] : [];
}

/**
 * Addresses of `httpserverHA.conf`. Its grammar is not published; VRRP's own (`virtual_ipaddress { 10.0.0.9/24 dev eth0 }`) and a key
 * with an address after it (`vip 10.0.0.9`) are understood, everything else is dropped. Pure.
 */
export function vipsIn(text: string): string[] {
  const bare = text.replaceAll(/[#!].*$/gm, '');
  const blocks = [...bare.matchAll(/virtual_?ip(?:address)?(?:es)?\s*\{([^{}]{0,4000})\}/gi)].map(([, inside]) => inside ?? '');
  const keys = [...bare.matchAll(/^\s*(?:vip|virtual[_-]?ip(?:[_-]?address)?)\b["']?\s*[:=\s]\s*["']?([0-9A-Fa-f.:]{3,45})/gim)].map(([, address]) => address ?? '');
  const listed = blocks.flatMap((inside) => inside.split('\n').map((line) => line.trim().split(/[\s/]/, 1)[0] ?? ''));
  return [...new Set([...listed, ...keys])].filter((address) => ipVersion(address) !== 0);
}
