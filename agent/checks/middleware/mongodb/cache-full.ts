import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbCacheFull = defineCheck({
  id: 'mongodb-cache-full',
  area: 'middleware',
  product: 'mongodb',
  group: 'resources',
  title: { zh: 'MongoDB 缓存已满', en: 'MongoDB cache full' },
  why: { zh: '每次读写都要先腾空间，时延升高、吞吐下降。', en: 'Every read and write must first free space: latency rises and throughput falls.' },
  remedy: {
    zh: '执行 `db.serverStatus().wiredTiger.cache` 查看驱逐情况；增加内存或缓存上限，检查缺少索引的查询。',
    en: 'Run `db.serverStatus().wiredTiger.cache` to check evictions; add memory or raise the cache limit, and look for queries without an index.',
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'percent',
  threshold: { warningPercent: 95 },
  source: 'WiredTiger documentation, "Cache and eviction tuning": application threads evict from 95 % (eviction_trigger) on',

  evaluate({ middlewareMongodb: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ role, router, cachePercent }) =>
      role === 'arbiter' || router ? 'other' : told(cachePercent, (percent) => above(Math.floor(percent), { warning: warningPercent })),
    );
  },
});
