import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const extraRootAccount = defineCheck({
  id: 'service-extra-root-account',
  area: 'service',
  title: { zh: '存在 root 以外的超级用户帐号', en: 'Superuser accounts (uid 0) other than root' },
  why: {
    zh: '多出的超级用户不在常规管理之内，常是后门，其操作也难以归到个人。',
    en: 'Extra superusers escape normal control and are often back doors; their actions are hard to attribute to a person.',
  },
  remedy: {
    zh: "执行 `awk -F: '$3==0 {print $1}' /etc/passwd` 列出帐号；确认来源，删除不明帐号，管理员改用 sudo。",
    en: "Run `awk -F: '$3==0 {print $1}' /etc/passwd` to list the accounts; find out where they came from, remove unknown accounts, and have administrators use sudo instead.",
  },
  severity: 'warning',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'CIS distribution benchmarks: root is the only account with uid 0; 等保 2.0 account control',

  evaluate({ hostSecurity: { extraRootAccounts } }, { warningCount }) {
    return extraRootAccounts === undefined ? unknown() : above(extraRootAccounts, { warning: warningCount });
  },
});
