import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebFdUsageHigh = defineCheck({
  id: 'tongweb-fd-usage-high',
  area: 'middleware',
  product: 'tongweb',
  group: 'resources',
  title: { zh: 'TongWeb 打开的文件数接近上限', en: 'TongWeb open files close to the limit' },
  why: { zh: '用完后不能接受新连接、打不开文件，应用报错。', en: 'Once the limit is reached, new connections and files cannot be opened, and applications fail.' },
  remedy: {
    zh: '对比 `ls /proc/<pid>/fd | wc -l` 与 `cat /proc/<pid>/limits`；检查未关闭的连接与文件，提高 nofile。',
    en: 'Compare `ls /proc/<pid>/fd | wc -l` with `cat /proc/<pid>/limits`; look for connections and files that are not closed, and raise nofile.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { warningPercent: 70, criticalPercent: 90 },
  source: 'node-mixin NodeFileDescriptorLimit (70 % / 90 %), for one process',

  evaluate({ middlewareTongweb: { rows } }, { warningPercent, criticalPercent }) {
    return judgeInstances(rows, ({ openFiles, openFilesLimit }) =>
      openFiles === undefined || !openFilesLimit ? 'silent' : above(Math.round((openFiles / openFilesLimit) * 100), { warning: warningPercent, critical: criticalPercent }),
    );
  },
});
