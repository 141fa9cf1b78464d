import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const etcdDatabaseLarge = defineCheck({
  id: 'control-plane-etcd-database-large',
  area: 'control-plane',
  title: { zh: 'etcd 数据库过大', en: 'Oversized etcd database' },
  why: { zh: '列表与重启变慢，接近配额后集群会变为只读。', en: 'List requests and restarts slow down, and near its quota the cluster becomes read-only.' },
  remedy: {
    zh: '在管理节点上执行 `etcdctl endpoint status -w table` 核对大小与配额；清理无用对象后依次执行碎片整理，并确认 quota-backend-bytes 足够。',
    en: 'Run `etcdctl endpoint status -w table` on a control-plane node to check the size and quota; remove unused objects, defragment member by member, and make sure that quota-backend-bytes is sufficient.',
  },
  severity: 'info',
  reads: ['apiMetrics'],
  unit: 'bytes',
  threshold: { infoBytes: 1_717_986_918, warningBytes: 6_871_947_673 },
  source: 'etcd mixin etcdDatabaseQuotaLowSpace (80 %) of the default quota (2 GiB) and of the suggested maximum (8 GiB), for the quota is not told here',

  evaluate({ apiMetrics }, { infoBytes, warningBytes }) {
    return apiMetrics.etcdDatabaseBytes === undefined ? unknown('not-reported') : above(apiMetrics.etcdDatabaseBytes, { info: infoBytes, warning: warningBytes });
  },
});
