import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const pageTablesLarge = defineCheck({
  id: 'host-page-tables-large',
  area: 'host',
  title: { zh: '页表占用内存过多', en: 'Page tables take much memory' },
  why: {
    zh: '这部分内存不属于任何进程的账面用量，内存会比监控显示的更早耗尽。',
    en: 'It counts for no process, so memory runs out earlier than the figures of processes suggest.',
  },
  remedy: {
    zh: '执行 `grep PageTables /proc/meminfo` 查看；为使用大块共享内存的数据库配置大页，并减少其进程数。',
    en: 'Run `grep PageTables /proc/meminfo` to see it; give databases with large shared memory huge pages, and fewer processes.',
  },
  severity: 'info',
  reads: ['memory'],
  unit: 'percent',
  threshold: { infoPercent: 5 },
  source: 'practice: page tables above 5 % of memory are what huge pages for Oracle and PostgreSQL are made for',

  evaluate({ memory }, { infoPercent }) {
    if (memory.pageTableBytes === undefined) return unknown();
    return above((memory.pageTableBytes / memory.totalBytes) * 100, { info: infoPercent });
  },
});
