/** Fault list 3, 4, 6: power cuts at every byte, disks that are full, read-only or out of inodes, and other versions. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { drain, folder, openOutbox } from '../agent/delivery/outboxes.ts';
import { payload } from '../agent/delivery/payloads.ts';

const NO_MOUNT = mountFault();

/** A small file system of its own, `undefined` where none may be mounted. */
function mounted(options: string): string {
  const directory = folder('xunjian-mount-');
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'xunjian-test', directory]);
  onTestFinished(() => void execFileSync('umount', ['-l', directory]));
  return directory;
}
function mountFault(): string {
  try {
    const directory = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'xunjian-test', directory], { stdio: 'ignore' });
    execFileSync('umount', [directory]);
    rmSync(directory, { recursive: true });
    return '';
  } catch {
    return 'mounting a tmpfs needs root';
  }
}
function fill(directory: string): string {
  const file = join(directory, '..', 'filler');
  try {
    for (let bytes = 1024 * 1024; bytes >= 1; bytes = Math.floor(bytes / 2)) {
      try {
        for (;;) writeFileSync(file, Buffer.alloc(bytes), { flag: 'a' });
      } catch {
        // a smaller piece may still fit
      }
    }
  } catch {
    // full
  }
  return file;
}

it('a power cut at every byte of a segment leaves every record before it, and the agent goes on', async () => {
  const made = folder();
  const outbox = await openOutbox(made);
  const ends: number[] = [];
  const labels = Array.from({ length: 8 }, (_, index) => `record-${index}`);
  const segment = (): string => join(made, readdirSync(made).find((name) => name.endsWith('.seg')) ?? '');
  for (const label of labels) {
    await outbox.keep('signals', payload(label, 60));
    ends.push(statSync(segment()).size);
  }
  const whole = readFileSync(segment());
  const directory = folder();
  for (let cut = 0; cut <= whole.length; cut += 1) {
    writeFileSync(join(directory, 'signals-0000000001.seg'), whole.subarray(0, cut));
    const again = await openOutbox(directory);
    expect(await drain(again), `cut at ${cut}`).toEqual(labels.filter((_, index) => (ends[index] ?? 0) <= cut));
    await again.close();
    for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  }
});

it('every single bit flipped, one at a time in four records, costs at most the record it is in', { timeout: 600_000 }, async () => {
  const made = folder();
  const outbox = await openOutbox(made);
  for (const label of ['a', 'b', 'c', 'd']) await outbox.keep('signals', payload(label));
  const whole = readFileSync(join(made, readdirSync(made).find((name) => name.endsWith('.seg')) ?? ''));
  const directory = folder();
  for (let at = 16; at < whole.length; at += 1) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(join(directory, 'signals-0000000001.seg'), bytes);
    const again = await openOutbox(directory);
    expect(await drain(again), `bit of byte ${at}`).toHaveLength(3);
    expect(again.state.counts.corruptBytes, `bit of byte ${at}`).toBeGreaterThan(0);
    await again.close();
    for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  }
});

