import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const cephUnreachable = defineCheck({
  id: 'service-ceph-unreachable',
  area: 'service',
  title: { zh: '与 Ceph 监视器的会话中断', en: 'Sessions with Ceph monitors lost' },
  why: { zh: '使用 Ceph 的卷会卡住读写，数据库和有状态服务随之停顿。', en: 'Reads and writes on Ceph volumes hang, and databases and stateful services stall with them.' },
  remedy: {
    zh: '执行 `ceph -s` 查看集群健康（在 Ceph 管理端），并检查节点到监视器的网络；会话恢复前 RBD 与 CephFS 的读写会阻塞。',
    en: 'Run `ceph -s` on the Ceph admin host to check cluster health, and check the network from the node to the monitors; RBD and CephFS I/O blocks until the session recovers.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: the kernel client cannot follow map changes without a monitor',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['ceph-unreachable'], { warning: warningCount });
  },
});
