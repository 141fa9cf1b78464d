import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const minioDefaultPassword = defineCheck({
  id: 'minio-default-password',
  area: 'middleware',
  product: 'minio',
  group: 'configuration',
  title: { zh: 'MinIO 使用默认 root 口令', en: 'MinIO uses the default root password' },
  why: { zh: '默认口令人人知道，能连上的人拥有全部数据和管理权限。', en: 'The default is public knowledge: anyone who can connect has all data and admin rights.' },
  remedy: {
    zh: '执行 `mc alias set test http://<地址>:9000 minioadmin minioadmin` 确认；设置 MINIO_ROOT_USER 与 MINIO_ROOT_PASSWORD 后重启。',
    en: 'Run `mc alias set test http://<address>:9000 minioadmin minioadmin` to confirm; set MINIO_ROOT_USER and MINIO_ROOT_PASSWORD, then restart.',
  },
  severity: 'critical',
  setup: true,
  reads: ['middlewareMinio'],
  unit: 'value',
  threshold: {},
  source: 'MinIO documentation, "Root user": minioadmin is the default; tried only when declared',

  evaluate({ middlewareMinio: { rows } }) {
    return judgeInstances(rows, ({ defaultPassword }) => (defaultPassword === undefined ? 'other' : wrongWhen(defaultPassword)));
  },
});
