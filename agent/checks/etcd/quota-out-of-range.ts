import { defineCheck, notApplicable } from '../check.ts';

export const quotaOutOfRange = defineCheck({
  id: 'etcd-quota-out-of-range',
  area: 'etcd',
  title: { zh: 'etcd 存储配额过小或过大', en: 'etcd storage quota too small or too large' },
  why: {
    zh: '配额过小会提前变为只读，过大则恢复和重启极慢。',
    en: 'A quota that is too small makes the cluster read-only prematurely; one that is too large makes recovery and restarts very slow.',
  },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w table` 查看数据库大小；把 `--quota-backend-bytes` 调到官方建议的范围内，过大的数据库会使重启与成员恢复过慢。',
    en: 'Check the database size with `etcdctl endpoint status -w table`; set `--quota-backend-bytes` within the officially recommended range: an oversized database makes restarts and member recovery too slow.',
  },
  severity: 'warning',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'bytes',
  threshold: { lowestBytes: 2_147_483_648, highestBytes: 8_589_934_592 },
  source: 'etcd operations guide, space quota: 2 GiB default, 8 GiB suggested maximum',

  evaluate({ etcdFlags }, { lowestBytes, highestBytes }) {
    const { quotaBytes, quotaSet } = etcdFlags;
    if (!quotaSet) return notApplicable('not-in-use');
    if (quotaBytes < lowestBytes) return [{ observed: quotaBytes, threshold: lowestBytes }];
    return quotaBytes > highestBytes ? [{ observed: quotaBytes, threshold: highestBytes, severity: 'info' }] : [];
  },
});
