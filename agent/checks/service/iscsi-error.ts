import { defineCheck } from '../check.ts';
import { loggedToday } from '../kernel-events.ts';

export const iscsiError = defineCheck({
  id: 'service-iscsi-error',
  area: 'service',
  title: { zh: 'iSCSI 连接错误', en: 'iSCSI connection errors' },
  why: { zh: '网络存储的连接中断，卷上的读写会卡住或报错。', en: 'Connections to network storage are interrupted, and reads and writes on the volumes hang or fail.' },
  remedy: {
    zh: '执行 `iscsiadm -m session -P 1` 查看会话状态；检查存储网络的丢包与存储端日志。',
    en: 'Run `iscsiadm -m session -P 1` to check the session state; check the storage network for packet loss, and check the logs of the storage target.',
  },
  severity: 'warning',
  reads: ['kernelLog'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'practice: a session that is not recovered within replacement_timeout fails its I/O',

  evaluate({ kernelLog }, { warningCount }) {
    return loggedToday(kernelLog, ['iscsi-error'], { warning: warningCount });
  },
});
