import { defineCheck, notApplicable, unknown } from '../check.ts';

export const cgroupV1 = defineCheck({
  id: 'os-cgroup-v1',
  area: 'os',
  title: { zh: '节点仍使用 cgroup v1', en: 'Node still using cgroup v1' },
  why: {
    zh: '新版 Kubernetes 与 systemd 正在放弃 cgroup v1，内存 QoS 等功能不可用，将来升级会被卡住。',
    en: 'Kubernetes and systemd are phasing out cgroup v1: features such as memory QoS are unavailable, and future upgrades will be blocked.',
  },
  remedy: {
    zh: '执行 `stat -fc %T /sys/fs/cgroup` 确认；为内核参数加上 `systemd.unified_cgroup_hierarchy=1` 并重启，同时把容器运行时与 kubelet 的驱动设为 systemd。',
    en: 'Run `stat -fc %T /sys/fs/cgroup` to confirm; add `systemd.unified_cgroup_hierarchy=1` to the kernel command line and reboot, and set the cgroup driver of the container runtime and the kubelet to systemd.',
  },
  severity: 'warning',
  reads: ['machine', 'os'],
  unit: 'value',
  threshold: { expected: 'v2' },
  source: 'Kubernetes 1.35: kubelet refuses cgroup v1 by default; DCE installer asks for v2 from 1.35 on',

  evaluate({ machine, os }, { expected }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    if (os.cgroup === undefined) return unknown();
    return os.cgroup === expected ? [] : [{ observed: os.cgroup, threshold: expected }];
  },
});
