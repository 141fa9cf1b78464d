import { defineCheck, notApplicable } from '../check.ts';

export const memoryCgroupOff = defineCheck({
  id: 'os-memory-cgroup-off',
  area: 'os',
  title: { zh: '内核关闭了内存 cgroup', en: 'Memory cgroup disabled in the kernel' },
  why: { zh: '容器的内存限制不起作用：一个容器就能耗尽整个节点。', en: 'Container memory limits have no effect: a single container can exhaust the memory of the whole node.' },
  remedy: {
    zh: '执行 `cat /proc/cmdline` 确认 `cgroup_disable=memory`；从引导配置中删去后重启，否则 Pod 的内存限制不起作用，kubelet 无法启动。',
    en: 'Run `cat /proc/cmdline` to confirm `cgroup_disable=memory`; remove it from the boot configuration and reboot, otherwise pod memory limits have no effect and the kubelet cannot start.',
  },
  severity: 'critical',
  reads: ['machine', 'kernelCommandLine'],
  unit: 'value',
  threshold: {},
  source: 'kubeadm system validators: the memory cgroup is required',

  evaluate({ machine, kernelCommandLine }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    return kernelCommandLine.memoryCgroupOff ? [{ observed: true }] : [];
  },
});
