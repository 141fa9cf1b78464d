/**
 * Instances of a cluster, told from the pods and workloads that the cluster gatherers list anyway: this looks over their
 * shoulder and asks the API server for nothing.
 */
import { listAt, nameOf, namespaceOf, numberAt, objectAt, textAt } from '../../kube/read.ts';
import { DAEMON_SETS, DEPLOYMENTS, PODS, type Resource, STATEFUL_SETS } from '../../kube/resources.ts';
import { ownerOf } from '../cluster/workloads/owner.ts';
import { foundOf, type Sighting } from './cluster-groups.ts';
import type { Found, Member } from './instance.ts';
import type { Operated } from './operators.ts';
import type { ProductDefinition } from './product.ts';
import { ImageMemory, type Recognised, recognise, type TemplateFacts } from './recognise.ts';

/** More are not kept: a site with so many has other questions first. */
const MOST_WORKLOADS = 1_000;
const MOST_PODS = 64;
/** Pods of StatefulSets that say nothing themselves, kept until their workload was seen: an operator may own it. */
const MOST_WAITING = 4_000;
const WORKLOADS = new Map<Resource, string>([
  [STATEFUL_SETS, 'StatefulSet'],
  [DEPLOYMENTS, 'Deployment'],
  [DAEMON_SETS, 'DaemonSet'],
]);
/** Which workload, and the specification of its pods. */
interface Place {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly template: unknown;
}
type Waiting = Omit<Member, 'address'> & { readonly ip: string | undefined };

export class ClusterSightings {
  readonly #products: readonly ProductDefinition[];
  readonly #images: ImageMemory;
  readonly #sightings = new Map<string, Sighting>();
  readonly #waiting = new Map<string, Waiting[]>();
  #waitingPods = 0;
  #dropped = 0;
  #seesPods = false;

  constructor(products: readonly ProductDefinition[]) {
    this.#products = products;
    this.#images = new ImageMemory(products);
  }

  /** For {@link Cluster.observe}. */
  see(resource: Resource, object: unknown): void {
    const kind = WORKLOADS.get(resource);
    if (resource === PODS) this.#seePod(object);
    else if (kind !== undefined) this.#seeWorkload(kind, object);
  }

  /** Whether pods were listed at all: without them nothing was looked for. */
  get complete(): boolean {
    return this.#seesPods;
  }
  get dropped(): number {
    return this.#dropped;
  }

