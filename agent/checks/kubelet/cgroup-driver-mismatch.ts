import { defineCheck, unknown } from '../check.ts';

export const cgroupDriverMismatch = defineCheck({
  id: 'kubelet-cgroup-driver-mismatch',
  area: 'kubelet',
  title: { zh: 'kubelet 与容器运行时的 cgroup 驱动不一致', en: 'Mismatched kubelet and runtime cgroup drivers' },
  why: {
    zh: 'kubelet 与运行时各管一套资源，节点在压力下会不稳定，Pod 可能起不来。',
    en: 'The kubelet and the runtime manage resources separately: the node becomes unstable under pressure, and pods may fail to start.',
  },
  remedy: {
    zh: '执行 `grep cgroupDriver /var/lib/kubelet/config.yaml` 与 `grep SystemdCgroup /etc/containerd/config.toml` 对照；排空节点后统一为 `systemd`，再重启运行时与 kubelet。',
    en: 'Compare `grep cgroupDriver /var/lib/kubelet/config.yaml` with `grep SystemdCgroup /etc/containerd/config.toml`; drain the node, set both to `systemd`, then restart the runtime and the kubelet.',
  },
  severity: 'warning',
  setup: true,
  reads: ['kubelet', 'runtime'],
  unit: 'value',
  threshold: {},
  source: 'Kubernetes documentation, “Container Runtimes”, cgroup drivers: both must be the same',

  evaluate({ kubelet, runtime }) {
    if (kubelet.cgroupDriver === undefined || runtime.cgroupDriver === undefined) return unknown();
    return kubelet.cgroupDriver === runtime.cgroupDriver ? [] : [{ observed: runtime.cgroupDriver, threshold: kubelet.cgroupDriver }];
  },
});
