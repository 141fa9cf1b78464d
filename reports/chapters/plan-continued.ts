import { groupByCheck } from '../findings.ts';
import { continuedPlan } from '../sections/remediation-plan.ts';
import type { Chapter } from './chapter.ts';

/** The plan's rows that do not stand beside the signatures, with the same room to write. */
export const planContinued: Chapter = {
  id: 'plan-continued',
  title: { zh: '附录：整改计划（续）', en: 'Appendix: remediation plan (continued)' },
  runsOn: true,
  write: (model, locale) => continuedPlan(model, groupByCheck(model), locale),
};
