/** Names of the things that pod templates refer to, to tell references that lead nowhere. ConfigMaps and Secrets may not be read. */
import type { Cluster } from '../../../kube/cluster.ts';
import { type Json, listAt, nameOf, namespaceOf, objectAt, textAt } from '../../../kube/read.ts';
import { PERSISTENT_VOLUME_CLAIMS, PRIORITY_CLASSES, type Resource, RUNTIME_CLASSES, SERVICE_ACCOUNTS } from '../../../kube/resources.ts';
import type { REFERENCES } from '../../../wire/sections/cluster/workloads-templates.ts';
import { sideList } from './side-list.ts';

type Reference = (typeof REFERENCES)[number];

/** Names kept per kind; about 100 bytes each. With more of them that kind is not checked. */
const MOST_NAMES = 30_000;
/** Classes that the API server always has. */
const BUILT_IN_PRIORITIES = ['system-cluster-critical', 'system-node-critical'];

export const REFERENCED: Readonly<Record<Reference, Resource>> = {
  'service-account': SERVICE_ACCOUNTS,
  claim: PERSISTENT_VOLUME_CLAIMS,
  'priority-class': PRIORITY_CLASSES,
  'runtime-class': RUNTIME_CLASSES,
};

export class References {
  /** Existing names (`namespace/name`) by kind; a kind that could not be read completely is left out. */
  readonly #names = new Map<Reference, ReadonlySet<string>>();
  /** Service accounts whose token is not mounted unless a pod asks for it. */
  readonly #withoutToken = new Set<string>();

  /** Reads the names; one kind after the other, to be no burden. */
  static async read(cluster: Cluster, signal: AbortSignal): Promise<References> {
    const references = new References();
    for (const [kind, resource] of Object.entries(REFERENCED) as [Reference, Resource][]) {
      const names = await sideList<ReadonlySet<string> | undefined>(undefined, () => references.#namesOf(cluster, kind, resource, signal));
      if (names) references.#names.set(kind, names);
    }
    return references;
  }

  /** Kinds that {@link missing} can answer for. */
  get checked(): readonly Reference[] {
    return [...this.#names.keys()];
  }

  /** Kinds that the spec refers to without there being such a thing. */
  missing(namespace: string, spec: Json): readonly Reference[] {
    const account = textAt(spec, 'serviceAccountName');
    const claims = listAt(spec, 'volumes').map((volume) => textAt(volume, 'persistentVolumeClaim', 'claimName'));
    const wanted: readonly (readonly [Reference, readonly (string | undefined)[]])[] = [
      ['service-account', [account && `${namespace}/${account}`]],
      ['claim', claims.map((claim) => claim && `${namespace}/${claim}`)],
      ['priority-class', [textAt(spec, 'priorityClassName')]],
      ['runtime-class', [textAt(spec, 'runtimeClassName')]],
    ];
    return wanted.flatMap(([kind, keys]) => {
      const names = this.#names.get(kind);
      return names && keys.some((key) => key && !names.has(key)) ? [kind] : [];
    });
  }

  /** Whether the service account token ends up in the pod; `undefined` when only the account could tell and it is not known. */
  mountsToken(namespace: string, spec: Json): boolean | undefined {
    const own = objectAt(spec)['automountServiceAccountToken'];
    if (typeof own === 'boolean') return own;
    const account = textAt(spec, 'serviceAccountName') ?? textAt(spec, 'serviceAccount') ?? 'default';
    return this.#names.has('service-account') ? !this.#withoutToken.has(`${namespace}/${account === '' ? 'default' : account}`) : undefined;
  }

  async #namesOf(cluster: Cluster, kind: Reference, resource: Resource, signal: AbortSignal): Promise<ReadonlySet<string> | undefined> {
    const names = new Set<string>(kind === 'priority-class' ? BUILT_IN_PRIORITIES : []);
    for await (const object of cluster.list(resource, signal)) {
      const namespace = namespaceOf(object);
      const key = namespace === '' ? nameOf(object) : `${namespace}/${nameOf(object)}`;
      if (names.size >= MOST_NAMES) return undefined;
      names.add(key);
      if (kind === 'service-account' && object['automountServiceAccountToken'] === false) this.#withoutToken.add(key);
    }
    return names;
  }
}
