import { defineCheck } from '../check.ts';
import { above } from '../levels.ts';

export const legacyRemoteService = defineCheck({
  id: 'service-legacy-remote-service',
  area: 'service',
  title: { zh: '启用了明文远程服务（Telnet、FTP 等）', en: 'Plaintext remote services (Telnet, FTP and others) enabled' },
  why: { zh: '口令和数据以明文在网络上传输，任何人都能截获。', en: 'Passwords and data cross the network in plaintext and can be intercepted by anyone.' },
  remedy: {
    zh: '执行 `systemctl list-unit-files --state=enabled | grep -E "telnet|rsh|rlogin|ftp|yp"` 查看；停用这些服务，改用 SSH、SFTP 或 HTTPS。',
    en: 'Run `systemctl list-unit-files --state=enabled | grep -E "telnet|rsh|rlogin|ftp|yp"` to list them; disable these services and use SSH, SFTP or HTTPS instead.',
  },
  severity: 'warning',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'openEuler security baseline: no telnet, no ftp; CIS distribution benchmarks',

  evaluate({ hostSecurity: { legacyServices } }, { warningCount }) {
    return above(legacyServices.length, { warning: warningCount });
  },
});
