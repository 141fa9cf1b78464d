/** What workloads ask for, or use, added up pod by pod: nothing of a pod is kept. */
import type { Owner } from './owner.ts';

/** Workloads that are added up before the largest are chosen; 150 bytes each. */
const MOST_WORKLOADS = 20_000;
/** A core weighs as much as so much memory: the usual proportion of a machine (4 GiB a core). */
const BYTES_PER_CORE = 4 * 2 ** 30;

export interface WorkloadLoad {
  readonly namespace: string;
  readonly kind: Owner['kind'];
  readonly name: string;
  pods: number;
  /** Cores. */
  cpu: number;
  /** Bytes. */
  memory: number;
}

export class WorkloadLoads {
  readonly #loads = new Map<string, WorkloadLoad>();
  /** Pods whose workload was not added up, because of the bound. */
  #dropped = 0;

  /** Static pods and those that nothing owns belong to no workload. */
  add(namespace: string, { kind, name }: Owner, cpu: number, memory: number): void {
    if (name === undefined) return;
    const key = `${kind}/${namespace}/${name}`;
    const load = this.#loads.get(key);
    if (load) {
      load.pods += 1;
      load.cpu += cpu;
      load.memory += memory;
    } else if (this.#loads.size < MOST_WORKLOADS) this.#loads.set(key, { namespace, kind, name, pods: 1, cpu, memory });
    else this.#dropped += 1;
  }

  /** The largest, and how many workloads are not among them. */
  largest(most: number): { readonly rows: readonly WorkloadLoad[]; readonly dropped: number } {
    const rows = [...this.#loads.values()].sort((one, other) => weight(other) - weight(one));
    return { rows: rows.slice(0, most), dropped: this.#dropped + Math.max(0, rows.length - most) };
  }
}
function weight({ cpu, memory }: WorkloadLoad): number {
  return cpu + memory / BYTES_PER_CORE;
}
