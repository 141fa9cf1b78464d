import { defineCheck } from '../check.ts';

export const cpuVulnerable = defineCheck({
  id: 'os-cpu-vulnerable',
  area: 'os',
  title: { zh: '存在未缓解的处理器漏洞', en: 'Unmitigated CPU vulnerabilities' },
  why: { zh: '不可信的代码可能跨进程、跨虚拟机读取内存中的密钥。', en: 'Untrusted code may be able to read secret keys from the memory of other processes or virtual machines.' },
  remedy: {
    zh: '执行 `grep Vulnerable /sys/devices/system/cpu/vulnerabilities/*` 列出漏洞；更新内核、微码或固件，虚拟机还需宿主机先更新。',
    en: 'Run `grep Vulnerable /sys/devices/system/cpu/vulnerabilities/*` to list them; update the kernel, microcode or firmware. For virtual machines, update the hypervisor first.',
  },
  severity: 'info',
  reads: ['cpuVulnerabilities'],
  unit: 'count',
  threshold: { allowedCount: 0 },
  source: 'kernel: /sys/devices/system/cpu/vulnerabilities says Vulnerable',

  evaluate({ cpuVulnerabilities }, { allowedCount }) {
    const observed = cpuVulnerabilities.vulnerable.length;
    return observed > allowedCount ? [{ observed, threshold: allowedCount }] : [];
  },
});
