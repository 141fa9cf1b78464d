import type { Cluster } from '../../../kube/cluster.ts';
import { at, type Json, listAt, nameOf, namespaceOf, numberAt, objectAt, textAt } from '../../../kube/read.ts';
import { INGRESS_CLASSES, INGRESSES, listing, SERVICES } from '../../../kube/resources.ts';
import type { Sections } from '../../../wire/section-values.ts';
import type { INGRESS_CONTROLLERS } from '../../../wire/sections/cluster/objects-network.ts';
import { clusterGatherer } from '../../gatherer.ts';
import { annotationOf, createdAtOf } from './api-object.ts';
import { NamespaceCounts } from './namespace-counts.ts';
import { NotableRows } from './notable-rows.ts';

export type IngressRow = Sections['ingresses']['rows'][number];
type Controller = (typeof INGRESS_CONTROLLERS)[number];

const NGINX = 'nginx.ingress.kubernetes.io/';
const MOST_RULES = 2_000;

/** Classes of the cluster; names are compared here and go no further. */
export interface IngressClasses {
  readonly names: ReadonlySet<string>;
  readonly defaults: number;
}
/** A path of an Ingress and the backend behind it, the same for `v1` and `v1beta1`. */
export interface IngressPath {
  readonly host: string;
  readonly path: string;
  readonly exact: boolean;
  /** Empty when the backend is another resource than a Service. */
  readonly service: string;
  /** Number or name; empty when the backend tells none. */
  readonly port: string;
}

/** All paths, the default backend included as host and path `*`. */
export function pathsOf(ingress: unknown): readonly IngressPath[] {
  const out: IngressPath[] = [];
  const add = (host: string, path: string, exact: boolean, backend: unknown): void => {
    const port = at(backend, 'service', 'port', 'number') ?? at(backend, 'service', 'port', 'name') ?? at(backend, 'servicePort');
    out.push({
      host,
      path,
      exact,
      service: textAt(backend, 'service', 'name') ?? textAt(backend, 'serviceName') ?? '',
      port: typeof port === 'number' || typeof port === 'string' ? String(port) : '',
    });
  };
  const fallback = at(ingress, 'spec', 'defaultBackend') ?? at(ingress, 'spec', 'backend');
  if (fallback !== undefined) add('*', '*', true, fallback);
  for (const rule of listAt(ingress, 'spec', 'rules')) {
    for (const path of listAt(rule, 'http', 'paths')) {
      if (out.length >= MOST_RULES) return out;
      add(textAt(rule, 'host') ?? '', textAt(path, 'path') ?? '/', textAt(path, 'pathType') === 'Exact', at(path, 'backend'));
    }
  }
  return out;
}

/** A rewrite that loses what follows the path, or refers to a group that no path captures (ingress-nginx since 0.22). */
export function rewritesWithoutCapture(target: string | undefined, paths: readonly IngressPath[]): boolean {
  if (target === undefined) return false;
  const prefixes = paths.filter(({ path, exact }) => path !== '*' && !exact);
  if (/\$\d/.test(target)) return paths.some(({ path }) => path !== '*' && !path.includes('('));
  return prefixes.some(({ path }) => path !== '/' && path !== '' && !path.includes('('));
}

export function classOf(ingress: unknown, { names, defaults }: IngressClasses): IngressRow['class'] {
  const named = textAt(ingress, 'spec', 'ingressClassName');
  if (named !== undefined) return names.has(named) ? 'named' : 'missing';
  if (annotationOf(ingress, 'kubernetes.io/ingress.class') !== undefined) return 'annotated'; // controllers match it by themselves, without an object
  return defaults > 0 ? 'default' : 'unset';
}

/** `undefined`: each TLS block names its certificate. */
export function tlsLack(ingress: unknown): 'withoutTls' | 'unnamedSecret' | undefined {
  const blocks = listAt(ingress, 'spec', 'tls');
  if (blocks.length === 0) return 'withoutTls';
  return blocks.some((block) => (textAt(block, 'secretName') ?? '') === '') ? 'unnamedSecret' : undefined;
}

/** @param ports by `namespace/name` of a Service: its ports as `,80,http,`, or `*` for an ExternalName */
export function toIngressRow(ingress: Json, classes: IngressClasses, ports: ReadonlyMap<string, string>, duplicates: number): IngressRow {
  const paths = pathsOf(ingress);
  const named = paths.filter(({ service, port }) => service !== '' && port !== 'use-annotation'); // an action of the AWS controller, not a Service
  const portsOf = ({ service }: IngressPath): string | undefined => ports.get(`${namespaceOf(ingress)}/${service}`);
  const annotations = Object.keys(objectAt(ingress, 'metadata', 'annotations'));
  return {
    namespace: namespaceOf(ingress),
    name: nameOf(ingress),
    class: classOf(ingress, classes),
    missingBackends: named.filter((path) => portsOf(path) === undefined).length,
    missingPorts: named.filter((path) => path.port !== '' && portsOf(path) !== undefined && portsOf(path) !== '*' && !portsOf(path)?.includes(`,${path.port},`)).length,
    duplicates,
    rewriteWithoutCapture: rewritesWithoutCapture(annotationOf(ingress, `${NGINX}rewrite-target`), paths),
    snippets: annotations.some((key) => key.startsWith(NGINX) && key.endsWith('-snippet')),
    addressed: listAt(ingress, 'status', 'loadBalancer', 'ingress').length > 0,
    createdAt: createdAtOf(ingress),
  };
}

