/**
 * Which workloads are one instance: those that an operator made for one resource, and those that one release of a chart calls
 * parts of the same application (a primary's and its replicas'). Pure; the identity holds as long as that name does.
 */
import { EVIDENCE, type Evidence } from '../../wire/sections/middleware/products.ts';
import type { Found, Member } from './instance.ts';
import { kindOf, type Operated } from './operators.ts';
import type { TemplateMarks } from './product.ts';
import type { Recognised } from './recognise.ts';

/** A workload, or a pod of its own, that is held for an instance or a part of one. */
export interface Sighting {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  recognised: Recognised;
  /** `app.kubernetes.io/instance` and `…/component` of its pods. */
  readonly application?: string | undefined;
  readonly component?: string | undefined;
  readonly port: number;
  readonly pods: Map<string, Member>;
  readonly marks?: TemplateMarks | undefined;
  desired?: number | undefined;
  /** `group/Kind`, the controller first, and that one's name. */
  owners: readonly string[];
  ownerName?: string | undefined;
}

/** Components of one application that charts split over workloads. */
const PARTS = new Set(['master', 'primary', 'read', 'replica', 'replicas', 'secondary', 'slave', 'slaves', 'node', 'leader', 'follower']);

interface Whole {
  readonly kind: string;
  readonly name: string;
  readonly operated?: Operated | undefined;
}

/** @param operated those that nothing runs for are instances too: of no member yet */
export function foundOf(sightings: readonly Sighting[], operated: readonly Operated[]): Found[] {
  const groups = new Map<string, { whole: Whole; parts: Sighting[] }>();
  for (const sighting of sightings) {
    const whole = wholeOf(sighting, operated);
    const id = idOf(sighting, whole);
    const group = groups.get(id) ?? { whole, parts: [] };
    group.parts.push(sighting);
    groups.set(id, group);
  }
  const seen = new Set([...groups.values()].flatMap(({ whole }) => whole.operated ?? []));
  return [...[...groups].map(([id, { whole, parts }]) => ofParts(id, whole, parts)), ...operated.filter((one) => !seen.has(one)).map(ofNothing)];
}

function wholeOf(sighting: Sighting, operated: readonly Operated[]): Whole {
  const { namespace, kind, name, application, component, owners, ownerName } = sighting;
  const { product, signature } = sighting.recognised.definition;
  const owner = owners[0];
  if (owner !== undefined && ownerName !== undefined && signature.operators.includes(owner))
    return { kind: kindOf(owner), name: ownerName, operated: operated.find((one) => one.type === owner && one.namespace === namespace && one.name === ownerName) };
  // Operators that set no owner: their workloads have the resource's name, or say it in the label.
  const resource = operated.find((one) => one.namespace === namespace && one.definition.product === product && (one.name === name || one.name === application));
  if (resource) return { kind: kindOf(resource.type), name: resource.name, operated: resource };
  if (application !== undefined && component !== undefined && PARTS.has(component)) return { kind: 'Application', name: application };
  return { kind, name };
}

/** A part that listens on another port of the product is another thing: the sentinels beside the Redis that they watch. */
function idOf({ namespace, kind, port, recognised }: Sighting, whole: Whole): string {
  const id = `${namespace}/${whole.kind}/${whole.name}`;
  return whole.kind === kind || port === recognised.definition.signature.ports[0] ? id : `${id}:${port}`;
}

function ofParts(id: string, whole: Whole, parts: readonly Sighting[]): Found {
  const [first] = parts as readonly [Sighting, ...Sighting[]];
  const evidence = new Set<Evidence>([...parts.flatMap(({ recognised }) => recognised.evidence), ...(whole.operated ? (['operator'] as const) : [])]);
  if (whole.kind === 'Application') evidence.add('label');
  const desired = parts.map((part) => part.desired);
  return {
    id,
    product: first.recognised.definition.product,
    place: 'cluster',
    evidence: EVIDENCE.filter((one) => evidence.has(one)),
    namespace: first.namespace,
    workload: whole.name,
    workloads: parts.map(({ name }) => name),
    version: parts.map(({ recognised }) => recognised.version).find((one) => one !== undefined),
    marks: parts.map(({ marks }) => marks).find((marks) => marks !== undefined),
    desired: desired.every((one) => one !== undefined) ? sum(desired) : whole.operated?.size,
    members: parts.flatMap(({ pods }) => [...pods.values()]).sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
}
function ofNothing({ definition, namespace, type, name, size }: Operated): Found {
  const id = `${namespace}/${kindOf(type)}/${name}`;
  return { id, product: definition.product, place: 'cluster', evidence: ['operator'], namespace, workload: name, workloads: [name], desired: size ?? 1, members: [] };
}
function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
