import { defineCheck, notApplicable, unknown } from '../check.ts';

export const sshRootLogin = defineCheck({
  id: 'service-ssh-root-login',
  area: 'service',
  title: { zh: 'SSH 允许 root 直接登录', en: 'Direct root login permitted over SSH' },
  why: { zh: '口令被猜中即获得最高权限，且无法分辨是谁在操作。', en: 'A guessed password grants full privileges at once, and there is no way to tell who is acting.' },
  remedy: {
    zh: '执行 `sshd -T | grep permitrootlogin` 查看生效值；先确认有其他管理员帐号可用，再设置 PermitRootLogin no 或 prohibit-password 并重新加载 sshd。',
    en: 'Run `sshd -T | grep permitrootlogin` to check the effective value; make sure that another administrator account is available, then set PermitRootLogin to no or prohibit-password and reload sshd.',
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
