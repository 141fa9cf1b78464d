import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const etcdServerSyncSlow = defineCheck({
  id: 'etcd-server-sync-slow',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd WAL 落盘慢', en: 'Slow etcd WAL fsync' },
  why: { zh: '磁盘落盘慢会拖慢每次写入，并可能触发重新选主。', en: 'A slow disk delays every write and may trigger a leader election.' },
  remedy: {
    zh: '查看 /metrics 的 etcd_disk_wal_fsync_duration_seconds；将数据目录放到独占的 SSD，避免与其他写入共用磁盘。数值为启动以来的 p99。',
    en: 'Check etcd_disk_wal_fsync_duration_seconds in /metrics; put the data directory on a dedicated SSD not shared with other writers. The value is the p99 since start-up.',
  },
  severity: 'warning',
  reads: ['middlewareEtcdServer'],
  unit: 'milliseconds',
  threshold: { warningMs: 500, criticalMs: 1_000 },
  source: 'etcd mixin (contrib/mixin): etcdHighFsyncDurations (p99 > 0.5 s, critical > 1 s)',

  evaluate({ middlewareEtcdServer: { members } }, { warningMs, criticalMs }) {
    return judgeInstances(members, ({ syncMs }) => (syncMs === undefined ? 'other' : above(syncMs, { warning: warningMs, critical: criticalMs })));
  },
});
