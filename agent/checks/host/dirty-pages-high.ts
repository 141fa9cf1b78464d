import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const dirtyPagesHigh = defineCheck({
  id: 'host-dirty-pages-high',
  area: 'host',
  title: { zh: '待写回的脏页过多', en: 'Too many dirty pages waiting for writeback' },
  why: { zh: '集中写回时所有写操作被卡住，断电则丢失这些还没落盘的数据。', en: 'When they are written back, all writes stall; a power failure loses data not yet on disk.' },
  remedy: {
    zh: '执行 `grep -E "Dirty|Writeback" /proc/meminfo` 与 `iostat -x 1 5` 查看；检查磁盘是否过慢，并在 `/etc/sysctl.d/` 中调低 `vm.dirty_background_ratio`。',
    en: 'Run `grep -E "Dirty|Writeback" /proc/meminfo` and `iostat -x 1 5` to check; find out whether a disk is too slow, and lower `vm.dirty_background_ratio` in `/etc/sysctl.d/`.',
  },
  severity: 'warning',
  reads: ['memory'],
  unit: 'percent',
  threshold: { warningPercent: 10 },
  source: 'kernel default vm.dirty_background_ratio: from 10 % on writers are behind',

  evaluate({ memory }, { warningPercent }) {
    if (memory.dirtyBytes === undefined) return unknown();
    return above((memory.dirtyBytes / memory.totalBytes) * 100, { warning: warningPercent });
  },
});
