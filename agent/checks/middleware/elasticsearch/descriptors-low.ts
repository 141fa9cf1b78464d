import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchDescriptorsLow = defineCheck({
  id: 'elasticsearch-descriptors-low',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 文件描述符上限过低', en: 'Elasticsearch file descriptor limit too low' },
  why: {
    zh: '分片和连接多起来后打不开文件，可能导致分片失败甚至数据损坏。',
    en: 'As shards and connections grow, files cannot be opened: shards may fail or data may even be corrupted.',
  },
  remedy: {
    zh: '执行 `GET _nodes/stats/process?filter_path=**.max_file_descriptors`；将 LimitNOFILE 或 ulimit -n 提高到 65535 以上。',
    en: 'Run `GET _nodes/stats/process?filter_path=**.max_file_descriptors`; raise LimitNOFILE or ulimit -n to 65535 or more.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { minimumCount: 65_535 },
  source: 'Elasticsearch documentation, "File descriptors": 65 535 or more',

  evaluate({ middlewareElasticsearch: { members } }, { minimumCount }) {
    return judgeInstances(members, ({ openFilesLimit }) => told(openFilesLimit, (limit) => (limit < minimumCount ? [{ observed: limit, threshold: minimumCount }] : [])));
  },
});
