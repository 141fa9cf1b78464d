import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const tongwebLogLarge = defineCheck({
  id: 'tongweb-log-large',
  area: 'middleware',
  product: 'tongweb',
  group: 'resources',
  title: { zh: 'TongWeb 日志目录过大', en: 'TongWeb log directory too large' },
  why: { zh: '日志会写满磁盘，届时服务停止写入。', en: 'Logs may fill the disk, at which point the server stops writing.' },
  remedy: {
    zh: '执行 `du -sh logs/*` 找出大文件；清理或归档并开启轮转与压缩。',
    en: 'Run `du -sh logs/*` to find large files; remove or archive them, and enable rotation and compression.',
  },
  severity: 'warning',
  reads: ['middlewareTongweb'],
  unit: 'bytes',
  threshold: { warningBytes: 21_474_836_480 },
  source: 'practice: 20 GB',

  evaluate({ middlewareTongweb: { rows } }, { warningBytes }) {
    return judgeInstances(rows, ({ logBytes }) => told(logBytes, (bytes) => above(bytes, { warning: warningBytes })));
  },
});
