/**
 * Instances that operators run, found by the resources that people wrote for them. Which kinds exist, in which version and
 * under which plural, is asked of the API server; what the signatures name and the server does not serve costs nothing.
 */
import type { Cluster } from '../../kube/cluster.ts';
import { listAt, nameOf, namespaceOf, numberAt, objectAt, textAt } from '../../kube/read.ts';
import { listing } from '../../kube/resources.ts';
import type { Need } from '../gatherer.ts';
import type { ProductDefinition } from './product.ts';

/** More are not kept, of all kinds together. */
const MOST_OPERATED = 1_000;
/** Plurals that are not the kind's with an `s`; the chart's rules are made of them, listing goes by what the server says. */
const PLURALS: Readonly<Record<string, string>> = {
  'redis.redis.opstreelabs.in/Redis': 'redis',
  'mongodbcommunity.mongodb.com/MongoDBCommunity': 'mongodbcommunity',
};
/** Where operators keep how many members there shall be; the first that is a number counts. */
const SIZES = [['replicas'], ['instances'], ['numberOfInstances'], ['size'], ['clusterSize'], ['members'], ['redis', 'replicas'], ['pxc', 'size'], ['mysql', 'size']] as const;

/** A resource that stands for an instance, whether or not anything of it runs. */
export interface Operated {
  readonly definition: ProductDefinition;
  readonly namespace: string;
  /** `group/Kind`. */
  readonly type: string;
  readonly name: string;
  readonly size?: number | undefined;
}

/** The rights that the role needs, for every kind of every signature. */
export function operatorNeeds(products: readonly ProductDefinition[]): Need[] {
  const types = new Set(products.flatMap(({ signature }) => signature.operators));
  return [...types].sort().map((type) => listing({ group: groupOf(type), plural: pluralOf(type), versions: [] }));
}

/** `complete` is false when discovery or a list failed: there may be more. */
export async function findOperated(
  cluster: Cluster,
  products: readonly ProductDefinition[],
  signal: AbortSignal,
): Promise<{ readonly operated: readonly Operated[]; readonly complete: boolean }> {
  const operated: Operated[] = [];
  let complete = true;
  const fail = (): undefined => {
    complete = false;
    return undefined;
  };
  const groups = await cluster.get('/apis', signal).catch(fail);
  const versions = new Map(listAt(groups, 'groups').map((group) => [textAt(group, 'name') ?? '', textAt(group, 'preferredVersion', 'version')]));
  for (const [group, types] of Map.groupBy(typesOf(products), ({ type }) => groupOf(type))) {
    const version = versions.get(group);
    if (version === undefined) continue;
    const resources = await cluster.get(`/apis/${group}/${version}`, signal).catch(fail);
    for (const { type, definition } of types) {
      const plural = listedPlural(resources, kindOf(type));
      if (plural === undefined) continue;
      try {
        for await (const object of cluster.list({ group, plural, versions: [version] }, signal)) {
          if (operated.length >= MOST_OPERATED) return { operated, complete: false };
          operated.push({ definition, namespace: namespaceOf(object), type, name: nameOf(object), size: sizeOf(object) });
        }
      } catch {
        fail();
      }
    }
  }
  return { operated, complete };
}

export function kindOf(type: string): string {
  return type.slice(type.indexOf('/') + 1);
}
function groupOf(type: string): string {
  return type.split('/', 1)[0] ?? '';
}
function pluralOf(type: string): string {
  const kind = kindOf(type).toLowerCase();
  return PLURALS[type] ?? (/(s|x|ch|sh)$/.test(kind) ? `${kind}es` : `${kind}s`);
}
function typesOf(products: readonly ProductDefinition[]): { readonly type: string; readonly definition: ProductDefinition }[] {
  return products.flatMap((definition) => definition.signature.operators.map((type) => ({ type, definition })));
}
/** Of a kind that lives in namespaces and can be listed. */
function listedPlural(resources: unknown, kind: string): string | undefined {
  const found = listAt(resources, 'resources').find(
    (one) => textAt(one, 'kind') === kind && textAt(one, 'name')?.includes('/') === false && objectAt(one)['namespaced'] === true && listAt(one, 'verbs').includes('list'),
  );
  return textAt(found, 'name');
}
function sizeOf(object: unknown): number | undefined {
  for (const path of SIZES) {
    const size = numberAt(object, 'spec', ...path);
    if (size !== undefined && size >= 0 && size <= 1_000) return Math.trunc(size);
  }
  return undefined;
}
