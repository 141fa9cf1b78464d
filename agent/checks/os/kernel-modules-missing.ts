import { defineCheck, notApplicable, unknown } from '../check.ts';

export const kernelModulesMissing = defineCheck({
  id: 'os-kernel-modules-missing',
  area: 'os',
  title: { zh: '缺少 Kubernetes 需要的内核模块', en: 'Kernel modules required by Kubernetes missing' },
  why: {
    zh: '服务转发、容器网络或容器文件系统可能不工作，或在重启后失效。',
    en: 'Service forwarding, container networking or container file systems may not work, or may stop working after a reboot.',
  },
  remedy: {
    zh: '执行 `lsmod | grep -E "br_netfilter|overlay|nf_conntrack"` 确认；用 `modprobe` 加载，并写入 `/etc/modules-load.d/` 使其开机加载。',
    en: 'Run `lsmod | grep -E "br_netfilter|overlay|nf_conntrack"` to confirm; load missing modules with `modprobe` and list them in `/etc/modules-load.d/` so that they load at boot.',
  },
  severity: 'warning',
  reads: ['machine', 'modules', 'processes'],
  unit: 'value',
  threshold: { required: ['overlay', 'nf_conntrack'], requiredWithBridges: ['br_netfilter'], withoutBridges: ['cilium-agent'] },
  source: 'kubeadm preflight and Kubernetes container runtime setup: overlay, br_netfilter; kube-proxy: nf_conntrack',

  evaluate({ machine, modules, processes }, { required, requiredWithBridges, withoutBridges }) {
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    const isBridged = !processes.programs?.some((running) => withoutBridges.includes(running));
    const missing = [...required, ...(isBridged ? requiredWithBridges : [])].filter((name) => !modules.available.some((one) => one === name));
    if (missing.length === 0) return [];
    return modules.complete ? missing.map((observed) => ({ observed })).slice(0, 1) : unknown();
  },
});
