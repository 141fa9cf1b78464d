import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const etcdServerAlarm = defineCheck({
  id: 'etcd-server-alarm',
  area: 'middleware',
  product: 'etcd-server',
  group: 'load',
  title: { zh: 'etcd 存在激活的告警，写入会被拒绝', en: 'etcd alarm active: writes are refused' },
  why: {
    zh: '键值写不进去：依赖它的系统停在只读状态，直到清理并解除告警。',
    en: 'Keys cannot be written: dependent systems stay read-only until space is freed and the alarm is disarmed.',
  },
  remedy: {
    zh: '执行 `etcdctl alarm list`；NOSPACE 时先压缩并整理碎片，再执行 `etcdctl alarm disarm`；CORRUPT 时从快照恢复该成员。',
    en: 'Run `etcdctl alarm list`; for NOSPACE, compact and defragment, then run `etcdctl alarm disarm`; for CORRUPT, restore the member from a snapshot.',
  },
  severity: 'critical',
  reads: ['middlewareEtcdServer'],
  unit: 'count',
  threshold: {},
  source: 'etcd documentation, "Space quota"',

  evaluate({ middlewareEtcdServer: { members } }) {
    return judgeInstances(members, ({ alarms }) => told(alarms, (count) => (count > 0 ? [{ observed: count }] : [])));
  },
});
