/** What the program knows beside the store. Given by `bin/`: checks and tables of releases are no part of the collector. */
import type { CheckVerdict, GathererReport } from '../../agent/wire/inspection.ts';
import type { SomeSections } from '../../agent/wire/section-values.ts';
import type { LifecycleEntry } from '../../reports/facts/period.ts';
import type { ReportCheck } from '../../reports/model.ts';
import type { Inspected } from './period/inspected.ts';
import type { SystemLife } from './period/resources.ts';

export interface Knowledge {
  readonly checks: readonly ReportCheck[];
  /** Releases in use, with how many things run them. @param asOf Unix seconds */
  readonly lifecycles: (inUse: InUse, asOf: number) => readonly LifecycleEntry[];
  readonly systemLife: SystemLife;
  /** What the checks say of each middleware instance alone; an inspection says it of all of a product. @param now Unix seconds */
  readonly instanceVerdicts: (sections: SomeSections, gatherers: readonly GathererReport[], about: { readonly now: number; readonly host: string }) => readonly InstanceVerdicts[];
}
export interface InstanceVerdicts {
  readonly instance: string;
  readonly verdicts: readonly CheckVerdict[];
}
export interface InUse {
  readonly kubernetes: readonly string[];
  readonly systems: readonly NonNullable<SomeSections['os']>[];
  /** Each instance once, whoever saw it. */
  readonly middleware: readonly Pick<NonNullable<SomeSections['middleware']>['rows'][number], 'product' | 'version' | 'fork'>[];
}
export const NO_KNOWLEDGE: Knowledge = { checks: [], lifecycles: () => [], systemLife: () => undefined, instanceVerdicts: () => [] };

export function inUseOf(inspected: readonly Pick<Inspected, 'inspection'>[]): InUse {
  return inUseIn(inspected.map(({ inspection: { sections } }) => sections));
}
export function inUseIn(all: readonly SomeSections[]): InUse {
  return {
    kubernetes: all.flatMap(({ apiServer }) => apiServer?.version ?? []),
    systems: all.flatMap(({ os }) => os ?? []),
    middleware: [...new Map(all.flatMap(({ middleware }) => middleware?.rows ?? []).map((row) => [row.instance, row])).values()],
  };
}
