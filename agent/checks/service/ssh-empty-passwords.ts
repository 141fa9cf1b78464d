import { defineCheck, notApplicable, unknown } from '../check.ts';

export const sshEmptyPasswords = defineCheck({
  id: 'service-ssh-empty-passwords',
  area: 'service',
  title: { zh: 'SSH 允许空密码登录', en: 'Empty passwords permitted for SSH login' },
  why: { zh: '没有密码的帐号可以从网络直接登录。', en: 'Accounts without a password can be used to log in from the network.' },
  remedy: {
    zh: '执行 `sshd -T | grep permitemptypasswords` 确认；设置 PermitEmptyPasswords no 并重新加载 sshd，再检查空密码帐号。',
    en: 'Run `sshd -T | grep permitemptypasswords` to confirm; set PermitEmptyPasswords no, reload sshd and check for accounts with empty passwords.',
  },
  severity: 'critical',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'value',
  threshold: {},
  source: 'openEuler security baseline and CIS benchmarks: PermitEmptyPasswords no',

  evaluate({ hostSecurity: { sshServer, sshEmptyPasswords } }) {
    if (!sshServer) return notApplicable('not-present');
    if (sshEmptyPasswords === undefined) return unknown();
    return sshEmptyPasswords === 'yes' ? [{ observed: 'yes', threshold: 'no' }] : [];
  },
});
