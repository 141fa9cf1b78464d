import { defineCheck } from '../../check.ts';
import { judgeInstances, told } from '../../middleware-rows.ts';

export const rabbitmqDiskLimitLow = defineCheck({
  id: 'rabbitmq-disk-limit-low',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'configuration',
  title: { zh: 'RabbitMQ 磁盘告警线过低', en: 'RabbitMQ free disk space limit too low' },
  why: { zh: '磁盘先写满才会告警，节点可能崩溃并丢失消息。', en: 'The disk fills up before the alarm is raised, and the node may crash and lose messages.' },
  remedy: {
    zh: '执行 `rabbitmq-diagnostics environment | grep disk_free_limit`；设置 disk_free_limit.absolute 为 2GB 以上或 disk_free_limit.relative = 1.0。',
    en: 'Run `rabbitmq-diagnostics environment | grep disk_free_limit`; set disk_free_limit.absolute to 2GB or more, or disk_free_limit.relative = 1.0.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareRabbitmq'],
  unit: 'bytes',
  threshold: { leastBytes: 1_000_000_000 },
  source: 'RabbitMQ documentation, "Production Checklist": the default of 50 MB is for development',

  evaluate({ middlewareRabbitmq: { members } }, { leastBytes }) {
    return judgeInstances(members, ({ running, diskLimitBytes }) =>
      running === false ? 'other' : told(diskLimitBytes, (bytes) => (bytes < leastBytes ? [{ observed: bytes, threshold: leastBytes }] : [])),
    );
  },
});
