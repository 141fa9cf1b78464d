import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';
import { preferRecent } from '../measure-window.ts';

export const etcdLatencyHigh = defineCheck({
  id: 'control-plane-etcd-latency-high',
  area: 'control-plane',
  title: { zh: 'API 服务器访问 etcd 的时延过高', en: 'High API server latency to etcd' },
  why: {
    zh: '每次写入都要等 etcd：整个集群的操作变慢，严重时组件会丢失领导权。',
    en: 'Every write waits for etcd: operations slow down across the cluster and, in severe cases, components may lose leadership.',
  },
  remedy: {
    zh: '执行 `kubectl get --raw /metrics | grep etcd_request_duration_seconds_sum` 核对时延；检查 etcd 所在磁盘的 fsync 时延、成员之间的网络与数据库大小。',
    en: 'Run `kubectl get --raw /metrics | grep etcd_request_duration_seconds_sum` to check the latency; check the fsync latency of the etcd disks, the network between members and the database size.',
  },
  severity: 'warning',
  reads: ['apiMetrics'],
  unit: 'milliseconds',
  threshold: { warningMs: 150, criticalMs: 1_000, minimumCount: 100 },
  source: 'etcd mixin etcdGRPCRequestsSlow (p99 > 150 ms), seen from the client; critical at 1 s by practice',

  evaluate({ apiMetrics }, { warningMs, criticalMs, minimumCount }) {
    const observed = preferRecent({ value: apiMetrics.recentEtcdP99Ms, count: apiMetrics.recentEtcdRequests }, minimumCount, apiMetrics.etcdP99Ms);
    return observed === undefined ? unknown('not-reported') : above(observed, { warning: warningMs, critical: criticalMs });
  },
});
