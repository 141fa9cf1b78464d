import { createSocket } from 'node:dgram';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askTime, readAnswer, type TimeAnswer } from '../../../agent/host/sntp.ts';

const NTP_EPOCH_SECONDS = 2_208_988_800;

interface Reply {
  readonly clockMs?: number;
  readonly flags?: number;
  readonly stratum?: number;
  readonly rootDelay?: number;
  readonly rootDispersion?: number;
  readonly originate?: Buffer;
  readonly bytes?: number;
}

function writeTime(packet: Buffer, at: number, unixMs: number): void {
  const seconds = unixMs / 1_000;
  packet.writeUInt32BE((Math.floor(seconds) + NTP_EPOCH_SECONDS) % 2 ** 32, at);
  packet.writeUInt32BE(Math.floor((seconds - Math.floor(seconds)) * 2 ** 32), at + 4);
}
function reply(
  request: Buffer,
  { clockMs = Date.now(), flags = 0x24, stratum = 2, rootDelay = 0, rootDispersion = 0, originate = request.subarray(40, 48), bytes = 48 }: Reply = {},
): Buffer {
  const packet = Buffer.alloc(48);
  packet[0] = flags;
  packet[1] = stratum;
  packet.writeUInt32BE(rootDelay, 4);
  packet.writeUInt32BE(rootDispersion, 8);
  originate.copy(packet, 24);
  writeTime(packet, 32, clockMs);
  writeTime(packet, 40, clockMs);
  return packet.subarray(0, bytes);
}

/** A real server on loopback that answers each question with the given packets. */
async function ask(
  answers: (request: Buffer) => readonly Buffer[],
  { timeoutMs = 3_000, now = Date.now }: { timeoutMs?: number; now?: () => number } = {},
): Promise<{ answer: TimeAnswer | undefined; request: Buffer | undefined }> {
  const server = createSocket('udp4');
  onTestFinished(() => void server.close());
  let request: Buffer | undefined;
  server.on('message', (message, from) => {
    request = message;
    for (const packet of answers(message)) server.send(packet, from.port, from.address);
  });
  await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  const answer = await askTime({ address: '127.0.0.1', port: server.address().port }, { timeoutMs, signal: new AbortController().signal, now });
  return { answer, request };
}

/** The protocol's own bound: half the round trip, and the clock's grain. A busy machine answers late. */
function errorOf(answer: TimeAnswer | undefined): number {
  return 20 + (answer?.roundTripMs ?? 0) / 2;
}

describe('asking a time server', () => {
  it.each([0, 120, -120, 7_200_000, -86_400_000])('measures a server that is %d ms ahead', async (aheadMs) => {
    const { answer } = await ask((request) => [reply(request, { clockMs: Date.now() + aheadMs })]);
    expect(answer?.stratum).toBe(2);
    expect(answer?.roundTripMs).toBeLessThan(2_000);
    expect(Math.abs((answer?.offsetMs ?? Number.NaN) - aheadMs)).toBeLessThan(errorOf(answer));
  });
  it('tells the server nothing but that it asks', async () => {
    const { request } = await ask((one) => [reply(one)]);
    expect(request?.length).toBe(48);
    expect(request?.[0]).toBe(0x23);
    expect(request?.subarray(1, 40).every((byte) => byte === 0)).toBe(true);
  });
  it.each<[string, Reply]>([
    ['another originate timestamp', { originate: Buffer.from('deadbeef') }],
    ['a truncated packet', { bytes: 47 }],
    ['an empty packet', { bytes: 0 }],
    ['client mode', { flags: 0x23 }],
    ['broadcast mode', { flags: 0x25 }],
    ['an unset clock', { flags: 0xe4 }],
    ['version 1', { flags: 0x0c }],
    ['a kiss of death', { stratum: 0 }],
    ['an unsynchronised stratum', { stratum: 16 }],
    ['a stratum of 255', { stratum: 255 }],
    ['a root dispersion of 4 s', { rootDispersion: 4 << 16 }],
    ['a root delay of 7 s', { rootDelay: 7 << 16 }],
  ])('ignores %s', async (_what, bad) => {
    const { answer } = await ask((request) => [reply(request, bad)], { timeoutMs: 120 });
    expect(answer).toBeUndefined();
  });
  it('waits past hostile replies for the true one', async () => {
    const { answer } = await ask((request) => [
      Buffer.alloc(0),
      reply(request, { originate: Buffer.alloc(8) }),
      Buffer.alloc(9_000, 0x24),
      reply(request, { clockMs: Date.now() + 5_000 }),
    ]);
    expect(Math.abs((answer?.offsetMs ?? 0) - 5_000)).toBeLessThan(errorOf(answer));
  });
  it('ignores an answer that claims more time than passed', async () => {
    const { answer } = await ask(
      (request) => {
        const packet = reply(request);
        writeTime(packet, 40, Date.now() + 60_000);
        return [packet];
      },
      { timeoutMs: 120 },
    );
    expect(answer).toBeUndefined();
  });
  it('gives up on silence at its deadline', async () => {
    const began = performance.now();
    const { answer } = await ask(() => [], { timeoutMs: 150 });
    expect(answer).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
  it('gives up at once where nobody listens, and on names that do not exist', async () => {
    const options = { timeoutMs: 500, signal: new AbortController().signal, now: Date.now };
    expect(await askTime({ address: '127.0.0.1', port: 9 }, options)).toBeUndefined();
    expect(await askTime({ address: 'no-such-host.invalid', port: 123 }, options)).toBeUndefined();
  });
  it('ends with its signal', async () => {
    const began = performance.now();
    expect(await askTime({ address: '127.0.0.1', port: 9 }, { timeoutMs: 5_000, signal: AbortSignal.timeout(50), now: Date.now })).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('reading an answer', () => {
  it('stays right over the change of the NTP era in 2036', () => {
    const before = Date.UTC(2036, 1, 7, 6, 28, 15);
    const cookie = Buffer.alloc(8, 7);
    const packet = reply(Buffer.concat([Buffer.alloc(40), cookie]), { clockMs: before + 4_000 });
    expect(readAnswer(packet, { cookie, sentAt: before, elapsedMs: 10 })?.offsetMs).toBeCloseTo(3_995, 0);
  });
  it('divides the way there and back', () => {
    const cookie = Buffer.alloc(8, 7);
    const packet = reply(Buffer.concat([Buffer.alloc(40), cookie]), { clockMs: 1_795_305_600_300 });
    expect(readAnswer(packet, { cookie, sentAt: 1_795_305_600_000, elapsedMs: 100 })).toMatchObject({ offsetMs: expect.closeTo(250, 1), roundTripMs: expect.closeTo(100, 1) });
  });
});
