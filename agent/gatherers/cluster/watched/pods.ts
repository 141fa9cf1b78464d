/**
 * Section `pods` from a watch. A healthy pod costs its uid and a reference to counts that it shares with all pods in the
 * same state; rows are kept of notable pods only, so making the section costs what is wrong, not what there is.
 */
import type { Json } from '../../../kube/read.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { POD_SECTIONS } from '../../../wire/sections/cluster/workloads-pods.ts';
import { Notable } from '../workloads/notable.ts';
import { type CountedPod, factsOf, POD_RANKS, PodCounts, type PodRow, rankOf } from '../workloads/pod-facts.ts';
import { Held } from './held.ts';

interface HeldPod {
  readonly counted: CountedPod;
  readonly row: PodRow | undefined;
}
/** States of pods that are shared; beyond them each pod has its own. */
const MOST_SHARED = 10_000;
const { cap: CAP } = POD_SECTIONS.pods.fields.abnormal;

export class WatchedPods {
  readonly held: Held<HeldPod>;
  readonly #now: () => number;
  readonly #counts = new PodCounts();
  readonly #rows = new Map<string, PodRow>();
  readonly #shared = new Map<string, HeldPod>();

  /** @param now Unix seconds */
  constructor(now: () => number) {
    this.#now = now;
    this.held = new Held<HeldPod>(
      (pod) => this.#project(pod),
      (key, before, after) => {
        if (before) this.#counts.remove(before.counted);
        if (after) this.#counts.add(after.counted);
        if (after?.row) this.#rows.set(key, after.row);
        else this.#rows.delete(key);
      },
    );
  }

  /** What fast checks read: counts and abnormal pods. Loads of nodes and namespaces are the inspection's. */
  section(): Sections['pods'] {
    const now = this.#now();
    const abnormal = new Notable<PodRow>(CAP, POD_RANKS);
    for (const [key, row] of this.#rows) {
      const rank = rankOf(row, now);
      if (rank !== undefined) abnormal.add(row, rank);
      else if (row.deletedAt === undefined) this.#rows.delete(key); // it has been well for a day; only an event makes it notable again
    }
    return {
      ...this.#counts.fields,
      dropped: abnormal.dropped,
      abnormal: abnormal.rows(),
      byNode: [],
      nodesDropped: 0,
      byNamespace: [],
      namespacesDropped: 0,
      naked: [],
      nakedDropped: 0,
      templates: [],
      templatesDropped: 0,
      colocated: [],
      ownersDropped: 0,
    };
  }

  #project(pod: Json): HeldPod {
    const { counted, row } = factsOf(pod, this.#now());
    if (row) return { counted, row };
    const key = `${counted.phase}/${counted.ready}/${counted.placed}/${counted.restarts}/${counted.waiting}/${counted.failure}`;
    const known = this.#shared.get(key);
    if (known) return known;
    const held = { counted, row: undefined };
    if (this.#shared.size < MOST_SHARED) this.#shared.set(key, held);
    return held;
  }
}
