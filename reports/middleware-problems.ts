/** What is wrong with middleware and the machines below it: counted in the conclusion and listed with its advice from the same rows. */
import type { Area, Severity } from '../agent/wire/vocabulary.ts';
import { type FindingGroup, groupByCheck } from './findings.ts';
import { type InstanceItem, itemsOf, together } from './lists/middleware.ts';
import type { ReportModel } from './model.ts';
import { known, SEVERITY_RANK } from './model.ts';
import { areItems, isMiddleware } from './sections/middleware-findings.ts';

/** Parts of the machine that a middleware report looks at: the groups ① and ② and the system's own log. */
export const PLATFORM_AREAS: readonly Area[] = ['os'];
export const RESOURCE_AREAS: readonly Area[] = ['host', 'disk', 'link'];
export const SYSTEM_AREAS: readonly Area[] = ['service'];
const MACHINE_AREAS: readonly Area[] = [...PLATFORM_AREAS, ...RESOURCE_AREAS, ...SYSTEM_AREAS];

export interface MiddlewareProblems {
  /** Failing items of instances, worst first; what several instances have alike is one. */
  readonly items: readonly InstanceItem[];
  /** Of checks of middleware that no instance tells as its own. */
  readonly checks: readonly FindingGroup[];
  readonly machine: readonly FindingGroup[];
}
export function middlewareProblems(model: ReportModel): MiddlewareProblems {
  const groups = groupByCheck(model);
  const failed = (known(model.middleware)?.rows ?? []).flatMap((instance) =>
    itemsOf(instance)
      .filter(({ verdict }) => verdict === 'fail')
      .map((item) => ({ instance, item })),
  );
  return {
    items: together(failed.toSorted((a, b) => SEVERITY_RANK[a.item.severity] - SEVERITY_RANK[b.item.severity])),
    checks: areItems(model) ? [] : groups.filter(isMiddleware),
    machine: groups.filter(({ area }) => MACHINE_AREAS.includes(area)),
  };
}
/** Kinds of problem of one severity: as many as the list of problems has rows and headings of it. */
export function countProblems({ items, checks, machine }: MiddlewareProblems, severity: Severity): number {
  return items.filter(({ item }) => item.severity === severity).length + [...checks, ...machine].filter((group) => group.severity === severity).length;
}
