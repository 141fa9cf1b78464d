/** Which persistent volume claims running pods mount, to tell those that nobody does: their space is paid for and not used. */
import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, objectAt, textAt } from '../../../kube/read.ts';
import { PERSISTENT_VOLUME_CLAIMS } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import { POD_SECTIONS } from '../../../wire/sections/cluster/workloads-pods.ts';
import { createdAt } from './pod-facts.ts';
import { sideList } from './side-list.ts';

type Unmounted = Pick<Sections['pods'], 'unmountedClaims' | 'unmountedClaimsDropped'>;
type Row = NonNullable<Unmounted['unmountedClaims']>[number];

/** Names kept; about 100 bytes each. With more of them nothing is said. */
const MOST_NAMES = 30_000;
const { cap: CAP } = POD_SECTIONS.pods.fields.unmountedClaims;

export class MountedClaims {
  readonly #names = new Set<string>();
  #isFull = false;

  /** @param spec of a pod that has not ended */
  add(namespace: string, pod: string, spec: Json): void {
    for (const volume of listAt(spec, 'volumes')) {
      // The claim of a generic ephemeral volume is named after its pod.
      const claim = textAt(volume, 'persistentVolumeClaim', 'claimName') ?? (objectAt(volume)['ephemeral'] === undefined ? undefined : `${pod}-${textAt(volume, 'name')}`);
      if (claim === undefined) continue;
      if (this.#names.size >= MOST_NAMES) this.#isFull = true;
      else this.#names.add(`${namespace}/${claim}`);
    }
  }

  /** Bound claims that none of the pods mounts, oldest first; nothing when claims may not be read or there were too many to remember. */
  async unmounted(cluster: Cluster, signal: AbortSignal): Promise<Unmounted> {
    if (this.#isFull) return {};
    const rows: Row[] = [];
    let count = 0;
    const found = await sideList(true, async () => {
      for await (const claim of cluster.list(PERSISTENT_VOLUME_CLAIMS, signal)) {
        const namespace = namespaceOf(claim);
        if (textAt(claim, 'status', 'phase') !== 'Bound' || this.#names.has(`${namespace}/${nameOf(claim)}`)) continue;
        count += 1;
        if (rows.length < CAP) rows.push({ namespace, name: nameOf(claim), createdAt: createdAt(claim, cluster.now()) });
      }
      return true;
    });
    return found === undefined ? {} : { unmountedClaims: rows.toSorted((one, other) => one.createdAt - other.createdAt), unmountedClaimsDropped: count - rows.length };
  }
}
