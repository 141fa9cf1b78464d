import { defineCheck } from '../check.ts';

export const auditOffAtBoot = defineCheck({
  id: 'os-audit-off-at-boot',
  area: 'os',
  title: { zh: '启动参数关闭了内核审计', en: 'Kernel auditing disabled at boot' },
  why: {
    zh: '内核不产生审计记录：入侵或误操作之后无法还原谁做了什么，等保检查也通不过。',
    en: 'The kernel produces no audit records: after an intrusion or a mistake, nobody can reconstruct who did what, and compliance audits fail.',
  },
  remedy: {
    zh: '执行 `cat /proc/cmdline` 确认 `audit=0`；从引导配置中删去后重启，否则 auditd 无法记录任何事件。',
    en: 'Run `cat /proc/cmdline` to confirm `audit=0`; remove it from the boot configuration and reboot, otherwise auditd cannot record any events.',
  },
  severity: 'info',
  reads: ['kernelCommandLine'],
  unit: 'value',
  threshold: {},
  source: 'MLPS 2.0 (等保) security audit and openEuler security baseline: audit on',

  evaluate({ kernelCommandLine }) {
    return kernelCommandLine.auditOff ? [{ observed: true }] : [];
  },
});
