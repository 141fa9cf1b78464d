import { defineCheck, notApplicable } from '../../check.ts';
import { driftViolations } from '../../middleware-drift.ts';

export const middlewareConfigDrift = defineCheck({
  id: 'middleware-config-drift',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件配置偏离已批准的基线', en: 'Middleware configuration moved away from the approved baseline' },
  remedy: {
    zh: '在报告的配置偏离表中查看配置项、批准值与现值；确认变更有审批记录后执行 `xunjian baseline approve`，否则恢复原值。',
    en: 'See the table of differences for key, approved value and value now; if the change was approved run `xunjian baseline approve`, otherwise restore the value.',
  },
  severity: 'warning',
  reads: ['middlewareDrift'],
  unit: 'count',
  threshold: {},
  source: 'checks.md mw.common.config-drift',

  evaluate({ middlewareDrift: { rows, approved } }) {
    if (approved.length === 0) return notApplicable();
    return driftViolations(rows, 'baseline');
  },
});
