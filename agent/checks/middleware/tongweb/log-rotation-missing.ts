import { defineCheck } from '../../check.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const tongwebLogRotationMissing = defineCheck({
  id: 'tongweb-log-rotation-missing',
  area: 'middleware',
  product: 'tongweb',
  group: 'configuration',
  title: { zh: 'TongWeb 日志未轮转或上限过大', en: 'TongWeb log rotation disabled or limit too high' },
  why: { zh: '日志只增不减，写满磁盘只是时间问题。', en: 'Logs only grow, so a full disk is just a matter of time.' },
  remedy: {
    zh: '在控制台日志服务中设置轮转（默认 50 MB × 20）；总量不应超过所在分区的五分之一。',
    en: 'Configure rotation in the log service of the console (default: 50 MB × 20); the total should not exceed one fifth of the partition.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareTongweb'],
  unit: 'percent',
  threshold: { mostPercent: 20 },
  source: 'TongWeb log-service defaults; practice: a fifth of the partition',

  evaluate({ middlewareTongweb: { rows } }, { mostPercent }) {
    return judgeInstances(rows, ({ logRotationBytes, logRotationFiles, installTotalBytes }) => {
      if (logRotationBytes === undefined) return 'silent';
      if (logRotationBytes === 0) return [{ observed: 0 }];
      if (logRotationFiles === undefined || installTotalBytes === undefined) return [];
      const percent = Math.round(((logRotationBytes * logRotationFiles) / installTotalBytes) * 100);
      return percent > mostPercent ? [{ observed: percent, threshold: mostPercent }] : [];
    });
  },
});
