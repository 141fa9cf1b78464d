/**
 * Instances of a cluster, told from the pods and workloads that the cluster gatherers list anyway: this looks over their
 * shoulder and asks the API server for nothing.
 */
import { listAt, nameOf, namespaceOf, numberAt, objectAt, textAt } from '../../kube/read.ts';
import { DEPLOYMENTS, PODS, type Resource, STATEFUL_SETS } from '../../kube/resources.ts';
import { toVersion } from '../../wire/version.ts';
import { ownerOf } from '../cluster/workloads/owner.ts';
import type { Found, Member } from './instance.ts';
import type { ProductDefinition } from './product.ts';
import { type Recognised, recognise, type TemplateFacts } from './recognise.ts';

/** More are not kept: a site with so many has other questions first. */
const MOST_WORKLOADS = 1_000;
const MOST_PODS = 64;

interface Sighting {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly recognised: Recognised;
  readonly pods: Map<string, Member>;
  desired?: number | undefined;
}

export class ClusterSightings {
  readonly #products: readonly ProductDefinition[];
  readonly #sightings = new Map<string, Sighting>();
  #dropped = 0;
  #seesPods = false;

  constructor(products: readonly ProductDefinition[]) {
    this.#products = products;
  }

  /** For {@link Cluster.observe}. */
  see(resource: Resource, object: unknown): void {
    if (resource === PODS) this.#seePod(object);
    else if (resource === STATEFUL_SETS || resource === DEPLOYMENTS) this.#seeWorkload(resource === STATEFUL_SETS ? 'StatefulSet' : 'Deployment', object);
  }

  /** Whether pods were listed at all: without them nothing was looked for. */
  get complete(): boolean {
    return this.#seesPods;
  }
  get dropped(): number {
    return this.#dropped;
  }

  found(): Found[] {
    return [...this.#sightings.values()].map(({ namespace, kind, name, recognised, pods, desired }) => ({
      id: `${namespace}/${kind}/${name}`,
      product: recognised.definition.product,
      place: 'cluster',
      evidence: recognised.evidence,
      namespace,
      workload: name,
      version: toVersion(recognised.tag),
      desired,
      members: [...pods.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    }));
  }

  #seeWorkload(kind: string, object: unknown): void {
    const template = objectAt(object, 'spec', 'template');
    const owners = ownerKinds(object);
    const recognised = recognise({ ...templateFacts(template), owners }, this.#products);
    if (!recognised) return;
    const sighting = this.#sighting(namespaceOf(object), kind, nameOf(object), recognised);
    if (sighting) sighting.desired = numberAt(object, 'spec', 'replicas') ?? 1;
  }

  #seePod(pod: unknown): void {
    this.#seesPods = true;
    const phase = textAt(pod, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') return;
    const recognised = recognise({ ...templateFacts(pod), owners: ownerKinds(pod) }, this.#products);
    if (!recognised) return;
    const owner = ownerOf(pod);
    if (owner.kind === 'Job' || owner.kind === 'CronJob' || owner.name === undefined) return; // a client, not a server
    const kind = owner.kind === 'other' ? (ownerKinds(pod)[0]?.split('/').at(-1) ?? 'Pod') : owner.kind;
    const sighting = this.#sighting(namespaceOf(pod), kind, owner.name, recognised);
    const name = nameOf(pod);
    if (!sighting || (sighting.pods.size >= MOST_PODS && !sighting.pods.has(name))) return;
    const ip = textAt(pod, 'status', 'podIP');
    sighting.pods.set(name, {
      name,
      node: textAt(pod, 'spec', 'nodeName'),
      ready: listAt(pod, 'status', 'conditions').some((condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True'),
      address: ip === undefined ? undefined : { host: ip, port: portOf(templateFacts(pod), recognised.definition) },
    });
  }

  #sighting(namespace: string, kind: string, name: string, recognised: Recognised): Sighting | undefined {
    const key = `${namespace}/${kind}/${name}`;
    const known = this.#sightings.get(key);
    if (known) return known;
    if (this.#sightings.size >= MOST_WORKLOADS) {
      this.#dropped += 1;
      return undefined;
    }
    const made: Sighting = { namespace, kind, name, recognised, pods: new Map() };
    this.#sightings.set(key, made);
    return made;
  }
}

function templateFacts(template: unknown): Omit<TemplateFacts, 'owners'> {
  return {
    label: textAt(template, 'metadata', 'labels', 'app.kubernetes.io/name'),
    containers: listAt(template, 'spec', 'containers')
      .slice(0, 50)
      .map((container) => ({
        image: textAt(container, 'image') ?? '',
        ports: listAt(container, 'ports')
          .slice(0, 50)
          .flatMap((port) => numberAt(port, 'containerPort') ?? []),
      })),
  };
}
function ownerKinds(object: unknown): string[] {
  return listAt(object, 'metadata', 'ownerReferences')
    .slice(0, 10)
    .map((owner) => `${(textAt(owner, 'apiVersion') ?? '').split('/', 1)[0]}/${textAt(owner, 'kind') ?? ''}`);
}
/** A declared container port of the product, else the product's own. */
function portOf({ containers }: Omit<TemplateFacts, 'owners'>, { signature }: ProductDefinition): number {
  const declared = new Set(containers.flatMap(({ ports }) => ports));
  return signature.ports.find((port) => declared.has(port)) ?? signature.ports[0];
}
