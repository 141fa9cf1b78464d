import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const packagesStale = defineCheck({
  id: 'os-packages-stale',
  area: 'os',
  title: { zh: '软件包长期未更新', en: 'Packages not updated for a long time' },
  why: { zh: '已修复的漏洞和缺陷仍留在这台主机上，攻击者和故障都会找上来。', en: 'Already fixed vulnerabilities and bugs remain on this host, open to attack and failure.' },
  remedy: {
    zh: '执行 `rpm -qa --last | head` 或 `tail /var/log/dpkg.log` 查看最近更新；确认补丁流程，安排安装安全更新。',
    en: 'Run `rpm -qa --last | head` or `tail /var/log/dpkg.log` to see the most recent updates; review the patching process and schedule the installation of security updates.',
  },
  severity: 'warning',
  reads: ['os'],
  unit: 'days',
  threshold: { infoDays: 90, warningDays: 180 },
  source: 'xFusion OS support and openEuler: update repository about weekly, a build older than 180 days is behind',

  evaluate({ os }, { infoDays, warningDays }, { now }) {
    if (os.packagesChangedAt === undefined) return unknown();
    return above(Math.floor((now - os.packagesChangedAt) / 86_400), { info: infoDays, warning: warningDays });
  },
});
