import { type Json, nameOf, namespaceOf, numberAt } from '../../../kube/read.ts';
import { listing, METALLB_BGP_ADVERTISEMENTS, METALLB_L2_ADVERTISEMENTS, METALLB_POOLS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { NotableRows } from './notable-rows.ts';

type Row = Sections['loadBalancerPools']['rows'][number];

/** MetalLB tells the counts of a pool from 0.15 on; dual-stack pools are as full as their fuller family. */
export function toPoolRow(pool: Json): Row {
  const families = (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const assigned = numberAt(pool, 'status', `assigned${family}`);
    const available = numberAt(pool, 'status', `available${family}`);
    return assigned === undefined || available === undefined || assigned + available === 0 ? [] : [{ assigned, available }];
  });
  const [fullest] = families.sort((a, b) => a.available / (a.assigned + a.available) - b.available / (b.assigned + b.available));
  return { namespace: namespaceOf(pool), name: nameOf(pool), ...fullest };
}

export const loadBalancerPools = clusterGatherer({
  section: 'loadBalancerPools',
  needs: [METALLB_POOLS, METALLB_L2_ADVERTISEMENTS, METALLB_BGP_ADVERTISEMENTS].map(listing),
  deadlineMs: 30_000,

  async gather(cluster, signal) {
    const rows = new NotableRows<Row>(200);
    let total = 0;
    for await (const item of cluster.list(METALLB_POOLS, signal)) {
      total += 1;
      rows.add(toPoolRow(item), true);
    }
    let advertisements = 0;
    for (const resource of [METALLB_L2_ADVERTISEMENTS, METALLB_BGP_ADVERTISEMENTS]) {
      if ((await cluster.servedVersion(resource, signal)) === undefined) continue;
      for await (const _ of cluster.list(resource, signal)) advertisements += 1;
    }
    return { total, advertisements, dropped: rows.dropped, rows: rows.rows };
  },
});
