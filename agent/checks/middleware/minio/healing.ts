import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioHealing = defineCheck({
  id: 'minio-healing',
  area: 'middleware',
  product: 'minio',
  group: 'load',
  title: { zh: 'MinIO 正在修复磁盘', en: 'MinIO heals drives' },
  why: { zh: '修复期间冗余不足、性能下降，完成前再坏盘风险更大。', en: 'Until it is done redundancy is short and requests are slower; another failure weighs more.' },
  remedy: {
    zh: '执行 `mc admin heal <别名>` 查看进度；修复期间不要再下线其他磁盘，超过一天仍未完成时检查磁盘与网络。',
    en: 'Run `mc admin heal <alias>` for its progress; take no other drive offline meanwhile, and look at drives and network when it takes more than a day.',
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
