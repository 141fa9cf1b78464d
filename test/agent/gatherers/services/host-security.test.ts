import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countEmptyPasswords, countExtraRoots, parsePasswordMaxDays } from '../../../../agent/gatherers/host/services/accounts.ts';
import { hostSecurity, parseCorePattern } from '../../../../agent/gatherers/host/services/host-security.ts';
import { includesOf, parseSshd } from '../../../../agent/gatherers/host/services/sshd.ts';
import { runGatherers } from '../../../../agent/gatherers/run.ts';
import type { Sections } from '../../../../agent/wire/section-values.ts';
import { type Files, hostOf } from '../../../support/tree.ts';

async function gather(files: Files, writable: readonly string[] = []): Promise<Sections['hostSecurity'] | undefined> {
  const host = await hostOf(files);
  for (const path of writable) chmodSync(join(host.root, path), 0o666);
  const { sections } = await runGatherers([hostSecurity], { host }, { signal: new AbortController().signal, concurrency: 1, clock: () => performance.now() });
  return sections.hostSecurity;
}

describe('settings of sshd', () => {
  it('are the first that stand in the files, without those of Match', () => {
    expect(
      parseSshd(['PermitRootLogin no\n', 'PermitRootLogin yes\n#PermitEmptyPasswords yes\nPasswordAuthentication yes\nMatch User backup\n  PermitEmptyPasswords yes\n']),
    ).toEqual({ rootLogin: 'no', passwordAuthentication: 'yes', emptyPasswords: 'default' });
  });
  it('are read in every spelling', () => {
    expect(parseSshd(['permitrootlogin=without-password\n  PASSWORDAUTHENTICATION "no"\nPermitEmptyPasswords\tyes # why\n'])).toEqual({
      rootLogin: 'prohibit-password',
      passwordAuthentication: 'no',
      emptyPasswords: 'yes',
    });
  });
  it.each(['', '\0', 'PermitRootLogin', 'PermitRootLogin sometimes', '#PermitRootLogin yes', `PermitRootLogin ${' '.repeat(100_000)}yes`])('are the defaults in %j', (text) => {
    expect(parseSshd([text]).rootLogin).toBe('default');
  });
  it('may stand in included files', () => {
    expect(includesOf('Include /etc/ssh/sshd_config.d/*.conf\ninclude extra\nInclude ../../$(x)\n')).toEqual(['/etc/ssh/sshd_config.d/*.conf', '/etc/ssh/extra']);
  });
});

describe('counts of accounts', () => {
  it('with uid 0 leave root out', () => {
    expect(countExtraRoots('root:x:0:0:root:/root:/bin/bash\ntoor:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/x\nzero:x:000:0::/:/x\n#x:x:0:0:\n')).toBe(2);
    expect(countExtraRoots('')).toBe(0);
    expect(countExtraRoots('\0\0\n:::\nroot\n')).toBe(0);
  });
  it('without a password leave locked ones out', () => {
    expect(countEmptyPasswords('root:$6$abc:19000:0:99999:7:::\nguest::19000:0:99999:7:::\nbin:*:19000::::::\nlocked:!!:19000::::::\n')).toBe(1);
    expect(countEmptyPasswords('broken\n::\n\n')).toBe(0);
  });
  it('and the validity of passwords', () => {
    expect(parsePasswordMaxDays('# PASS_MAX_DAYS 1\nPASS_MAX_DAYS\t99999\nPASS_MIN_DAYS 0\n')).toBe(99_999);
    expect(parsePasswordMaxDays('PASS_MAX_DAYS x\n')).toBeUndefined();
  });
});

describe('where core dumps go', () => {
  it.each([
    ['core\n', 'file'],
    ['/var/crash/core.%e.%p', 'file'],
    ['|/usr/lib/systemd/systemd-coredump %P %u %g %s %t %c %h', 'systemd-coredump'],
    ['|/usr/share/apport/apport -p%p', 'apport'],
    ['|/usr/libexec/abrt-hook-ccpp %s', 'abrt'],
    ['|/opt/acme/dump %e', 'pipe'],
    ['|/bin/false', 'none'],
    ['\n', 'none'],
    [undefined, undefined],
  ])('%j is %s', (text, where) => {
    expect(parseCorePattern(text)).toBe(where);
  });
});

describe('the section of host security', () => {
  it('of an openEuler Kubernetes node', async () => {
    const value = await gather(
      {
        '/proc/1/comm': 'systemd\n',
        '/proc/20/comm': 'kubelet\n',
        '/proc/21/comm': 'auditd\n',
        '/proc/22/comm': 'firewalld\n',
        '/proc/sys/kernel/core_pattern': '|/usr/lib/systemd/systemd-coredump %P\n',
        '/sys/fs/selinux/enforce': '0',
        '/etc/selinux/config': '# SELINUX= can take\nSELINUX=enforcing\nSELINUXTYPE=targeted\n',
        '/etc/ssh/sshd_config': 'Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\n',
        '/etc/ssh/sshd_config.d/10-site.conf': 'PasswordAuthentication no\n',
        '/etc/ssh/sshd_config.d/x.bak': 'PermitRootLogin no\n',
        '/etc/passwd': 'root:x:0:0:::\nsecret-admin:x:0:0:::\n',
        '/etc/shadow': 'root:*:::::::\n',
        '/etc/login.defs': 'PASS_MAX_DAYS 90\n',
        '/etc/audit/auditd.conf': 'log_file = x\n',
        '/etc/systemd/system/sockets.target.wants/telnet.socket': '-> /usr/lib/systemd/system/telnet.socket',
        '/etc/systemd/system/multi-user.target.wants/iptables.service': '-> /x',
      },
      ['/etc/passwd'],
    );
    expect(value).toEqual({
      selinux: 'permissive',
      selinuxConfigured: 'enforcing',
      apparmor: false,
      firewalls: ['firewalld', 'iptables'],
      kubernetesNode: true,
      auditRunning: true,
      auditConfigured: true,
      sshServer: true,
      sshRootLogin: 'yes',
      sshPasswordAuthentication: 'no',
      sshEmptyPasswords: 'default',
      extraRootAccounts: 1,
      emptyPasswords: 0,
      accountFilesWritable: 1,
      passwordMaxDays: 90,
      legacyServices: ['telnet'],
      corePattern: 'systemd-coredump',
    });
    expect(JSON.stringify(value)).not.toContain('secret');
  });
  it('of an Ubuntu host with ufw and AppArmor', async () => {
    expect(await gather({ '/proc/1/comm': 'systemd\n', '/sys/module/apparmor/parameters/enabled': 'Y\n', '/etc/ufw/ufw.conf': '# x\nENABLED=yes\nLOGLEVEL=low\n' })).toMatchObject({
      apparmor: true,
      firewalls: ['ufw'],
      kubernetesNode: false,
      sshServer: false,
      selinux: 'disabled',
    });
  });
  it('leaves out what cannot be seen', async () => {
    const value = await gather({ '/etc/passwd': '' });
    for (const field of ['kubernetesNode', 'auditRunning', 'emptyPasswords', 'passwordMaxDays', 'sshRootLogin', 'corePattern']) expect(value).not.toHaveProperty(field);
  });
});
