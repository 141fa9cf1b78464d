import { describe, expect, it } from 'vitest';
import { os, parseChoice, parseTaints, parseTimeZone, parseUptime } from '../../../../agent/gatherers/host/system/os.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

async function gather(files: Files) {
  const { sections, reports } = await runGatherers([os], { host: await hostOf(files) }, { signal: AbortSignal.timeout(5_000), concurrency: 1, clock: () => 0 });
  return { value: sections.os, report: reports[0] };
}

describe('parts', () => {
  it('reads choices', () => {
    expect(parseChoice('always [madvise] never\n')).toBe('madvise');
    expect(parseChoice('always defer [defer+madvise] madvise never')).toBe('defer+madvise');
    for (const bad of ['', 'always', '[]', undefined]) expect(parseChoice(bad)).toBeUndefined();
  });
  it('reads taints by their bits', () => {
    expect(parseTaints('0\n')).toEqual([]);
    expect(parseTaints('12289\n')).toEqual(['proprietary-module', 'external-module', 'unsigned-module']);
    expect(parseTaints('128\n')).toEqual(['oops']);
    expect(parseTaints('16400')).toEqual(['machine-check', 'soft-lockup']);
    for (const bad of ['', '-1', 'G', undefined]) expect(parseTaints(bad)).toBeUndefined();
  });
  it.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['PRC', 'Asia/Shanghai'],
    ['posix/Asia/Shanghai', 'Asia/Shanghai'],
    ['Etc/UTC', 'UTC'],
    ['UTC\n', 'UTC'],
    ['Acme/Bank', 'other'],
    ['../../etc/passwd', 'other'],
    ['', 'other'],
  ])('reads the zone %j', (foreign, wanted) => expect(parseTimeZone(foreign)).toBe(wanted));
  it('reads the uptime', () => {
    expect(parseUptime('2581.47 5023.11\n')).toBe(2_581);
    for (const bad of ['', 'x', undefined, '-3 2']) expect(parseUptime(bad)).toBeUndefined();
  });
});

describe('the gatherer', () => {
  const OPENEULER: Files = {
    '/etc/os-release': 'NAME="openEuler"\nVERSION="22.03 (LTS-SP4)"\nID="openEuler"\nVERSION_ID="22.03"\n',
    '/etc/hostname': 'node-1\n',
    '/proc/sys/kernel/hostname': 'node-1.example.com\n',
    '/proc/sys/kernel/osrelease': '5.10.0-60.18.0.50.oe2203.x86_64\n',
    '/boot/vmlinuz-5.10.0-60.18.0.50.oe2203.x86_64': '',
    '/boot/vmlinuz-5.10.0-216.0.0.115.oe2203sp4.x86_64': '',
    '/proc/stat': 'cpu  1 2 3 4\ncpu0 1 2 3 4\nctxt 5\nbtime 1795000000\nprocesses 9\n',
    '/proc/uptime': '305600.12 900.00\n',
    '/proc/sys/kernel/tainted': '4096\n',
    '/sys/kernel/mm/transparent_hugepage/enabled': '[always] madvise never\n',
    '/sys/kernel/mm/transparent_hugepage/defrag': 'always defer defer+madvise [madvise] never\n',
    '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'kvm-clock\n',
    '/sys/kernel/kexec_crash_loaded': '1\n',
    '/sys/fs/cgroup/memory/tasks': '',
    '/var/lib/rpm/rpmdb.sqlite': 'x',
    '/etc/localtime': '-> ../usr/share/zoneinfo/Asia/Shanghai',
  };
  it('reads an openEuler host', async () => {
    const { value } = await gather(OPENEULER);
    expect(value).toMatchObject({
      distribution: 'openeuler',
      release: '22.03-lts-sp4',
      kernel: '5.10.0-60.18.0.50.oe2203.x86_64',
      newestKernel: '5.10.0-216.0.0.115.oe2203sp4.x86_64',
      newerKernelInstalled: true,
      cgroup: 'v1',
      transparentHugePages: 'always',
      transparentHugePagesDefrag: 'madvise',
      bootedAt: 1_795_000_000,
      uptimeSeconds: 305_600,
      timeZone: 'Asia/Shanghai',
      hostNameConsistent: true,
      clockSource: 'kvm-clock',
      taints: ['external-module'],
      crashKernelLoaded: true,
    });
    expect(value?.packagesChangedAt).toBeGreaterThan(1_700_000_000);
    expect(value?.rebootRequired).toBeUndefined();
  });
  it('reads flags of Debian', async () => {
    const debian: Files = {
      '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
      '/etc/debian_version': '12.5\n',
      '/run/.keep': '',
      '/sys/fs/cgroup/cgroup.controllers': 'cpu io\n',
      '/etc/timezone': 'Europe/Berlin\n',
    };
    expect((await gather(debian)).value).toMatchObject({ distribution: 'debian', release: '12.5', rebootRequired: false, cgroup: 'v2', timeZone: 'Europe/Berlin' });
    expect((await gather({ ...debian, '/run/reboot-required': '' })).value).toMatchObject({ rebootRequired: true });
  });
  it('leaves out what is not there, and never a word of a stranger', async () => {
    expect((await gather({ '/proc/.keep': '' })).value).toEqual({ distribution: 'other' });
    const { value, report } = await gather({
      '/etc/os-release': 'ID="acme"\nVERSION_ID="secret project 7"\n',
      '/proc/sys/kernel/osrelease': '5.10.0-acmebank.x86_64\n',
      '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'acme-clock\n',
      '/etc/localtime': '-> /usr/share/zoneinfo/Acme/Bank',
      '/sys/kernel/mm/transparent_hugepage/enabled': '[acme]\n',
      '/proc/stat': Buffer.alloc(100_000, 1),
    });
    expect(JSON.stringify(value)).not.toMatch(/acme|secret|project/);
    expect(value).toMatchObject({ distribution: 'other', clockSource: 'other', timeZone: 'other', kernel: '5.10.0-x.x86_64' });
    expect(report?.dropped).toBe(1);
  });
});
