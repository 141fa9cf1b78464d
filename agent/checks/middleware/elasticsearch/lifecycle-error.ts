import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchLifecycleError = defineCheck({
  id: 'elasticsearch-lifecycle-error',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 索引生命周期策略出错', en: 'Elasticsearch index lifecycle policy error' },
  why: { zh: '旧索引不再滚动和删除，磁盘会写满，索引也越来越大。', en: 'Old indices are no longer rolled over or deleted: the disk will fill up, and indices keep growing.' },
  remedy: {
    zh: '执行 `GET */_ilm/explain?only_errors=true` 查看原因；修正后执行 `POST <索引>/_ilm/retry`。',
    en: 'Run `GET */_ilm/explain?only_errors=true` for the reason; fix it, then run `POST <index>/_ilm/retry`.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Elasticsearch documentation, "Troubleshooting index lifecycle management errors": a step in ERROR goes on only by itself or by hand',

  evaluate({ middlewareElasticsearch: { rows } }, { warningCount }) {
    return judgeInstances(rows, ({ distribution, lifecycleErrors }) =>
      distribution === 'opensearch' ? 'other' : told(lifecycleErrors, (count) => above(count, { warning: warningCount })),
    );
  },
});
