import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioHealing = defineCheck({
  id: 'minio-healing',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 正在修复磁盘', en: 'MinIO drive healing in progress' },
  why: { zh: '修复期间冗余不足、性能下降，完成前再坏盘风险更大。', en: 'Until healing completes, redundancy and performance are reduced, and another drive failure is riskier.' },
  remedy: {
    zh: '执行 `mc admin heal <别名>` 查看进度；修复期间不要再下线其他磁盘，超过一天仍未完成时检查磁盘与网络。',
    en: 'Run `mc admin heal <alias>` to see progress; do not take other drives offline meanwhile, and check drives and network if healing takes more than a day.',
  },
  severity: 'info',
  reads: ['middlewareMinio'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'MinIO documentation, "Object healing": reads are slower and redundancy is less until it is done',

  evaluate({ middlewareMinio: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ healingDrives }) => told(healingDrives, (count) => above(count, { info: infoCount })));
  },
});
