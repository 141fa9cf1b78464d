import { defineCheck, notApplicable } from '../check.ts';

export const journaldUnbounded = defineCheck({
  id: 'service-journald-unbounded',
  area: 'service',
  title: { zh: 'journald 没有设置大小上限', en: 'No size limit set for journald' },
  why: {
    zh: '只有默认比例在约束它，大磁盘上日志会占去几个 GiB，且上限随磁盘变化。',
    en: 'Only the default percentage applies: several GiB on a large disk, with a limit that varies by disk.',
  },
  remedy: {
    zh: '执行 `journalctl --disk-usage` 查看当前用量；在 journald.conf 中设置 SystemMaxUse，再重启 systemd-journald。',
    en: 'Run `journalctl --disk-usage` to check current usage; set SystemMaxUse in journald.conf and restart systemd-journald.',
  },
  severity: 'info',
  setup: true,
  reads: ['logs'],
  unit: 'value',
  threshold: {},
  source: 'Huawei CCE pre-check journald size; without it journald takes 10 % of the file system, at most 4 GiB, hence info',

  evaluate({ logs: { journaldPersistent, journaldLimited } }) {
    if (journaldPersistent !== true || journaldLimited === undefined) return notApplicable();
    return journaldLimited ? [] : [{ observed: false, threshold: true }];
  },
});
