import { setTimeout as sleep } from 'node:timers/promises';
import { UnreadableError } from '../gatherers/gatherer.ts';
import type { Host } from './host.ts';

/** Two readings of the same counters and the time between them. */
export interface Samples<T> {
  readonly first: T;
  readonly second: T;
  readonly seconds: number;
}

/**
 * Reads twice, `host.sampleMs` apart; a capture brings its own second sample (see `Host.later`).
 * @throws UnreadableError `no-history` when a capture has one sample only
 */
export async function sampleTwice<T>(host: Host, signal: AbortSignal, read: (host: Host) => Promise<T>): Promise<Samples<T>> {
  const began = performance.now();
  const first = await read(host);
  const later = await host.later();
  if (!host.running && later.seconds === undefined) throw new UnreadableError('no-history');
  if (host.running) await sleep(host.sampleMs, undefined, { signal });
  const second = await read(later.host);
  return { first, second, seconds: later.seconds ?? (performance.now() - began) / 1_000 };
}

/**
 * Like {@link sampleTwice}, but a capture with one sample still gives its levels: `second` is `undefined` then, and the
 * rates derived from it are left out.
 */
export async function sampleOnceOrTwice<T>(host: Host, signal: AbortSignal, read: (host: Host) => Promise<T>): Promise<{ first: T; second?: T; seconds: number }> {
  if (!host.running && (await host.later()).seconds === undefined) return { first: await read(host), seconds: 0 };
  return await sampleTwice(host, signal, read);
}

/** Growth of a counter per second; a counter that went back (reset, wrap) counts as no growth. */
export function perSecond(first: number, second: number, seconds: number): number {
  return seconds > 0 ? Math.max(0, second - first) / seconds : 0;
}
