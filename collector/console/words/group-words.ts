/** Groups of facts, each of which a site may switch off as a whole. */
import type { Group, Text } from '../../../agent/wire/vocabulary.ts';

export const GROUP_WORDS: Readonly<Record<Group, Text>> = {
  inventory: { zh: '清单', en: 'inventory' },
  usage: { zh: '用量', en: 'usage' },
  configuration: { zh: '配置', en: 'configuration' },
  'log-counts': { zh: '日志计数', en: 'counts in logs' },
  certificates: { zh: '证书', en: 'certificates' },
  workloads: { zh: '工作负载', en: 'workloads' },
  security: { zh: '安全', en: 'security' },
  result: { zh: '结果', en: 'results' },
};
