import { defineCheck } from '../check.ts';

export const quotaUnset = defineCheck({
  id: 'etcd-quota-unset',
  area: 'etcd',
  title: { zh: '未设置 etcd 存储配额', en: 'etcd storage quota not set' },
  why: {
    zh: '默认 2 GiB 在大集群可能不够，写满后集群变为只读。',
    en: 'The default of 2 GiB may be insufficient for a large cluster; once it is full, the cluster becomes read-only.',
  },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w table` 查看数据库大小；按官方建议的范围设置 `--quota-backend-bytes`，超过配额后集群将只读。',
    en: 'Check the database size with `etcdctl endpoint status -w table`; set `--quota-backend-bytes` within the officially recommended range: beyond the quota, the cluster becomes read-only.',
  },
  severity: 'info',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'bytes',
  threshold: {},
  source: 'etcd operations guide, space quota: 2 GiB default, 8 GiB suggested maximum',

  evaluate({ etcdFlags }) {
    return etcdFlags.quotaSet ? [] : [{ observed: etcdFlags.quotaBytes }];
  },
});
