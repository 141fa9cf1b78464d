import { defineCheck } from '../../check.ts';
import { driftViolations } from '../../middleware-drift.ts';

export const middlewareMembersDiffer = defineCheck({
  id: 'middleware-members-differ',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '同一实例各成员的配置不一致', en: 'Members of one instance are configured differently' },
  remedy: {
    zh: '在报告的配置偏离表中查看不一致的配置项与成员；除有意的差异外统一到同一值，并写入配置文件。',
    en: 'See the table of differences for the keys and members; unless it is meant, set the same value on all, in the configuration file as well.',
  },
  severity: 'warning',
  reads: ['middlewareDrift'],
  unit: 'count',
  threshold: {},
  source: 'checks.md mw.common.config-drift (between members)',

  evaluate({ middlewareDrift: { rows } }) {
    return driftViolations(rows, 'members');
  },
});
