import type { Host } from '../../../host/host.ts';
import { isWorldWritable } from '../../../host/walk.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { type FIREWALLS, type LEGACY_SERVICES, SELINUX_MODES } from '../../../wire/sections/host/services-security.ts';
import { hostGatherer } from '../../gatherer.ts';
import { countEmptyPasswords, countExtraRoots, parsePasswordMaxDays } from './accounts.ts';
import { enabledUnits, runningOf } from './processes.ts';
import { includesOf, parseSshd } from './sshd.ts';

type HostSecurity = Sections['hostSecurity'];
type Firewall = (typeof FIREWALLS)[number];
type LegacyService = (typeof LEGACY_SERVICES)[number];
type SelinuxMode = (typeof SELINUX_MODES)[number];

const MAX_CONFIG_BYTES = 256 * 1024;
const MAX_ACCOUNT_BYTES = 8 * 1024 * 1024;
const PROCESSES = new Set(['firewalld', 'auditd', 'kubelet', 'k3s-agent', 'k3s-server', 'rke2']);
const LEGACY_UNITS: Readonly<Record<string, LegacyService>> = {
  'telnet.socket': 'telnet',
  'telnetd.service': 'telnet',
  'inetd-telnet.socket': 'telnet',
  'rsh.socket': 'rsh',
  'rlogin.socket': 'rlogin',
  'rexec.socket': 'rexec',
  'vsftpd.service': 'ftp',
  'proftpd.service': 'ftp',
  'pure-ftpd.service': 'ftp',
  'tftp.socket': 'tftp',
  'tftpd-hpa.service': 'tftp',
  'ypserv.service': 'nis',
  'ypbind.service': 'nis',
  'nis.service': 'nis',
};

export const hostSecurity = hostGatherer({
  section: 'hostSecurity',
  needs: [{ mount: '/proc' }, { mount: '/sys' }, { mount: '/etc' }],
  deadlineMs: 20_000,

  async gather(host, signal) {
    const processes = await runningOf(host, PROCESSES, signal);
    const enabled = await enabledUnits(host);
    return {
      ...(await selinux(host)),
      apparmor: (await host.readIfThere('/sys/module/apparmor/parameters/enabled').catch(() => undefined))?.trim() === 'Y',
      firewalls: await firewalls(host, processes, enabled),
      ...(processes && { kubernetesNode: ['kubelet', 'k3s-agent', 'k3s-server', 'rke2'].some((name) => processes.has(name)), auditRunning: processes.has('auditd') }),
      ...(await ssh(host)),
      ...(await accounts(host)),
      auditConfigured: await host.exists('/etc/audit/auditd.conf'),
      legacyServices: await legacyServices(host, enabled),
      corePattern: parseCorePattern(await host.readIfThere('/proc/sys/kernel/core_pattern')),
    };
  },
});

async function selinux(host: Host): Promise<Pick<HostSecurity, 'selinux' | 'selinuxConfigured'>> {
  const enforce = (await host.readIfThere('/sys/fs/selinux/enforce').catch(() => undefined))?.trim();
  const config = await host.readIfThere('/etc/selinux/config', { maxBytes: MAX_CONFIG_BYTES, cut: true });
  const word = /^\s{0,20}SELINUX\s{0,20}=\s{0,20}([a-z]{1,20})/m.exec(config ?? '')?.[1];
  return { selinux: enforce === '1' ? 'enforcing' : enforce === '0' ? 'permissive' : 'disabled', selinuxConfigured: SELINUX_MODES.find((mode: SelinuxMode) => mode === word) };
}

