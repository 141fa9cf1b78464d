import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCoreDump, isKernelDump } from '../../../../agent/gatherers/host/services/crashes.ts';
import { forwardsRemotely, parseJournald, parseRetentionDays } from '../../../../agent/gatherers/host/services/log-settings.ts';
import { categoryOf, logs } from '../../../../agent/gatherers/host/services/logs.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { Sections } from '../../../../agent/wire/section-values.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

const NOW = 1_795_305_600;

async function gather(files: Files, mtimes: Readonly<Record<string, number>> = {}): Promise<Sections['logs'] | undefined> {
  const host = await hostOf(files);
  for (const [path, at] of Object.entries(mtimes)) utimesSync(join(host.root, path), at, at);
  const { sections } = await runGatherers([logs], { host }, { signal: new AbortController().signal, concurrency: 1, clock: () => performance.now() });
  return sections.logs;
}

describe('settings of journald', () => {
  it('are the last ones that were read', () => {
    expect(parseJournald(['[Journal]\n#Storage=auto\n#SystemMaxUse=\n'])).toEqual({ storage: 'auto', limited: false });
    expect(parseJournald(['[Journal]\nStorage=volatile\nSystemMaxUse=1G\n', '[Journal]\nStorage=Persistent\n'])).toEqual({ storage: 'persistent', limited: true });
    expect(parseJournald(['SystemMaxUse=0\nStorage=nonsense\n'])).toEqual({ storage: 'auto', limited: false });
  });
});

describe('days that logs are kept', () => {
  const defaults = '# see "man logrotate"\nweekly\nrotate 4\ncreate\ndateext\n#compress\ninclude /etc/logrotate.d\n/var/log/wtmp {\n    monthly\n    rotate 1\n}\n';
  it('are those of the syslog files, else the defaults', () => {
    expect(parseRetentionDays(defaults, '')).toBe(28);
    expect(parseRetentionDays(defaults, '/var/log/messages\n{\n    rotate 26\n    missingok\n}\n')).toBe(182);
    expect(parseRetentionDays(defaults, '/var/log/syslog\n{\n\trotate 4\n\tdaily\n}\n')).toBe(4);
    expect(parseRetentionDays(defaults, '/var/log/messages {\n maxage 365\n rotate 30\n size +4096k\n}\n')).toBe(365);
  });
  it('are not told by rotation without a period', () => {
    expect(parseRetentionDays('rotate 5\nsize 100M\n', '')).toBeUndefined();
    expect(parseRetentionDays('', '')).toBeUndefined();
    expect(parseRetentionDays('{{{{', '}}}}')).toBeUndefined();
  });
});

describe('forwarding of syslog', () => {
  it.each([
    ['*.* @@10.0.0.9:514', true],
    ['authpriv.*;local0.info @loghost', true],
    ['*.* action(type="omfwd" target="10.0.0.9" port="514" protocol="tcp")', true],
    ['#*.* @@remote-host:514', false],
    ['*.info;mail.none    /var/log/messages', false],
    ['$ModLoad imudp # @nothing', false],
  ])('%s', (line, told) => {
    expect(forwardsRemotely([line])).toBe(told);
  });
});

describe('kinds of logs', () => {
  it.each([
    ['journal/abc/system.journal', 'journal'],
    ['pods/ns_pod_uid/c/0.log', 'containers'],
    ['audit/audit.log', 'audit'],
    ['kubernetes/audit/audit.log', 'kubernetes'],
    ['kube-apiserver-audit.log', 'kubernetes'],
    ['messages-20261115', 'system'],
    ['auth.log.1', 'system'],
    ['dnf.log', 'packages'],
    ['nginx/access.log', 'middleware'],
    ['acme/app.log', 'other'],
    ['', 'other'],
  ])('%s is %s', (path, category) => {
    expect(categoryOf(path)).toBe(category);
  });
});

