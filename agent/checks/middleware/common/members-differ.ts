import { defineCheck, notApplicable, unknown } from '../../check.ts';
import { driftViolations } from '../../middleware-drift.ts';
import { reasonOfReach, wasRead } from '../../middleware-rows.ts';

export const middlewareMembersDiffer = defineCheck({
  id: 'middleware-members-differ',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '同一实例各成员的配置不一致', en: 'Members of one instance are configured differently' },
  why: { zh: '主从切换后行为会变，例如容量变小、数据不落盘或连接被拒绝。', en: 'After a fail-over it behaves differently: less room, weaker durability or refused connections.' },
  remedy: {
    zh: '对象中 # 之后为配置项，| 与 # 之间为成员，当前值为少数成员的值，标准为多数成员的值。除有意的差异外统一到同一值，并写入配置文件。',
    en: 'The key stands after the # of the object, the member between | and #; observed is what the fewer members have, the limit what most have. Unless it is meant, set the same value on all, in the configuration file as well.',
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
