/**
 * A client for one question of SNTP (RFC 4330, RFC 5905 section 14): how far is this clock from that server's.
 * It tells the server nothing (the originate timestamp is random) and never sets a clock.
 */
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TimeServer {
  /** Name or address; stays in this process. */
  readonly address: string;
  readonly port: number;
}
/** A valid answer. */
export interface TimeAnswer {
  /** Server minus this clock: positive when this clock is behind. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
  /** 1–15. */
  readonly stratum: number;
}
export interface AskOptions {
  /** For the whole question, name resolution included. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Unix milliseconds. */
  readonly now: () => number;
}

const PACKET_BYTES = 48;
const CLIENT = 0x23; // leap 0, version 4, mode 3
const SERVER_MODE = 4;
const CLOCK_NOT_SET = 3; // leap indicator
/** Half the root delay plus the root dispersion: beyond chrony's default `maxdistance` a server is no reference. */
const MAX_ROOT_DISTANCE_MS = 3_000;
const NTP_EPOCH_SECONDS = 2_208_988_800; // 1900 to 1970

/** Asks one server once. `undefined`: no valid answer in time, for whatever reason; replies that are not valid are ignored. */
export async function askTime(server: TimeServer, { timeoutMs, signal, now }: AskOptions): Promise<TimeAnswer | undefined> {
  const over = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  const resolved = await Promise.race([resolveAddress(server.address), sleep(timeoutMs, undefined, { signal: over }).catch(() => undefined)]);
  if (resolved === undefined || over.aborted) return undefined;
  return await exchange(resolved, server.port, over, now);
}

async function resolveAddress(address: string): Promise<{ address: string; family: number } | undefined> {
  const family = isIP(address);
  if (family !== 0) return { address, family };
  return await lookup(address).catch(() => undefined);
}

async function exchange({ address, family }: { address: string; family: number }, port: number, over: AbortSignal, now: () => number): Promise<TimeAnswer | undefined> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    return await new Promise((resolve) => {
      const cookie = randomBytes(8);
      let sentAt = 0;
      let began = 0;
      const end = (): void => resolve(undefined);
      over.addEventListener('abort', end, { once: true });
      socket.on('error', end); // an ICMP refusal, no route
      socket.on('message', (reply, from) => {
        const elapsedMs = performance.now() - began;
        if (began === 0 || from.port !== port || (family === 4 && from.address !== address)) return; // IPv6 has several spellings
        const answer = readAnswer(reply, { cookie, sentAt, elapsedMs });
        if (answer) resolve(answer);
      });
      // A connected socket takes datagrams of this peer only.
      socket.connect(port, address, () => {
        const request = Buffer.alloc(PACKET_BYTES);
        request[0] = CLIENT;
        cookie.copy(request, 40);
        sentAt = now();
        began = performance.now();
        socket.send(request, (error) => error && end());
      });
    });
  } finally {
    socket.close();
  }
}

/**
 * Checks a reply and computes offset and delay from the four timestamps. Exported for tests.
 * @param sent the random originate timestamp, Unix milliseconds of sending, and monotonic milliseconds since then
 */
export function readAnswer(reply: Buffer, sent: { cookie: Buffer; sentAt: number; elapsedMs: number }): TimeAnswer | undefined {
  if (reply.length < PACKET_BYTES) return undefined;
  const flags = reply.readUInt8(0);
  const version = (flags >> 3) & 7;
  const stratum = reply.readUInt8(1);
  if ((flags & 7) !== SERVER_MODE || flags >> 6 === CLOCK_NOT_SET || version < 3 || version > 4) return undefined;
  if (stratum < 1 || stratum > 15) return undefined; // 0 is a kiss of death, 16 means not synchronised
  if (!reply.subarray(24, 32).equals(sent.cookie)) return undefined;
  const rootDistanceMs = (reply.readInt32BE(4) / 65_536 / 2 + reply.readUInt32BE(8) / 65_536) * 1_000;
  if (rootDistanceMs < 0 || rootDistanceMs > MAX_ROOT_DISTANCE_MS) return undefined;
  if (reply.readUInt32BE(32) === 0 || reply.readUInt32BE(40) === 0) return undefined;
  const received = sinceMs(reply, 32, sent.sentAt);
  const transmitted = sinceMs(reply, 40, sent.sentAt);
  if (transmitted < received || transmitted - received > sent.elapsedMs + 1) return undefined;
  // T1 = 0 and T4 = elapsed on one scale: offset = ((T2 − T1) + (T3 − T4)) / 2.
  return { offsetMs: (received + transmitted - sent.elapsedMs) / 2, roundTripMs: Math.max(0, sent.elapsedMs - (transmitted - received)), stratum };
}

/** Milliseconds from `unixMs` to the NTP timestamp at `at`; the signed difference stays right over the era change of 2036. */
function sinceMs(reply: Buffer, at: number, unixMs: number): number {
  const wholeSeconds = Math.floor(unixMs / 1_000);
  const seconds = (reply.readUInt32BE(at) - ((wholeSeconds + NTP_EPOCH_SECONDS) % 4_294_967_296)) | 0;
  return seconds * 1_000 + (reply.readUInt32BE(at + 4) / 4_294_967_296) * 1_000 - (unixMs - wholeSeconds * 1_000);
}
