import { at, type Json, millicores, nameOf, quantity, timeAt } from '../../../kube/read.ts';
import { NODE_METRICS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { AbsentError, clusterGatherer } from '../../gatherer.ts';

type Usage = Sections['nodeUsage']['rows'][number];
const CAP = 5_000;

/** `undefined` when a value is missing: metrics-server leaves nodes out that it could not scrape. */
export function parseNodeUsage(item: Json): Usage | undefined {
  const cpuMillicores = millicores(at(item, 'usage', 'cpu'));
  const memoryBytes = quantity(at(item, 'usage', 'memory'));
  const node = nameOf(item);
  return cpuMillicores === undefined || memoryBytes === undefined || node === '' ? undefined : { node, cpuMillicores, memoryBytes };
}

export const nodeUsage = clusterGatherer({
  section: 'nodeUsage',
  needs: [{ api: 'nodes', group: 'metrics.k8s.io', verbs: ['list'] }],
  deadlineMs: 60_000,

  async gather(cluster, signal) {
    if ((await cluster.servedVersion(NODE_METRICS, signal)) === undefined) throw new AbsentError('not-in-use');
    const rows: Usage[] = [];
    let total = 0;
    let oldestAt: number | undefined;
    for await (const item of cluster.list(NODE_METRICS, signal)) {
      const usage = parseNodeUsage(item);
      if (!usage) continue;
      total += 1;
      oldestAt = Math.min(oldestAt ?? Number.MAX_SAFE_INTEGER, timeAt(item, 'timestamp') ?? Number.MAX_SAFE_INTEGER);
      if (rows.length < CAP) rows.push(usage);
    }
    return { total, dropped: total - rows.length, oldestAt: oldestAt === Number.MAX_SAFE_INTEGER ? undefined : oldestAt, rows };
  },
});
