import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KernelCounts } from '../../../../agent/gatherers/host/services/kernel-counts.ts';
import { kernelLog } from '../../../../agent/gatherers/host/services/kernel-log.ts';
import { parseSyslogLine, zoneOf } from '../../../../agent/gatherers/host/services/syslog.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { Sections } from '../../../../agent/wire/section-values.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const NOW = 1_795_305_600; // 2026-11-22T00:00:00Z
const DAY = 86_400;
const BOOT = NOW - 10 * DAY;
const STAT = `cpu  1 2 3 4\nbtime ${BOOT}\n`;

async function gather(
  files: Files,
  mtimes: Readonly<Record<string, number>> = {},
): Promise<{ value: Sections['kernelLog'] | undefined; status: string | undefined; reason: string | undefined }> {
  const host = await hostOf({ '/proc/stat': STAT, ...files }, NOW * 1_000);
  for (const [path, at] of Object.entries(mtimes)) utimesSync(join(host.root, path), at, at);
  const { sections, reports } = await runGatherers([kernelLog], { host }, { signal: new AbortController().signal, concurrency: 1, clock: () => performance.now() });
  return { value: sections.kernelLog, status: reports[0]?.status, reason: reports[0]?.reason };
}
function record(sequence: number, at: number, message: string, priority = 4): string {
  return `${priority},${sequence},${(at - BOOT) * 1_000_000},-;${message}\n`;
}

describe('counts of kernel lines', () => {
  it('tell the last day from the rest and keep first and last time', () => {
    const counts = new KernelCounts(NOW);
    const line = 'EXT4-fs error (device sda1): x';
    for (const at of [NOW - 3 * DAY, NOW - DAY, NOW - DAY + 1, NOW - 10]) counts.add(line, at);
    counts.add('something else', NOW - 5);
    expect(counts.events()).toEqual([{ rule: 'ext4-error', last24h: 2, total: 4, firstAt: NOW - 3 * DAY, lastAt: NOW - 10 }]);
    expect(counts).toMatchObject({ lines: 5, oldestAt: NOW - 3 * DAY, coversDay: true });
  });
  it('do not believe times that cannot be', () => {
    const counts = new KernelCounts(NOW);
    counts.add('EXT4-fs error (device sda1): x', NOW + 10 * DAY);
    counts.add('EXT4-fs error (device sda1): x', undefined);
    counts.add('EXT4-fs error (device sda1): x', -5);
    counts.add('EXT4-fs error (device sda1): x', NOW + 60); // a clock slightly ahead
    expect(counts.events()).toEqual([{ rule: 'ext4-error', last24h: 1, total: 4, firstAt: NOW, lastAt: NOW }]);
  });
});

describe('lines of syslog', () => {
  it.each([
    ['Nov 21 23:59:50 node-1 kernel: [12345.678901] EXT4-fs error (device sda1): x', NOW - 10, 'EXT4-fs error (device sda1): x'],
    ['Nov  1 08:00:00 node-1 kernel: nfs: server 10.0.0.1 not responding', Date.UTC(2026, 10, 1, 8) / 1_000, 'nfs: server 10.0.0.1 not responding'],
    ['Dec 31 23:00:00 node-1 kernel: x', Date.UTC(2025, 11, 31, 23) / 1_000, 'x'],
    ['2026-11-22T07:59:50.123456+08:00 node-1 kernel: [    0.000000] Linux version', NOW - 10, 'Linux version'],
    ['2026-11-21T23:59:50Z node-1 kernel: y', NOW - 10, 'y'],
    ['<4>Nov 21 23:59:50 node-1 kernel: z', NOW - 10, 'z'],
  ])('%s', (line, at, message) => {
    expect(parseSyslogLine(line, NOW, 0)).toEqual({ at, message, times: 1 });
  });
  it('unfold repetitions', () => {
    expect(parseSyslogLine('Nov 21 23:00:00 n kernel: message repeated 5 times: [ [12.3] EXT4-fs error (device sda1): x]', NOW, 0)).toMatchObject({
      times: 5,
      message: 'EXT4-fs error (device sda1): x]',
    });
  });
  it('of other programs say nothing, whatever they quote', () => {
    expect(parseSyslogLine('Nov 21 23:00:00 n sshd[1]: kernel: EXT4-fs error (device sda1)', NOW, 0).message).toBeUndefined();
    expect(parseSyslogLine('Nov 21 23:00:00 n my kernel: EXT4-fs error (device sda1)', NOW, 0).message).toBeUndefined();
  });
  it.each(['', '\0\0', 'Nov 99 99:99:99 n kernel: x', '2026-99-99T99:99:99Z n kernel: x', 'x'.repeat(100_000), 'Foo 21 10:00:00 n kernel: x'])(
    'that are damaged do no harm',
    (line) => {
      expect(parseSyslogLine(line, NOW, 0).at ?? 0).toBeLessThanOrEqual(NOW + 3_600 + 60 * DAY);
    },
  );
  it('tell the zone of their host', () => {
    expect(zoneOf('Nov 22 07:59:58 n a: x\nNov 22 08:00:01 n b: y\n', NOW)).toBe(8 * 3_600);
    expect(zoneOf('Nov 21 18:30:01 n b: y\n', NOW)).toBe(-5.5 * 3_600);
    expect(zoneOf('Nov 20 00:00:00 n b: an old copy\n', NOW)).toBe(0);
    expect(zoneOf('no stamp', NOW)).toBe(0);
  });
});

