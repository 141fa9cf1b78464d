import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const minioCapacityLow = defineCheck({
  id: 'minio-capacity-low',
  area: 'middleware',
  product: 'minio',
  group: 'resources',
  title: { zh: 'MinIO 可用容量不足', en: 'MinIO free capacity low' },
  why: { zh: '写满后上传失败，备份、日志与镜像仓库跟着停止。', en: 'When it is full, uploads fail, and dependent backups, logs and image registries stop.' },
  remedy: {
    zh: '执行 `mc admin info <别名>` 与 `mc du --depth 1 <别名>` 查看；清理过期版本、设置生命周期规则或扩容服务器池。',
    en: 'Run `mc admin info <alias>` and `mc du --depth 1 <alias>`; remove expired versions, set lifecycle rules or add a server pool.',
  },
  severity: 'warning',
  reads: ['middlewareMinio'],
  unit: 'percent',
  threshold: { warningPercent: 20, criticalPercent: 10 },
  source: 'awesome-prometheus-alerts (MinIO): MinioDiskSpaceUsage (10 %); practice: warned at 20 %',

  evaluate({ middlewareMinio: { rows } }, { warningPercent, criticalPercent }) {
    return judgeInstances(rows, ({ usableBytes, usableFreeBytes }) => {
      if (!usableBytes) return 'silent';
      return told(usableFreeBytes, (free) => below(Math.ceil((free / usableBytes) * 100), { warning: warningPercent, critical: criticalPercent }));
    });
  },
});
