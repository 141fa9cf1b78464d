import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mongodbCacheDirty = defineCheck({
  id: 'mongodb-cache-dirty',
  area: 'middleware',
  product: 'mongodb',
  group: 'load',
  title: { zh: 'MongoDB 脏页比例高', en: 'High share of dirty data in MongoDB cache' },
  why: { zh: '磁盘写不过来，应用线程会被征用去写盘，时延突增。', en: 'The disk cannot keep up: application threads are made to write to disk, and latency spikes.' },
  remedy: {
    zh: '执行 `db.serverStatus().wiredTiger.cache` 查看 tracked dirty bytes；磁盘写入跟不上时更换更快的磁盘或降低写入速率。',
    en: 'Run `db.serverStatus().wiredTiger.cache` to see tracked dirty bytes; if the disk cannot keep up, use a faster one or reduce the write rate.',
  },
  severity: 'warning',
  reads: ['middlewareMongodb'],
  unit: 'percent',
  threshold: { warningPercent: 20 },
  source: 'WiredTiger documentation, "Cache and eviction tuning": application threads evict from 20 % dirty (eviction_dirty_trigger) on',

  evaluate({ middlewareMongodb: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ role, router, cacheDirtyPercent }) =>
      role === 'arbiter' || router ? 'other' : told(cacheDirtyPercent, (percent) => above(Math.floor(percent), { warning: warningPercent })),
    );
  },
});
