import { defineCheck } from '../check.ts';

export const mitigationsOff = defineCheck({
  id: 'os-mitigations-off',
  area: 'os',
  title: { zh: '关闭了处理器漏洞缓解', en: 'CPU vulnerability mitigations disabled' },
  why: {
    zh: '跨进程窃取内存数据的公开攻击对这台主机有效，多租户环境尤其危险。',
    en: "Published attacks that steal data from other processes' memory work on this host, which is especially dangerous with multiple tenants.",
  },
  remedy: {
    zh: '执行 `grep . /sys/devices/system/cpu/vulnerabilities/*` 查看影响；从引导配置中删去 `mitigations=off` 等参数后重启，多租户环境尤其必要。',
    en: 'Run `grep . /sys/devices/system/cpu/vulnerabilities/*` to assess the impact; remove `mitigations=off` and similar parameters from the boot configuration and reboot, especially in multi-tenant environments.',
  },
  severity: 'warning',
  reads: ['kernelCommandLine'],
  unit: 'value',
  threshold: {},
  source: 'kernel documentation (admin-guide/hw-vuln): for trusted code only',

  evaluate({ kernelCommandLine }) {
    return kernelCommandLine.mitigationsOff ? [{ observed: true }] : [];
  },
});
