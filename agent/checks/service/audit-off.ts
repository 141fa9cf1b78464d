import { defineCheck, unknown } from '../check.ts';

export const auditOff = defineCheck({
  id: 'service-audit-off',
  area: 'service',
  title: { zh: '系统审计没有运行', en: 'System auditing not running' },
  why: {
    zh: '没有审计记录：出事后说不清谁做了什么，等保检查通不过。',
    en: 'There are no audit records: after an incident nobody can tell who did what, and compliance audits fail.',
  },
  remedy: {
    zh: '执行 `systemctl status auditd` 查看状态；安装并启用 auditd，按等保要求配置规则，日志至少保存六个月。',
    en: 'Run `systemctl status auditd` to check its state; install and enable auditd, configure rules as required by the classified protection scheme, and keep logs for at least six months.',
  },
  severity: 'info',
  reads: ['hostSecurity'],
  unit: 'value',
  threshold: {},
  source: '等保 2.0 (GB/T 22239-2019) security audit; openEuler security baseline: auditd enabled',

  evaluate({ hostSecurity: { auditConfigured, auditRunning } }) {
    if (!auditConfigured && auditRunning !== undefined) return [{ observed: false, threshold: true }];
    if (auditRunning === undefined) return unknown();
    return auditRunning ? [] : [{ observed: false, threshold: true }];
  },
});
