/** What the checks of middleware say of each instance alone: reports list instances, verdicts are about all of them together. Pure. */
import type { CheckVerdict, GathererReport } from '../wire/inspection.ts';
import type { SectionName, SomeSections } from '../wire/section-values.ts';
import type { Domain } from '../wire/vocabulary.ts';
import type { Check, CheckContext } from './check.ts';
import { runChecks } from './run.ts';
import type { CheckSettings } from './settings.ts';

export interface InstanceVerdicts {
  readonly instance: string;
  readonly verdicts: readonly CheckVerdict[];
}
/** More instances than this are judged together only. */
const MOST_INSTANCES = 50;

export function verdictsByInstance(
  checks: readonly Check[],
  sections: SomeSections,
  reports: readonly GathererReport[],
  domains: ReadonlySet<Domain>,
  context: CheckContext,
  settings: CheckSettings | undefined,
): readonly InstanceVerdicts[] {
  const rows = sections.middleware?.rows ?? [];
  if (rows.length > MOST_INSTANCES) return [];
  return rows.map(({ instance, product }) => {
    const own = checks.filter((check) => check.area === 'middleware' && (check.product === undefined || check.product === product));
    return { instance, verdicts: runChecks(own, sectionsOf(instance, sections), reports, domains, context, settings).verdicts };
  });
}

/** Middleware sections with the rows of one instance; others as they are. */
function sectionsOf(instance: string, sections: SomeSections): SomeSections {
  const out: Partial<Record<SectionName, unknown>> = {};
  for (const [name, section] of Object.entries(sections) as [SectionName, Readonly<Record<string, unknown>>][]) // keys of sections are their names
    out[name] = name.startsWith('middleware')
      ? Object.fromEntries(Object.entries(section).map(([key, value]) => [key, Array.isArray(value) ? value.filter((row) => isOf(row, instance)) : value]))
      : section;
  return out as SomeSections; // rows were only left out
}
function isOf(row: unknown, instance: string): boolean {
  return typeof row !== 'object' || row === null || !('instance' in row) || row.instance === instance;
}
