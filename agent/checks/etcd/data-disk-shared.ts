import { defineCheck, unknown } from '../check.ts';

export const dataDiskShared = defineCheck({
  id: 'etcd-data-disk-shared',
  area: 'etcd',
  title: { zh: 'etcd 数据目录与系统共用磁盘', en: 'etcd data directory on the system disk' },
  why: { zh: '日志或镜像写盘时会拖慢 etcd，写满时 etcd 一起停止。', en: 'Writing logs or images slows etcd down, and if the disk fills up, etcd stops as well.' },
  remedy: {
    zh: '执行 `findmnt -T /var/lib/etcd` 确认；为 etcd 准备独立的 SSD 并在变更窗口迁移数据目录，避免日志与镜像读写拖慢落盘。',
    en: 'Run `findmnt -T /var/lib/etcd` to confirm; provide a dedicated SSD for etcd and move the data directory in a change window, so that log and image I/O does not slow down its writes.',
  },
  severity: 'info',
  setup: true,
  reads: ['etcdHost'],
  unit: 'value',
  threshold: {},
  source: 'DaoCloud installation requirements, etcd hardware guide: a dedicated disk',

  evaluate({ etcdHost }) {
    if (etcdHost.ownDevice === undefined) return unknown();
    return etcdHost.ownDevice ? [] : [{ observed: false, threshold: true }];
  },
});
