import { defineCheck, notApplicable } from '../check.ts';
import { sysctlAtLeast } from '../sysctl.ts';

export const inotifyInstancesLow = defineCheck({
  id: 'os-inotify-instances-low',
  area: 'os',
  title: { zh: 'inotify 实例上限过低', en: 'Too few inotify instances' },
  why: {
    zh: '用完后，kubelet、日志采集和应用的热加载报 too many open files，新 Pod 起不来。',
    en: 'Once used up, the kubelet, log agents and reloaders fail with "too many open files", and new pods do not start.',
  },
  remedy: {
    zh: '执行 `sysctl fs.inotify.max_user_instances` 查看当前值；在 `/etc/sysctl.d/` 中调高该值；不足时 kubelet、日志采集与应用会报 `too many open files`。',
    en: 'Run `sysctl fs.inotify.max_user_instances` to see the value; raise it below `/etc/sysctl.d/`; when they run out, kubelet, log shippers and applications fail with `too many open files`.',
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
