import { defineCheck } from '../check.ts';

export const backupLocationUnavailable = defineCheck({
  id: 'storage-backup-location-unavailable',
  area: 'storage',
  title: { zh: '备份存储位置不可用', en: 'Backup storage location unavailable' },
  why: { zh: '备份存储不可用：既写不进新的备份，也读不出旧的。', en: 'The backup storage is unavailable: new backups cannot be written and existing ones cannot be read.' },
  remedy: {
    zh: '执行 `velero backup-location get` 与 `kubectl -n <命名空间> describe backupstoragelocation <名称>`；检查对象存储地址、凭据与证书。',
    en: 'Run `velero backup-location get` and `kubectl -n <namespace> describe backupstoragelocation <name>`; check the address, credentials and certificate of the object store.',
  },
  severity: 'critical',
  reads: ['backups'],
  unit: 'value',
  threshold: {},
  source: 'Velero documentation, BackupStorageLocation: phase Unavailable; troubleshoot Velero analyzer',

  evaluate({ backups }) {
    return backups.locations
      .filter(({ available }) => !available)
      .map((location) => ({ scope: { kind: 'BackupStorageLocation', namespace: location.namespace, name: location.name }, severity: location.default ? 'critical' : 'warning' }));
  },
});
