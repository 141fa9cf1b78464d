import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchDiskLow = defineCheck({
  id: 'elasticsearch-disk-low',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'resources',
  title: { zh: 'Elasticsearch 数据盘空间不足', en: 'Elasticsearch data disk low on space' },
  why: {
    zh: '越过水位后不再分配分片，再高就强制只读，写入全部失败。',
    en: 'Above the watermark no shards are allocated; higher still, indices become read-only and all writes fail.',
  },
  remedy: {
    zh: '执行 `GET _cat/allocation?v` 查看各节点；删除或归档旧索引、扩容磁盘，低于 5% 时索引会变为只读。',
    en: 'Run `GET _cat/allocation?v` to check each node; delete or archive old indices, or enlarge the disk. Below 5 % free, indices become read-only.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'percent',
  threshold: { warningPercent: 20, criticalPercent: 10 },
  source:
    'awesome-prometheus-alerts (Elasticsearch): ElasticsearchDiskSpaceLow (20 %), ElasticsearchDiskOutOfSpace (10 %); the default high watermark moves shards away at 10 % free',

  evaluate({ middlewareElasticsearch: { members } }, { warningPercent, criticalPercent }) {
    return judgeInstances(members, ({ holdsData, diskTotalBytes, diskFreeBytes }) => {
      if (holdsData === false) return 'other';
      if (!diskTotalBytes) return 'silent';
      return told(diskFreeBytes, (free) => below(Math.ceil((free / diskTotalBytes) * 100), { warning: warningPercent, critical: criticalPercent }));
    });
  },
});
