import { defineCheck, unknown } from '../check.ts';
import { isOlder, majorMinor, nodeScope } from '../node-rows.ts';

export const kernelOutdated = defineCheck({
  id: 'node-kernel-outdated',
  area: 'node',
  title: { zh: '节点内核低于 Kubernetes 的要求', en: 'Node kernels older than Kubernetes requires' },
  why: {
    zh: '旧内核缺少 Kubernetes 依赖的修复，容器可能在高负载下无故卡死，且厂商不再排查。',
    en: 'Old kernels lack fixes that Kubernetes relies on: containers may hang under high load, and vendors no longer investigate.',
  },
  remedy: {
    zh: '在节点上执行 `uname -r` 核对内核；升级操作系统或内核后重启节点，过旧的内核缺少 cgroup 与网络方面的修复。',
    en: 'Run `uname -r` on the node to check the kernel; upgrade the operating system or kernel and reboot the node, because old kernels lack cgroup and networking fixes.',
  },
  severity: 'warning',
  setup: true,
  reads: ['nodes'],
  unit: 'value',
  threshold: { oldest: '3.10', oldestFrom32: '4.19' },
  source: 'kubeadm preflight SystemVerification: 3.10 and later, 4.19 and later since 1.32',

  evaluate({ nodes }, { oldest, oldestFrom32 }) {
    const told = nodes.rows.flatMap((row) => {
      const kernel = row.os === 'windows' ? undefined : majorMinor(row.kernel);
      return kernel ? [{ row, kernel }] : [];
    });
    if (told.length === 0) return unknown('not-reported');
    return told.flatMap(({ row, kernel }) => {
      const limit = (row.kubeletMinor ?? 0) >= 32 ? oldestFrom32 : oldest;
      return isOlder(kernel, majorMinor(limit) ?? [0, 0]) ? [{ scope: nodeScope(row.name), observed: row.kernel, threshold: limit }] : [];
    });
  },
});
