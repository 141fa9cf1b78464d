import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const accountFilesWritable = defineCheck({
  id: 'service-account-files-writable',
  area: 'service',
  title: { zh: '帐号文件任何人可写', en: 'World-writable account files' },
  why: { zh: '任何帐号都能给自己加上 root 权限或清空别人的密码。', en: "Any account can give itself root privileges or blank other users' passwords." },
  remedy: {
    zh: '执行 `ls -l /etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers` 查看权限；去掉其他用户的写权限，并检查是否已被篡改。',
    en: 'Run `ls -l /etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers` to check permissions; remove write permission for others, and check whether the files have been tampered with.',
  },
  severity: 'critical',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'CIS distribution benchmarks: permissions of /etc/passwd, shadow, group, gshadow, sudoers',

  evaluate({ hostSecurity: { accountFilesWritable } }, { criticalCount }) {
    return accountFilesWritable === undefined ? unknown() : above(accountFilesWritable, { critical: criticalCount });
  },
});
