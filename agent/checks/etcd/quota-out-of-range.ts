import { defineCheck, notApplicable } from '../check.ts';

export const quotaOutOfRange = defineCheck({
  id: 'etcd-quota-out-of-range',
  area: 'etcd',
  title: { zh: 'etcd 存储配额过小或过大', en: 'etcd quota that is too small or too large' },
  why: { zh: '配额过小会提前变为只读，过大则恢复和重启极慢。', en: 'Too small a quota makes the cluster read-only early; too large a one makes restart and recovery very slow.' },
  remedy: {
    zh: '执行 `etcdctl endpoint status -w table` 查看数据库大小；把 `--quota-backend-bytes` 调到官方建议的范围内，过大的数据库会使重启与成员恢复过慢。',
    en: 'See the size with `etcdctl endpoint status -w table`; bring `--quota-backend-bytes` into the range that etcd advises: a larger database makes restarts and recovery of members slow.',
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
