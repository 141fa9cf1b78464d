import { defineCheck, notApplicable } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const inotifyInstancesLow = defineCheck({
  id: 'os-inotify-instances-low',
  area: 'os',
  title: { zh: 'inotify 实例上限过低', en: 'inotify instance limit too low' },
  why: {
    zh: '用完后，kubelet、日志采集和应用的热加载报 too many open files，新 Pod 起不来。',
    en: 'Once they run out, the kubelet, log collectors and hot-reloading applications fail with "too many open files", and new pods cannot start.',
  },
  remedy: {
    zh: '执行 `sysctl fs.inotify.max_user_instances` 查看当前值；在 `/etc/sysctl.d/` 中调高该值；不足时 kubelet、日志采集与应用会报 `too many open files`。',
    en: 'Run `sysctl fs.inotify.max_user_instances` to check the current value; raise it in `/etc/sysctl.d/`. If it is too low, the kubelet, log collectors and applications report `too many open files`.',
  },
  severity: 'warning',
  reads: ['machine', 'sysctls'],
  unit: 'count',
  threshold: { minimumCount: 8_192 },
  source: 'DCE kube-node-tuning: 8192',

  evaluate({ machine, sysctls }, { minimumCount }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return sysctlAtLeast(sysctls, 'fs.inotify.max_user_instances', minimumCount);
  },
});
