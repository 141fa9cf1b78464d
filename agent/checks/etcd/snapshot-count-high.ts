import { defineCheck } from '../check.ts';

export const snapshotCountHigh = defineCheck({
  id: 'etcd-snapshot-count-high',
  area: 'etcd',
  title: { zh: 'etcd 触发快照的事务数过大', en: 'etcd that writes snapshots too rarely' },
  why: { zh: '内存占用上升，重启和落后成员的追赶都会很慢。', en: 'It takes more memory, and restarts and members that fell behind take long.' },
  remedy: {
    zh: '执行 `grep -E -- "--snapshot-count" /etc/kubernetes/manifests/etcd.yaml`（或查看 `/etc/etcd.env`）确认；恢复为默认值，过大的值使内存与重启时间增加。',
    en: 'Check `grep -E -- "--snapshot-count" /etc/kubernetes/manifests/etcd.yaml` (or `/etc/etcd.env`); go back to the default: a large value costs memory and makes restarts slow.',
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
