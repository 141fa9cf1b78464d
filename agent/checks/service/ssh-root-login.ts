import { defineCheck, notApplicable, unknown } from '../check.ts';

export const sshRootLogin = defineCheck({
  id: 'service-ssh-root-login',
  area: 'service',
  title: { zh: 'SSH 允许 root 直接登录', en: 'SSH lets root log in' },
  why: { zh: '口令被猜中即获得最高权限，且无法分辨是谁在操作。', en: 'A guessed password gives all rights at once, and nobody can tell who used it.' },
  remedy: {
    zh: '执行 `sshd -T | grep permitrootlogin` 查看生效值；先确认有其他管理员帐号可用，再设置 PermitRootLogin no 或 prohibit-password 并重新加载 sshd。',
    en: 'Run `sshd -T | grep permitrootlogin` for the value in force; make sure that another administrator can log in, then set PermitRootLogin to no or prohibit-password and reload sshd.',
  },
  severity: 'info',
  setup: true,
  reads: ['hostSecurity'],
  unit: 'value',
  threshold: {},
  source: 'openEuler security baseline: PermitRootLogin no; prohibit-password passes, as OpenSSH has it by default',

  evaluate({ hostSecurity: { sshServer, sshRootLogin } }) {
    if (!sshServer) return notApplicable('not-present');
    if (sshRootLogin === undefined) return unknown();
    return sshRootLogin === 'yes' ? [{ observed: 'yes', threshold: 'no' }] : [];
  },
});
