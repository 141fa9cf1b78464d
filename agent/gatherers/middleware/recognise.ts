/** Telling a product from an image, a label, an owner or a process. Pure; the first product of the registry that fits wins. */
import type { Evidence } from '../../wire/sections/middleware/products.ts';
import { toVersion } from '../../wire/version.ts';
import type { ProductDefinition, Signature } from './product.ts';

/** In front of a server, and no server of the product: operators run these as workloads of their own. */
const FRONT = /(haproxy|proxysql|pgbouncer|pgpool|pooler|router|orchestrator|twemproxy|envoy)/;
/** Side images of every product: no server in them. */
const ASIDE = /(exporter|operator|metrics|backup|proxy-only|init|reloader|adapter|webhook|tools?|client|cli|ui|console|manager|dashboard)$/;

export interface Recognised {
  readonly definition: ProductDefinition;
  readonly evidence: readonly Evidence[];
  /** As the image that told says it. */
  readonly version?: string | undefined;
}
export interface ContainerFacts {
  readonly image: string;
  readonly ports: readonly number[];
}
export interface TemplateFacts {
  readonly containers: readonly ContainerFacts[];
  /** `app.kubernetes.io/name`. */
  readonly label?: string | undefined;
  /** `app.kubernetes.io/instance` and `…/component`: which workloads are parts of one. */
  readonly application?: string | undefined;
  readonly component?: string | undefined;
  /** What its containers are started with: command, arguments, options of Java, names of variables that tell of a product. */
  readonly started?: string | undefined;
  /** `group/Kind` of owners. */
  readonly owners: readonly string[];
}

/** `registry:5000/team/bitnami-redis:7.2@sha256:…` → `bitnami-redis` and `7.2`. */
export function imageParts(image: string): { readonly name: string; readonly tag?: string } {
  const plain = image.slice(0, 1_024).split('@', 1)[0] ?? '';
  const colon = plain.lastIndexOf(':');
  const isTagged = colon > plain.lastIndexOf('/');
  const path = isTagged ? plain.slice(0, colon) : plain;
  return { name: path.slice(path.lastIndexOf('/') + 1).toLowerCase(), ...(isTagged && { tag: plain.slice(colon + 1) }) };
}

/** Images looked at before: thousands of pods run a few dozen. More are looked at anew. */
const MOST_IMAGES = 2_000;
/** Products that an image is of, remembered; of one registry of products. */
export class ImageMemory {
  readonly #products: readonly ProductDefinition[];
  readonly #known = new Map<string, ReadonlySet<ProductDefinition>>();

  constructor(products: readonly ProductDefinition[]) {
    this.#products = products;
  }

  productsOf(image: string): ReadonlySet<ProductDefinition> {
    const known = this.#known.get(image);
    if (known) return known;
    const { name } = imageParts(image);
    const found = new Set(this.#products.filter(({ signature }) => isImageOf(signature, name)));
    if (this.#known.size < MOST_IMAGES) this.#known.set(image, found);
    return found;
  }
}

/** The tag, unless the product says that its images have another number there. A word that is not known is none of a version. */
function versionOfImage({ imageVersion }: Signature, image: string): string | undefined {
  const { name, tag } = imageParts(image);
  if (tag === undefined) return undefined;
  return toVersion(imageVersion ? imageVersion(name, tag) : tag)?.replace(/(-x)+$/, '');
}

/** A port alone is no evidence: it supports what an image, a label or an operator says. */
export function recognise(template: TemplateFacts, products: readonly ProductDefinition[], images = new ImageMemory(products)): Recognised | undefined {
  const byImage = template.containers.map(({ image }) => images.productsOf(image));
  for (const definition of products) {
    if (template.label !== undefined && definition.signature.notLabels?.includes(template.label)) continue;
    const container = template.containers[byImage.findIndex((found) => found.has(definition))];
    const told = toldBy(template, definition.signature, container !== undefined);
    if (told.length === 0) continue;
    const hasItsPort = template.containers.some(({ ports }) => hasPort(definition.signature, ports));
    return { definition, evidence: hasItsPort ? [...told, 'port'] : told, version: container && versionOfImage(definition.signature, container.image) };
  }
  return undefined;
}
/** What of a template says that it is the product's; each is enough. */
function toldBy(template: TemplateFacts, signature: Signature, byImage: boolean): Evidence[] {
  const byOperator = template.owners.some((owner) => signature.operators.includes(owner)) && !isFront(template);
  const byLabel = template.label !== undefined && signature.labels.includes(template.label) && template.containers.some(({ ports }) => hasPort(signature, ports));
  const byStart = signature.podStart?.test(template.started ?? '') === true;
  const told: Evidence[] = [];
  if (byOperator) told.push('operator');
  if (byImage) told.push('image');
  if (byLabel) told.push('label');
  if (byStart) told.push('process');
  return told;
}

/** The product of a process on a host. */
export function recogniseProcess(comm: string, commandLine: string | undefined, products: readonly ProductDefinition[]): ProductDefinition | undefined {
  return products.find(({ signature }) => {
    if (signature.commandLine !== undefined && commandLine !== undefined && (signature.processes.length === 0 || signature.processes.includes(comm)))
      return signature.commandLine.test(commandLine.slice(0, 16_384));
    return signature.commandLine === undefined && signature.processes.includes(comm);
  });
}

/** What stands first in the pod is what it is for; some operators tell their images apart by tag only. */
function isFront({ containers }: TemplateFacts): boolean {
  const { name, tag = '' } = imageParts(containers[0]?.image ?? '');
  return FRONT.test(`${name}:${tag.toLowerCase()}`);
}
function isImageOf({ images, notImages = [] }: Signature, name: string): boolean {
  return images.some((pattern) => pattern.test(name)) && !ASIDE.test(name) && !notImages.some((pattern) => pattern.test(name));
}
function hasPort({ ports }: Signature, among: readonly number[]): boolean {
  return among.some((port) => ports.includes(port));
}
