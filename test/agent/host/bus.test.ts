import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askBus } from '../../../agent/gatherers/host/services/systemd-bus.ts';
import type { Systemd } from '../../../agent/gatherers/host/services/units.ts';
import { reasonOf } from '../../../agent/gatherers/run.ts';
import { BodyReader } from '../../../agent/host/bus.ts';

function align(bytes: Buffer, size: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((size - (bytes.length % size)) % size)]);
}
function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
function text(before: Buffer, value: string): Buffer {
  return Buffer.concat([align(before, 4), uint32(Buffer.byteLength(value)), Buffer.from(`${value}\0`)]);
}
/** A reply with `sender` and `signature` fields beside the serial, as systemd sends them. */
function reply(serial: number, body: Buffer, type = 2): Buffer {
  let fields: Buffer = Buffer.concat([Buffer.from([5, 1, 0x75, 0]), uint32(serial)]);
  fields = Buffer.concat([align(fields, 8), Buffer.from([8, 1, 0x67, 0, 1, 0x76, 0])]);
  fields = text(Buffer.concat([align(fields, 8), Buffer.from([7, 1, 0x73, 0])]), 'org.freedesktop.systemd1');
  return Buffer.concat([align(Buffer.concat([Buffer.from([0x6c, type, 1, 1]), uint32(body.length), uint32(99), uint32(fields.length), fields]), 8), body]);
}
function variant(signature: string, value: Buffer): Buffer {
  const head = Buffer.from([1, signature.charCodeAt(0), 0]);
  return signature === 's' ? text(head, value.toString()) : Buffer.concat([align(head, value.length), value]);
}
function unitList(units: readonly (readonly [unit: string, active: string, sub: string])[]): Buffer {
  let array: Buffer = Buffer.alloc(0);
  for (const [unit, active, sub] of units) {
    array = align(array, 8);
    for (const word of [unit, "a customer's description", 'loaded', active, sub, '', '/org/freedesktop/systemd1/unit/x']) array = text(array, word);
    array = text(text(Buffer.concat([align(array, 4), uint32(0)]), ''), '/');
  }
  return Buffer.concat([align(uint32(array.length), 8), array]);
}

interface Script {
  readonly greeting?: string;
  /** The answer to one call, by member and the call's bytes; nothing = silence. */
  readonly answer?: (serial: number, call: string) => Buffer | undefined;
}

async function ask({ greeting = 'OK 1234\r\n', answer }: Script, timeoutMs = 500): Promise<Systemd> {
  const folder = mkdtempSync(join(tmpdir(), 'xunjian-bus-'));
  const path = join(folder, 'private');
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    let begun = false;
    let pending = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      if (!begun && pending.includes('AUTH EXTERNAL') && open.has(socket)) {
        open.delete(socket);
        socket.write(greeting);
      }
      const begin = pending.indexOf('BEGIN\r\n');
      if (!begun && begin >= 0) {
        begun = true;
        pending = pending.subarray(begin + 7);
      }
      while (begun && pending.length >= 16) {
        const length = Math.ceil((16 + pending.readUInt32LE(12)) / 8) * 8 + pending.readUInt32LE(4);
        if (pending.length < length) break;
        const bytes = answer?.(pending.readUInt32LE(8), pending.toString('latin1', 0, length));
        pending = pending.subarray(length);
        // In two pieces, as a stream may bring it.
        if (bytes) {
          socket.write(bytes.subarray(0, 20));
          socket.write(bytes.subarray(20));
        }
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return await askBus(path, AbortSignal.timeout(timeoutMs));
}

function healthy(serial: number, call: string): Buffer {
  if (call.includes('ListUnits'))
    return reply(
      serial,
      unitList([
        ['kubelet.service', 'active', 'running'],
        ['acme.service', 'failed', 'failed'],
        ['data.mount', 'failed', 'failed'],
        ['off.service', 'inactive', 'dead'],
      ]),
    );
  if (call.includes('SystemState')) return reply(serial, variant('s', Buffer.from('degraded')));
  if (call.includes('NJobs')) return reply(serial, variant('u', uint32(3)));
  if (call.includes('NRestarts')) return reply(serial, variant('u', uint32(7)));
  return reply(serial, variant('t', Buffer.from([0x40, 0x42, 0x0f, 0, 0, 0, 0, 0])));
}

describe('asking systemd over its socket', () => {
  it('gives its state, the failed units and what its services say', async () => {
    expect(await ask({ answer: healthy })).toEqual({
      manager: { state: 'degraded', queuedJobs: 3 },
      failed: ['acme.service', 'data.mount'],
      services: [
        { unit: 'kubelet.service', subState: 'running', restarts: 7, activeSince: 1_000_000 },
        { unit: 'acme.service', subState: 'failed', restarts: 7, activeSince: 1_000_000 },
      ],
    });
  });
  it('does without properties that an old release has not', async () => {
    const { services } = await ask({
      answer: (serial, call) => (call.includes('NRestarts') ? reply(serial, text(Buffer.alloc(0), 'Unknown property'), 3) : healthy(serial, call)),
    });
    expect(services[0]).toMatchObject({ unit: 'kubelet.service', restarts: undefined });
  });
  it.each<[string, Script, string]>([
    ['a refusal', { greeting: 'REJECTED EXTERNAL\r\n' }, 'forbidden'],
    ['a flood instead of a greeting', { greeting: 'x'.repeat(100_000) }, 'forbidden'],
    ['silence', { answer: () => undefined }, 'timeout'],
    ['an error for the list', { answer: (serial, call) => (call.includes('ListUnits') ? reply(serial, Buffer.alloc(0), 3) : healthy(serial, call)) }, 'forbidden'],
    ['a message of 4 GB', { answer: () => Buffer.concat([Buffer.from([0x6c, 2, 1, 1]), uint32(0xffff_fff0), uint32(1), uint32(8), Buffer.alloc(32)]) }, 'malformed'],
    ['big-endian bytes', { answer: () => Buffer.from(`B${'\0'.repeat(40)}`) }, 'malformed'],
    [
      'a list that ends too early',
      {
        answer: (serial, call) =>
          call.includes('ListUnits') ? reply(serial, Buffer.concat([uint32(5_000), Buffer.alloc(4), uint32(900), Buffer.from('x')])) : healthy(serial, call),
      },
      'malformed',
    ],
    [
      'a header that ends too early',
      { answer: (serial) => Buffer.concat([Buffer.from([0x6c, 2, 1, 1]), uint32(0), uint32(serial), uint32(6), Buffer.from([5, 1, 0x75, 0, 9, 9, 9, 9])]) },
      'malformed',
    ],
  ])('says what is wrong with %s', async (_what, script, reason) => {
    const error: unknown = await ask(script, 300).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Error);
    expect(reasonOf(error)).toBe(reason);
  });
  it('says that there is no socket', async () => {
    const error: unknown = await askBus('/nonexistent/private', AbortSignal.timeout(300)).catch((caught: unknown) => caught);
    expect(reasonOf(error)).toBe('not-visible');
  });
});

describe('a body', () => {
  it('is read at the alignment of its values, and never beyond its end', () => {
    const reader = new BodyReader(Buffer.concat([Buffer.from([7, 0, 0, 0]), uint32(3), Buffer.from('abc\0')]));
    expect([reader.byte(), reader.text()]).toEqual([7, 'abc']);
    expect(() => reader.text()).toThrow(RangeError);
    expect(() => new BodyReader(uint32(4_000_000_000)).text()).toThrow(RangeError);
  });
});
