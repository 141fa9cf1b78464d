/** Groups of facts, each of which a site may switch off as a whole. */
import { SECTIONS } from '../../../agent/wire/registry.ts';
import { GROUPS, type Group, type Text } from '../../../agent/wire/vocabulary.ts';

/** Those that hold fields: switching another one off would change nothing. */
export const FILLED_GROUPS: readonly Group[] = GROUPS.filter((group) => Object.values(SECTIONS).some((section) => section.group === group));

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
