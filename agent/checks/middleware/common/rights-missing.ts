import { defineCheck } from '../../check.ts';
import { above } from '../../levels.ts';
import { judgeInstances } from '../../middleware-rows.ts';

export const middlewareRightsMissing = defineCheck({
  id: 'middleware-rights-missing',
  area: 'middleware',
  group: 'configuration',
  title: { zh: '巡检账号缺少部分只读权限', en: 'Account of the inspection lacks rights to read' },
  why: { zh: '这部分没有检查到，可能藏着没人看见的问题。', en: 'That part was not looked at, and may hide troubles.' },
  remedy: {
    zh: '对照 docs/middleware 中该产品的最小权限清单为巡检账号补充授权；在此之前相关检查为“未知”。',
    en: 'Grant the account what the page of the product under docs/middleware lists; until then the checks concerned are unknown.',
  },
  severity: 'info',
  reads: ['middleware'],
  unit: 'count',
  threshold: { infoCount: 1 },
  source: 'practice: unknown checks need a way out',

  evaluate({ middleware: { rows } }, { infoCount }) {
    return judgeInstances(rows, ({ denied }) => above(denied, { info: infoCount }));
  },
});
