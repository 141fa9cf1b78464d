/** Finds workloads whose replicas all run on one node although nothing tells them to. */
import { listAt } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { POD_SECTIONS } from '../../../wire/sections/cluster/workloads-pods.ts';
import { isSystemNamespace } from '../../../wire/well-known.ts';
import type { Owner } from './owner.ts';

type Row = Sections['pods']['colocated'][number];

/** Workloads that are looked at; 120 bytes each. */
const MOST_OWNERS = 20_000;
const { cap: CAP } = POD_SECTIONS.pods.fields.colocated;

interface Seen {
  readonly namespace: string;
  readonly owner: Owner;
  readonly node: string;
  pods: number;
  together: boolean;
}

export class Colocation {
  readonly #seen = new Map<string, Seen>();
  /** Pods whose owners were not looked at. */
  dropped = 0;

  /** Takes one ready pod. Only kinds whose replicas stand in for one another count. */
  add(namespace: string, owner: Owner, node: string, spec: unknown): void {
    if (owner.name === undefined || (owner.kind !== 'Deployment' && owner.kind !== 'StatefulSet' && owner.kind !== 'ReplicaSet')) return;
    const key = `${owner.kind}/${namespace}/${owner.name}`;
    const seen = this.#seen.get(key);
    if (seen) {
      seen.pods += 1;
      if (seen.node !== node) seen.together = false;
    } else if (this.#seen.size < MOST_OWNERS) this.#seen.set(key, { namespace, owner, node, pods: 1, together: !isToldToSpread(spec) });
    else this.dropped += 1;
  }

  /** Workloads with two replicas or more, all on one node, the largest first. */
  rows(): readonly Row[] {
    const rows: Row[] = [];
    for (const { namespace, owner, node, pods, together } of this.#seen.values()) {
      if (together && pods > 1 && owner.name !== undefined) rows.push({ namespace, kind: owner.kind, name: owner.name, system: isSystemNamespace(namespace), node, pods });
    }
    return rows.sort((a, b) => b.pods - a.pods).slice(0, CAP);
  }
}

/** Whether a pod spec has topology spread constraints or pod anti-affinity, required or preferred. */
export function isToldToSpread(spec: unknown): boolean {
  return (
    listAt(spec, 'topologySpreadConstraints').length > 0 ||
    listAt(spec, 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution').length > 0 ||
    listAt(spec, 'affinity', 'podAntiAffinity', 'preferredDuringSchedulingIgnoredDuringExecution').length > 0
  );
}
