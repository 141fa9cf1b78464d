import { defineCheck } from '../../check.ts';
import { below } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const mysqlBufferPoolMiss = defineCheck({
  id: 'mysql-buffer-pool-miss',
  area: 'middleware',
  product: 'mysql',
  group: 'load',
  title: { zh: 'MySQL 缓冲池命中率低', en: 'Low MySQL buffer pool hit ratio' },
  why: { zh: '大量读取落到磁盘，查询变慢，磁盘成为瓶颈。', en: 'Many reads go to disk: queries slow down, and the disk becomes the bottleneck.' },
  remedy: {
    zh: "执行 `SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_read%'` 计算命中率；按主机或容器内存的 50–75 % 设置 innodb_buffer_pool_size，并检查全表扫描。",
    en: "Run `SHOW GLOBAL STATUS LIKE 'Innodb_buffer_pool_read%'` to calculate the hit ratio; set innodb_buffer_pool_size to 50–75 % of the host or container memory, and check for full table scans.",
  },
  severity: 'warning',
  reads: ['middlewareMysql'],
  unit: 'percent',
  threshold: { warningPercent: 95, leastReadsCount: 1_000_000, leastUptimeSeconds: 3_600 },
  source: 'MySQL manual, Innodb_buffer_pool_reads; practice: 95 % hits; not judged before an hour and a million reads: a cold cache is no fault',

  evaluate({ middlewareMysql: { members } }, { warningPercent, leastReadsCount, leastUptimeSeconds }) {
    return judgeInstances(members, ({ bufferPoolHitPercent, bufferPoolReads, uptimeSeconds }) => {
      if (bufferPoolReads !== undefined && uptimeSeconds !== undefined && (bufferPoolReads < leastReadsCount || uptimeSeconds < leastUptimeSeconds)) return 'other';
      return told(bufferPoolHitPercent, (percent) => below(Math.round(percent * 10) / 10, { warning: warningPercent }));
    });
  },
});
