import { describe, expect, it } from 'vitest';
import { Host } from '../../../agent/host/host.ts';
import { hostOf } from '../../support/tree.ts';

const LIVE = { sampleMs: 0, now: Date.now };
async function textsOf(host: Host, pids: readonly string[], signal = AbortSignal.timeout(5_000)): Promise<readonly string[]> {
  const texts: string[] = [];
  for await (const text of host.processStats(pids, signal)) texts.push(text);
  return texts;
}

describe('reading small kernel files', () => {
  it('reads processes of a capture and skips those that ended', async () => {
    expect(await textsOf(await hostOf({ '/proc/1/stat': 'one', '/proc/3/stat': 'three' }), ['1', '2', '3'])).toEqual(['one', 'three']);
  });
  it('reads processes of a running kernel and stops when told to', async () => {
    const host = await Host.at('/', LIVE);
    expect((await textsOf(host, ['self', '999999999']))[0]).toMatch(/^\d+ \(/);
    await expect(
      textsOf(
        host,
        Array.from({ length: 300 }, () => 'self'),
        AbortSignal.abort(),
      ),
    ).rejects.toThrow();
  });
  it('reads several files of one folder, through a link to the folder but not to a file', async () => {
    const host = await hostOf({ '/sys/devices/a/one': '1\n', '/sys/devices/a/two': '-> one', '/sys/class/a': '-> ../devices/a' });
    expect(await host.readSmall('/sys/class/a', ['one', 'two', 'three'])).toEqual({ one: '1\n' });
    expect(await host.readSmall('/sys/none', ['one'])).toEqual({});
  });
  it('reads parameters', async () => {
    expect(await (await hostOf({ '/proc/sys/vm/swappiness': '10\n' })).sysctl('vm.swappiness')).toBe('10\n');
    expect(await (await hostOf({ '/proc/.keep': '' })).sysctl('vm.swappiness')).toBeUndefined();
    expect(await (await Host.at('/', LIVE)).sysctl('kernel.osrelease')).toMatch(/\d/);
  });
  it('takes a parameter that is a pipe or a folder for none', async () => {
    const host = await hostOf({ '/sys/a/folder/file': 'x' });
    expect(await host.readSmall('/sys/a', ['folder'])).toEqual({});
  });
});