/** firewalld by its process; the others load rules once and are gone, so the enabled unit tells. */
async function firewalls(host: Host, processes: ReadonlySet<string> | undefined, enabled: ReadonlySet<string>): Promise<readonly Firewall[] | undefined> {
  const ufw = await host.readIfThere('/etc/ufw/ufw.conf', { maxBytes: MAX_CONFIG_BYTES, cut: true });
  const out: Firewall[] = [];
  if (processes ? processes.has('firewalld') : enabled.has('firewalld.service')) out.push('firewalld');
  if (/^\s{0,20}ENABLED\s{0,5}=\s{0,5}"?yes/im.test(ufw ?? '')) out.push('ufw');
  if (enabled.has('nftables.service')) out.push('nftables');
  if (enabled.has('iptables.service') || enabled.has('netfilter-persistent.service')) out.push('iptables');
  return out;
}

async function ssh(host: Host): Promise<Pick<HostSecurity, 'sshServer' | 'sshRootLogin' | 'sshPasswordAuthentication' | 'sshEmptyPasswords'>> {
  const main = await readConfig(host, '/etc/ssh/sshd_config');
  if (main === undefined) return { sshServer: await host.exists('/etc/ssh/sshd_config') };
  const included: string[] = [];
  for (const path of includesOf(main)) {
    const folder = path.slice(0, path.lastIndexOf('/'));
    const { names } = path.endsWith('/*.conf') ? await host.list(folder).catch(() => ({ names: [] })) : { names: [path.slice(folder.length + 1)] };
    for (const name of names
      .filter((one) => !one.includes('*') && (one.endsWith('.conf') || !path.endsWith('*.conf')))
      .sort()
      .slice(0, 50)) {
      included.push((await readConfig(host, `${folder}/${name}`)) ?? '');
    }
  }
  const { rootLogin, passwordAuthentication, emptyPasswords } = parseSshd([...included, main]);
  return { sshServer: true, sshRootLogin: rootLogin, sshPasswordAuthentication: passwordAuthentication, sshEmptyPasswords: emptyPasswords };
}

/** A file without rights to read (shadow, sshd_config 0600) leaves its values out. */
async function readConfig(host: Host, path: string, maxBytes = MAX_CONFIG_BYTES): Promise<string | undefined> {
  return await host.readIfThere(path, { maxBytes }).catch(() => undefined);
}

async function accounts(host: Host): Promise<Pick<HostSecurity, 'extraRootAccounts' | 'emptyPasswords' | 'accountFilesWritable' | 'passwordMaxDays'>> {
  const [passwd, shadow, loginDefs] = await Promise.all([
    readConfig(host, '/etc/passwd', MAX_ACCOUNT_BYTES),
    readConfig(host, '/etc/shadow', MAX_ACCOUNT_BYTES),
    readConfig(host, '/etc/login.defs'),
  ]);
  const writable = await Promise.all(['/etc/passwd', '/etc/shadow', '/etc/group', '/etc/gshadow', '/etc/sudoers'].map((path) => isWorldWritable(host, path)));
  return {
    ...(passwd !== undefined && { extraRootAccounts: countExtraRoots(passwd), accountFilesWritable: writable.filter((one) => one === true).length }),
    ...(shadow !== undefined && { emptyPasswords: countEmptyPasswords(shadow) }),
    ...(loginDefs !== undefined && { passwordMaxDays: parsePasswordMaxDays(loginDefs) }),
  };
}

async function legacyServices(host: Host, enabled: ReadonlySet<string>): Promise<readonly LegacyService[]> {
  const out = new Set<LegacyService>();
  for (const unit of enabled) {
    const service = Object.hasOwn(LEGACY_UNITS, unit) ? LEGACY_UNITS[unit] : undefined;
    if (service) out.add(service);
  }
  for (const service of ['telnet', 'rsh', 'rlogin', 'rexec', 'tftp'] as const) {
    const xinetd = await readConfig(host, `/etc/xinetd.d/${service}`);
    if (xinetd !== undefined && enabled.has('xinetd.service') && /^\s{0,40}disable\s{0,20}=\s{0,20}no\b/m.test(xinetd)) out.add(service);
  }
  return [...out];
}

/** Where the kernel sends core dumps; the program behind a pipe only when it is one of the usual ones. */
export function parseCorePattern(text: string | undefined): HostSecurity['corePattern'] {
  const pattern = text?.trim();
  if (pattern === undefined) return undefined;
  if (pattern === '') return 'none';
  if (!pattern.startsWith('|')) return 'file';
  const program = pattern.slice(1, 200).split(/\s/, 1)[0] ?? '';
  if (program.endsWith('/systemd-coredump')) return 'systemd-coredump';
  if (program.endsWith('/apport')) return 'apport';
  if (program.includes('abrt-hook')) return 'abrt';
  return program.endsWith('/false') || program.endsWith('/true') ? 'none' : 'pipe';
}
