import { defineCheck, notApplicable } from '../../check.ts';
import { driftViolations } from '../../middleware-drift.ts';

export const middlewareConfigDrift = defineCheck({
  id: 'middleware-config-drift',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '中间件配置偏离已批准的基线', en: 'Middleware configuration drifted from approved baseline' },
  why: {
    zh: '有人改动了已批准的设置：性能、安全或高可用可能与设计不符，扩容和恢复也会不一致。',
    en: 'Approved settings were changed: performance, security or high availability may no longer be as designed, and scaling or recovery may differ.',
  },
  remedy: {
    zh: '对象中 # 之后为配置项（| 与 # 之间为成员，没有则为全部成员），当前值与标准分别为现值与批准值。确认变更有审批记录后执行 `xunjian baseline approve` 或更新配置 middleware.baselines，否则恢复原值。',
    en: 'In the object, the configuration key follows the # (a member, if given, stands between | and #; otherwise it applies to all members); observed is the current value and the limit is the approved value. If the change was approved, run `xunjian baseline approve` or update middleware.baselines in the configuration; otherwise restore the value.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middlewareDrift', 'middlewareSettings'],
  unit: 'value',
  threshold: {},
  source: 'practice: what differs from the approved baseline was changed without approval, or the baseline is out of date',

  evaluate({ middlewareDrift: { rows, approved }, middlewareSettings }) {
    if (approved.length === 0) return notApplicable();
    return driftViolations(rows, middlewareSettings.rows, 'baseline');
  },
});
