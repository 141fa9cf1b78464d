/** The shape of a product: how it is recognised, cheaply, and how to load what inspects it. */

import type { Host } from '../../host/host.ts';
import type { Address } from '../../middleware/declaration.ts';
import type { Visit } from '../../middleware/visit.ts';
import type { SectionName, Sections } from '../../wire/section-values.ts';
import type { Answerer, Fork, Mode, Product, ProductSectionName, Reach, Role } from '../../wire/sections/middleware/products.ts';
import type { Need } from '../gatherer.ts';
import type { CounterMemory } from './counters.ts';
import type { Instance, Member } from './instance.ts';

/** Sections of products: `rows` has one row per instance, other lists name the instance in each row. */
export type ProductSection = Exclude<Extract<SectionName, `middleware${string}`>, 'middleware' | 'middlewareSettings' | 'middlewareDrift'>;

/** How a product is told from others. No pattern may need more than a name: nothing is asked to find out. */
export interface Signature {
  /** Last part of an image's repository, without registry and tag: `redis`, `bitnami-redis`. */
  readonly images: readonly RegExp[];
  /** Images that the above would match, but which hold no server: exporters, operators, tools. */
  readonly notImages?: readonly RegExp[] | undefined;
  /** The product's own version in an image's name and tag, where the tag is a number of something else; `undefined` where it is not told. */
  readonly imageVersion?: ((name: string, tag: string) => string | undefined) | undefined;
  /** Values of that label that say: another program of the same image. */
  readonly notLabels?: readonly string[] | undefined;
  /** Values of the label `app.kubernetes.io/name`. */
  readonly labels: readonly string[];
  /** Kinds of operators' resources that own the workload, as `group/Kind` without the version. */
  readonly operators: readonly string[];
  /** Ports of the product in its manual, the one to ask first. */
  readonly ports: readonly [number, ...number[]];
  /** The kernel's names of its processes on a plain host (15 characters at the most). */
  readonly processes: readonly string[];
  /** Regular expression over the command line, where the process is told by it alone (a JVM's main class). */
  readonly commandLine?: RegExp | undefined;
  /** Argument that names the port for clients, in group 1: asked before any other that it listens on. */
  readonly portArgument?: RegExp | undefined;
  /** Where it is installed, for products that are read from their files. */
  readonly layout?: Layout | undefined;
  /** Over command, arguments and options of Java of a pod, for servers inside an application whose image says nothing of them. */
  readonly podStart?: RegExp | undefined;
  /** What the pod's specification alone tells. Pure and cheap: asked once a workload. */
  readonly marks?: ((template: unknown, started: string) => TemplateMarks) | undefined;
}

/** Words for what a pod's specification tells; nothing of its text is kept. */
export interface TemplateMarks {
  /** What brings the licence into the container. */
  readonly licenseFrom?: 'config-map' | 'secret' | 'volume' | 'other' | undefined;
  /** A server inside an application. */
  readonly embedded?: boolean | undefined;
  /** Where the path of the licence leads. */
  readonly licensePath?: 'mounted' | 'in-package' | 'path-unresolved' | undefined;
  /** Of its Java, where the specification says so: bytes. */
  readonly heapStartBytes?: number | undefined;
  readonly heapMostBytes?: number | undefined;
  readonly metaspaceMostBytes?: number | undefined;
  /** Limit of the container that they are for. */
  readonly memoryLimitBytes?: number | undefined;
}

/** An installation on a host: found by its files, running or not. */
export interface Layout {
  /** Folders where it stands when nobody moved it, `*` for any part of a name: `/opt/TongWeb*`. */
  readonly homes: readonly string[];
  /** Paths below a home; it is one when all paths of one set exist. */
  readonly markers: readonly (readonly string[])[];
  /** The argument of its process that names the home, in group 1. Patterns are tried in their order over all arguments. */
  readonly homeArguments: readonly RegExp[];
  /** Where the home is below what the argument names, tried in order; default: the folder itself. */
  readonly below?: readonly string[] | undefined;
}

export interface ProductDefinition<S extends ProductSection = ProductSection> {
  readonly product: Product;
  readonly section: S;
  /** As its vendor writes it. */
  readonly title: string;
  readonly signature: Signature;
  /** Files on the host that it reads, protocols that it speaks. */
  readonly needs: readonly Need[];
  /** The driver is loaded here, in the process of one inspection, and only when an instance exists. */
  load(): Promise<ProductGatherer<S>>;
}
export interface ProductGatherer<S extends ProductSection = ProductSection> {
  /**
   * Reads one instance. What could not be read is left out of the row; throws InstanceFailure only when nothing could.
   * Ends when `context.signal` aborts; the framework ends it at the instance's deadline in any case.
   */
  inspect(context: InspectContext): Promise<Reading<S>>;
}

export interface InspectContext {
  readonly instance: Instance;
  /** Opens the visit of one member: secrets read, budget and deadlines set. Dispose it (`using`). */
  visit(member: Member, address?: Address): Promise<Visit>;
  /** How much counters have grown since the inspection before. */
  readonly counters: CounterMemory;
  /** The machine that the instance runs on, when this process sees it. */
  readonly host?: Host | undefined;
  readonly signal: AbortSignal;
  /** Unix seconds. */
  readonly now: number;
}

type Lists<S extends ProductSection> = { readonly [K in keyof Sections[S] as Sections[S][K] extends readonly unknown[] ? K : never]: Sections[S][K] };
export interface Reading<S extends ProductSection> {
  readonly mode: Mode;
  readonly version?: string | undefined;
  readonly fork?: Fork | undefined;
  readonly reach: Reach;
  readonly members: readonly MemberState[];
  /** Rows of this instance, list by list. */
  readonly lists: Lists<S>;
  /** Raw values by key; only keys of the product's allow-list go on, each in its type. */
  readonly settings: readonly RawSetting[];
}
export interface MemberState {
  readonly member: string;
  readonly role: Role;
  readonly reach: Reach;
  readonly looksLike?: Answerer | undefined;
  readonly version?: string | undefined;
  readonly statements: number;
  readonly denied: number;
}
/** One instance and how reading it ended. */
export interface Inspected {
  readonly instance: Instance;
  readonly reading: Reading<ProductSection>;
  readonly durationMs: number;
}
export interface RawSetting {
  /** Left out when it holds for the instance as a whole. */
  readonly member?: string | undefined;
  readonly key: string;
  readonly value: string | number | boolean | null | undefined;
}

/** The section of a product has the product's name; whoever looks for it by that name finds it. */
export function defineProduct<const P extends Product, const S extends ProductSection & ProductSectionName<P>>(
  definition: ProductDefinition<S> & { readonly product: P },
): ProductDefinition {
  return definition as unknown as ProductDefinition; // the registry is a plain list; the section's type was checked above
}
