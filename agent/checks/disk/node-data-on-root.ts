import { defineCheck, notApplicable } from '../check.ts';
import { above } from '../levels.ts';
import { judgeRows } from '../rows.ts';

export const diskNodeDataOnRoot = defineCheck({
  id: 'disk-node-data-on-root',
  area: 'disk',
  title: { zh: '节点组件数据与根分区共用文件系统', en: 'Node component data shares the root file system' },
  why: {
    zh: '镜像、日志写满时连系统也一起没有空间，节点可能无法登录和恢复。',
    en: 'If images or logs fill it, the system has no space either, and node login and recovery may fail.',
  },
  remedy: {
    zh: '执行 `df -h / /var/lib/kubelet /var/lib/containerd /var/lib/etcd` 确认；规划独立磁盘存放镜像、kubelet 与 etcd 数据，避免镜像或日志写满后操作系统和 etcd 一起停止。',
    en: 'Run `df -h / /var/lib/kubelet /var/lib/containerd /var/lib/etcd` to confirm; plan dedicated disks for images, kubelet data and etcd data, so that full images or logs do not bring down the operating system and etcd as well.',
  },
  severity: 'info',
  setup: true,
  reads: ['filesystems', 'machine'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'practice: kubelet evicts by nodefs and imagefs, and can only tell them apart when they are',

  evaluate({ filesystems, machine }, { infoCount }, { host }) {
    // Folders of a runtime or a kubelet that is gone make no node.
    if (!machine.kubernetesNode) return notApplicable('not-a-node');
    const roots = filesystems.mounts.filter(({ holds }) => holds.includes('root'));
    return judgeRows(roots, { kind: 'Mount', host, missing: 'not-reported' }, ({ holds }) =>
      above(holds.filter((data) => data !== 'root' && data !== 'logs').length, { info: infoCount }),
    );
  },
});
