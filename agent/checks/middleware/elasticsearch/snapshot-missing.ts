import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchSnapshotMissing = defineCheck({
  id: 'elasticsearch-snapshot-missing',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 未配置快照仓库', en: 'No Elasticsearch snapshot repository configured' },
  why: { zh: '没有备份：误删、勒索或损坏之后无法恢复。', en: 'There is no backup: nothing can be restored after accidental deletion, ransomware or corruption.' },
  remedy: {
    zh: '执行 `GET _snapshot` 确认；注册对象存储或共享文件系统仓库，并用 SLM 定期做快照，副本不能代替备份。',
    en: 'Run `GET _snapshot` to confirm; register an object storage or shared file system repository and take regular SLM snapshots. Replicas are not a backup.',
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
