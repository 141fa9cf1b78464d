import { at, boolAt, type Json, listAt, nameOf, textAt, timeAt } from '../../../kube/read.ts';
import { API_SERVICES, listing } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { API_SERVICE_REASONS } from '../../../wire/sections/cluster/control-plane-extensions.ts';
import { clusterGatherer } from '../../gatherer.ts';

type Row = Sections['apiServices']['rows'][number];
const CAP = 500;

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

export const apiServices = clusterGatherer({
  section: 'apiServices',
  needs: [listing(API_SERVICES)],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const rows: Row[] = [];
    let total = 0;
    let aggregated = 0;
    let insecure = 0;
    let unavailable = 0;
    for await (const item of cluster.list(API_SERVICES, signal)) {
      total += 1;
      if (textAt(at(item, 'spec', 'service'), 'name') !== undefined) {
        aggregated += 1;
        if (boolAt(item, 'spec', 'insecureSkipTLSVerify') === true) insecure += 1;
      }
      const row = parseUnavailable(item);
      if (!row) continue;
      unavailable += 1;
      if (rows.length < CAP) rows.push(row);
    }
    return { total, aggregated, insecure, dropped: unavailable - rows.length, rows };
  },
});
