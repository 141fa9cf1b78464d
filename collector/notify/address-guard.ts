/**
 * Where a target may lead. Targets that customers configure make the collector connect to places of their choice, so the
 * collector's own and the centre's inner addresses are closed to them. Names are checked when they are resolved for the
 * connection itself: there is no second resolution that could answer otherwise.
 */
import { lookup as resolve } from 'node:dns';
import { lookup as resolvePromise } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AppError } from '../errors.ts';

/** IANA special-purpose registries; 100.64/10 also holds the metadata service of Alibaba Cloud (100.100.100.200). */
const CLOSED_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
] as const;
const CLOSED_V6 = ['::/128', '::1/128', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/32', '2002::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'] as const;

export interface AddressGuard {
  /** For sockets: resolves, and hands on allowed addresses only. Fails with code `EFORBIDDENADDRESS`. */
  readonly lookup: LookupFunction;
  /** For hosts that are addresses already. @throws with code `EFORBIDDENADDRESS` */
  readonly assertHost: (host: string) => void;
  /** One allowed address of a host, to connect to instead of the name. */
  readonly resolve: (host: string) => Promise<string>;
}

class ForbiddenAddressError extends Error {
  override readonly name = 'ForbiddenAddressError';
  readonly code = 'EFORBIDDENADDRESS';
}

/** For the support centre's own targets. */
export const UNGUARDED: AddressGuard = {
  lookup: resolve as LookupFunction, // the same function, narrower options
  assertHost: () => undefined,
  resolve: async (host) => host,
};

/** @param allowed networks that the operator opens to customers' targets, CIDR; @throws AppError when one is malformed */
export function guardAddresses(allowed: readonly string[] = []): AddressGuard {
  const closed = listOf([...CLOSED_V4, ...CLOSED_V6]);
  const open = listOf(allowed);
  const isAllowed = (address: string): boolean => {
    const plain = unmapped(address);
    const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
    return isIP(plain) !== 0 && (open.check(plain, family) || !closed.check(plain, family));
  };
  const refuse = (): ForbiddenAddressError => new ForbiddenAddressError('the address is not allowed for this target');
  return {
    lookup: (host, options, done) => {
      resolve(host, { ...options, all: true }, (error, found) => {
        if (error) return done(error, '');
        const allowedOnes = found.filter(({ address }) => isAllowed(address));
        const [first] = allowedOnes;
        if (!first) return done(refuse(), '');
        return options.all ? done(null, allowedOnes) : done(null, first.address, first.family);
      });
    },
    assertHost: (host) => {
      const address = host.replace(/^\[|\]$/g, '');
      if (isIP(address) !== 0 && !isAllowed(address)) throw refuse();
    },
    resolve: async (host) => {
      const found = await resolvePromise(host, { all: true });
      const first = found.find(({ address }) => isAllowed(address));
      if (!first) throw refuse();
      return first.address;
    },
  };
}

/** `::ffff:127.0.0.1` and its hexadecimal spelling are the IPv4 address in them. */
function unmapped(address: string): string {
  if (isIP(address) !== 6) return address;
  const canonical = URL.canParse(`http://[${address.split('%')[0] ?? ''}]/`) ? new URL(`http://[${address.split('%')[0] ?? ''}]/`).hostname.slice(1, -1) : address;
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical);
  if (!mapped) return canonical;
  const [high, low] = [Number.parseInt(mapped[1] ?? '0', 16), Number.parseInt(mapped[2] ?? '0', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address);
    const bits = prefix === undefined ? (family === 4 ? 32 : 128) : Number(prefix);
    if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 4 ? 32 : 128))
      throw new AppError('invalid', `"${network}" is not a network: write it like 10.1.0.0/16`);
    list.addSubnet(address, bits, family === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
