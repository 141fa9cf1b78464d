import { appendFileSync, chmodSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { LockedError } from '../../../agent/delivery/directory-lock.ts';
import { HEAD_BYTES } from '../../../agent/delivery/record.ts';
import { FORMAT_VERSION, SEGMENT_HEAD_BYTES, segmentHead } from '../../../agent/delivery/segment-file.ts';
import { ALL, drain, folder, labelOf, NOW, openOutbox } from './outboxes.ts';
import { payload } from './payloads.ts';

const segments = (directory: string): string[] => readdirSync(directory).filter((name) => name.endsWith('.seg'));

interface Hit {
  readonly kind: 'torn' | 'flip' | 'zero';
  readonly at: number;
  readonly length: number;
}
function damaged(whole: Buffer, { kind, at, length }: Hit): Buffer {
  if (kind === 'torn') return whole.subarray(0, at);
  const bytes = Buffer.from(whole);
  if (kind === 'flip') bytes[at] = (bytes[at] ?? 0) ^ (1 << length);
  else bytes.fill(0, at, Math.min(whole.length, at + length));
  return bytes;
}
function sameBytes(one: Buffer, other: Buffer, from: number, to: number): boolean {
  return one.length >= to && one.subarray(from, to).equals(other.subarray(from, to));
}

describe('the outbox', () => {
  it('gives back after a restart what was kept, under the same ids, for the owner only', async () => {
    const directory = folder();
    const first = await openOutbox(directory);
    for (const label of ['a', 'b']) expect(await first.keep('inspection', payload(label))).toBe('disk');
    const before = await first.next(ALL);
    await first.close();
    const second = await openOutbox(directory);
    const after = await second.next(ALL);
    expect(new Set(after.map(({ head }) => `${head.boot}.${head.seq}.${head.sha256}`))).toEqual(new Set(before.map(({ head }) => `${head.boot}.${head.seq}.${head.sha256}`)));
    for (const name of readdirSync(directory).filter((one) => one !== 'lock')) expect(statSync(join(directory, name)).mode & 0o077, name).toBe(0);
    expect(statSync(directory).mode & 0o077).toBe(0);
    await second.close();
  });

  it('hands out signals alone and first, then what is newest of health, then the backlog, oldest first', async () => {
    const directory = folder();
    const old = await openOutbox(directory);
    for (let n = 1; n <= 60; n += 1) await old.keep('inspection', payload(`old-${n}`));
    await old.close();
    const outbox = await openOutbox(directory);
    await outbox.keep('heartbeat', payload('new-1'));
    await outbox.keep('signals', payload('signal-1'));
    await outbox.keep('heartbeat', payload('new-2'));
    await outbox.keep('signals', payload('signal-2'));
    const first = await outbox.next({ ...ALL, items: 4 });
    expect(first.map(labelOf)).toEqual(['signal-1', 'signal-2']);
    await outbox.acknowledge(first);
    const rest = await drain(outbox, 4);
    expect(rest.slice(0, 3)).toEqual(['new-2', 'new-1', 'old-60']);
    const backlog = rest.filter((label) => label.startsWith('old-'));
    expect(backlog).toHaveLength(60);
    // The 30 newest of the earlier process count as new; what is older comes in order.
    expect(backlog.slice(-30)).toEqual(Array.from({ length: 30 }, (_, index) => `old-${index + 1}`));
    await outbox.close();
  });

  it('hands the same records out again until they are settled, and never a settled one, also after a restart', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory);
    for (let n = 1; n <= 5; n += 1) await outbox.keep('signals', payload(n));
    const once = await outbox.next(ALL);
    expect((await outbox.next(ALL)).map(labelOf)).toEqual(once.map(labelOf));
    await outbox.acknowledge([once[1], once[3]].flatMap((item) => item ?? []));
    expect((await outbox.next(ALL)).map(labelOf)).toEqual(['1', '3', '5']);
    await outbox.close();
    const again = await openOutbox(directory);
    expect(again.state.items).toBe(3);
    expect(await drain(again)).toEqual(['1', '3', '5']);
    expect(again.state).toMatchObject({ items: 0, oldestAgeSeconds: 0, counts: { sent: 5 } });
    expect(segments(directory)).toHaveLength(0);
    await again.close();
  });

  it('drops the oldest health first when it is full, signals only when nothing else is left, and says how many', async () => {
    const outbox = await openOutbox(folder(), { maxBytes: 1024 * 1024 });
    await outbox.keep('signals', payload('signal'));
    for (let n = 0; n < 60; n += 1) await outbox.keep('inspection', payload(`health-${n}`, 40_000));
    const { items, bytes, dropped } = outbox.state;
    expect(bytes).toBeLessThanOrEqual(1024 * 1024);
    expect(dropped['queue-full']).toBeGreaterThan(10);
    expect(items + dropped['queue-full']).toBe(61);
    const left = await drain(outbox);
    expect(left[0]).toBe('signal');
    expect(left.slice(1).sort()).toEqual(Array.from({ length: left.length - 1 }, (_, index) => `health-${59 - index}`).sort());
    for (let n = 0; n < 60; n += 1) await outbox.keep('signals', payload(`signal-${n}`, 40_000));
    expect(outbox.state.bytes).toBeLessThanOrEqual(1024 * 1024);
    expect((await drain(outbox)).at(-1)).toBe('signal-59');
    await outbox.close();
  });

  it('keeps the counts of what was lost over restarts', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory, { maxBytes: 1024 * 1024 });
    expect(await outbox.keep('inspection', payload('huge', 600_000))).toBe('dropped');
    await outbox.close();
    const again = await openOutbox(directory);
    expect(again.state.dropped['too-large']).toBe(1);
    await again.close();
  });

  it('gives up what is too old, but not because the clock jumped', async () => {
    const directory = folder();
    let wall = NOW;
    let mono = 0;
    const times = { now: () => wall, clock: () => mono, maxAgeSeconds: 86_400 };
    const outbox = await openOutbox(directory, times);
    await outbox.keep('signals', payload('first'));
    wall += 10 * 365 * 86_400; // the clock leaps ten years
    expect((await outbox.next(ALL)).map(labelOf)).toEqual(['first']);
    await outbox.close();
    // A start with nothing but old records doubts the clock for an hour.
    const again = await openOutbox(directory, times);
    expect((await again.next(ALL)).map(labelOf)).toEqual(['first']);
    mono += 3_600_001;
    wall += 3_600;
    expect(await again.next(ALL)).toEqual([]);
    expect(again.state.dropped['too-old']).toBe(1);
    await again.close();
  });

  it('never hands out for a vendor what was sealed with clear names for the site’s own collector', async () => {
    const directory = folder();
    const site = await openOutbox(directory, { boundary: 'site' });
    await site.keep('inspection', payload('clear'));
    await site.close();
    const vendor = await openOutbox(directory);
    await vendor.keep('inspection', payload('pseudonyms'));
    expect(await drain(vendor)).toEqual(['pseudonyms']);
    expect(vendor.state.dropped.refused).toBe(1);
    await vendor.close();
  });

  it('is used by one process at a time; a dead one’s lock is no obstacle', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory);
    await expect(openOutbox(directory)).rejects.toBeInstanceOf(LockedError);
    await outbox.close();
    writeFileSync(join(directory, 'lock'), '');
    await (await openOutbox(directory)).close();
  });

  it('keeps what was refused for good, with the reason', async () => {
    const outbox = await openOutbox(folder());
    await outbox.keep('inspection', payload('bad'));
    const [item] = await outbox.next(ALL);
    if (item) await outbox.giveUp(item, 'refused', 'Contract: <b>');
    expect(await outbox.next(ALL)).toEqual([]);
    expect(readdirSync(outbox.deadLetterFolder)).toEqual([expect.stringMatching(/^\d{12}-[0-9a-f]{16}\.1-inspection-ontractb\.ndjson\.gz$/)]);
    await outbox.close();
  });
});

