import { defineCheck, notApplicable, unknown } from '../../check.ts';
import { driftViolations } from '../../middleware-drift.ts';
import { reasonOfReach, wasRead } from '../../middleware-rows.ts';

export const middlewareMembersDiffer = defineCheck({
  id: 'middleware-members-differ',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '同一实例各成员的配置不一致', en: 'Configuration differs between members of one instance' },
  why: {
    zh: '主从切换后行为会变，例如容量变小、数据不落盘或连接被拒绝。',
    en: 'Behaviour may change after a failover: less capacity, data not flushed to disk or refused connections.',
  },
  remedy: {
    zh: '对象中 # 之后为配置项，| 与 # 之间为成员，当前值为少数成员的值，标准为多数成员的值。除有意的差异外统一到同一值，并写入配置文件。',
    en: 'In the object, the configuration key follows the # and the member stands between | and #; observed is the minority value and the limit is the majority value. Unless the difference is intended, set the same value on all members and in the configuration file.',
  },
  severity: 'warning',
  setup: true,
  reads: ['middleware', 'middlewareDrift', 'middlewareSettings'],
  unit: 'value',
  threshold: {},
  source: 'practice: whichever member takes over must behave as the one before',

  evaluate({ middleware, middlewareDrift: { rows }, middlewareSettings }) {
    const differing = driftViolations(rows, middlewareSettings.rows, 'members');
    if (differing.length > 0) return differing;
    const several = middleware.rows.filter(({ members }) => members > 1);
    const unread = several.find(({ reach }) => !wasRead(reach));
    if (unread) return unknown(reasonOfReach(unread.reach));
    return several.length === 0 ? notApplicable() : [];
  },
});