describe('dumps', () => {
  it('of the kernel', () => {
    expect(['127.0.0.1-2026-11-20-10:00:00/vmcore', '202611201000/dump.202611201000', 'dmesg-erst-7071', 'x/vmcore.flat'].map(isKernelDump)).toEqual([true, true, true, true]);
    expect(['x/vmcore-dmesg.txt', '_usr_bin_app.0.crash', 'core.java.0.abc', 'kexec_cmd'].map(isKernelDump)).toEqual([false, false, false, false]);
  });
  it('of programs', () => {
    expect(['core.java.1000.abc.zst', '_usr_bin_app.0.crash', 'ccpp-2026/coredump', 'vmcore', 'app.core.txt'].map(isCoreDump)).toEqual([true, true, true, false, false]);
  });
});

describe('the section of logs', () => {
  it('has sizes, settings and times of an openEuler host', async () => {
    const value = await gather(
      {
        '/run/systemd/system/x': '',
        '/etc/systemd/journald.conf': '[Journal]\n#Storage=auto\n',
        '/etc/systemd/journald.conf.d/size.conf': '[Journal]\nSystemMaxUse=2G\n',
        '/var/log/journal/m/system.journal': 'j'.repeat(9_000),
        '/var/log/messages': 'm'.repeat(5_000),
        '/var/log/acme-secret-app/x.log': 'a'.repeat(2_000),
        '/usr/sbin/logrotate': '',
        '/etc/logrotate.conf': 'weekly\nrotate 4\n',
        '/etc/logrotate.d/rsyslog': '/var/log/messages {\n rotate 26\n}\n',
        '/etc/cron.daily/logrotate': '',
        '/var/lib/logrotate/logrotate.status': 'x',
        '/etc/rsyslog.conf': '*.info /var/log/messages\n',
        '/var/crash/127.0.0.1-2026-11-20-10:00:00/vmcore': 'x',
        '/var/crash/127.0.0.1-2026-11-20-10:00:00/vmcore-dmesg.txt': 'x',
        '/var/lib/systemd/coredump/core.acme.0.zst': 'x',
      },
      { '/var/lib/logrotate/logrotate.status': NOW - 3_600, '/var/crash/127.0.0.1-2026-11-20-10:00:00/vmcore': NOW - 86_400 },
    );
    expect(value).toMatchObject({
      logBytes: 16_000,
      largestCategory: 'journal',
      largestFileBytes: 5_000,
      complete: true,
      journaldStorage: 'auto',
      journaldPersistent: true,
      journaldLimited: true,
      journalBytes: 9_000,
      syslogPresent: true,
      remoteLogging: false,
      logrotatePresent: true,
      logrotateScheduled: true,
      logrotateRanAt: NOW - 3_600,
      retentionDays: 182,
      kernelDumps: 1,
      newestKernelDumpAt: NOW - 86_400,
      coreDumps: 1,
    });
    expect(value?.bytesByCategory).toMatchObject({ journal: 9_000, system: 5_000, other: 2_000 });
    expect(JSON.stringify(value)).not.toContain('acme');
  });
  it('knows a journal that is lost at reboot, the timer of logrotate, and logs of docker', async () => {
    const value = await gather({
      '/run/systemd/system/x': '',
      '/var/log/.keep': '',
      '/etc/logrotate.conf': 'weekly\nrotate 4\n',
      '/usr/sbin/logrotate': '',
      '/etc/systemd/system/timers.target.wants/logrotate.timer': '-> /usr/lib/systemd/system/logrotate.timer',
      '/var/lib/docker/containers/abc/abc-json.log': 'd'.repeat(3_000),
      '/var/lib/docker/containers/abc/config.v2.json': '{}',
      '/var/lib/docker/containers/abc/mounts/shm/x': 'x',
    });
    expect(value).toMatchObject({ journaldPersistent: false, logrotateScheduled: true, runtimeLogBytes: 3_000, complete: true, logBytes: 0, syslogPresent: false });
    expect(value?.largestCategory).toBeUndefined();
  });
  it('leaves out what an empty host does not tell', async () => {
    const value = await gather({ '/etc/hostname': 'x', '/var/log/.keep': '' });
    expect(value).toMatchObject({ logBytes: 0, complete: true, logrotatePresent: false, kernelDumps: 0, coreDumps: 0 });
    expect(value).not.toHaveProperty('journaldPersistent');
    expect(value).not.toHaveProperty('retentionDays');
  });
});
