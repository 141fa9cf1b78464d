import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, perDay, told } from '../../middleware-rows.ts';

export const elasticsearchRejections = defineCheck({
  id: 'elasticsearch-rejections',
  area: 'middleware',
  product: 'elasticsearch',
  group: 'load',
  title: { zh: 'Elasticsearch 拒绝了写入或查询', en: 'Elasticsearch rejected writes or searches' },
  why: {
    zh: '队列已满，数据没有写入或查询失败；发送方若不重试就丢了。',
    en: 'Queues are full: data was not written or searches failed; data is lost if the sender does not retry.',
  },
  remedy: {
    zh: '执行 `GET _cat/thread_pool/write,search?v&h=node_name,name,queue,rejected`；客户端减小批量并退避重试，或增加数据节点。',
    en: 'Run `GET _cat/thread_pool/write,search?v&h=node_name,name,queue,rejected`; have clients send smaller batches and retry with backoff, or add data nodes.',
  },
  severity: 'warning',
  reads: ['middlewareElasticsearch'],
  unit: 'count',
  threshold: { warningCount: 1 },
  source: 'Elasticsearch documentation, "Rejected requests": the queue of a thread pool is full; practice: any a day, since the inspection before, else since the start',

  evaluate({ middlewareElasticsearch: { members } }, { warningCount }) {
    return judgeInstances(members, ({ rejections, uptimeSeconds, recentRejections, recentSeconds }) =>
      told(perDay(rejections, uptimeSeconds, recentRejections, recentSeconds), (count) => above(count, { warning: warningCount })),
    );
  },
});
