import { describe, expect, it } from 'vitest';
import { Host } from '../../../agent/host/host.ts';
import { type KernelRecord, parseRecord, readKernelRing } from '../../../agent/host/kernel-log.ts';
import { hostOf } from '../../support/tree.ts';

async function all(records: AsyncGenerator<KernelRecord>): Promise<KernelRecord[]> {
  const out: KernelRecord[] = [];
  for await (const record of records) out.push(record);
  return out;
}
const quiet = new AbortController().signal;

describe('a record of the ring buffer', () => {
  it('has sequence, time, origin and one line', () => {
    expect(parseRecord('6,1234,987654321,-;EXT4-fs (sda1): mounted\n SUBSYSTEM=block\n DEVICE=b8:1\n')).toEqual({
      sequence: 1234,
      microseconds: 987_654_321,
      fromKernel: true,
      message: 'EXT4-fs (sda1): mounted',
    });
    expect(parseRecord('4,5,6,c,caller=T1;part')).toMatchObject({ message: 'part' });
  });
  it('tells what user space wrote', () => {
    expect(parseRecord('30,7,1,-;systemd[1]: Kernel panic - not syncing')?.fromKernel).toBe(false);
    expect(parseRecord('12,7,1,-;forged')?.fromKernel).toBe(false);
  });
  it.each(['', 'x', '6,1', '6,1,2,-', ',,,;', '6,99999999999999999999999,1,-;x', `6,1,2,${'x'.repeat(300)};m`, '\0\0\0'])('is none in %j', (text) => {
    expect(parseRecord(text)).toBeUndefined();
  });
  it('is cut when it is long', () => {
    expect(parseRecord(`6,1,2,-;${'a'.repeat(1_000_000)}`)?.message.length).toBe(1_000);
  });
});

describe('the ring buffer', () => {
  it('is read from the file of a capture', async () => {
    const host = await hostOf({ '/dev/kmsg': '6,10,1000000,-;one\n SUBSYSTEM=x\nnoise\n4,11,2000000,-;two\n' });
    expect((await all(readKernelRing(host, quiet))).map(({ message }) => message)).toEqual(['one', 'two']);
  });
  it('says what is missing', async () => {
    await expect(all(readKernelRing(await hostOf({}), quiet))).rejects.toMatchObject({ code: 'ENOENT' });
  });
  it('takes no other file of a running host for the device, and never waits', async () => {
    const tree = await hostOf({ '/dev/kmsg': '6,1,1,-;forged\n' });
    const running = new Host({ root: tree.root, sampleMs: 0, now: Date.now, live: false, running: true });
    await expect(all(readKernelRing(running, quiet))).rejects.toMatchObject({ reason: 'malformed' });
  });
  it('stops with its signal', async () => {
    const host = new Host({ root: '/', sampleMs: 0, now: Date.now, live: true, running: true });
    await expect(all(readKernelRing(host, AbortSignal.abort()))).rejects.toBeInstanceOf(Error);
  });
});