describe.skipIf(NO_MOUNT !== '')(`a disk of its own${NO_MOUNT && ` (skipped: ${NO_MOUNT})`}`, () => {
  it('full by others: what comes waits in memory and is delivered; what was kept is delivered and deleted; with room again it goes to disk', async () => {
    const directory = join(mounted('size=8m'), 'outbox');
    const outbox = await openOutbox(directory);
    for (let n = 0; n < 5; n += 1) await outbox.keep('inspection', payload(`kept-${n}`, 100_000));
    const filler = fill(directory);
    expect(await outbox.keep('inspection', payload('held', 200_000))).toBe('memory');
    expect(outbox.state).toMatchObject({ isWritable: false, items: 6 });
    expect((await drain(outbox)).sort()).toEqual(['held', 'kept-0', 'kept-1', 'kept-2', 'kept-3', 'kept-4']);
    await outbox.keep('inspection', payload('held again', 200_000));
    rmSync(filler);
    expect(await outbox.keep('heartbeat', payload('room'))).toBe('disk');
    expect(outbox.state).toMatchObject({ isWritable: true, items: 2 });
    await outbox.close();
    const again = await openOutbox(directory);
    expect((await drain(again)).sort()).toEqual(['held again', 'room']);
  });

  it('full by others: a signal takes the place of the oldest snapshots, which are counted', async () => {
    const directory = join(mounted('size=8m'), 'outbox');
    const outbox = await openOutbox(directory, { maxBytes: 4 * 1024 * 1024 });
    for (let n = 0; n < 20; n += 1) await outbox.keep('inspection', payload(`health-${n}`, 100_000));
    fill(directory);
    for (let n = 0; n < 3; n += 1) expect(await outbox.keep('signals', payload(`signal-${n}`, 60_000))).toBe('disk');
    expect(outbox.state.dropped['queue-full']).toBeGreaterThan(0);
    expect((await drain(outbox)).slice(0, 3)).toEqual(['signal-0', 'signal-1', 'signal-2']);
  });

  it('full for good: memory is bounded, signals are the last to go, and the loss is counted', async () => {
    const directory = join(mounted('size=1m'), 'outbox');
    const outbox = await openOutbox(directory);
    fill(directory);
    await outbox.keep('signals', payload('signal', 1_000));
    for (let n = 0; n < 100; n += 1) await outbox.keep('inspection', payload(n, 100_000));
    expect(outbox.state.items + outbox.state.dropped['queue-full']).toBe(101);
    expect(outbox.state.bytes).toBeLessThan(4 * 1024 * 1024);
    expect((await drain(outbox))[0]).toBe('signal');
  });

  it('read-only from the start and later: the backlog is delivered, what comes waits in memory', async () => {
    const mount = mounted('size=8m');
    const directory = join(mount, 'outbox');
    const outbox = await openOutbox(directory);
    for (let n = 0; n < 3; n += 1) await outbox.keep('signals', payload(`kept-${n}`));
    await outbox.close();
    execFileSync('mount', ['-o', 'remount,ro', mount]);
    const readOnly = await openOutbox(directory);
    expect(await readOnly.keep('signals', payload('held'))).toBe('memory');
    expect(readOnly.state.isWritable).toBe(false);
    expect((await drain(readOnly)).sort()).toEqual(['held', 'kept-0', 'kept-1', 'kept-2']);
    expect(readOnly.state.items).toBe(0);
    await readOnly.close();
    execFileSync('mount', ['-o', 'remount,rw', mount]);
    const again = await openOutbox(directory);
    expect(await drain(again)).toEqual(['kept-0', 'kept-1', 'kept-2']); // the acknowledgements could not be written: duplicates, nothing else
  });

  it('out of inodes: goes on in the segment that is open, else in memory', async () => {
    const mount = mounted('size=8m,nr_inodes=24');
    const directory = join(mount, 'outbox');
    const outbox = await openOutbox(directory);
    await outbox.keep('signals', payload('kept'));
    for (let n = 0; ; n += 1) {
      try {
        writeFileSync(join(mount, `inode-${n}`), '');
      } catch {
        break;
      }
    }
    expect(await outbox.keep('signals', payload('kept too'))).toBe('disk');
    const health = await outbox.keep('heartbeat', payload('held'));
    expect(['disk', 'memory']).toContain(health); // the reserve's inode may be just what it takes
    expect(await drain(outbox)).toEqual(['kept', 'kept too', 'held']);
    for (const name of readdirSync(mount).filter((one) => one.startsWith('inode-'))) rmSync(join(mount, name));
    expect(await outbox.keep('heartbeat', payload('room'))).toBe('disk');
  });

  it('an outbox beyond a limit that was lowered shrinks to it, oldest health first', async () => {
    const directory = join(mounted('size=32m'), 'outbox');
    const outbox = await openOutbox(directory);
    await outbox.keep('signals', payload('signal'));
    for (let n = 0; n < 100; n += 1) await outbox.keep('inspection', payload(n, 200_000));
    await outbox.close();
    const lower = await openOutbox(directory, { maxBytes: 4 * 1024 * 1024 });
    await lower.keep('heartbeat', payload('last'));
    expect(lower.state.bytes).toBeLessThanOrEqual(4 * 1024 * 1024);
    const left = await drain(lower);
    expect(left[0]).toBe('signal');
    expect(left).toContain('last');
    expect(left.length + lower.state.dropped['queue-full']).toBe(102);
  });
});
