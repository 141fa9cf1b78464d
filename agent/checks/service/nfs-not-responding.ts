import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const nfsNotResponding = defineCheck({
  id: 'service-nfs-not-responding',
  area: 'service',
  title: { zh: 'NFS 服务器无响应', en: 'Unresponsive NFS servers' },
  why: { zh: '使用该存储的进程卡住不动且杀不掉，业务停顿直到它恢复。', en: 'Processes that use this storage hang and cannot be killed; services stall until it recovers.' },
  remedy: {
    zh: '执行 `nfsstat -m` 查看挂载，再检查 NFS 服务器与网络；访问这些挂载的进程会一直阻塞，恢复服务器后才会继续。',
    en: 'Run `nfsstat -m` to list the mounts, then check the NFS server and the network; processes that access these mounts stay blocked until the server recovers.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: processes on a hard mount hang without end; Huawei CCE pre-check "unreachable (NFS) mounts"',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['nfs-not-responding'], { warning: warningCount });
  },
});
