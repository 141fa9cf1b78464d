import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const redisClusterState = defineCheck({
  id: 'redis-cluster-state',
  area: 'middleware',
  product: 'redis',
  group: 'load',
  title: { zh: 'Redis Cluster 状态异常或槽未全部覆盖', en: 'Redis Cluster unhealthy or slots not fully covered' },
  why: { zh: '部分或全部键不可读写，应用现在就在报错。', en: 'Some or all keys cannot be read or written, and applications are failing now.' },
  remedy: {
    zh: '执行 `redis-cli --cluster check <地址>` 查看未覆盖的槽与故障节点；恢复节点后再用 `redis-cli --cluster fix` 处理。',
    en: 'Run `redis-cli --cluster check <address>` to find uncovered slots and failed nodes; restore the nodes before using `redis-cli --cluster fix`.',
  },
  severity: 'critical',
  reads: ['middlewareRedis'],
  unit: 'count',
  threshold: { slotsCount: 16384 },
  source: 'redis.io CLUSTER INFO: cluster_state ok; Redis Cluster specification: 16384 slots',

  evaluate({ middlewareRedis: { rows } }, { slotsCount }) {
    return judgeInstances(rows, ({ mode, clusterState, slotsAssigned, slotsFailed = 0 }) => {
      if (mode !== 'cluster') return mode === 'unknown' ? 'silent' : 'other';
      if (clusterState === undefined) return 'silent';
      const served = Math.max(0, (slotsAssigned ?? slotsCount) - slotsFailed);
      return clusterState === 'ok' && served >= slotsCount ? [] : [{ observed: served, ...(served < slotsCount && { threshold: slotsCount }) }];
    });
  },
});
