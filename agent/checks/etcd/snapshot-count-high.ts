import { defineCheck } from '../check.ts';

export const snapshotCountHigh = defineCheck({
  id: 'etcd-snapshot-count-high',
  area: 'etcd',
  title: { zh: 'etcd 触发快照的事务数过大', en: 'etcd snapshot transaction count too high' },
  why: { zh: '内存占用上升，重启和落后成员的追赶都会很慢。', en: 'Memory usage increases, and restarts and the catch-up of lagging members become slow.' },
  remedy: {
    zh: '执行 `grep -E -- "--snapshot-count" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；恢复为默认值，过大的值使内存与重启时间增加。',
    en: 'Run `grep -E -- "--snapshot-count" /etc/kubernetes/manifests/etcd.yaml` (or check `/etc/etcd.env`) to confirm; restore the default: too large a value increases memory usage and restart time.',
  },
  severity: 'info',
  setup: true,
  reads: ['etcdFlags'],
  unit: 'count',
  threshold: { highestCount: 100_000 },
  source: 'etcd configuration reference: default 100 000 (3.5), 10 000 (3.6)',

  evaluate({ etcdFlags }, { highestCount }) {
    const count = etcdFlags.snapshotCount; // not set = the default, which is fine
    return count !== undefined && count > highestCount ? [{ observed: count, threshold: highestCount }] : [];
  },
});
