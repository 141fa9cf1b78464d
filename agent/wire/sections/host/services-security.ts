/** The section about the host's own hardening: modes and counts, no accounts, no rules, no addresses. */
import { bool, counter, oneOf, optional, someOf, text } from '../../fields.ts';
import { defineSection } from '../../section.ts';

export const FIREWALLS = ['firewalld', 'ufw', 'nftables', 'iptables'] as const;
export const SELINUX_MODES = ['enforcing', 'permissive', 'disabled'] as const;
export const LEGACY_SERVICES = ['telnet', 'rsh', 'rlogin', 'rexec', 'ftp', 'tftp', 'nis'] as const;

export const hostSecurity = defineSection({
  id: 'hostSecurity',
  domain: 'host',
  group: 'security',
  purpose: text(
    '主机安全设置：SELinux、防火墙、SSH、帐号数量、审计（不含帐号名）',
    'Security settings of the host: SELinux, firewall, SSH, counts of accounts, auditing; never the accounts',
  ),
  fields: {
    selinux: oneOf(text('SELinux 当前模式', 'Mode of SELinux now'), SELINUX_MODES),
    selinuxConfigured: optional(oneOf(text('SELinux 配置的模式', 'Mode of SELinux in its configuration'), SELINUX_MODES)),
    apparmor: bool(text('已启用 AppArmor', 'AppArmor is enabled')),
    firewalls: optional(someOf(text('启用的防火墙服务', 'Firewall services that are active'), FIREWALLS)),
    kubernetesNode: optional(bool(text('kubelet 正在运行', 'The kubelet is running'))),
    sshServer: bool(text('已安装 SSH 服务', 'An SSH server is installed')),
    sshRootLogin: optional(oneOf(text('SSH 的 PermitRootLogin', 'PermitRootLogin of SSH'), ['yes', 'no', 'prohibit-password', 'forced-commands-only', 'default'])),
    sshPasswordAuthentication: optional(oneOf(text('SSH 的 PasswordAuthentication', 'PasswordAuthentication of SSH'), ['yes', 'no', 'default'])),
    sshEmptyPasswords: optional(oneOf(text('SSH 的 PermitEmptyPasswords', 'PermitEmptyPasswords of SSH'), ['yes', 'no', 'default'])),
    extraRootAccounts: optional(counter(text('除 root 外 uid 为 0 的帐号数', 'Accounts with uid 0 beside root'))),
    emptyPasswords: optional(counter(text('没有密码的帐号数', 'Accounts without a password'))),
    accountFilesWritable: optional(counter(text('任何人可写的帐号文件数', 'Account files that anyone may write'))),
    passwordMaxDays: optional(counter(text('新帐号的密码有效期', 'Days a password of a new account is valid'), 'days')),
    auditConfigured: bool(text('已配置 auditd', 'auditd is configured')),
    auditRunning: optional(bool(text('auditd 正在运行', 'auditd is running'))),
    legacyServices: someOf(text('启用的明文远程服务', 'Remote services without encryption that are enabled'), LEGACY_SERVICES),
    corePattern: optional(oneOf(text('程序崩溃转储的去向', 'Where core dumps go'), ['systemd-coredump', 'apport', 'abrt', 'pipe', 'file', 'none'])),
  },
});
