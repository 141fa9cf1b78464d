import { type Json, listAt, nameOf, namespaceOf } from '../../../kube/read.ts';
import { GATEWAY_CLASSES, GATEWAYS, HTTP_ROUTES, listing } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { conditionIn, conditionOf, createdAtOf } from './api-object.ts';
import { NotableRows } from './notable-rows.ts';

type Row = Sections['gateways']['rows'][number];

function isTrue(object: unknown, ...types: readonly string[]): boolean {
  return types.some((type) => conditionOf(object, type)?.status === 'True');
}

/** What is wrong with a Gateway; before 1.0 of the API the conditions were called `Scheduled` and `Ready`. */
export function gatewayProblem(gateway: unknown): Row['problem'] | undefined {
  if (!isTrue(gateway, 'Accepted', 'Scheduled')) return 'not-accepted';
  if (!isTrue(gateway, 'Programmed', 'Ready')) return 'not-programmed';
  const unresolved = listAt(gateway, 'status', 'listeners').some((listener) => conditionIn(listAt(listener, 'conditions'), 'ResolvedRefs')?.status === 'False');
  return unresolved ? 'references-unresolved' : undefined;
}
/** What is wrong with a route: it must be accepted by each parent that answered, and by one at least. */
export function routeProblem(route: unknown): Row['problem'] | undefined {
  const parents = listAt(route, 'status', 'parents').map((parent) => listAt(parent, 'conditions'));
  if (parents.length === 0 || parents.some((conditions) => conditionIn(conditions, 'Accepted')?.status !== 'True')) return 'not-accepted';
  return parents.some((conditions) => conditionIn(conditions, 'ResolvedRefs')?.status === 'False') ? 'references-unresolved' : undefined;
}

export const gateways = clusterGatherer({
  section: 'gateways',
  needs: [GATEWAY_CLASSES, GATEWAYS, HTTP_ROUTES].map(listing),
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    const rows = new NotableRows<Row>(1_000);
    const add = (kind: Row['kind'], item: Json, problem: Row['problem'] | undefined): void => {
      const namespace = namespaceOf(item);
      if (problem) rows.add({ kind, ...(namespace !== '' && { namespace }), name: nameOf(item), problem, createdAt: createdAtOf(item) }, kind !== 'HTTPRoute');
    };
    const counts = { classes: 0, gateways: 0, routes: 0 };
    for await (const item of cluster.list(GATEWAY_CLASSES, signal)) {
      counts.classes += 1;
      add('GatewayClass', item, isTrue(item, 'Accepted', 'Admitted') ? undefined : 'not-accepted');
    }
    for await (const item of cluster.list(GATEWAYS, signal)) {
      counts.gateways += 1;
      add('Gateway', item, gatewayProblem(item));
    }
    if ((await cluster.servedVersion(HTTP_ROUTES, signal)) !== undefined) {
      for await (const item of cluster.list(HTTP_ROUTES, signal)) {
        counts.routes += 1;
        add('HTTPRoute', item, routeProblem(item));
      }
    }
    return { ...counts, dropped: rows.dropped, rows: rows.rows };
  },
});
