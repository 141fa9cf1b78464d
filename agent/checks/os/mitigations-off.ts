import { defineCheck } from '../check.ts';

export const mitigationsOff = defineCheck({
  id: 'os-mitigations-off',
  area: 'os',
  title: { zh: '关闭了处理器漏洞缓解', en: 'Mitigations of processor vulnerabilities switched off' },
  why: {
    zh: '跨进程窃取内存数据的公开攻击对这台主机有效，多租户环境尤其危险。',
    en: 'Published attacks that read the memory of others work on this machine; with several tenants that is a breach.',
  },
  remedy: {
    zh: '执行 `grep . /sys/devices/system/cpu/vulnerabilities/*` 查看影响；从引导配置中删去 `mitigations=off` 等参数后重启，多租户环境尤其必要。',
    en: 'Run `grep . /sys/devices/system/cpu/vulnerabilities/*` to see what it means; remove `mitigations=off` and the like from the boot configuration and reboot, above all where tenants share machines.',
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
