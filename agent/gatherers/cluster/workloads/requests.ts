/** What a pod asks of its node, by the scheduler's rule. */
import { at, listAt, objectAt, quantity } from '../../../kube/read.ts';

/** CPU in cores, memory in bytes. */
export interface Amounts {
  readonly cpuRequest: number;
  readonly memoryRequest: number;
  readonly cpuLimit: number;
  readonly memoryLimit: number;
}

/**
 * max(containers + sidecars, each init container with the sidecars started before it) + overhead; a request of the whole pod wins.
 * Source: Kubernetes documentation, "Resource sharing within containers" and "Pod Overhead".
 */
export function amountsOf(spec: unknown): Amounts {
  const containers = listAt(spec, 'containers');
  const init = listAt(spec, 'initContainers');
  return {
    cpuRequest: total(spec, containers, init, 'requests', 'cpu'),
    memoryRequest: total(spec, containers, init, 'requests', 'memory'),
    cpuLimit: total(spec, containers, init, 'limits', 'cpu'),
    memoryLimit: total(spec, containers, init, 'limits', 'memory'),
  };
}

function total(spec: unknown, containers: readonly unknown[], init: readonly unknown[], side: 'requests' | 'limits', resource: 'cpu' | 'memory'): number {
  const overhead = quantity(at(spec, 'overhead', resource)) ?? 0;
  let sum = quantity(at(spec, 'resources', side, resource));
  if (sum === undefined) {
    let running = 0;
    for (const container of containers) running += amount(container, side, resource);
    let sidecars = 0;
    let peak = 0;
    for (const container of init) {
      const own = amount(container, side, resource);
      if (objectAt(container)['restartPolicy'] === 'Always') sidecars += own;
      peak = Math.max(peak, objectAt(container)['restartPolicy'] === 'Always' ? sidecars : sidecars + own);
    }
    sum = Math.max(running + sidecars, peak);
  }
  if (side === 'limits' && sum === 0) return 0; // no limit: the overhead limits nothing
  return sum + overhead;
}

function amount(container: unknown, side: 'requests' | 'limits', resource: 'cpu' | 'memory'): number {
  return quantity(at(container, 'resources', side, resource)) ?? 0;
}
