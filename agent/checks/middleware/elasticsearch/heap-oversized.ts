import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const elasticsearchHeapOversized = defineCheck({
  id: 'elasticsearch-heap-oversized',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 堆设置过大', en: 'Elasticsearch heap too large' },
  why: {
    zh: '超过压缩指针上限反而浪费内存，也挤掉了文件缓存，查询变慢。',
    en: 'Above the compressed-pointer limit memory is wasted, and the file cache is squeezed, which slows searches.',
  },
  remedy: {
    zh: '执行 `GET _nodes/jvm?filter_path=**.mem.heap_max_in_bytes,**.using_compressed_ordinary_object_pointers`；将 -Xms 与 -Xmx 设为内存的一半且不超过 31 GB，其余留给文件缓存。',
    en: 'Run `GET _nodes/jvm?filter_path=**.mem.heap_max_in_bytes,**.using_compressed_ordinary_object_pointers`; set -Xms and -Xmx to half of the memory but no more than 31 GB, and leave the rest for the file cache.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'bytes',
  threshold: { mostBytes: 33_285_996_544, mostPercent: 55 },
  source: 'Elasticsearch documentation, "JVM settings": at most half of the memory and below the limit of compressed pointers (31 GiB, some JVMs less)',

  evaluate({ middlewareElasticsearch: { members } }, { mostBytes, mostPercent }) {
    return judgeInstances(members, ({ heapMostBytes, memoryBytes, compressedPointers }) => {
      if (heapMostBytes === undefined || memoryBytes === undefined) return 'silent';
      if (heapMostBytes > mostBytes || compressedPointers === false) return [{ observed: heapMostBytes, threshold: mostBytes }];
      const most = Math.floor((memoryBytes * mostPercent) / 100);
      return heapMostBytes > most ? [{ observed: heapMostBytes, threshold: most }] : [];
    });
  },
});
