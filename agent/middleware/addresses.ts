/** Addresses in the options of a declaration: what stands beside an instance and is asked by a connection only. */
import { isIP } from 'node:net';
import type { Address } from './declaration.ts';

const MOST_BESIDE = 9;

/** 4 or 6 of an address in numbers; 0 of anything else. */
export function ipVersion(text: string): 0 | 4 | 6 {
  const version = isIP(text);
  return version === 4 || version === 6 ? version : 0;
}

/** `host:port` with commas between; anything else is left out. */
export function addressesIn(option: unknown): readonly Address[] {
  if (typeof option !== 'string') return [];
  return option
    .split(',')
    .slice(0, MOST_BESIDE)
    .flatMap((text) => {
      const match = /^\s*(?:\[([0-9a-fA-F:.]{2,45})\]|([A-Za-z0-9._-]{1,253})):(\d{1,5})\s*$/.exec(text);
      const port = Number(match?.[3]);
      return match && port >= 1 && port <= 65_535 ? [{ host: match[1] ?? match[2] ?? '', port }] : [];
    });
}
