import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const rabbitmqDescriptorsHigh = defineCheck({
  id: 'rabbitmq-descriptors-high',
  area: 'middleware',
  product: 'rabbitmq',
  group: 'resources',
  title: { zh: 'RabbitMQ 文件描述符接近上限', en: 'RabbitMQ file descriptors close to the limit' },
  why: { zh: '用完后新连接被拒绝，队列也可能打不开文件。', en: 'Once they are exhausted, new connections are refused and queues may be unable to open their files.' },
  remedy: {
    zh: '执行 `rabbitmq-diagnostics status` 查看 File Descriptors；提高服务单元的 LimitNOFILE（生产建议 ≥ 65536）。',
    en: 'Run `rabbitmq-diagnostics status` and check File Descriptors; raise LimitNOFILE in the service unit (65536 or more is recommended in production).',
  },
  severity: 'warning',
  reads: ['middlewareRabbitmq'],
  unit: 'percent',
  threshold: { warningPercent: 80 },
  source: 'RabbitMQ cluster operator: FileDescriptorsNearLimit (80 %); not told by 4.1 and newer',

  evaluate({ middlewareRabbitmq: { members } }, { warningPercent }) {
    return judgeInstances(members, ({ descriptorsPercent }) => (descriptorsPercent === undefined ? 'other' : above(Math.floor(descriptorsPercent), { warning: warningPercent })));
  },
});
