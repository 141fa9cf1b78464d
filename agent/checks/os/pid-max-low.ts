import { defineCheck } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const pidMaxLow = defineCheck({
  id: 'os-pid-max-low',
  area: 'os',
  title: { zh: '进程号上限过低', en: 'Process ID limit too low' },
  why: { zh: '进程和线程用完编号后，任何人都无法再启动程序，包括 kubelet。', en: 'Once the IDs are used up, no new program can be started, not even by the kubelet.' },
  remedy: {
    zh: '执行 `sysctl kernel.pid_max` 查看当前值；在 `/etc/sysctl.d/` 中调高该值；用尽后无法创建任何新进程或线程。',
    en: 'Run `sysctl kernel.pid_max` to check the current value; raise it in `/etc/sysctl.d/`. Once the limit is reached, no new process or thread can be created.',
  },
  severity: 'warning',
  reads: ['sysctls'],
  unit: 'count',
  threshold: { minimumCount: 65_535 },
  source: 'KubeEye: 65535; DCE kube-node-tuning: 4194304',

  evaluate({ sysctls }, { minimumCount }) {
    return sysctlAtLeast(sysctls, 'kernel.pid_max', minimumCount);
  },
});