/** The product behind `spec.controller` of a class. */
export function controllerOf(controller: string | undefined): Controller {
  const known: readonly (readonly [RegExp, Controller])[] = [
    [/^k8s\.io\/ingress-nginx/, 'ingress-nginx'],
    [/^nginx\.org\//, 'nginx-inc'],
    [/traefik/, 'traefik'],
    [/contour/, 'contour'],
    [/istio/, 'istio'],
    [/kong/, 'kong'],
    [/haproxy/, 'haproxy'],
    [/apisix/, 'apisix'],
    [/higress/, 'higress'],
    [/cilium/, 'cilium'],
    [/(alb|eks\.amazonaws)/, 'alb'],
    [/gce|gke/, 'gce'],
    [/azure/, 'azure'],
    [/openshift/, 'openshift'],
  ];
  return known.find(([pattern]) => pattern.test(controller?.slice(0, 250) ?? ''))?.[1] ?? 'other';
}

async function portsByService(cluster: Cluster, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const ports = new Map<string, string>();
  for await (const item of cluster.list(SERVICES, signal)) {
    const words = listAt(item, 'spec', 'ports')
      .flatMap((port) => [numberAt(port, 'port'), textAt(port, 'name')])
      .filter((word) => word !== undefined);
    ports.set(`${namespaceOf(item)}/${nameOf(item)}`, textAt(item, 'spec', 'type') === 'ExternalName' ? '*' : `,${words.join(',')},`);
  }
  return ports;
}

/** Claimed host and path pairs, as 53-bit hashes: hosts are not kept. */
class Claims {
  readonly #owners = new Set<number>();
  /** How many pairs were claimed before, by another Ingress of the same class. */
  claim(className: string, paths: readonly IngressPath[]): number {
    const mine = new Set(paths.map(({ host, path }) => hashOf(`${className}|${host}|${path}`)));
    let again = 0;
    for (const hash of mine) if (this.#owners.has(hash)) again += 1;
    for (const hash of mine) this.#owners.add(hash);
    return again;
  }
}
/** cyrb53: two 32-bit multiplicative hashes side by side; a collision among 10^5 pairs is a matter of 10^-6. */
function hashOf(words: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < words.length; i += 1) {
    const code = words.charCodeAt(i);
    a = Math.imul(a ^ code, 2_654_435_761);
    b = Math.imul(b ^ code, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
}

function isBroken({ missingBackends, missingPorts, duplicates, rewriteWithoutCapture, class: of, snippets }: IngressRow): boolean {
  return missingBackends + missingPorts + duplicates > 0 || rewriteWithoutCapture || of === 'missing' || of === 'unset' || snippets;
}

export const ingresses = clusterGatherer({
  section: 'ingresses',
  needs: [INGRESSES, INGRESS_CLASSES, SERVICES].map(listing),
  deadlineMs: 180_000,

  async gather(cluster, signal) {
    const names = new Set<string>();
    const controllers = new Set<Controller>();
    let defaults = 0;
    for await (const item of cluster.list(INGRESS_CLASSES, signal)) {
      names.add(nameOf(item));
      controllers.add(controllerOf(textAt(item, 'spec', 'controller')));
      if (annotationOf(item, 'ingressclass.kubernetes.io/is-default-class') === 'true') defaults += 1;
    }
    const ports = await portsByService(cluster, signal);
    const rows = new NotableRows<IngressRow>(3_000);
    const namespaces = new NamespaceCounts(2_000, ['withoutTls', 'unnamedSecret']);
    const claims = new Claims();
    let total = 0;
    for await (const item of cluster.list(INGRESSES, signal)) {
      total += 1;
      const className = textAt(item, 'spec', 'ingressClassName') ?? annotationOf(item, 'kubernetes.io/ingress.class') ?? '';
      const canary = annotationOf(item, `${NGINX}canary`) === 'true'; // shares host and path with its main Ingress on purpose
      const paths = pathsOf(item).filter(({ path }) => path !== '*');
      const row = toIngressRow(item, { names, defaults }, ports, canary ? 0 : claims.claim(className, paths));
      const lack = tlsLack(item);
      if (lack) namespaces.add(row.namespace, lack);
      if (isBroken(row) || !row.addressed) rows.add(row, isBroken(row));
    }
    return {
      total,
      classes: names.size,
      defaultClasses: defaults,
      controllers: [...controllers],
      dropped: rows.dropped + namespaces.dropped,
      namespaces: namespaces.rows,
      rows: rows.rows,
    };
  },
});
