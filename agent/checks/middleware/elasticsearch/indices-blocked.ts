import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchIndicesBlocked = defineCheck({
  id: 'elasticsearch-indices-blocked',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 索引因磁盘水位变为只读', en: 'Elasticsearch indices read-only due to disk watermark' },
  why: { zh: '写入全部失败：日志与业务数据正在丢失。', en: 'All writes fail: logs and business data are being lost.' },
  remedy: {
    zh: '执行 `GET _all/_settings/index.blocks.*` 找出它们；先释放磁盘，再将 index.blocks.read_only_allow_delete 设为 null（7.4 起会自动解除）。',
    en: 'Run `GET _all/_settings/index.blocks.*` to find them; free disk space, then set index.blocks.read_only_allow_delete to null (cleared automatically since 7.4).',
  },
  severity: 'critical',
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'Elasticsearch documentation, "Disk-based shard allocation": flood_stage sets index.blocks.read_only_allow_delete',

  evaluate({ middlewareElasticsearch: { rows } }, { criticalCount }) {
    return judgeInstances(rows, ({ blockedIndices }) => told(blockedIndices, (count) => above(count, { critical: criticalCount })));
  },
});
