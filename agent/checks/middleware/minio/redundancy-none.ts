import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioRedundancyNone = defineCheck({
  id: 'minio-redundancy-none',
  area: 'middleware',
  product: 'minio',
  group: 'configuration',
  title: { zh: 'MinIO 没有数据冗余', en: 'No data redundancy in MinIO' },
  why: { zh: '任何一块磁盘损坏都会永久丢失对象。', en: 'The failure of any drive loses objects permanently.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 核对；生产环境使用至少四块磁盘并保持 MINIO_STORAGE_CLASS_STANDARD 的校验块不为 0。',
    en: 'Run `mc admin info <alias>` to check; in production use at least four drives and keep the parity in MINIO_STORAGE_CLASS_STANDARD other than 0.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: {},
  source: 'MinIO documentation, "Erasure coding": a single drive and EC:0 have no parity; a drive that fails loses its objects',

  evaluate({ middlewareMinio: { rows } }) {
    return judgeInstances(rows, ({ parity, drivesOnline, drivesOffline = 0 }) => {
      if (drivesOnline !== undefined && drivesOnline + drivesOffline === 1) return [{ observed: 0 }];
      return told(parity, (blocks) => (blocks === 0 ? [{ observed: 0 }] : []));
    });
  },
});
