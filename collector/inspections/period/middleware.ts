/** Middleware instances of all inspections, each with its items as its own inspection told them. Pure. */
import type { Fact, Rows } from '../../../reports/facts/fact.ts';
import type { MiddlewareInstance } from '../../../reports/facts/middleware.ts';
import type { WireInspection } from '../../ingest/wire-inspection.ts';
import type { Knowledge } from '../knowledge.ts';
import { middlewareFactsOf } from '../middleware-facts.ts';
import { compare } from './inspected.ts';

export interface Told {
  readonly machine: string;
  readonly inspection: WireInspection;
}

/** Instances that two agents see are one: the one that was told more of counts. */
export function middlewareOf(told: readonly Told[], { checks, instanceVerdicts }: Pick<Knowledge, 'checks' | 'instanceVerdicts'>): Fact<Rows<MiddlewareInstance>> {
  const rows = new Map<string, MiddlewareInstance>();
  let dropped = 0;
  let missing: Fact<never> = { missing: 'not-gathered' };
  for (const { machine, inspection } of told) {
    const { sections, gatherers, takenAt: now } = inspection;
    if (!gatherers.some(({ section }) => section === 'middleware')) continue;
    const fact = middlewareFactsOf({ ...inspection, checkTexts: checks, instanceVerdicts: sections.middleware && instanceVerdicts(sections, gatherers, { now, host: machine }) });
    if ('missing' in fact) missing = fact;
    else {
      dropped += fact.value.total - fact.value.rows.length;
      for (const row of fact.value.rows) {
        const key = `${row.product} ${row.namespace ?? ''} ${row.node ?? ''} ${row.name}`;
        const known = rows.get(key);
        if (known === undefined || row.items.length > known.items.length) rows.set(key, row);
      }
    }
  }
  if (rows.size === 0 && !told.some(({ inspection }) => inspection.sections.middleware)) return missing;
  return { value: { rows: [...rows.values()].toSorted((one, other) => compare(one.product, other.product) || compare(one.name, other.name)), total: rows.size + dropped } };
}