  /** @param operated resources of operators, which join the workloads that were made for them */
  found(operated: readonly Operated[] = []): Found[] {
    for (const [key, pods] of this.#waiting) {
      const sighting = this.#sightings.get(key);
      if (sighting) for (const { ip, ...pod } of pods) addPod(sighting, { ...pod, address: addressAt(ip, sighting.port) });
    }
    this.#waiting.clear();
    return foundOf([...this.#sightings.values()], operated);
  }

  #seeWorkload(kind: string, object: unknown): void {
    const template = objectAt(object, 'spec', 'template');
    const facts = { ...templateFacts(template), owners: ownerTypes(object) };
    const recognised = recognise(facts, this.#products, this.#images);
    if (!recognised) return;
    const sighting = this.#sighting({ namespace: namespaceOf(object), kind, name: nameOf(object), template }, recognised, facts);
    if (!sighting) return;
    sighting.desired = kind === 'DaemonSet' ? numberAt(object, 'status', 'desiredNumberScheduled') : (numberAt(object, 'spec', 'replicas') ?? 1);
    sighting.owners = facts.owners;
    sighting.ownerName = ownerName(object);
    if (recognised.evidence.length > sighting.recognised.evidence.length) sighting.recognised = recognised;
  }

  #seePod(pod: unknown): void {
    this.#seesPods = true;
    const phase = textAt(pod, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') return;
    const owner = ownerOf(pod);
    if (owner.kind === 'Job' || owner.kind === 'CronJob' || owner.kind === 'Node') return; // a client; or a part of the control plane
    const facts = { ...templateFacts(pod), owners: ownerTypes(pod) };
    const recognised = recognise(facts, this.#products, this.#images);
    if (!recognised) {
      if (owner.kind === 'StatefulSet') this.#wait(`${namespaceOf(pod)}/StatefulSet/${owner.name ?? ''}`, pod);
      return;
    }
    const own = owner.kind === 'none' || owner.name === undefined;
    const kind = own ? 'Pod' : owner.kind === 'other' ? (facts.owners[0]?.split('/').at(-1) ?? 'Pod') : owner.kind;
    const sighting = this.#sighting({ namespace: namespaceOf(pod), kind, name: own ? nameOf(pod) : (owner.name ?? ''), template: pod }, recognised, facts);
    if (!sighting) return;
    if (owner.kind === 'other') {
      sighting.owners = facts.owners;
      sighting.ownerName = owner.name;
    }
    const { ip, ...member } = memberOf(pod);
    addPod(sighting, { ...member, address: addressAt(ip, sighting.port) });
  }

  #wait(key: string, pod: unknown): void {
    const known = this.#waiting.get(key) ?? [];
    if (this.#waitingPods >= MOST_WAITING || known.length >= MOST_PODS) return;
    this.#waitingPods += 1;
    this.#waiting.set(key, [...known, memberOf(pod)]);
  }

  #sighting({ namespace, kind, name, template }: Place, recognised: Recognised, facts: TemplateFacts): Sighting | undefined {
    const key = `${namespace}/${kind}/${name}`;
    const known = this.#sightings.get(key);
    if (known) return known;
    if (this.#sightings.size >= MOST_WORKLOADS) {
      this.#dropped += 1;
      return undefined;
    }
    const { application, component, started } = facts;
    const { signature } = recognised.definition;
    const made: Sighting = {
      namespace,
      kind,
      name,
      recognised,
      application,
      component,
      port: portOf(facts, recognised.definition),
      pods: new Map(),
      owners: [],
      marks: signature.marks?.(template, started ?? ''),
    };
    this.#sightings.set(key, made);
    return made;
  }
}

function templateFacts(template: unknown): Omit<TemplateFacts, 'owners'> {
  const label = (name: string): string | undefined => textAt(template, 'metadata', 'labels', `app.kubernetes.io/${name}`)?.slice(0, 63);
  return {
    label: label('name'),
    application: label('instance'),
    component: label('component'),
    started: startedWith(template),
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
/** Variables that hold options of Java, and those that name a product as Spring Boot spells it. */
const OPTION_VARIABLE = /^(JAVA|JVM|JDK)\w*OPT/;
const TELLING_VARIABLE = /TONGWEB/;
const MOST_STARTED = 16_384;
function startedWith(template: unknown): string {
  const words: string[] = [];
  for (const container of listAt(template, 'spec', 'containers').slice(0, 50)) {
    for (const part of [...listAt(container, 'command'), ...listAt(container, 'args')].slice(0, 100)) if (typeof part === 'string') words.push(part);
    for (const variable of listAt(container, 'env').slice(0, 200)) {
      const name = textAt(variable, 'name') ?? '';
      if (OPTION_VARIABLE.test(name)) words.push(textAt(variable, 'value') ?? '');
      else if (TELLING_VARIABLE.test(name)) words.push(name);
    }
  }
  return words.join(' ').slice(0, MOST_STARTED);
}
/** `group/Kind`, the controller first. */
function ownerTypes(object: unknown): string[] {
  return owners(object).map((owner) => `${(textAt(owner, 'apiVersion') ?? '').split('/', 1)[0]}/${textAt(owner, 'kind') ?? ''}`);
}
function ownerName(object: unknown): string | undefined {
  return textAt(owners(object)[0], 'name');
}
function owners(object: unknown): readonly unknown[] {
  return listAt(object, 'metadata', 'ownerReferences')
    .slice(0, 10)
    .toSorted((one, other) => Number(objectAt(other)['controller'] === true) - Number(objectAt(one)['controller'] === true));
}

function memberOf(pod: unknown): Waiting {
  return {
    name: nameOf(pod),
    node: textAt(pod, 'spec', 'nodeName'),
    ready: listAt(pod, 'status', 'conditions').some((condition) => textAt(condition, 'type') === 'Ready' && textAt(condition, 'status') === 'True'),
    ip: textAt(pod, 'status', 'podIP'),
  };
}
function addPod({ pods }: Sighting, member: Member): void {
  if (pods.size < MOST_PODS || pods.has(member.name)) pods.set(member.name, member);
}
function addressAt(ip: string | undefined, port: number): Member['address'] {
  return ip === undefined ? undefined : { host: ip, port };
}
/** A declared container port of the product, else the product's own. */
function portOf({ containers }: Omit<TemplateFacts, 'owners'>, { signature }: ProductDefinition): number {
  const declared = new Set(containers.flatMap(({ ports }) => ports));
  return signature.ports.find((port) => declared.has(port)) ?? signature.ports[0];
}
