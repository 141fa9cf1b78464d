import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const unprivilegedBpfOn = defineCheck({
  id: 'os-unprivileged-bpf-on',
  area: 'os',
  title: { zh: '普通用户可加载 BPF 程序', en: 'BPF programs open to every user' },
  why: { zh: '普通帐号可借 BPF 漏洞读取内核内存或提权。', en: 'Holes in BPF let an ordinary account read kernel memory or become root.' },
  remedy: {
    zh: '执行 `sysctl kernel.unprivileged_bpf_disabled` 查看当前值；在 `/etc/sysctl.d/` 中设为 1 或 2；多个提权漏洞与推测执行攻击由此入手。',
    en: 'Run `sysctl kernel.unprivileged_bpf_disabled` to see the value; set it to 1 or 2 below `/etc/sysctl.d/`; several privilege escalations and speculation attacks start there.',
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
