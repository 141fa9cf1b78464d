import { defineCheck, unknown } from '../check.ts';
import { below } from '../levels.ts';

export const aslrOff = defineCheck({
  id: 'os-aslr-off',
  area: 'os',
  title: { zh: '未完整开启地址空间随机化', en: 'Address space randomisation not fully enabled' },
  why: {
    zh: '内存布局可预测，利用程序漏洞夺取进程控制权要容易得多。',
    en: 'A predictable memory layout makes it far easier to exploit a program bug and take control of the process.',
  },
  remedy: {
    zh: '执行 `sysctl kernel.randomize_va_space` 查看；在 `/etc/sysctl.d/` 中设为 2，提高内存破坏类漏洞的利用难度。',
    en: 'Run `sysctl kernel.randomize_va_space` to check the current value; set it to 2 in `/etc/sysctl.d/` to make memory corruption bugs harder to exploit.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'value',
  threshold: { warningValue: 0, infoValue: 1 },
  source: 'openEuler security baseline: 2',

  evaluate({ sysctls }, { warningValue, infoValue }) {
    const observed = sysctls.values['kernel.randomize_va_space'];
    if (observed === undefined) return unknown();
    return below(observed, { warning: warningValue, info: infoValue });
  },
});