describe('the kernel log', () => {
  it('is the ring buffer where it can be read', async () => {
    const { value } = await gather({
      '/dev/kmsg':
        record(0, BOOT, 'Linux version 5.10.0', 5) +
        record(1, NOW - 2 * DAY, 'nf_conntrack: nf_conntrack: table full, dropping packet') +
        record(2, NOW - 60, 'nf_conntrack: nf_conntrack: table full, dropping packet') +
        record(3, NOW - 30, 'Kernel panic - not syncing: forged by a process', 12),
    });
    expect(value).toEqual({
      source: 'ring-buffer',
      lines: 3,
      bootAt: BOOT,
      oldestAt: BOOT,
      dropped: 0,
      events: [{ rule: 'conntrack-full', last24h: 1, total: 2, firstAt: NOW - 2 * DAY, lastAt: NOW - 60 }],
    });
  });
  it('says when the buffer was overwritten within the day, and prefers a file that reaches further', async () => {
    const ring = record(5_000, NOW - 3_600, 'EXT4-fs warning (device sda1): x');
    expect((await gather({ '/dev/kmsg': ring })).value).toMatchObject({ source: 'ring-buffer', dropped: 5_000 });
    const messages = 'Nov 19 10:00:00 n kernel: boot\nNov 21 12:00:00 n kernel: EXT4-fs error (device sda1): x\n';
    const { value } = await gather({ '/dev/kmsg': ring, '/var/log/messages': messages }, { '/var/log/messages': Date.UTC(2026, 10, 21, 12) / 1_000 });
    expect(value).toMatchObject({ source: 'messages', dropped: 0, lines: 2, events: [{ rule: 'ext4-error', last24h: 1 }] });
  });
  it('reads the rotated file too when the current one is young', async () => {
    const { value } = await gather(
      {
        '/var/log/kern.log': 'Nov 21 23:00:00 n kernel: EXT4-fs error (device sda1): x\n',
        '/var/log/kern.log.1': 'Nov 14 00:00:00 n kernel: a\nNov 21 22:00:00 n kernel: EXT4-fs error (device sda1): x\n',
      },
      { '/var/log/kern.log': NOW - 3_600, '/var/log/kern.log.1': NOW - 7_200 },
    );
    expect(value).toMatchObject({ source: 'kern.log', dropped: 0, events: [{ last24h: 2, total: 2 }] });
  });
  it('finds the dated rotation of openEuler and RHEL', async () => {
    const { value } = await gather(
      {
        '/var/log/messages': 'Nov 21 23:00:00 n kernel: a\n',
        '/var/log/messages-20261115': 'Nov 1 00:00:00 n kernel: old\n',
        '/var/log/messages-20261121': 'Nov 14 00:00:00 n x: a\nNov 21 22:00:00 n kernel: Oops: 0000 [#1] SMP\n',
      },
      { '/var/log/messages': NOW - 3_600, '/var/log/messages-20261121': NOW - 7_200 },
    );
    expect(value).toMatchObject({ dropped: 0, events: [{ rule: 'kernel-oops', last24h: 1 }] });
  });
  it('says that part of the day is missing when no file reaches back', async () => {
    expect((await gather({ '/var/log/syslog': 'Nov 21 23:00:00 n kernel: a\n' }, { '/var/log/syslog': NOW - 3_600 })).value).toMatchObject({ source: 'syslog', dropped: 1 });
  });
  it('is unreadable, not clean, without any source', async () => {
    expect(await gather({})).toMatchObject({ status: 'failed', reason: 'not-visible' });
    expect(await gather({ '/var/log/messages': 'Nov 21 23:00:00 n sshd[1]: no kernel line\n' })).toMatchObject({ status: 'failed' });
    expect(await gather({ '/dev/kmsg': '' })).toMatchObject({ status: 'failed', reason: 'not-visible' });
    expect(await gather({ '/proc/stat': 'cpu 1\n', '/dev/kmsg': record(0, BOOT, 'x') })).toMatchObject({ status: 'failed' });
  });
  it('survives lines of 1 MB, binary and times from nowhere', async () => {
    const noise = `${'A'.repeat(1_000_000)}\n${Buffer.alloc(100_000, 0xff).toString('latin1')}\nNov 99 99:99:99 n kernel: EXT4-fs error (device x)\n9999-12-31T23:59:59Z n kernel: EXT4-fs error (device x)\n`;
    const { value } = await gather(
      { '/var/log/messages': `Nov 10 00:00:00 n kernel: start\n${noise}Nov 21 23:00:00 n kernel: EXT4-fs error (device sda1): x\n` },
      { '/var/log/messages': NOW - 3_600 },
    );
    expect(value).toMatchObject({ dropped: 0, events: [{ rule: 'ext4-error', last24h: 1, lastAt: NOW - 3_600 }] });
    expect(JSON.stringify(value)).not.toContain('sda1');
  });
  it('counts 40 000 lines within a moment', async () => {
    const line = 'Nov 21 12:00:00 node-1 kernel: [1234.5] IN=eth0 OUT= SRC=10.0.0.1 DST=10.0.0.2 LEN=60 TOS=0x00 PREC=0x00 TTL=64\n';
    const began = performance.now();
    await gather({ '/var/log/messages': line.repeat(40_000) });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
