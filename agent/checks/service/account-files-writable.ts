import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const accountFilesWritable = defineCheck({
  id: 'service-account-files-writable',
  area: 'service',
  title: { zh: '帐号文件任何人可写', en: 'Anyone may write the account files' },
  why: { zh: '任何帐号都能给自己加上 root 权限或清空别人的密码。', en: 'Any account may give itself root, or empty the password of another.' },
  remedy: {
    zh: '执行 `ls -l /etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers` 查看权限；去掉其他用户的写权限，并检查是否已被篡改。',
    en: 'Run `ls -l /etc/passwd /etc/shadow /etc/group /etc/gshadow /etc/sudoers` for the modes; take the write permission of others away and look for changes that nobody made.',
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
