import { defineCheck } from '../../check.ts';
import { judgeInstances, wrongWhen } from '../../middleware-rows.ts';

export const elasticsearchMemoryUnlocked = defineCheck({
  id: 'elasticsearch-memory-unlocked',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'configuration',
  title: { zh: 'Elasticsearch 内存未锁定', en: 'Elasticsearch memory not locked' },
  why: { zh: '堆可能被换出到磁盘，出现秒级停顿，节点因此掉线。', en: 'The heap may be swapped out, causing pauses of seconds that drop the node from the cluster.' },
  remedy: {
    zh: '执行 `GET _nodes?filter_path=**.mlockall` 核对；关闭主机交换分区，或设置 bootstrap.memory_lock 与 memlock 限制。',
    en: 'Run `GET _nodes?filter_path=**.mlockall` to check; disable swap on the host, or set bootstrap.memory_lock and the memlock limit.',
  },
  severity: 'info',
  setup: true,
  reads: ['middlewareElasticsearch'],
  unit: 'value',
  threshold: {},
  source: 'Elasticsearch documentation, "Disable swapping": bootstrap.memory_lock, or no swap at all',

  evaluate({ middlewareElasticsearch: { members } }) {
    return judgeInstances(members, ({ memoryLocked }) => wrongWhen(memoryLocked === undefined ? undefined : !memoryLocked));
  },
});
