import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const postgresqlCacheMiss = defineCheck({
  id: 'postgresql-cache-miss',
  area: 'middleware',
  product: 'postgresql',
  group: 'load',
  title: { zh: 'PostgreSQL 缓存命中率低', en: 'Low PostgreSQL cache hit ratio' },
  why: { zh: '大量读取落到磁盘，查询变慢，磁盘成为瓶颈。', en: 'Many reads go to disk: queries slow down, and the disk becomes the bottleneck.' },
  remedy: {
    zh: '执行 `SELECT sum(blks_hit), sum(blks_read) FROM pg_stat_database`；将 shared_buffers 设为内存的约 25 %，并检查全表扫描。',
    en: 'Run `SELECT sum(blks_hit), sum(blks_read) FROM pg_stat_database`; set shared_buffers to about a quarter of the memory, and check for full table scans.',
  },
  severity: 'warning',
  reads: ['middlewarePostgresql'],
  unit: 'percent',
  threshold: { warningPercent: 90, leastReadsCount: 1_000_000 },
  source: 'PostgreSQL manual, pg_stat_database (blks_hit, blks_read); practice: 90 % hits; not judged before a million reads: a cold cache is no fault',

  evaluate({ middlewarePostgresql: { members } }, { warningPercent, leastReadsCount }) {
    return judgeInstances(members, ({ cacheReads, cacheHitPercent }) => {
      if (cacheReads !== undefined && cacheReads < leastReadsCount) return 'other';
      return told(cacheHitPercent, (percent) => below(Math.round(percent * 10) / 10, { warning: warningPercent }));
    });
  },
});
