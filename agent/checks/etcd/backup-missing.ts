import { defineCheck, unknown } from '../check.ts';

export const backupMissing = defineCheck({
  id: 'etcd-backup-missing',
  area: 'etcd',
  title: { zh: '未找到 etcd 备份', en: 'No etcd backup found' },
  why: {
    zh: '没有 etcd 备份：磁盘损坏或误删之后，整个集群只能重建。',
    en: 'Without an etcd backup, the whole cluster has to be rebuilt after disk damage or an accidental deletion.',
  },
  remedy: {
    zh: '执行 `ls -lR /var/backups /var/lib/etcd-backup` 核对；没有备份的，用定时任务每天执行 `etcdctl snapshot save` 并复制到其他主机；备份在别处的，把本项登记为已接受风险。',
    en: 'Check with `ls -lR /var/backups /var/lib/etcd-backup`; if there is no backup, schedule `etcdctl snapshot save` daily and copy the file to another host; if backups are kept elsewhere, record this item as an accepted risk.',
  },
  severity: 'warning',
  reads: ['etcdHost'],
  unit: 'count',
  threshold: {},
  source: 'practice: without a snapshot a lost quorum means a lost cluster; Kubernetes documentation, “Backing up an etcd cluster”',

  evaluate({ etcdHost }) {
    if (etcdHost.backupFound === undefined) return unknown('not-visible');
    return etcdHost.backupFound ? [] : [{ observed: etcdHost.backupCount }];
  },
});
