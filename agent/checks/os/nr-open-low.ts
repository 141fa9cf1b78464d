import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const nrOpenLow = defineCheck({
  id: 'os-nr-open-low',
  area: 'os',
  title: { zh: '单进程文件句柄硬上限过低', en: 'Hard limit on file handles per process too low' },
  why: {
    zh: '服务想要的句柄限制会被它压低，或因设置失败而启动不了。',
    en: 'The file handle limits that services request are capped at this value, or setting them fails and the service cannot start.',
  },
  remedy: {
    zh: '执行 `sysctl fs.nr_open` 查看当前值；在 `/etc/sysctl.d/` 中恢复为内核默认值以上；systemd 的 `LimitNOFILE=` 不能超过它，否则服务无法启动。',
    en: 'Run `sysctl fs.nr_open` to check the current value; restore it to at least the kernel default in `/etc/sysctl.d/`. The systemd setting `LimitNOFILE=` must not exceed it, otherwise services cannot start.',
  },
  severity: 'info',
  reads: ['sysctls'],
  unit: 'count',
  threshold: { minimumCount: 1_048_576 },
  source: 'kernel default: 1048576, also what KubeKey gives to processes (nofile)',

  evaluate({ sysctls }, { minimumCount }) {
    return sysctlAtLeast(sysctls, 'fs.nr_open', minimumCount);
  },
});
