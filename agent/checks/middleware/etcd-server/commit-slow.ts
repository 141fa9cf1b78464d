import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const etcdServerCommitSlow = defineCheck({
  id: 'etcd-server-commit-slow',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd 后端提交慢', en: 'Slow etcd backend commits' },
  why: { zh: '每次写入都要等，依赖它的系统变慢，严重时会频繁换主。', en: 'Every write waits and dependent systems slow down; in severe cases the leader changes often.' },
  remedy: {
    zh: '查看 /metrics 的 etcd_disk_backend_commit_duration_seconds；检查磁盘时延与数据库大小。数值为启动以来的 p99。',
    en: 'Check etcd_disk_backend_commit_duration_seconds in /metrics; check disk latency and the database size. The value is the p99 since start-up.',
  },
  severity: 'warning',
  reads: ['middlewareEtcdServer'],
  unit: 'milliseconds',
  threshold: { warningMs: 250 },
  source: 'etcd mixin (contrib/mixin): etcdHighCommitDurations (p99 > 0.25 s)',

  evaluate({ middlewareEtcdServer: { members } }, { warningMs }) {
    return judgeInstances(members, ({ commitMs }) => (commitMs === undefined ? 'other' : above(commitMs, { warning: warningMs })));
  },
});
