import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const unprivilegedBpfOn = defineCheck({
  id: 'os-unprivileged-bpf-on',
  area: 'os',
  title: { zh: '普通用户可加载 BPF 程序', en: 'BPF programs can be loaded by unprivileged users' },
  why: { zh: '普通帐号可借 BPF 漏洞读取内核内存或提权。', en: 'An ordinary account may use BPF flaws to read kernel memory or escalate privileges.' },
  remedy: {
    zh: '执行 `sysctl kernel.unprivileged_bpf_disabled` 查看当前值；在 `/etc/sysctl.d/` 中设为 1 或 2；多个提权漏洞与推测执行攻击由此入手。',
    en: 'Run `sysctl kernel.unprivileged_bpf_disabled` to check the current value; set it to 1 or 2 in `/etc/sysctl.d/`. Several privilege escalation vulnerabilities and speculative execution attacks start here.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { minimumValue: 1 },
  source: 'kernel documentation (spectre.rst) and kernel default since 5.16: 2',

  evaluate({ sysctls }, { minimumValue }) {
    return sysctlAtLeast(sysctls, 'kernel.unprivileged_bpf_disabled', minimumValue);
  },
});
