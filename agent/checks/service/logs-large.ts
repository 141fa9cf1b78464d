import { defineCheck, unknown } from '../check.ts';
import { above } from '../levels.ts';

export const logsLarge = defineCheck({
  id: 'service-logs-large',
  area: 'service',
  title: { zh: '日志占用空间过大', en: 'Logs using too much disk space' },
  why: { zh: '日志挤占业务与系统的空间，写满后服务停止写入。', en: 'Logs take space from services and the system; when the disk is full, services stop writing.' },
  remedy: {
    zh: '执行 `du -xh --max-depth=2 /var/log | sort -h | tail` 找出最大的目录；设置日志轮转与容器日志上限（containerLogMaxSize、containerLogMaxFiles），清理旧日志。',
    en: 'Run `du -xh --max-depth=2 /var/log | sort -h | tail` to find the largest directories; set up log rotation and container log limits (containerLogMaxSize, containerLogMaxFiles), and remove old logs.',
  },
  severity: 'warning',
  reads: ['logs'],
  unit: 'bytes',
  threshold: { warningBytes: 20 * 1024 ** 3 },
  source: 'practice: 20 GB, a tenth to a fifth of the usual system disk; well-rotated logs stay below it',

  evaluate({ logs: { logBytes, runtimeLogBytes = 0, complete } }, { warningBytes }) {
    const violations = above(logBytes + runtimeLogBytes, { warning: warningBytes });
    return violations.length === 0 && !complete ? unknown('truncated') : violations;
  },
});
