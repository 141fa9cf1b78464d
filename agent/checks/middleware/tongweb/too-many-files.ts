import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeParts } from '../../middleware-parts.ts';

export const tongwebTooManyFiles = defineCheck({
  id: 'tongweb-too-many-files',
  area: 'middleware',
  product: 'tongweb',
  group: 'log',
  title: { zh: 'TongWeb 日志出现句柄耗尽', en: 'File descriptors exhausted in TongWeb log' },
  why: { zh: '发生时不能接受连接、打不开文件，请求失败。', en: 'Connections could not be accepted and files could not be opened, so requests failed.' },
  remedy: {
    zh: '执行 `ls /proc/<pid>/fd | wc -l` 与 `cat /proc/<pid>/limits` 对比；提高 nofile 到 65535 以上，并检查应用是否未关闭连接与文件。',
    en: 'Compare `ls /proc/<pid>/fd | wc -l` with `cat /proc/<pid>/limits`; raise nofile to 65535 or more, and check whether the application fails to close connections and files.',
  },
  severity: 'critical',
  reads: ['middlewareTongweb'],
  unit: 'count',
  threshold: { criticalCount: 1 },
  source: 'TongWeb log message Too many open files',

  evaluate({ middlewareTongweb: { rows, logPatterns } }, { criticalCount }) {
    return judgeParts(rows, logPatterns, ({ pattern, count }) => (pattern === 'too-many-open-files' ? above(count, { critical: criticalCount }) : 'other'));
  },
});
