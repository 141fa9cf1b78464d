import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchSnapshotMissing = defineCheck({
  id: 'elasticsearch-snapshot-missing',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 未配置快照仓库', en: 'Elasticsearch has no repository for snapshots' },
  why: { zh: '没有备份：误删、勒索或损坏之后无法恢复。', en: 'There is no backup: after a deletion, ransom or damage nothing can be restored.' },
  remedy: {
    zh: '执行 `GET _snapshot` 确认；注册对象存储或共享文件系统仓库，并用 SLM 定期做快照，副本不能代替备份。',
    en: 'Run `GET _snapshot`; register a repository and take snapshots by a policy: replicas are no backup.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: {},
  source: 'Elasticsearch documentation, "Snapshot and restore": the only way to back a cluster up',

  evaluate({ middlewareElasticsearch: { rows } }) {
    return judgeInstances(rows, ({ repositories }) => told(repositories, (count) => (count === 0 ? [{ observed: 0 }] : [])));
  },
});