describe('what is kept', () => {
  it('is on the disk, not only in the kernel, before anybody hears that it is', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory);
    expect(await outbox.keep('inspection', payload('first'))).toBe('disk');
    await using probe = await open(join(directory, 'probe'), 'w');
    const prototype = Object.getPrototypeOf(probe) as Pick<FileHandle, 'write' | 'datasync'>;
    const { write, datasync } = prototype;
    const order: string[] = [];
    onTestFinished(() => void Object.assign(prototype, { write, datasync }));
    Object.assign(prototype, {
      async write(this: FileHandle, ...args: Parameters<FileHandle['write']>) {
        const done = await write.apply(this, args);
        order.push('write');
        return done;
      },
      async datasync(this: FileHandle) {
        await datasync.apply(this);
        order.push('sync');
      },
    });
    expect(await outbox.keep('inspection', payload('second'))).toBe('disk');
    expect([...order, 'kept'].slice(-3)).toEqual(['write', 'sync', 'kept']);
  });
});

describe('what disks do to an outbox', () => {
  it('bytes that were torn, flipped, or zeroed cost the records they hit, are counted, and nothing else', { timeout: 120_000 }, async () => {
    const labels = ['a', 'b', 'c', 'd', 'e', 'f'];
    const made = folder();
    const outbox = await openOutbox(made);
    const sizes: number[] = [SEGMENT_HEAD_BYTES];
    for (const label of labels) {
      await outbox.keep('signals', payload(label, 300));
      sizes.push(statSync(join(made, segments(made)[0] ?? '')).size);
    }
    const [name = ''] = segments(made);
    const whole = readFileSync(join(made, name)); // as a crash leaves it: no summary
    await outbox.close();

    const damage = fc.oneof(
      fc.record({ kind: fc.constant('torn' as const), at: fc.nat(whole.length), length: fc.constant(0) }),
      fc.record({ kind: fc.constant('flip' as const), at: fc.nat(whole.length - 1), length: fc.nat(7) }),
      fc.record({ kind: fc.constant('zero' as const), at: fc.nat(whole.length - 1), length: fc.integer({ min: 1, max: 700 }) }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (hit) => {
        const directory = folder();
        const bytes = damaged(whole, hit);
        writeFileSync(join(directory, name), bytes);
        const again = await openOutbox(directory);
        const isWhole = (index: number): boolean => sameBytes(bytes, whole, sizes[index] ?? 0, sizes[index + 1] ?? 0);
        const expected = sameBytes(bytes, whole, 0, SEGMENT_HEAD_BYTES) ? labels.filter((_, index) => isWhole(index)) : [];
        expect(await drain(again)).toEqual(expected);
        const { dropped, counts } = again.state;
        if (hit.kind !== 'torn' && expected.length < labels.length) expect(counts.corruptBytes + dropped.corrupt).toBeGreaterThan(0);
        expect(await again.keep('signals', payload('next'))).toBe('disk');
        expect(await drain(again)).toEqual(['next']);
        await again.close();
        rmSync(directory, { recursive: true });
      }),
      { numRuns: 150 },
    );
  });

  it('a closed segment that lost records says how many, from its summary', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory);
    for (let n = 0; n < 10; n += 1) await outbox.keep('signals', payload(n, 300));
    await outbox.close();
    const file = join(directory, segments(directory)[0] ?? '');
    const bytes = readFileSync(file);
    bytes.fill(0, bytes.length - 1_500); // the end of the file, where a scan cannot tell a loss from a torn write
    writeFileSync(file, bytes);
    const again = await openOutbox(directory);
    const left = await drain(again);
    expect(left.length + again.state.dropped.corrupt).toBe(10);
    expect(left.length).toBeGreaterThan(3);
    await again.close();
  });

  it('acknowledgements that were torn or damaged cost a duplicate at most', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory);
    for (let n = 0; n < 4; n += 1) await outbox.keep('signals', payload(n));
    await outbox.acknowledge((await outbox.next(ALL)).slice(0, 3));
    await outbox.close();
    const ack = join(directory, readdirSync(directory).find((name) => name.endsWith('.ack')) ?? '');
    truncateSync(ack, 19); // two and a torn third
    const bytes = readFileSync(ack);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    writeFileSync(ack, bytes);
    const again = await openOutbox(directory);
    const batch = await again.next(ALL);
    expect(batch.map(labelOf)).toEqual(['0', '2', '3']);
    await again.acknowledge(batch.slice(0, 2));
    await again.close();
    const third = await openOutbox(directory);
    expect(await drain(third)).toEqual(['3']);
    await third.close();
  });

  it('acknowledgements that outlived their segment are never taken for those of a new one', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory);
    await outbox.keep('signals', payload('old'));
    await outbox.acknowledge(await outbox.next(ALL));
    await outbox.close();
    rmSync(join(directory, segments(directory)[0] ?? '')); // killed between removing the one and the other
    expect(readdirSync(directory).filter((name) => name.endsWith('.ack'))).toHaveLength(1);
    const again = await openOutbox(directory);
    expect(readdirSync(directory).filter((name) => name.endsWith('.ack'))).toEqual([]);
    await again.keep('signals', payload('new'));
    await again.close();
    const third = await openOutbox(directory);
    expect(await drain(third)).toEqual(['new']);
  });

  it('a segment whose process died before its first record is no loss', async () => {
    const directory = folder();
    for (const [number, bytes] of [Buffer.alloc(0), segmentHead('health').subarray(0, 9), segmentHead('health')].entries())
      writeFileSync(join(directory, `health-000000000${number + 1}.seg`), bytes);
    const outbox = await openOutbox(directory);
    expect(outbox.state).toMatchObject({ counts: { quarantined: 0 }, dropped: { corrupt: 0 } });
    expect(segments(directory)).toEqual([]);
  });

  it('a segment of a newer version is left as it is, counted, and still there for that version', async () => {
    const directory = folder();
    const newer = segmentHead('signals');
    newer.writeUInt16LE(FORMAT_VERSION + 1, 8);
    const { crc32 } = await import('node:zlib');
    newer.writeUInt32LE(crc32(newer.subarray(0, 12)), 12);
    const bytes = Buffer.concat([newer, Buffer.alloc(HEAD_BYTES, 7)]);
    writeFileSync(join(directory, 'signals-0000000007.seg'), bytes);
    const outbox = await openOutbox(directory);
    await outbox.keep('signals', payload('mine'));
    expect(await drain(outbox)).toEqual(['mine']);
    expect(outbox.state.foreignSegments).toBe(1);
    await outbox.close();
    expect(readFileSync(join(directory, 'signals-0000000007.seg')).equals(bytes)).toBe(true);
  });

  it('a file that is no segment is put aside and counted', async () => {
    const directory = folder();
    writeFileSync(join(directory, 'health-0000000003.seg'), 'not a segment at all');
    appendFileSync(join(directory, 'counters.json'), '{broken');
    const outbox = await openOutbox(directory);
    expect(outbox.state).toMatchObject({ counts: { quarantined: 1, corruptBytes: 20 }, dropped: { corrupt: 1 } });
    expect(readdirSync(join(directory, 'quarantine'))).toEqual(['health-0000000003.seg']);
    await outbox.close();
  });

  it('a segment that vanishes under the agent is counted as lost, and the rest goes on', async () => {
    const directory = folder();
    const outbox = await openOutbox(directory);
    await outbox.keep('signals', payload('gone'));
    rmSync(join(directory, segments(directory)[0] ?? ''));
    expect(await outbox.next(ALL)).toEqual([]);
    await outbox.keep('signals', payload('kept'));
    expect(await drain(outbox)).toEqual(['kept']);
    expect(outbox.state.dropped.corrupt).toBe(1);
    await outbox.close();
  });

  it.skipIf(process.getuid?.() === 0)('a folder that cannot be written keeps what comes in memory (skipped as root, whom modes do not stop)', async () => {
    const directory = folder();
    chmodSync(directory, 0o500);
    const outbox = await openOutbox(directory);
    expect(await outbox.keep('signals', payload('held'))).toBe('memory');
    expect(outbox.state.isWritable).toBe(false);
    expect(await drain(outbox)).toEqual(['held']);
    chmodSync(directory, 0o700);
    expect(await outbox.keep('signals', payload('kept'))).toBe('disk');
    await outbox.close();
  });
});
