import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const elasticsearchCollectionsLong = defineCheck({
  id: 'elasticsearch-collections-long',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 老年代 GC 停顿长', en: 'Long Elasticsearch old-generation GC pauses' },
  why: {
    zh: '停顿期间节点不应答，可能被移出集群，引发分片搬迁。',
    en: 'During a pause the node does not respond; it may be removed from the cluster, triggering shard relocation.',
  },
  remedy: {
    zh: '执行 `GET _nodes/stats/jvm` 查看老年代回收次数与耗时；降低堆占用，检查主机是否有交换或 CPU 争用。',
    en: 'Run `GET _nodes/stats/jvm` for old-generation GC counts and times; reduce heap usage, and check the host for swapping or CPU contention.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'milliseconds',
  threshold: { warningMs: 1_000 },
  source: 'Elasticsearch documentation, "JVM monitoring": the server itself warns of collections beyond a second; the mean since the start',

  evaluate({ middlewareElasticsearch: { members } }, { warningMs }) {
    return judgeInstances(members, ({ oldCollections, oldCollectionMs }) => {
      if (oldCollections === 0) return [];
      if (oldCollections === undefined) return 'silent';
      return told(oldCollectionMs, (ms) => above(Math.round(ms / oldCollections), { warning: warningMs }));
    });
  },
});
