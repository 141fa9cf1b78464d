/** An instance: what was declared or found, merged and corrected, before anything is asked. */
import { matchesGlob } from '../../checks/settings.ts';
import { type Access, type Address, addressText, type Backup, type Declared, type Ignored, type Match, type MiddlewareConfig, NO_ACCESS } from '../../middleware/declaration.ts';
import { EVIDENCE, type Evidence, type Mode, type Place, type Product } from '../../wire/sections/middleware/products.ts';
import type { TemplateMarks } from './product.ts';

export interface Member {
  /** Clear inside the site: `host:port` or a pod's name. */
  readonly name: string;
  /** Left out when it runs, but nothing says where it listens. */
  readonly address?: Address | undefined;
  readonly node?: string | undefined;
  readonly ready?: boolean | undefined;
  /** On this host: its process. */
  readonly pid?: string | undefined;
  /** On this host: TCP ports that its process listens on; left out when that could not be seen. */
  readonly listening?: readonly number[] | undefined;
}
export interface Instance {
  /** Stable identity, clear inside the site: the declared name, `namespace/Kind/name`, or `host/product/port`. */
  readonly id: string;
  readonly product: Product;
  readonly place: Place;
  readonly evidence: readonly Evidence[];
  readonly overridden: boolean;
  readonly namespace?: string | undefined;
  readonly workload?: string | undefined;
  /** All workloads that it is made of. */
  readonly workloads?: readonly string[] | undefined;
  readonly node?: string | undefined;
  /** Folder of its installation on the inspected host. */
  readonly home?: string | undefined;
  /** As declared; what the product says of itself goes before it. */
  readonly mode?: Mode | undefined;
  /** From the image's tag or the package; what the product says of itself goes before it. */
  readonly version?: string | undefined;
  readonly desired?: number | undefined;
  /** What the specification of its pods tells. */
  readonly marks?: TemplateMarks | undefined;
  readonly members: readonly Member[];
  readonly access: Access;
  readonly options: Declared['options'];
  readonly backup?: Backup | undefined;
}
/** What discovery hands in: an instance without how to ask it. */
export type Found = Omit<Instance, 'access' | 'backup' | 'options' | 'overridden' | 'mode'>;

export interface Merged {
  readonly instances: readonly Instance[];
  readonly ignored: number;
}

/**
 * Declared instances and found ones, each once. A declaration with `match` gives its name, credentials and corrections to
 * what it matches; one with addresses stands for itself, and takes the place of what was found at the same address.
 */
export function mergeInstances(found: readonly Found[], config: MiddlewareConfig): Merged {
  const declaredFor = declarationsBy(config.instances);
  const instances = new Map<string, Instance>();
  const seenAt = new Map<Declared, Found[]>();
  const kept = found.filter((one) => !config.ignore.some((rule) => isIgnored(rule, one)));
  for (const one of kept) {
    const same = declaredFor(one);
    if (same) {
      seenAt.set(same, [...(seenAt.get(same) ?? []), one]);
      if (same.match === undefined) continue; // it is listed as declared
    }
    const instance = asDeclared(one, kept, config);
    instances.set(instance.id, instance);
  }
  for (const declared of config.instances) if (declared.match === undefined) instances.set(declared.name, ofDeclaration(declared, seenAt.get(declared) ?? []));
  return { instances: [...instances.values()].sort((a, b) => (a.id < b.id ? -1 : 1)), ignored: found.length - kept.length };
}

/** The declaration that is for something found: by its installation, or by where it listens. */
function declarationsBy(all: readonly Declared[]): (found: Found) => Declared | undefined {
  const byAddress = new Map(all.flatMap((declared) => declared.addresses.map((address) => [addressText(address), declared] as const)));
  const byHome = new Map(all.map((declared) => [homeOf(declared), declared] as const));
  return ({ home, members }) =>
    (home === undefined ? undefined : byHome.get(home)) ?? members.map(({ address }) => address && byAddress.get(addressText(address))).find((declared) => declared !== undefined);
}

/** A product named in a declaration corrects a wrong guess; several workloads may share one declaration's credentials. */
function asDeclared(one: Found, found: readonly Found[], { instances }: MiddlewareConfig): Instance {
  const matching = instances.filter(({ match }) => match !== undefined && matches(match, one));
  const declared = matching.find(({ product }) => product === one.product) ?? (matching.length === 1 ? matching[0] : undefined);
  return declared ? corrected(one, declared, matchesOf(declared, found)) : { ...one, access: NO_ACCESS, options: {}, overridden: false };
}

/** Whether a match of the configuration means it. */
export function matches({ namespace, workload, instance }: Match, one: Pick<Instance, 'id' | 'namespace' | 'workload' | 'workloads'>): boolean {
  const names = [one.workload ?? '', ...(one.workloads ?? [])];
  return (
    (namespace === undefined || matchesGlob(namespace, one.namespace ?? '')) &&
    (workload === undefined || names.some((name) => matchesGlob(workload, name))) &&
    (instance === undefined || matchesGlob(instance, one.id))
  );
}
function isIgnored({ product, ...match }: Ignored, one: Found): boolean {
  return (product === undefined || product === one.product) && matches(match, one);
}
function matchesOf({ match }: Declared, found: readonly Found[]): number {
  return match === undefined ? 0 : found.filter((one) => matches(match, one)).length;
}

/** @param sharing how many found things the declaration is for; its name can be that of one only */
function corrected(one: Found, declared: Declared, sharing: number): Instance {
  const isOther = declared.product !== one.product;
  return {
    ...one,
    id: sharing === 1 ? declared.name : one.id,
    product: declared.product,
    mode: declared.mode,
    members: declared.addresses.length > 0 ? membersAt(declared.addresses) : one.members,
    evidence: sorted([...one.evidence, 'declared']),
    overridden: isOther || declared.addresses.length > 0 || declared.mode !== undefined,
    access: declared,
    options: declared.options,
    backup: declared.backup,
  };
}
/** @param seen what discovery found at its addresses or in its folder: it tells where the instance is */
function ofDeclaration(declared: Declared, seen: readonly Found[]): Instance {
  const { product, name: id, mode, options, backup } = declared;
  const only = seen.length === 1 ? seen[0] : seen.find((one) => one.home !== undefined);
  const home = homeOf(declared) ?? only?.home;
  const process = home !== undefined && only?.place === 'host' ? only.members[0] : undefined;
  const facts = new Map((only?.members ?? []).flatMap((member) => (member.address ? [[addressText(member.address), member] as const] : [])));
  const asked = membersAt(declared.addresses).map((member, index) => ({ ...(index === 0 && process), ...facts.get(member.name), ...member }));
  return {
    ...(only ?? { place: 'elsewhere' }),
    id,
    product,
    evidence: sorted(['declared', ...seen.flatMap((one) => one.evidence)]),
    overridden: false,
    mode,
    members: asked.length > 0 ? asked : (only?.members ?? []),
    access: declared,
    options,
    backup,
    ...(home !== undefined && { home }),
  };
}
/** The installation that a declaration names. */
export function homeOf({ options }: Pick<Declared, 'options'>): string | undefined {
  const { home } = options;
  return typeof home === 'string' && home.startsWith('/') ? home.replace(/(?<=.)\/+$/, '') : undefined;
}
function membersAt(addresses: readonly Address[]): Member[] {
  return addresses.map((address) => ({ name: addressText(address), address }));
}
function sorted(evidence: readonly Evidence[]): Evidence[] {
  return EVIDENCE.filter((one) => evidence.includes(one));
}
