import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const accountWithoutPassword = defineCheck({
  id: 'service-account-without-password',
  area: 'service',
  title: { zh: '存在没有密码的帐号', en: 'Accounts without a password' },
  why: { zh: '知道用户名就能登录，无需任何凭据。', en: 'Anyone who knows the user name can log in without any credentials.' },
  remedy: {
    zh: '执行 `awk -F: \'$2=="" {print $1}\' /etc/shadow` 列出帐号；设置密码，或用 `passwd -l <帐号>` 锁定。',
    en: 'Run `awk -F: \'$2=="" {print $1}\' /etc/shadow` to list the accounts; set a password or lock them with `passwd -l <account>`.',
  },
  severity: 'warning',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'CIS distribution benchmarks: no empty password fields in /etc/shadow',

  evaluate({ hostSecurity: { emptyPasswords } }, { warningCount }) {
    return emptyPasswords === undefined ? unknown('forbidden') : above(emptyPasswords, { warning: warningCount });
  },
});
