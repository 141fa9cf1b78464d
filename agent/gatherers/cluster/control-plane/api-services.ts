import { at, boolAt, type Json, listAt, nameOf, textAt, timeAt } from '../../../kube/read.ts';
import { API_SERVICES, following } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { API_SERVICE_REASONS } from '../../../wire/sections/cluster/control-plane-extensions.ts';
import { clusterGatherer } from '../../gatherer.ts';

type Row = Sections['apiServices']['rows'][number];
export const API_SERVICES_CAP = 500;

/** The row of an API that is not available, `undefined` when it is. */
export function parseUnavailable(item: Json): Row | undefined {
  const condition = listAt(item, 'status', 'conditions').find((candidate) => textAt(candidate, 'type') === 'Available');
  const status = textAt(condition, 'status');
  if (status === 'True') return undefined;
  const reason = textAt(condition, 'reason');
  return {
    name: nameOf(item),
    available: status === 'False' ? 'false' : 'unknown',
    since: timeAt(condition, 'lastTransitionTime') ?? timeAt(item, 'metadata', 'creationTimestamp'),
    reason: API_SERVICE_REASONS.find((known) => known === reason) ?? 'other',
  };
}

export interface ApiServiceFacts {
  /** Served by something behind a service, not by the API server itself. */
  readonly aggregated: boolean;
  readonly insecure: boolean;
  readonly row: Row | undefined;
}
/** What one registered API adds to the section. */
export function apiServiceFacts(item: Json): ApiServiceFacts {
  const aggregated = textAt(at(item, 'spec', 'service'), 'name') !== undefined;
  return { aggregated, insecure: aggregated && boolAt(item, 'spec', 'insecureSkipTLSVerify') === true, row: parseUnavailable(item) };
}

export const apiServices = clusterGatherer({
  section: 'apiServices',
  needs: [following(API_SERVICES)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const rows: Row[] = [];
    let total = 0;
    let aggregated = 0;
    let insecure = 0;
    let unavailable = 0;
    for await (const item of cluster.list(API_SERVICES, signal)) {
      total += 1;
      const facts = apiServiceFacts(item);
      if (facts.aggregated) aggregated += 1;
      if (facts.insecure) insecure += 1;
      const { row } = facts;
      if (!row) continue;
      unavailable += 1;
      if (rows.length < API_SERVICES_CAP) rows.push(row);
    }
    return { total, aggregated, insecure, dropped: unavailable - rows.length, rows };
  },
});
